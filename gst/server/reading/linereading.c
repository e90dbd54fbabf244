/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/linereading.h"

#include <math.h>
#include <string.h>

#include "reading/jamotick.h"
#include "reading/lettera.h"
#include "reading/lineink.h"
#include "reading/linemarks.h"
#include "reading/linesense.h"
#include "reading/spelling.h"
#include "reading/wordedges.h"
#include "reading/wordgaps.h"

#define EXCESS_WIDTH_WEIGHT 8
/* Of a reading of less the engine has guessed most characters: however many
 * they are, they are not what is written. Chinese in small print, and a banner
 * out of focus, are read as long lines of it. */
#define MIN_CONFIDENCE 50
/* It is worth no more than this, and may read better from another crop. */
#define GUESSED_LOGIT -2
/* A line of nothing but syllables that no text is written with is none. */
#define ODD_SYLLABLES_WEIGHT 6
/* What is nothing but a few strokes must have been read with certainty: of 20
 * phantoms in single frames of captions over photographs 13 were such, read with
 * up to 88. */
#define THIN_WEIGHT 3
/* So much surer a reading with a figure in a syllable's place must be than one
 * without: they are misread as surely as others are read. */
#define ODD_FIGURE_CONFIDENCE 5
/* A word of the script's own model that it guessed, where the other one is sure,
 * is the other's: bold The was read as one syllable. */
#define GUESSED_WORD 40
#define SURE_WORD 85
/* One that is spelt right, where the surer one is not, needs no more. */
#define SPELT_WORD 60

gboolean
read_word_is_spelt_better (const ReadWord *self, const ReadWord *other)
{
  return self->confidence >= SPELT_WORD
         && spelling_prefers (self->text, other->text);
}

void
read_word_free (ReadWord * self)
{
  g_clear_pointer (&self->letters, g_array_unref);
  g_free (self->text);
  g_free (self);
}

static ReadWord *
word_at (const LineReading * self, guint i)
{
  return g_ptr_array_index (self->words, i);
}

void
line_reading_free (LineReading * self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->words);
  g_free (self);
}

/* Adds a piece that Tesseract sees as a word. It parts Hangul that has no
 * blank between: then the piece goes on with the word before. */
static void
add_piece (LineReading * self, const gchar * text, gdouble confidence,
    gint left, gint right, gboolean starts_word)
{
  guint n = g_utf8_strlen (text, -1);
  ReadWord *word;
  gchar *joined;

  if (starts_word || self->words->len == 0) {
    word = g_new0 (ReadWord, 1);
    word->text = g_strdup (text);
    word->confidence = confidence;
    word->n_characters = n;
    word->left = left;
    word->right = right;
    g_ptr_array_add (self->words, word);
    return;
  }
  word = word_at (self, self->words->len - 1);
  joined = g_strconcat (word->text, text, NULL);
  g_free (word->text);
  word->text = joined;
  word->right = MAX (word->right, right);
  word->confidence = (word->confidence * word->n_characters + confidence * n)
      / (word->n_characters + n);
  word->n_characters += n;
}

/* Adds the letters of the piece that @results are at to those of its word. */
static void
add_letters (LineReading *self, TessResultIterator *results)
{
  ReadWord *word = word_at (self, self->words->len - 1);
  TessResultIterator *at = TessResultIteratorCopy (results);
  const TessPageIterator *page = TessResultIteratorGetPageIteratorConst (at);
  gint left, top, right, bottom;
  gboolean is_last;

  if (!word->letters)
    word->letters = g_array_new (FALSE, FALSE, sizeof (ReadLetter));
  do {
    gchar *text = TessResultIteratorGetUTF8Text (at, RIL_SYMBOL);

    if (text
        && TessPageIteratorBoundingBox (
            page, RIL_SYMBOL, &left, &top, &right, &bottom)) {
      ReadLetter letter = { strlen (text),
        TessResultIteratorConfidence (at, RIL_SYMBOL), left, right };

      g_array_append_val (word->letters, letter);
    }
    TessDeleteText (text);
    is_last = TessPageIteratorIsAtFinalElement (page, RIL_WORD, RIL_SYMBOL);
  } while (!is_last && TessResultIteratorNext (at, RIL_SYMBOL));
  TessResultIteratorDelete (at);
}

/* Moves @rest, what follows in the line's text, past the piece. Returns
 * whether a blank was before it. */
static gboolean
skip_piece (const gchar ** rest, const gchar * piece)
{
  gboolean blank = **rest == ' ';

  while (**rest == ' ')
    (*rest)++;
  if (!g_str_has_prefix (*rest, piece))
    return TRUE;
  *rest += strlen (piece);
  return blank;
}

static void
collect_words (LineReading * self, TessResultIterator * results)
{
  const TessPageIterator *page =
      TessResultIteratorGetPageIteratorConst (results);
  gchar *line = NULL, *piece;
  const gchar *rest = "";
  gint left, top, right, bottom;

  do {
    if (TessPageIteratorIsAtBeginningOf (page, RIL_TEXTLINE)) {
      TessDeleteText (line);
      line = TessResultIteratorGetUTF8Text (results, RIL_TEXTLINE);
      rest = line ? line : "";
    }
    piece = TessResultIteratorGetUTF8Text (results, RIL_WORD);
    if (piece && *piece && g_utf8_validate (piece, -1, NULL)
        && TessPageIteratorBoundingBox (page, RIL_WORD, &left, &top, &right,
            &bottom)) {
      gboolean starts_word = skip_piece (&rest, piece);

      add_piece (self, piece,
          TessResultIteratorConfidence (results, RIL_WORD), left,
          right, starts_word);
      add_letters (self, results);
    }
    TessDeleteText (piece);
  }
  while (TessResultIteratorNext (results, RIL_WORD));
  TessDeleteText (line);
}

static void
sum_up (LineReading * self)
{
  gdouble sum = 0;
  guint i;

  self->n_characters = 0;
  for (i = 0; i < self->words->len; i++) {
    const ReadWord *word = word_at (self, i);

    sum += word->confidence * word->n_characters;
    self->n_characters += word->n_characters;
  }
  self->confidence = self->n_characters ? sum / self->n_characters : 0;
}

/* Of some letters the engine does not say where they are. */
static void
drop_partial_letters (LineReading *self)
{
  guint i, j;

  for (i = 0; i < self->words->len; i++) {
    ReadWord *word = word_at (self, i);
    gsize n_bytes = 0;

    for (j = 0; j < word->letters->len; j++)
      n_bytes += g_array_index (word->letters, ReadLetter, j).n_bytes;
    if (n_bytes != strlen (word->text))
      g_clear_pointer (&word->letters, g_array_unref);
  }
}

LineReading *
line_reading_new (TessBaseAPI * engine)
{
  LineReading *self = g_new0 (LineReading, 1);
  TessResultIterator *results = TessBaseAPIGetIterator (engine);

  self->words =
      g_ptr_array_new_with_free_func ((GDestroyNotify) read_word_free);
  if (results) {
    collect_words (self, results);
    drop_partial_letters (self);
    TessResultIteratorDelete (results);
  }
  sum_up (self);
  return self;
}

void
line_reading_join (LineReading * self, gdouble left, gdouble right)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gdouble confidence = self->confidence;
  guint i;

  for (i = 0; i < self->words->len; i++)
    g_string_append (text, word_at (self, i)->text);
  g_ptr_array_set_size (self->words, 0);
  if (text->len > 0)
    add_piece (self, text->str, confidence, left, right, TRUE);
  sum_up (self);
}

/* A letter that syllables are made of: alone among Latin ones it is one of them
 * misread, the C of Coding. */
static gboolean
is_part_of_syllable (gunichar c)
{
  return c >= 0x3131 && c <= 0x318e;
}

static gboolean
is_foreign (const ReadWord * word, GUnicodeScript script)
{
  gboolean says_something = FALSE;
  const gchar *at;

  for (at = word->text; *at; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (is_part_of_syllable (c))
      continue;
    if (g_unichar_get_script (c) == script)
      return FALSE;
    says_something |= g_unichar_isalnum (c);
  }
  return says_something;
}

gboolean
line_reading_has_foreign_words (const LineReading * self, GUnicodeScript script,
    gdouble confidence)
{
  guint i;

  for (i = 0; i < self->words->len; i++)
    if (word_at (self, i)->confidence <= confidence
        && is_foreign (word_at (self, i), script))
      return TRUE;
  return FALSE;
}

static gboolean
is_all_foreign (const LineReading * self, GUnicodeScript script)
{
  guint i;

  for (i = 0; i < self->words->len; i++)
    if (!is_foreign (word_at (self, i), script))
      return FALSE;
  return TRUE;
}

/* The word of @self that stands where @word does, or NULL where none or
 * several do. */
static const ReadWord *
find_counterpart (const LineReading * self, const ReadWord * word)
{
  const ReadWord *found = NULL;
  guint i;

  for (i = 0; i < self->words->len; i++) {
    const ReadWord *other = word_at (self, i);
    gdouble common =
        MIN (word->right, other->right) - MAX (word->left, other->left);
    gdouble shorter =
        MIN (word->right - word->left, other->right - other->left);

    if (common <= 0.3 * shorter)
      continue;
    if (found)
      return NULL;
    found = other;
  }
  return found;
}

static void
rename_word (ReadWord *word, const gchar *text, gdouble confidence)
{
  gchar *before = word->text;

  word->text = g_strdup (text);
  word->confidence = confidence;
  word->n_characters = g_utf8_strlen (text, -1);
  g_clear_pointer (&word->letters, g_array_unref);
  g_free (before);
}

void
line_reading_rename (
    LineReading *self, guint i, const gchar *text, gdouble confidence)
{
  rename_word (word_at (self, i), text, confidence);
  sum_up (self);
}

void
line_reading_insert (LineReading *self, guint i, const ReadWord *word)
{
  ReadWord *copy = g_memdup2 (word, sizeof *word);

  copy->text = g_strdup (word->text);
  copy->letters = NULL;
  g_ptr_array_insert (self->words, i, copy);
  sum_up (self);
}

void
line_reading_remove (LineReading *self, guint i)
{
  g_ptr_array_remove_index (self->words, i);
  sum_up (self);
}

/* Of the words that @other reads otherwise those that are spelt right. */
static void
take_spelt_words (LineReading *self, const LineReading *other)
{
  guint i;

  for (i = 0; i < self->words->len; i++) {
    ReadWord *word = word_at (self, i);
    const ReadWord *rival = find_counterpart (other, word);

    if (rival && read_word_is_spelt_better (rival, word))
      rename_word (
          word, rival->text, MAX (word->confidence, rival->confidence));
  }
  sum_up (self);
}

void
line_reading_improve (LineReading * self, LineReading * other,
    GUnicodeScript script)
{
  guint i;

  if (is_all_foreign (self, script)) {
    if (other->confidence > self->confidence) {
      GPtrArray *words = self->words;

      self->words = other->words;
      other->words = words;
      sum_up (self);
      sum_up (other);
    }
    take_spelt_words (self, other);
    return;
  }
  for (i = 0; i < self->words->len; i++) {
    ReadWord *word = word_at (self, i);
    const ReadWord *better = is_foreign (word, script)
        || word->confidence < GUESSED_WORD
        ? find_counterpart (other, word) : NULL;

    if (!better || better->confidence <= word->confidence
        || (!is_foreign (word, script) && better->confidence < SURE_WORD)
        || find_counterpart (self, better) != word)
      continue;
    rename_word (word, better->text, better->confidence);
  }
  sum_up (self);
}

/* Log odds that what so many characters say, so surely, is written there: by a
 * logistic regression on that and on what the finder made of the line, fitted by
 * tests/recognition/fit.py to the tuning seed. */
static gdouble
evidence (const LineReading *self)
{
  return 0.1124 * self->confidence + 1.47 * log (self->n_characters);
}

gdouble
line_reading_prospect (const LineReading *self, const TextLine *line)
{
  return self->n_characters == 0 ? -G_MAXDOUBLE
         : -9.68 + evidence (self) + 0.415 * CLAMP (line->logit, -8, 8);
}

void
line_reading_withdraw (LineReading *self, guint i)
{
  gdouble before = evidence (self);

  line_reading_remove (self, i);
  self->logit += evidence (self) - before;
}

/* A figure in a table's row may be a 1. */
static gboolean
is_figure (const LineReading *self, const TextLine *line)
{
  return line->n_glyphs == 1 && self->n_characters == 1
         && g_ascii_isdigit (word_at (self, 0)->text[0]);
}

/* By their ink. */
static void
mend_letters (LineReading *self, const LineCrop *crop)
{
  g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (LetterPlace));
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (WordEdges));

  word_edges_find_letters (self, crop, letters, edges);
  jamo_ticks_mend (self, crop, letters, edges);
  letters_a_restore (self, crop, letters, edges);
}

void
line_reading_finish (LineReading * self, const LineCrop * crop,
    const TextLine * line)
{
  g_autofree WordEdges *edges = NULL;
  guint i;

  word_gaps_mend (self, crop);
  mend_letters (self, crop);
  line_sense_name_bars (self);
  line_sense_name_capitals (self);
  line_marks_name_notes (self, crop);
  line_marks_name_dash (self, crop);
  line_sense_drop_frames (self);
  sum_up (self);
  edges = g_new (WordEdges, self->words->len);
  for (i = 0; i < self->words->len; i++) {
    edges[i].left = word_at (self, i)->left;
    edges[i].right = word_at (self, i)->right;
  }
  word_edges_snap (crop, edges, self->words->len);
  for (i = 0; i < self->words->len; i++) {
    ReadWord *word = word_at (self, i);

    word->left = edges[i].left;
    word->right = edges[i].right;
    /* Upper and lower edges are the finder's: Tesseract's follow the letters
     * of each word. */
    line_crop_quad (crop, word->left, word->right, word->box);
  }
  self->logit = line_reading_prospect (self, line);
  if (self->n_characters > 0)
    self->logit -= EXCESS_WIDTH_WEIGHT * line_ink_excess_width (self, crop)
        + ODD_SYLLABLES_WEIGHT * line_sense_odd_syllables (self)
        + THIN_WEIGHT * (line_sense_is_thin (self) && !is_figure (self, line));
  self->unlikeness = line_ink_unlikeness (self, crop);
  if (self->confidence < MIN_CONFIDENCE)
    self->logit = MIN (self->logit, GUESSED_LOGIT);
}

/* Confidence counts more the more characters bear it out. */
static gdouble
worth (const LineReading * self)
{
  gdouble doubt = line_sense_has_odd_figure (self) ? ODD_FIGURE_CONFIDENCE : 0;

  return (self->confidence - doubt - 30) * pow (self->n_characters, 0.3);
}

gboolean
line_reading_is_better (const LineReading * self, const LineReading * other)
{
  return self->n_characters > 0 && worth (self) > worth (other) + 1;
}
