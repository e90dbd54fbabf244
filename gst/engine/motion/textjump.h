/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text jump: with which pictures a letter or two of a text became others, over
 * a ground that moves. Pure.
 *
 * Between two samples such a ground may change as much of a letter's strokes as
 * another letter does. From one picture to the next it changes next to nothing,
 * and as much of the letters around it, while a digit that counts costs its
 * cell a fifth and more at once, and for good.
 */
#pragma once

#include "motion/textedge.h"

/* Of the pictures behind the first sample; the same where there was one jump.
 */
typedef struct
{
  guint first; /* that shows another letter than the first sample */
  guint last;  /* with which the letter came that the last one shows */
} KocrTextJump;

/* The jumps of the text in @box (corners in pixels of the frame).  FALSE: there
 * is none. */
gboolean kocr_text_jump_find (
    const KocrTextPictures *pictures, const gdouble box[8], KocrTextJump *jump);
