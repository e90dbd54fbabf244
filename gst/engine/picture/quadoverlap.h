/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How much of each other two boxes of text cover.  Pure.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Boxes are x0,y0 ... x3,y3, convex, all counted in the same direction; what a
 * service's rounding dents in them changes areas by as little. */
gdouble kocr_quad_get_area (const gdouble box[8]);
gdouble kocr_quad_get_overlap (const gdouble a[8], const gdouble b[8]);

G_END_DECLS
