/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Quad: four corners around a piece of text, as x0, y0 … x3, y3, clockwise from
 * the one that the text begins at. Pure.
 */
#pragma once

#include <glib.h>

/* Its sides as vectors, each the mean of two edges: along the text and down
 * across it. */
void kocr_quad_get_sides (const gdouble quad[8], gdouble right[2],
    gdouble down[2]);

/* The reading direction of what is in it, as a vector of length 1 or an angle in
 * radians within ±π: that of the similarity nearest to it, in which all four
 * edges count by their length, since the tall sides of a narrow word have more
 * to say than its top. */
void kocr_quad_get_direction (const gdouble quad[8], gdouble direction[2]);
gdouble kocr_quad_get_angle (const gdouble quad[8]);

/* In square pixels; two are convex. What a service's rounding dents in them
 * changes areas by as little. */
gdouble kocr_quad_get_area (const gdouble quad[8]);
gdouble kocr_quad_get_overlap (const gdouble a[8], const gdouble b[8]);

/* The x of all corners in order, and the y. */
void kocr_quad_sort_coordinates (const gdouble quad[8], gdouble xs[4],
    gdouble ys[4]);

typedef enum
{
  KOCR_QUAD_COLUMNS,
  KOCR_QUAD_ROWS
} KocrQuadAxis;

/* How far it reaches in the columns or rows from @from to @to: from which row to
 * which in those columns, or from which column to which in those rows. FALSE
 * when nothing of it is there. */
gboolean kocr_quad_get_span (const gdouble quad[8], KocrQuadAxis axis,
    gdouble from, gdouble to, gdouble * low, gdouble * high);

/* Whether the sides of @quad follow rows and columns, to a pixel or two. */
gboolean kocr_quad_is_upright (const gdouble quad[8]);

/* The box of such a quad, whichever corner comes first: left, top, right and
 * bottom, each the mean of two corners. */
void kocr_quad_get_edges (const gdouble quad[8], gdouble edges[4]);
