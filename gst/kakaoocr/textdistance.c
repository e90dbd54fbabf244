/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "textdistance.h"

#include <string.h>

/* Hangul syllables in Unicode: 19 initial letters by 21 vowels by 28 finals. */
#define FIRST_SYLLABLE 0xac00
#define N_SYLLABLES 11172
#define N_VOWELS 21
#define N_FINALS 28

static gboolean
is_syllable (gunichar c)
{
  return c >= FIRST_SYLLABLE && c < FIRST_SYLLABLE + N_SYLLABLES;
}

static guint
syllable_distance (gunichar a, gunichar b)
{
  guint i = a - FIRST_SYLLABLE, j = b - FIRST_SYLLABLE;

  return (i % N_FINALS != j % N_FINALS) +
      (i / N_FINALS % N_VOWELS != j / N_FINALS % N_VOWELS) +
      (i / (N_FINALS * N_VOWELS) != j / (N_FINALS * N_VOWELS));
}

guint
gst_kakao_ocr_char_distance (gunichar a, gunichar b)
{
  if (a == b)
    return 0;
  if (is_syllable (a) && is_syllable (b))
    return syllable_distance (a, b);
  if ((a == 0 && b == ' ') || (a == ' ' && b == 0))
    return 1;
  if (a != 0 && b != 0 && g_unichar_tolower (a) == g_unichar_tolower (b))
    return 1;
  return GST_KAKAO_OCR_TEXT_UNIT;
}

guint
gst_kakao_ocr_text_distance (const gunichar * a, guint n_a,
    const gunichar * b, guint n_b)
{
  guint row[GST_KAKAO_OCR_TEXT_COMPARED + 1];
  guint i, j;

  n_a = MIN (n_a, GST_KAKAO_OCR_TEXT_COMPARED);
  n_b = MIN (n_b, GST_KAKAO_OCR_TEXT_COMPARED);
  row[0] = 0;
  for (j = 0; j < n_b; j++)
    row[j + 1] = row[j] + gst_kakao_ocr_char_distance (0, b[j]);
  for (i = 0; i < n_a; i++) {
    guint gone = gst_kakao_ocr_char_distance (a[i], 0);
    guint diagonal = row[0];

    row[0] += gone;
    for (j = 0; j < n_b; j++) {
      guint replaced = diagonal + gst_kakao_ocr_char_distance (a[i], b[j]);
      guint added = row[j] + gst_kakao_ocr_char_distance (0, b[j]);

      diagonal = row[j + 1];
      row[j + 1] = MIN (MIN (replaced, added), diagonal + gone);
    }
  }
  return row[n_b];
}

gdouble
gst_kakao_ocr_text_similarity (const gunichar * a, guint n_a,
    const gunichar * b, guint n_b)
{
  guint longer;

  if (n_a == n_b && memcmp (a, b, n_a * sizeof (gunichar)) == 0)
    return 1.0;
  longer = MIN (MAX (n_a, n_b), GST_KAKAO_OCR_TEXT_COMPARED);
  return 1.0 - (gdouble) gst_kakao_ocr_text_distance (a, n_a, b, n_b) /
      (GST_KAKAO_OCR_TEXT_UNIT * longer);
}
