/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text bounds: the box of a text in small pictures, the cells of it, and how
 * alike the strokes are that two pictures show there. Pure.
 *
 * Strokes are the slopes of brightness, from each pixel to its neighbours. A
 * cell is as wide as the box is high, and has a letter or two.
 */
#pragma once

#include "frame/lumapyramid.h"

/* In pixels of a picture's first level. */
typedef struct
{
  gint left, top, right, bottom;
} KocrTextBounds;

/* More of them are wider. */
#define KOCR_TEXT_MOST_CELLS 128

/* @box: corners in pixels of the frame. */
KocrTextBounds kocr_text_bounds_find (
    const KocrLumaPyramid *picture, const gdouble box[8]);

/* Whether there is enough of it to tell anything of a letter. */
gboolean kocr_text_bounds_are_enough (const KocrTextBounds *self);

/* The mean slope that a text has at least, in levels a pixel; and, of that of
 * all of it, one of its cells: blanks between words show the ground alone. */
#define KOCR_TEXT_LEAST_SLOPE 2.0
#define KOCR_TEXT_CELL_SLOPE 0.5

/* Whether there is anything that may be strokes of a text. */
gboolean kocr_text_bounds_have_strokes (
    const KocrTextBounds *self, const KocrLumaPyramid *picture);
/* 1.0: the same strokes, whatever their contrast; what has none is like
 * nothing.
 * @slope: (out): the mean slope in @a. */
gdouble kocr_text_bounds_compare (const KocrTextBounds *self,
    const KocrLumaPyramid *a, const KocrLumaPyramid *b, gdouble *slope);

guint kocr_text_bounds_count_cells (const KocrTextBounds *self);
KocrTextBounds kocr_text_bounds_get_cell (const KocrTextBounds *self, guint i);

/* Whether what is above and below of it is the same in both. */
gboolean kocr_text_bounds_ground_stands (const KocrTextBounds *self,
    const KocrLumaPyramid *a, const KocrLumaPyramid *b);
