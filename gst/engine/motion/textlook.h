/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text look: whether two small pictures show the same text at one place. Pure.
 *
 * What is compared is the strokes: the correlation of the slopes of brightness
 * in the text's box, as a whole and in cells as wide as it is high, each of
 * which has a letter or two. A fade or a brighter ground changes neither; a
 * ground that moves behind the letters leaves 0.7 of the whole and half of the
 * worst cell, and a text that went or another one in its place less than 0.1 of
 * the whole. A digit that changes costs its cell a fifth and more: over a
 * ground that moves as much as that does, and over one that stands, above and
 * below of the cell, it is the only thing that does. Where the ground is cut, a
 * letter that has little of its own loses most of its cell, and no cell is what
 * it was.
 */
#pragma once

#include "motion/textbounds.h"

typedef enum
{
  KOCR_TEXT_LOOK_UNKNOWN,       /* there is too little of it to be compared */
  KOCR_TEXT_LOOK_UNCLEAR,       /* its ground is another one, too */
  KOCR_TEXT_LOOK_SAME,
  KOCR_TEXT_LOOK_OTHER_IN_PART, /* a letter or more is another one */
  KOCR_TEXT_LOOK_OTHER          /* it went, or another text is there */
} KocrTextLook;

/* What @to shows in @box (corners in pixels of the frame) by what @from shows
 * there, which is a text. */
KocrTextLook kocr_text_look_compare (const KocrLumaPyramid * from,
    const KocrLumaPyramid * to, const gdouble box[8]);
