/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text stay: from when to when what a sample shows stands where it is, and how it
 * goes from there. Pure.
 *
 * A text over a ground stands until it is cut, or fades and has fewer strokes while it
 * does.  The ground that it might be part of drifts: it goes little by little, and as
 * much of something else comes.
 */
#pragma once

#include "motion/textedge.h"

typedef struct
{
  guint begin, end;             /* pictures: from the one to before the other */
  gboolean is_bounded;          /* it is known that there are no more of them */
  gboolean drifts;              /* to one side in time at least */
} KocrTextStay;

/* Of what the first sample of @pictures shows in @box (corners in pixels of the
 * frame). */
void kocr_text_stay_find (const KocrTextPictures *pictures,
    const gdouble box[8], KocrTextStay *stay);
