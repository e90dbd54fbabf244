/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * LK patch: the few pixels around a point, as they were and as they are at
 * some other place now.
 *
 * Whole numbers throughout, with 4 bits of fraction: all sums fit 32 bits, and
 * it makes no difference to the result in what order they are added up.
 */
#pragma once

#include <glib.h>

/* Eight 16-bit numbers are a vector's. Small enough that letters and what moves
 * behind them seldom share one; the height was found by trial: less is noisy,
 * more costs and gains nothing. */
#define KOCR_WINDOW_WIDTH 8
#define KOCR_WINDOW_HEIGHT 10
#define KOCR_WINDOW_SIZE (KOCR_WINDOW_WIDTH * KOCR_WINDOW_HEIGHT)
#define KOCR_WINDOW_FRACTION 4
/* Places between two pixels, in one direction. */
#define KOCR_WINDOW_STEPS 128

/* What a window looked like: its brightness less the mean, and the slopes of
 * that, less theirs. */
typedef struct
{
  gint16 luma[KOCR_WINDOW_SIZE];
  gint16 dx[KOCR_WINDOW_SIZE], dy[KOCR_WINDOW_SIZE];
} KocrWindow;

/* Sums over the pixels of what is there now: its brightness, the square of it,
 * and its products with the window's numbers. */
typedef struct
{
  gint32 now, now_luma, now_dx, now_dy;
  guint32 now_now;
} KocrWindowSums;

/* @pixels: the top left one, with one more column and row to be read; the
 * window lies @x and @y KOCR_WINDOW_STEPS-ths of a pixel to the right of and
 * below it. */
void kocr_lk_patch_compare (const KocrWindow * self, const guint8 * pixels,
    gint stride, gint x, gint y, KocrWindowSums * sums);
/* The same in plain C, which other processors than x86-64 use. */
void kocr_lk_patch_compare_portable (const KocrWindow * self,
    const guint8 * pixels, gint stride, gint x, gint y, KocrWindowSums * sums);
