/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/lkpatch.h"

#include <string.h>

/* Of the product of two positions between pixels, less the fraction kept. */
#define SHIFT (14 - KOCR_WINDOW_FRACTION)
#define HALF (1 << (SHIFT - 1))

G_STATIC_ASSERT (KOCR_WINDOW_STEPS * KOCR_WINDOW_STEPS == 1 << 14);

void
kocr_lk_patch_compare_portable (const KocrWindow * self, const guint8 * pixels,
    gint stride, gint x, gint y, KocrWindowSums * sums)
{
  gint right = x, left = KOCR_WINDOW_STEPS - x;
  gint below = y, above = KOCR_WINDOW_STEPS - y;

  memset (sums, 0, sizeof *sums);
  for (guint i = 0; i < KOCR_WINDOW_SIZE; pixels += stride) {
    for (guint column = 0; column < KOCR_WINDOW_WIDTH; column++, i++) {
      const guint8 *p = pixels + column;
      gint now = (left * above * p[0] + right * above * p[1]
          + left * below * p[stride] + right * below * p[stride + 1]
          + HALF) >> SHIFT;

      sums->now += now;
      sums->now_now += now * now;
      sums->now_luma += now * self->luma[i];
      sums->now_dx += now * self->dx[i];
      sums->now_dy += now * self->dy[i];
    }
  }
}

#ifdef __SSE2__
#include <emmintrin.h>

G_STATIC_ASSERT (KOCR_WINDOW_WIDTH == 8);

/* Eight pixels of a row, each followed by its neighbour, as 16-bit numbers. */
typedef struct
{
  __m128i low, high;
} Pairs;

static inline Pairs
load_pairs (const guint8 * row)
{
  __m128i zero = _mm_setzero_si128 ();
  __m128i bytes = _mm_unpacklo_epi8 (_mm_loadl_epi64 ((const __m128i *) row),
      _mm_loadl_epi64 ((const __m128i *) (row + 1)));

  return (Pairs) {
  _mm_unpacklo_epi8 (bytes, zero), _mm_unpackhi_epi8 (bytes, zero)};
}

static inline __m128i
weights (gint left, gint right)
{
  return _mm_set1_epi32 ((gint) ((guint) right << 16 | (guint) left));
}

static inline __m128i
interpolate (__m128i upper, __m128i lower, __m128i above, __m128i below)
{
  __m128i sum = _mm_add_epi32 (_mm_madd_epi16 (upper, above),
      _mm_madd_epi16 (lower, below));

  return _mm_srai_epi32 (_mm_add_epi32 (sum, _mm_set1_epi32 (HALF)), SHIFT);
}

static inline __m128i
add_products (__m128i sum, __m128i now, const gint16 * numbers)
{
  return _mm_add_epi32 (sum, _mm_madd_epi16 (now,
          _mm_loadu_si128 ((const __m128i *) numbers)));
}

static inline gint32
total (__m128i sum)
{
  sum = _mm_add_epi32 (sum, _mm_shuffle_epi32 (sum, _MM_SHUFFLE (1, 0, 3, 2)));
  sum = _mm_add_epi32 (sum, _mm_shuffle_epi32 (sum, _MM_SHUFFLE (2, 3, 0, 1)));
  return _mm_cvtsi128_si32 (sum);
}

void
kocr_lk_patch_compare (const KocrWindow * self, const guint8 * pixels,
    gint stride, gint x, gint y, KocrWindowSums * sums)
{
  gint left = KOCR_WINDOW_STEPS - x, top = KOCR_WINDOW_STEPS - y;
  __m128i above = weights (left * top, x * top);
  __m128i below = weights (left * y, x * y);
  __m128i one = _mm_set1_epi16 (1), sum = _mm_setzero_si128 ();
  __m128i square = sum, luma = sum, dx = sum, dy = sum;
  Pairs upper = load_pairs (pixels);

  for (guint i = 0; i < KOCR_WINDOW_SIZE; i += KOCR_WINDOW_WIDTH) {
    Pairs lower = load_pairs (pixels += stride);
    __m128i now =
        _mm_packs_epi32 (interpolate (upper.low, lower.low, above, below),
        interpolate (upper.high, lower.high, above, below));

    sum = _mm_add_epi32 (sum, _mm_madd_epi16 (now, one));
    square = _mm_add_epi32 (square, _mm_madd_epi16 (now, now));
    luma = add_products (luma, now, self->luma + i);
    dx = add_products (dx, now, self->dx + i);
    dy = add_products (dy, now, self->dy + i);
    upper = lower;
  }
  sums->now = total (sum);
  sums->now_now = (guint32) total (square);
  sums->now_luma = total (luma);
  sums->now_dx = total (dx);
  sums->now_dy = total (dy);
}
#else
void
kocr_lk_patch_compare (const KocrWindow * self, const guint8 * pixels,
    gint stride, gint x, gint y, KocrWindowSums * sums)
{
  kocr_lk_patch_compare_portable (self, pixels, stride, x, y, sums);
}
#endif
