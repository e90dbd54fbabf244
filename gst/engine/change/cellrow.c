/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/cellrow.h"

#include "kernels.h"
#include "base/prefetch.h"

void
kocr_cell_row_differ_portable (guint16 * sums, const guint8 * a, gint a_stride,
    const guint8 * b, gint b_stride, guint n, gboolean ahead, guint16 * spare)
{
  guint16 *top = spare, *bottom = spare + 2 * n;

  for (gint y = KOCR_CELL_SIDE; ahead && y < 2 * KOCR_CELL_SIDE; y++) {
    kocr_prefetch (a + (gssize) y * a_stride, KOCR_CELL_SIDE * n);
    kocr_prefetch (b + (gssize) y * b_stride, KOCR_CELL_SIDE * n);
  }
  kocr_orc_differ (top, a, a + a_stride, b, b + b_stride, 2 * n);
  a += 2 * (gssize) a_stride;
  b += 2 * (gssize) b_stride;
  kocr_orc_differ (bottom, a, a + a_stride, b, b + b_stride, 2 * n);
  kocr_orc_join (sums, top, bottom, n);
}

#ifdef __SSE2__
#include <string.h>
#include <emmintrin.h>

/* Cells that are summed at once: a register, and a line of a cache. */
#define STEP 4
#define LINE (KOCR_CACHE_LINE / KOCR_CELL_SIDE)

/* Of STEP cells. */
static inline G_ALWAYS_INLINE void
sum_step (guint16 * sums, const guint8 * a, gint a_stride, const guint8 * b,
    gint b_stride)
{
  const __m128i first = _mm_set1_epi64x (0xffffffff);
  __m128i both = _mm_setzero_si128 (), firsts = both;

  for (guint y = 0; y < KOCR_CELL_SIDE; y++, a += a_stride, b += b_stride) {
    __m128i p = _mm_loadu_si128 ((const __m128i *) a);
    __m128i q = _mm_loadu_si128 ((const __m128i *) b);

    both = _mm_add_epi32 (both, _mm_sad_epu8 (p, q));
    firsts = _mm_add_epi32 (firsts, _mm_sad_epu8 (_mm_and_si128 (p, first),
            _mm_and_si128 (q, first)));
  }
  /* Two sums in the lowest bits of each half. */
  both = _mm_or_si128 (firsts, _mm_slli_epi64 (_mm_sub_epi32 (both, firsts),
          16));
  both = _mm_shuffle_epi32 (both, _MM_SHUFFLE (3, 1, 2, 0));
  _mm_storel_epi64 ((__m128i *) sums, both);
}

void
kocr_cell_row_differ (guint16 * sums, const guint8 * a, gint a_stride,
    const guint8 * b, gint b_stride, guint n, gboolean ahead, guint16 * spare)
{
  guint i = 0;

  for (; i + STEP <= n; i += STEP) {
    const guint8 *p = a + KOCR_CELL_SIDE * i, *q = b + KOCR_CELL_SIDE * i;

    for (gint y = KOCR_CELL_SIDE; ahead && i % LINE == 0
        && y < 2 * KOCR_CELL_SIDE; y++) {
      __builtin_prefetch (p + (gssize) y * a_stride);
      __builtin_prefetch (q + (gssize) y * b_stride);
    }
    sum_step (sums + i, p, a_stride, q, b_stride);
  }
  for (; i < n; i++) {
    guint sum = 0;

    for (guint at = 0; at < KOCR_CELL_SIDE * KOCR_CELL_SIDE; at++) {
      gint x = KOCR_CELL_SIDE * i + at % KOCR_CELL_SIDE;
      gint y = at / KOCR_CELL_SIDE;

      sum += ABS (a[(gssize) y * a_stride + x] - b[(gssize) y * b_stride + x]);
    }
    sums[i] = sum;
  }
}
#else
void
kocr_cell_row_differ (guint16 * sums, const guint8 * a, gint a_stride,
    const guint8 * b, gint b_stride, guint n, gboolean ahead, guint16 * spare)
{
  kocr_cell_row_differ_portable (sums, a, a_stride, b, b_stride, n, ahead,
      spare);
}
#endif
