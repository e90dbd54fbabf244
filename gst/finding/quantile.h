/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Quantile: of what was measured of strokes, letters and lines, by whoever looks
 * for text. Pure.
 */
#pragma once

#include <glib.h>

/* The value below which @share of the @n values, at least one, lie; sorts them. */
gdouble kocr_quantile (gdouble *values, guint n, gdouble share);
/* Below which half of them do. */
gdouble kocr_median (gdouble *values, guint n);
/* The brightness that @share of the pixels do not exceed, of which @histogram has
 * how many there are of each. */
gint kocr_histogram_quantile (const guint histogram[256], gdouble share);
