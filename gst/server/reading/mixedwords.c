/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/mixedwords.h"

#include "reading/baretext.h"

/* A word that was read with more confidence is right, */
#define SURE_CONFIDENCE 85
/* as is a letter. Tesseract takes a word for far less sure than its letters. */
#define SURE_OF_LETTER 94
/* A single letter is as often a mark beside the word. */
#define MIN_LETTERS 2

static const ReadWord *
word_at (const LineReading *self, guint i)
{
  return g_ptr_array_index (self->words, i);
}

static const ReadLetter *
letter_at (const ReadWord *word, guint i)
{
  return &g_array_index (word->letters, ReadLetter, i);
}

/* Adds the letters from @first to before @end, whose text starts at byte
 * @start, without marks at their ends. */
static void
add_stretch (GArray *stretches, const LineReading *self, guint number,
    guint first, guint end, gsize start)
{
  const ReadWord *word = word_at (self, number);
  ForeignStretch found = { .word = number, .confidence = 100 };
  gsize at;
  guint i;

  for (; first < end; first++) {
    if (g_unichar_isalnum (g_utf8_get_char (word->text + start)))
      break;
    start += letter_at (word, first)->n_bytes;
  }
  for (i = first, at = start; i < end; i++) {
    gboolean is_mark = !g_unichar_isalnum (g_utf8_get_char (word->text + at));

    at += letter_at (word, i)->n_bytes;
    if (!is_mark)
      found.end = at;
  }
  for (i = first, at = start; i < end && at < found.end; i++) {
    found.confidence = MIN (found.confidence, letter_at (word, i)->confidence);
    at += letter_at (word, i)->n_bytes;
  }
  if (i < first + MIN_LETTERS || found.confidence > SURE_OF_LETTER)
    return;
  found.start = start;
  found.left = letter_at (word, first)->left;
  found.right = letter_at (word, i - 1)->right;
  if (first > 0)
    found.left = MAX (found.left, letter_at (word, first - 1)->right);
  if (i < word->letters->len)
    found.right = MIN (found.right, letter_at (word, i)->left);
  g_array_append_val (stretches, found);
}

static void
add_stretches (GArray *stretches, const LineReading *self, guint number,
    GUnicodeScript script)
{
  const ReadWord *word = word_at (self, number);
  guint n = word->letters->len, first = 0, i;
  gsize start = 0, at = 0;

  for (i = 0; i <= n; i++) {
    if (i == n
        || g_unichar_get_script (g_utf8_get_char (word->text + at)) == script) {
      if (i > first && i - first < n)
        add_stretch (stretches, self, number, first, i, start);
      first = i + 1;
      start = at + (i < n ? letter_at (word, i)->n_bytes : 0);
    }
    if (i < n)
      at += letter_at (word, i)->n_bytes;
  }
}

GArray *
mixed_words_find (const LineReading *self, GUnicodeScript script)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (ForeignStretch));
  guint i;

  for (i = 0; i < self->words->len; i++)
    if (word_at (self, i)->confidence <= SURE_CONFIDENCE
        && word_at (self, i)->letters)
      add_stretches (stretches, self, i, script);
  return stretches;
}

/* 0: not all letters are known. */
static gdouble
worst_letter (const LineReading *self)
{
  gdouble worst = 100;
  guint i, j;

  for (i = 0; i < self->words->len; i++) {
    const ReadWord *word = word_at (self, i);

    if (!word->letters)
      return 0;
    for (j = 0; j < word->letters->len; j++)
      worst = MIN (worst, letter_at (word, j)->confidence);
  }
  return worst;
}

static gboolean
is_only_doubt (const ReadWord *word, const ForeignStretch *stretch)
{
  gsize at = 0;
  guint i;

  for (i = 0; i < word->letters->len; i++) {
    if ((at < stretch->start || at >= stretch->end)
        && letter_at (word, i)->confidence <= SURE_OF_LETTER)
      return FALSE;
    at += letter_at (word, i)->n_bytes;
  }
  return TRUE;
}

/* The marks beside a stretch, of which its columns may have a little, stay as
 * they are. */
static void
append_without_marks (GString *text, const LineReading *other)
{
  g_autoptr (GString) said = g_string_new (NULL);
  const gchar *start;
  gsize n_bytes;
  guint i;

  for (i = 0; i < other->words->len; i++)
    g_string_append (said, word_at (other, i)->text);
  start = bare_text_find (said->str, &n_bytes);
  g_string_append_len (text, start, n_bytes);
}

void
mixed_words_replace (
    LineReading *self, const ForeignStretch *stretch, const LineReading *other)
{
  const ReadWord *word = word_at (self, stretch->word);
  g_autoptr (GString) text = g_string_new (NULL);

  if (other->words->len == 0 || worst_letter (other) <= stretch->confidence)
    return;
  g_string_append_len (text, word->text, stretch->start);
  append_without_marks (text, other);
  g_string_append (text, word->text + stretch->end);
  line_reading_rename (self, stretch->word, text->str,
      word->letters && is_only_doubt (word, stretch)
          ? MAX (word->confidence, MIN (other->confidence, SURE_CONFIDENCE))
          : word->confidence);
}
