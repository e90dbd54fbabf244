/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Stroke width: how wide the strokes of some ink are, and how much they differ,
 * which those of letters do little, and those of leaves, stones and shadows
 * much. Pure.
 */
#pragma once

#include <glib.h>

/* The deviation of the widths along the middles of all strokes, by their mean;
 * 0: there are none.  @ink has a byte for each pixel, row by row, 0 for ground,
 * as which what is beyond it counts, too. */
gdouble kocr_stroke_width_spread (const guint8 *ink, gint width, gint height);
