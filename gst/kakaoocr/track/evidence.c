/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/evidence.h"

#include "track/differences.h"
#include "track/textdistance.h"

/* Differences in a run, all readings together: five samples for one character,
 * two for three. */
#define RUN_EVIDENCE 5
/* For each time that it was misread in that way before, as many again. */
#define SLIP_EVIDENCE 5

/* Where the text itself is not known better than this, a reading is simply
 * counted. */
#define MIN_VOTES 2

/* A run is of another text only if it is no shorter than this. */
#define MIN_RUN 2

/* A line that has only lost something, the more since that is how texts fade.
 */
#define MIN_PART_RUN 3

/* One letter in so many may be misread in what a text has grown from. */
#define GROWTH_LETTERS 4
/* Letters that are written before a bar behind them may be taken for one. */
#define LEAST_WRITTEN 4

#define SHORT_LETTERS 3

/* The distance of characters that are easily misread as one another. */
#define LOOK_ALIKE 1

/* The votes or readings that it takes to believe that @differences are of
 * another text: more where all characters are easily misread. */
static guint
get_least (const KocrDifference * differences, guint n_differences,
    guint least)
{
  guint i;

  for (i = 0; i < n_differences; i++) {
    if (kocr_char_distance (differences[i].shown,
            differences[i].read) > LOOK_ALIKE)
      return least;
  }
  return least + 1;
}

static gboolean
is_blank (gunichar c)
{
  return c == 0 || c == ' ';
}

GArray *
kocr_find_changes (const KocrConsensus * text,
    const gunichar * chars, guint n_chars, gboolean seen)
{
  guint least = seen ? 1 : MIN_VOTES;
  GArray *found = g_array_new (FALSE, FALSE, sizeof (KocrDifference));
  guint i;

  kocr_consensus_compare (text, chars, n_chars, found);
  for (i = found->len; i-- > 0;) {
    const KocrDifference *difference =
        &g_array_index (found, KocrDifference, i);

    if (difference->votes < MAX (seen ? least : get_least (difference, 1, least),
            difference->others + 1) ||
        (is_blank (difference->shown) && is_blank (difference->read)))
      g_array_remove_index (found, i);
  }
  return found;
}

static gboolean
has_only_lost (const GArray * differences)
{
  guint i;

  for (i = 0; i < differences->len; i++) {
    if (g_array_index (differences, KocrDifference, i).read != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_mark (gunichar c)
{
  return !is_blank (c) && !g_unichar_isalnum (c);
}

/* Whether it is a letter more, one less, or another one. One in place of a mark is
 * a stroke misread, as a cursor is, unless strokes were @seen to change. */
static gboolean
is_of_words (const KocrDifference * difference, gboolean seen)
{
  gunichar shown = difference->shown, read = difference->read;

  return (g_unichar_isalnum (shown) || g_unichar_isalnum (read))
         && (seen || !(is_mark (shown) || is_mark (read)));
}

gboolean
kocr_changes_are_plain (const GArray * changes, gboolean seen)
{
  guint i;

  if (!seen && has_only_lost (changes))
    return FALSE;
  for (i = 0; i < changes->len; i++) {
    const KocrDifference *change =
        &g_array_index (changes, KocrDifference, i);

    if (change->others == 0
        && kocr_char_distance (change->shown, change->read) > LOOK_ALIKE
        && is_of_words (change, seen))
      return TRUE;
  }
  return FALSE;
}

gboolean
kocr_changes_have_digits (const GArray * changes)
{
  guint i;

  for (i = 0; i < changes->len; i++) {
    const KocrDifference *change =
        &g_array_index (changes, KocrDifference, i);

    if (g_unichar_isdigit (change->shown) || g_unichar_isdigit (change->read))
      return TRUE;
  }
  return FALSE;
}

gboolean
kocr_run_is_believed (const GArray * changes, guint n_readings,
    gboolean stood, gboolean seen)
{
  guint i, least = seen ? MIN_RUN
      : get_least ((const KocrDifference *) changes->data, changes->len, MIN_RUN);

  if (!stood && has_only_lost (changes))
    least = MAX (least, MIN_PART_RUN);
  if (n_readings < least)
    return FALSE;
  for (i = 0; i < changes->len; i++) {
    if (g_array_index (changes, KocrDifference, i).others > 0)
      return FALSE;
  }
  return TRUE;
}

gboolean
kocr_run_is_enough (const GArray * changes, guint n_readings)
{
  guint i, slips = G_MAXUINT;

  if (n_readings < MIN_RUN)
    return FALSE;
  for (i = 0; i < changes->len; i++)
    slips = MIN (slips,
        g_array_index (changes, KocrDifference, i).others);
  slips = MIN (slips, KOCR_MAX_RUN);
  return n_readings >= KOCR_MAX_RUN
         || n_readings * kocr_differences_count (changes)
                >= RUN_EVIDENCE + SLIP_EVIDENCE * slips;
}

static guint
count_letters (const gunichar * chars, guint n_chars)
{
  guint n = 0;

  for (guint i = 0; i < n_chars; i++) {
    if (g_unichar_get_script (chars[i]) == G_UNICODE_SCRIPT_HANGUL)
      n += 2;
    else
      n += g_unichar_isalnum (chars[i]);
  }
  return n;
}

gboolean
kocr_text_has_letters (const gunichar * chars, guint n_chars)
{
  return count_letters (chars, n_chars) > 0;
}

gboolean
kocr_text_is_short (const gunichar * chars, guint n_chars)
{
  return count_letters (chars, n_chars) <= SHORT_LETTERS;
}

gboolean
kocr_text_is_longer (const gunichar * a, guint n_a, const gunichar * b,
    guint n_b)
{
  return count_letters (a, n_a) > count_letters (b, n_b) + SHORT_LETTERS;
}

static void
pass_marks (const gunichar * chars, guint n_chars, guint * at)
{
  while (*at < n_chars && !g_unichar_isalnum (chars[*at]))
    (*at)++;
}

gboolean
kocr_letters_equal (
    const gunichar *a, guint n_a, const gunichar *b, guint n_b)
{
  guint i = 0, j = 0;

  for (;;) {
    pass_marks (a, n_a, &i);
    pass_marks (b, n_b, &j);
    if (i == n_a || j == n_b)
      return i == n_a && j == n_b;
    if (a[i++] != b[j++])
      return FALSE;
  }
}

/* Whether the last letter of @a is where the next one is to be written. A bar may be
 * read as a letter: one that has another one in its place in @b. */
static gboolean
ends_with_cursor (const gunichar * a, guint n_a, const gunichar * b, guint n_b)
{
  gunichar last = n_a > 1 ? a[n_a - 1] : 0;

  switch (last) {
    case '|':
    case '_':
    case 0x2588:
    case 0x258c:
      return TRUE;
    case 'l':
    case 'I':
    case '!':
    case ']':
      return n_a > LEAST_WRITTEN && n_b >= n_a && b[n_a - 1] != last;
    default:
      return FALSE;
  }
}

gboolean
kocr_text_has_grown (const gunichar * a, guint n_a,
    const gunichar * b, guint n_b, gboolean seen)
{
  gboolean is_written = ends_with_cursor (a, n_a, b, n_b);
  gboolean has_letters = is_written;
  guint i, n_misread = 0, n_other = 0;

  n_a -= is_written;
  if (n_a == 0 || n_b < n_a + !is_written
      || (n_b > n_a && g_unichar_isdigit (b[n_a])
          && g_unichar_isdigit (b[n_a - 1])))
    return FALSE;
  for (i = 0; i < n_a; i++) {
    if (a[i] == b[i])
      continue;
    if (g_unichar_isdigit (a[i]) && g_unichar_isdigit (b[i]))
      return FALSE;
    n_misread++;
    n_other += kocr_char_distance (a[i], b[i]) > LOOK_ALIKE;
  }
  for (i = n_a; i < n_b; i++)
    has_letters |= g_unichar_isalnum (b[i]);
  return has_letters && n_misread * GROWTH_LETTERS <= n_a
         && (!seen || n_other == 0);
}
