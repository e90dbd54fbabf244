/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text jump: with which picture a letter or two of a text became others, over a
 * ground that moves. Pure.
 *
 * Between two samples such a ground may change as much of a letter's strokes as
 * another letter does. From one picture to the next it changes next to nothing,
 * and as much of the letters around it, while a digit that counts costs its
 * cell a fifth and more at once, and for good.
 */
#pragma once

#include "motion/textedge.h"

/* Which of @pictures is the first, behind the first sample, that has the other
 * letter in @box (corners in pixels of the frame); 0: there is none. */
guint kocr_text_jump_find (
    const KocrTextPictures *pictures, const gdouble box[8]);
