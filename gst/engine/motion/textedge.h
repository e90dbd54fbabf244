/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text edge: with which of the frames between two samples a text came or went.
 * Pure.
 *
 * Inside of the text's box each small picture is placed between the first one
 * and the last one, by its strokes alone: by the slopes of brightness, of which
 * a ground has few, and another one when it moves, while letters keep theirs.
 * The edge is where those before it are nearer to the first and those from it
 * on nearer to the last: a cut is found to the frame, a fade at its half.  What
 * moves on from one picture to the next comes and goes nowhere in its box, and
 * has no edge there.
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
