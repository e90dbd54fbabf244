/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/readingmerge.h"

#include <math.h>
#include <string.h>

#include "reading/baretext.h"

/* Of a word that the better reading has not, and by how much more than the
 * better reading's own. */
#define MIN_CONFIDENCE 85
#define MIN_GAIN 12
/* Words that share more than this of the shorter one are one word. */
#define MAX_COMMON 0.2
/* One takes the place of another of which it has more than this. */
#define MIN_SHARED 0.6
/* Marks that are within numbers, names of files and addresses; and those around
 * them. */
#define JOINING_MARKS ".,:/-_@" "()[]$%"

typedef struct
{
  gdouble left, right;
} Extent;

static const ReadWord *
word_at (const LineReading *self, guint i)
{
  return g_ptr_array_index (self->words, i);
}

/* Engines place some words with their end before their start. */
static Extent
extent_of (const ReadWord *word, gdouble tilt)
{
  gdouble c = cos (tilt), s = sin (tilt);
  gdouble left = word->box[0] * c + word->box[1] * s;
  gdouble right = word->box[2] * c + word->box[3] * s;

  return (Extent){ MIN (left, right), MAX (left, right) };
}

/* How many words of @self stand where @word does; @at is the first of them, or
 * where it would be put. */
static guint
count_counterparts (
    const LineReading *self, const ReadWord *word, gdouble tilt, guint *at)
{
  Extent own = extent_of (word, tilt);
  guint n = 0, i;

  *at = 0;
  for (i = 0; i < self->words->len; i++) {
    Extent other = extent_of (word_at (self, i), tilt);
    gdouble common = MIN (own.right, other.right) - MAX (own.left, other.left);
    gdouble shorter = MIN (own.right - own.left, other.right - other.left);

    if (common > MAX_COMMON * shorter) {
      if (n++ == 0)
        *at = i;
    } else if (n == 0 && other.left < own.left) {
      *at = i + 1;
    }
  }
  return n;
}

/* Does the word beside place @at say the same? Then the two crops have put one
 * word at two places. */
static gboolean
is_beside_itself (const LineReading *self, guint at, const ReadWord *word)
{
  return (at > 0 && g_str_equal (word_at (self, at - 1)->text, word->text))
         || (at < self->words->len
             && g_str_equal (word_at (self, at)->text, word->text));
}

/* Do both stand from one place to another, and not one over a part of the other? */
static gboolean
have_one_extent (const ReadWord *a, const ReadWord *b, gdouble tilt)
{
  Extent x = extent_of (a, tilt), y = extent_of (b, tilt);

  return MIN (x.right, y.right) - MAX (x.left, y.left)
         > MIN_SHARED * MAX (x.right - x.left, y.right - y.left);
}

static gboolean
is_better (const ReadWord *word, const ReadWord *own, gdouble tilt)
{
  if (!have_one_extent (word, own, tilt))
    return FALSE;
  return (word->confidence >= MIN_CONFIDENCE
             && word->confidence >= own->confidence + MIN_GAIN)
         || read_word_is_spelt_better (word, own);
}

void
reading_merge (LineReading *self, const LineReading *other, gdouble tilt)
{
  guint i, at, back;

  for (i = 0; i < other->words->len; i++) {
    const ReadWord *word = word_at (other, i);
    guint n = count_counterparts (self, word, tilt, &at);

    if (n == 0 && word->confidence >= MIN_CONFIDENCE
        && !is_beside_itself (self, at, word))
      line_reading_insert (self, at, word);
    else if (n == 1 && is_better (word, word_at (self, at), tilt)
             && count_counterparts (other, word_at (self, at), tilt, &back)
                    == 1)
      line_reading_rename (self, at, word->text,
          MAX (word->confidence, word_at (self, at)->confidence));
  }
}

static void
append_letters (GString *letters, const gchar *text)
{
  for (; *text; text = g_utf8_next_char (text))
    if (g_unichar_isalnum (g_utf8_get_char (text)))
      g_string_append_unichar (letters, g_utf8_get_char (text));
}

/* Has it marks that join what no blank parts, as in numbers, names and addresses?
 * A speck between two words is read as a quote, and in Hangul as anything. */
static gboolean
has_joining_marks (const gchar *text)
{
  for (; *text; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);

    if (c >= 128 || (!g_ascii_isalnum (c) && !strchr (JOINING_MARKS, c)))
      return FALSE;
  }
  return TRUE;
}

/* Have the @n words of @self from @at on, together, the letters and digits of
 * @word, which has more between its own? */
static gboolean
lack_marks (const LineReading *self, guint at, guint n, const ReadWord *word)
{
  g_autoptr (GString) own = g_string_new (NULL), all = g_string_new (NULL);
  gsize n_own, n_bare;
  guint i;

  for (i = at; i < at + n; i++)
    g_string_append (all, word_at (self, i)->text);
  append_letters (own, all->str);
  bare_text_find (all->str, &n_own);
  g_string_set_size (all, 0);
  append_letters (all, word->text);
  bare_text_find (word->text, &n_bare);
  return own->len > 0 && g_string_equal (own, all) && n_bare > n_own;
}

/* Makes one word of the @n from @at on, with the marks that @word has between its
 * letters: those at its ends may be noise. */
static void
take_marks (LineReading *self, guint at, guint n, const ReadWord *word)
{
  ReadWord *first = g_ptr_array_index (self->words, at);
  const ReadWord *last = word_at (self, at + n - 1);
  gsize n_first, n_last, n_bare;
  const gchar *start = bare_text_find (first->text, &n_first);
  const gchar *end = bare_text_find (last->text, &n_last) + n_last;
  const gchar *bare = bare_text_find (word->text, &n_bare);
  g_autofree gchar *text = g_strdup_printf ("%.*s%.*s%s",
      (gint)(start - first->text), first->text, (gint)n_bare, bare, end);

  first->right = last->right;
  memcpy (first->box + 2, last->box + 2, 4 * sizeof *first->box);
  if (n > 1)
    g_ptr_array_remove_range (self->words, at + 1, n - 1);
  line_reading_rename (self, at, text, first->confidence);
}

void
reading_take_marks (LineReading *self, const LineReading *other, gdouble tilt)
{
  guint i, at;

  for (i = 0; i < other->words->len; i++) {
    const ReadWord *word = word_at (other, i);
    guint n = count_counterparts (self, word, tilt, &at);

    if (n > 0 && has_joining_marks (word->text)
        && lack_marks (self, at, n, word))
      take_marks (self, at, n, word);
  }
}
