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
 * A sample may lie within a fade, and a text that is being written came with its
 * first letter, which nobody could read.  So pictures before the first sample
 * are looked at, too.
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

/* Pictures of one size in the order of their times. */
typedef struct
{
  KocrLumaPyramid *const *all;  /* (array length=n) */
  guint n;
  guint from;                   /* the first sample; the last one is the other */
} KocrTextPictures;

/* Which of @pictures is the first that shows what the last one shows in @box
 * (corners in pixels of the frame); 0: it cannot be told.  It is before the
 * first sample where that shows a text that WENT already fading, and one that
 * CAME, so that it was there without being read. */
guint kocr_text_edge_find (const KocrTextPictures *pictures,
    const gdouble box[8], KocrTextChange change);

/* The same for the first letter of the line that the last one shows in @box. */
guint kocr_text_edge_find_beginning (
    const KocrTextPictures *pictures, const gdouble box[8]);

/* The same for a text that both samples show, and that was coming when the first
 * one was taken; 0: it was not. */
guint kocr_text_edge_find_rise (
    const KocrTextPictures *pictures, const gdouble box[8]);

/* The same for a text that both samples show, and that was going when the last one
 * was taken: so faint there that it may not be read; 0: it was not. */
guint kocr_text_edge_find_fall (
    const KocrTextPictures *pictures, const gdouble box[8]);
