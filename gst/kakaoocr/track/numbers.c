/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/numbers.h"

#include "track/textdistance.h"

/* What is said around the numbers may be misread in as much of it. */
#define MOST_MISREAD 0.25
/* What counts has no more digits. */
#define MOST_COUNTED 9

static void
pass_digits (const gunichar *chars, guint n_chars, guint *at)
{
  while (*at < n_chars && g_unichar_isdigit (chars[*at]))
    (*at)++;
}

gboolean
kocr_numbers_changed (
    const gunichar *a, guint n_a, const gunichar *b, guint n_b)
{
  guint i = 0, j = 0;

  while (i < n_a && j < n_b) {
    if (g_unichar_isdigit (a[i]) && g_unichar_isdigit (b[j])) {
      pass_digits (a, n_a, &i);
      pass_digits (b, n_b, &j);
    } else if (a[i++] != b[j++]) {
      return FALSE;
    }
  }
  return i == n_a && j == n_b && !kocr_texts_equal (a, n_a, b, n_b);
}

/* The value of the @n digits at @chars; G_MAXUINT64: it is too large. */
static guint64
get_value (const gunichar *chars, guint n)
{
  guint64 value = 0;

  if (n > MOST_COUNTED)
    return G_MAXUINT64;
  for (guint i = 0; i < n; i++)
    value = 10 * value + g_unichar_digit_value (chars[i]);
  return value;
}

gboolean
kocr_numbers_carried (
    const gunichar *a, guint n_a, const gunichar *b, guint n_b)
{
  guint i = 0, m, n;
  guint64 value, other;

  while (i < MIN (n_a, n_b) && a[i] == b[i])
    i++;
  while (i > 0 && g_unichar_isdigit (a[i - 1]))
    i--;
  m = n = i;
  pass_digits (a, n_a, &m);
  pass_digits (b, n_b, &n);
  value = get_value (a + i, m - i);
  other = get_value (b + i, n - i);
  return MIN (m, n) > i && MAX (m, n) - MIN (m, n) == 1
         && kocr_texts_equal (a + m, n_a - m, b + n, n_b - n)
         && MAX (value, other) - MIN (value, other) == 1;
}

/* The next number from @at on, of @n digits. FALSE: there is none. */
static gboolean
find_number (const gunichar *chars, guint n_chars, guint *at, guint *n)
{
  guint end;

  while (*at < n_chars && !g_unichar_isdigit (chars[*at]))
    (*at)++;
  end = *at;
  pass_digits (chars, n_chars, &end);
  *n = end - *at;
  return *n > 0;
}

/* Whether the numbers of @part are among those of @whole, in their order. */
static gboolean
are_among (
    const gunichar *part, guint n_part, const gunichar *whole, guint n_whole)
{
  guint i = 0, j = 0, n, m;

  for (; find_number (part, n_part, &i, &n); i += n) {
    do {
      if (!find_number (whole, n_whole, &j, &m))
        return FALSE;
      j += m;
    } while (!kocr_texts_equal (part + i, n, whole + j - m, m));
  }
  return TRUE;
}

/* @chars, with one digit for each number. (transfer full) */
static gunichar *
mask (const gunichar *chars, guint n_chars, guint *n)
{
  gunichar *masked = g_new (gunichar, MAX (n_chars, 1));
  guint i = 0;

  for (*n = 0; i < n_chars; (*n)++) {
    if (g_unichar_isdigit (chars[i])) {
      masked[*n] = '0';
      pass_digits (chars, n_chars, &i);
    } else {
      masked[*n] = chars[i++];
    }
  }
  return masked;
}

static guint
count (const gunichar *chars, guint n_chars)
{
  guint n_numbers = 0, i = 0, n;

  for (; find_number (chars, n_chars, &i, &n); i += n)
    n_numbers++;
  return n_numbers;
}

gboolean
kocr_numbers_are_others (
    const gunichar *part, guint n_part, const gunichar *whole, guint n_whole)
{
  g_autofree gunichar *masked = NULL, *masked_whole = NULL;
  guint n, n_masked_whole;

  if (count (whole, n_whole) < count (part, n_part)
      || are_among (part, n_part, whole, n_whole))
    return FALSE;
  masked = mask (part, n_part, &n);
  masked_whole = mask (whole, n_whole, &n_masked_whole);
  return kocr_text_part_distance (masked, n, masked_whole, n_masked_whole)
         <= MOST_MISREAD * KOCR_TEXT_UNIT * n;
}
