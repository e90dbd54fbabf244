/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Polygon: convex ones, as arrays of x and y, corner by corner. Pure.
 */
#pragma once

#include <glib.h>

/* Clipping a quad by a quad makes at most 8; the rest is for what rounding
 * makes of edges that lie on one another. */
#define KOCR_POLYGON_MAX_CORNERS 12

/* The part of @points, room for KOCR_POLYGON_MAX_CORNERS, in the convex quad
 * @window; the number of its corners, 0 when there is none. */
guint kocr_polygon_clip_to_quad (gdouble * points, guint n,
    const gdouble window[8]);

gdouble kocr_polygon_area (const gdouble * points, guint n);

/* The upright rectangle around @n points. */
void kocr_polygon_get_bounds (const gdouble * points, guint n, gdouble * left,
    gdouble * top, gdouble * right, gdouble * bottom);
