/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/textdistance.h"

#include <string.h>

/* Hangul syllables in Unicode: 19 initial letters by 21 vowels by 28 finals. */
#define FIRST_SYLLABLE 0xac00
#define N_SYLLABLES 11172
#define N_VOWELS 21
#define N_FINALS 28

/* What is misread as one another, as far as it is not the other case. */
static const gchar *const look_alikes[] = {
  "0OQDo", "1lIi|!", "2Zz", "5Ss", "6bG", "8B&", "9gq", "ceo", "hb", "uvy",
  "nm", "ft", "ij", "VY", "EF", "PR", "CG", ".,", ":;", "'`\"", "-_~"
};

#define N_ASCII 128

/* For each character a bit for each group that it is in. Distances are asked
 * for by the million. */
static const guint32 *
get_groups (void)
{
  static guint32 groups[N_ASCII];
  static gsize made = 0;

  if (g_once_init_enter (&made)) {
    const gchar *c;
    guint i;

    for (i = 0; i < G_N_ELEMENTS (look_alikes); i++) {
      for (c = look_alikes[i]; *c; c++)
        groups[(guchar) * c] |= 1u << i;
    }
    g_once_init_leave (&made, 1);
  }
  return groups;
}

static gboolean
is_like (gunichar a, gunichar b)
{
  if (a < N_ASCII && b < N_ASCII) {
    const guint32 *groups = get_groups ();

    return (groups[a] & groups[b]) != 0 ||
        g_ascii_tolower (a) == g_ascii_tolower (b);
  }
  return a >= N_ASCII && b >= N_ASCII &&
      g_unichar_tolower (a) == g_unichar_tolower (b);
}

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
kocr_char_distance (gunichar a, gunichar b)
{
  if (a == b)
    return 0;
  if (is_syllable (a) && is_syllable (b))
    return syllable_distance (a, b);
  if ((a == 0 && b == ' ') || (a == ' ' && b == 0))
    return 1;
  if (a != 0 && b != 0 && is_like (a, b))
    return 1;
  return KOCR_TEXT_UNIT;
}

/* @row: the costs of nothing in place of the first characters of @b; then of
 * all of @a. */
static void
add_rows (guint * row, const gunichar * a, guint n_a, const gunichar * b,
    guint n_b)
{
  guint i, j;

  for (i = 0; i < n_a; i++) {
    guint gone = kocr_char_distance (a[i], 0);
    guint diagonal = row[0];

    row[0] += gone;
    for (j = 0; j < n_b; j++) {
      guint replaced = diagonal + kocr_char_distance (a[i], b[j]);
      guint added = row[j] + kocr_char_distance (0, b[j]);

      diagonal = row[j + 1];
      row[j + 1] = MIN (MIN (replaced, added), diagonal + gone);
    }
  }
}

static guint
distance (const gunichar * a, guint n_a, const gunichar * b, guint n_b)
{
  guint row[KOCR_TEXT_COMPARED + 1];
  guint j;

  n_a = MIN (n_a, KOCR_TEXT_COMPARED);
  n_b = MIN (n_b, KOCR_TEXT_COMPARED);
  row[0] = 0;
  for (j = 0; j < n_b; j++)
    row[j + 1] = row[j] + kocr_char_distance (0, b[j]);
  add_rows (row, a, n_a, b, n_b);
  return row[n_b];
}

guint
kocr_text_part_distance (const gunichar * part, guint n_part,
    const gunichar * b, guint n_b)
{
  guint row[KOCR_TEXT_COMPARED + 1] = { 0, };
  guint j, least = G_MAXUINT;

  n_part = MIN (n_part, KOCR_TEXT_COMPARED);
  n_b = MIN (n_b, KOCR_TEXT_COMPARED);
  add_rows (row, part, n_part, b, n_b);
  for (j = 0; j <= n_b; j++)
    least = MIN (least, row[j]);
  return least;
}

gboolean
kocr_texts_equal (const gunichar * a, guint n_a, const gunichar * b,
    guint n_b)
{
  return n_a == n_b && (n_a == 0 || memcmp (a, b,
          n_a * sizeof (gunichar)) == 0);
}

gdouble
kocr_text_similarity (const gunichar * a, guint n_a,
    const gunichar * b, guint n_b)
{
  guint longer;

  if (kocr_texts_equal (a, n_a, b, n_b))
    return 1.0;
  longer = MIN (MAX (n_a, n_b), KOCR_TEXT_COMPARED);
  return 1.0 - (gdouble) distance (a, n_a, b, n_b) /
      (KOCR_TEXT_UNIT * longer);
}
