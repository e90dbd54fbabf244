/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Cell row: how much two pictures differ in each of a row of cells of 4x4
 * pixels, as sums of absolute differences.  Pure.
 *
 * Frames are in no cache when they are compared, so most of the time goes for
 * memory.  Asked for in one go, what comes next keeps the processor waiting, as
 * only some ten lines can be under way: with SSE2 each line of pixels is asked
 * for while the one above it is summed, which takes a third less.  Elsewhere Orc
 * sums, and the rows below are asked for first.
 */
#pragma once

#include "change/lumaplane.h"

#define KOCR_CELL_SIDE 4

/* Of the @n cells whose first pixels are @a and @b.  @ahead: that the rows below
 * are summed next.  @spare: room for 4 * @n. */
void kocr_cell_row_differ (guint16 * sums, const guint8 * a, gint a_stride,
    const guint8 * b, gint b_stride, guint n, gboolean ahead, guint16 * spare);
/* The same to the bit, by Orc. */
void kocr_cell_row_differ_portable (guint16 * sums, const guint8 * a,
    gint a_stride, const guint8 * b, gint b_stride, guint n, gboolean ahead,
    guint16 * spare);
