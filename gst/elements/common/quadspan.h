/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which rows and columns four corners cover, as x and y of one after the other.
 * Pure.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The x of all corners in order, and the y. */
void kocr_quad_sort_coordinates (const gdouble quad[8], gdouble xs[4],
    gdouble ys[4]);

typedef enum
{
  KOCR_QUAD_COLUMNS,
  KOCR_QUAD_ROWS
} KocrQuadLines;

/* How far the quad reaches in the @lines from @from to @to: the columns of it
 * that are in rows, or the rows that are in columns. FALSE when nothing of it
 * is there. */
gboolean kocr_quad_get_span (const gdouble quad[8], KocrQuadLines lines,
    gdouble from, gdouble to, gdouble * low, gdouble * high);

/* Whether the sides of @quad follow rows and columns, to a pixel or two. */
gboolean kocr_quad_is_upright (const gdouble quad[8]);

/* The box of such a quad, whichever corner comes first: left, top, right and
 * bottom, each the mean of two corners. */
void kocr_quad_get_edges (const gdouble quad[8], gdouble edges[4]);

G_END_DECLS
