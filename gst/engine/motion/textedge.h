/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text edge: with which of the frames between two samples a text came or went.
 * Pure.
 *
 * Inside of the text's box each small picture is compared with the first one
 * and with the last one.  The edge is where the sum of what those before it
 * differ from the first and those from it on differ from the last is least: a
 * cut is found to the frame, a fade at its half, and a ground that moves adds
 * as much to both.  What moves on from one picture to the next comes and goes
 * nowhere in its box, and has no edge there.
 *
 * A box of 800x60 pixels in 1080p takes 3 us a picture.
 */
#pragma once

#include "frame/lumapyramid.h"

/* Which picture has the text. */
typedef enum
{
  KOCR_TEXT_CAME = 1,           /* the last one */
  KOCR_TEXT_WENT = 2,           /* the first one */
  KOCR_TEXT_CHANGED = 3         /* both, one each */
} KocrTextChange;

/* Which of @pictures, (array length=n), of one size, is the first that shows
 * what the last one shows in @box (corners in pixels of the frame); 0: it
 * cannot be told. */
guint kocr_text_edge_find (KocrLumaPyramid * const *pictures, guint n,
    const gdouble box[8], KocrTextChange change);
