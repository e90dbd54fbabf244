/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/linesense.h"

#include <math.h>
#include <string.h>

#include "reading/baretext.h"
#include "reading/syllable.h"

/* Between the digits on both sides of a comma is less room, by the line's
 * height, than between two numbers. */
#define MAX_MARK_GAP 0.5
/* What a straight line beside a text is read as. */
#define BARS "|[](){}!/\\"
/* What stands alone in no text, but is what grass and hair are read as; of them what
 * is no unit either, however surely it is read. */
#define STROKES "|/\\"
#define NEVER_WORDS "|\\"
/* Letters and digits that are a straight stroke or two; and how many of them and
 * of marks may still be blades of grass, edges and wires. A percent sign is none. */
#define THIN "1lIiLJ7rvV"
#define MAX_THIN 4
/* Longer readings of texture are less sure. */
#define MAX_SHORT 4
/* Such a mark of more confidence is what is written there. */
#define SURE_CONFIDENCE 85

/* A letter by itself at an end, less sure than this where the other words are as sure
 * as that, is what lies beyond a plate's edge or a bit of texture: of 77 such letters
 * in 670 drawn frames the 60 that are written there were read with 80 or more. */
#define DOUBTFUL_LETTER 75
#define SURE_LINE 80
/* Of up to three letters of no syllable, read with less than this there, in 1,150
 * drawn frames, five were texture and three parts of misread words. What another
 * letter was put into has no confidence of its own. */
#define DOUBTFUL_LETTERS 60
#define MAX_DOUBTFUL_LETTERS 3

/* What is counted, measured, or told by its number begins with one of these. */
#define COUNTED \
  "시분초년월일주개번호층명인원회차위부장대권쪽면편곡막판점도배살세급등조항단동통잔병" \
  "컵끼채척발줄칸반학과팀경선승패골억만천백십여킬미센그리퍼프달루군곳가지종켤벌마평"

static const ReadWord *
word_at (const LineReading * self, guint i)
{
  return g_ptr_array_index (self->words, i);
}

/* Is @word nothing but bars and brackets, such as || or [? */
static gboolean
is_frame (const ReadWord * word)
{
  return !bare_text_exists (word->text)
      && strspn (word->text, BARS) == strlen (word->text)
      && (word->confidence < SURE_CONFIDENCE || strpbrk (word->text, NEVER_WORDS));
}

void
line_sense_drop_frames (LineReading * self)
{
  while (self->words->len > 1 && is_frame (word_at (self, 0)))
    line_reading_remove (self, 0);
  while (self->words->len > 1
      && is_frame (word_at (self, self->words->len - 1)))
    line_reading_remove (self, self->words->len - 1);
}

/* A number or a syllable? */
static gboolean
has_weight (const gchar *text)
{
  for (; *text; text = g_utf8_next_char (text))
    if (g_ascii_isdigit (*text) || is_syllable (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

static gboolean
is_doubtful (const ReadWord *word)
{
  if (word->n_characters == 1)
    return word->confidence < DOUBTFUL_LETTER;
  return word->n_characters <= MAX_DOUBTFUL_LETTERS && word->letters
         && word->confidence < DOUBTFUL_LETTERS && !has_weight (word->text);
}

/* Are they, where the others are sure? */
static gboolean
are_doubtful_letters (const LineReading *self, guint number)
{
  const ReadWord *word = word_at (self, number);
  gdouble others = self->confidence * self->n_characters
                   - word->confidence * word->n_characters;

  return bare_text_exists (word->text) && is_doubtful (word)
         && others >= SURE_LINE * (self->n_characters - word->n_characters);
}

void
line_sense_drop_doubtful_letters (LineReading *self)
{
  if (self->words->len > 1 && are_doubtful_letters (self, 0))
    line_reading_remove (self, 0);
  if (self->words->len > 1 && are_doubtful_letters (self, self->words->len - 1))
    line_reading_remove (self, self->words->len - 1);
}

static gboolean
starts_lower (const gchar * text)
{
  return g_ascii_islower (text[0]);
}

static gboolean
ends_with_digit (const gchar * text)
{
  return g_ascii_isdigit (text[strlen (text) - 1]);
}

/* Where a word's letters begin that may have a speaker's dash before them. */
static gchar *
skip_dash (const LineReading *self, guint i)
{
  gchar *text = word_at (self, i)->text;

  return i == 0 && text[0] == '-' ? text + 1 : text;
}

/* Whether word @i is a stroke, and no unit of what is before it. */
static gboolean
is_stroke (const LineReading * self, guint i)
{
  const gchar *text = skip_dash (self, i);

  return g_str_equal (text, "|") || (g_str_equal (text, "l")
      && (i == 0 || !ends_with_digit (word_at (self, i - 1)->text)));
}

static gboolean
ends_with_bar (const gchar * text)
{
  gsize n = strlen (text);

  return n > 1 && text[n - 1] == '|' && g_ascii_isalpha (text[n - 2]);
}

/* Makes a word of its own of the bar that word @i ends with. */
static void
split_bar (LineReading * self, guint i)
{
  ReadWord *word = g_ptr_array_index (self->words, i);
  gchar bar[] = "I";
  const ReadWord last = { .text = bar,
    .confidence = word->confidence,
    .n_characters = 1,
    .right = word->right,
    .left = word->right - (word->right - word->left) / word->n_characters };

  word->text[strlen (word->text) - 1] = '\0';
  word->n_characters--;
  word->right = last.left;
  g_clear_pointer (&word->letters, g_array_unref);
  line_reading_insert (self, i + 1, &last);
}

void
line_sense_name_bars (LineReading * self)
{
  guint i;

  for (i = 0; i < self->words->len; i++) {
    ReadWord *word = g_ptr_array_index (self->words, i);
    gboolean before_lower = i + 1 < self->words->len
        && starts_lower (word_at (self, i + 1)->text);
    gboolean alone = before_lower && is_stroke (self, i);
    gchar *text = skip_dash (self, i);
    gboolean shortened
        = text[0] == '|' && (text[1] == '\'' || starts_lower (text + 1));

    if (alone || shortened)
      text[0] = 'I';
    else if (before_lower && ends_with_bar (word->text))
      split_bar (self, i);
  }
}

static gboolean
has_hangul (const LineReading *self)
{
  for (guint i = 0; i < self->words->len; i++)
    for (const gchar *at = word_at (self, i)->text; *at;
         at = g_utf8_next_char (at))
      if (g_unichar_get_script (g_utf8_get_char (at))
          == G_UNICODE_SCRIPT_HANGUL)
        return TRUE;
  return FALSE;
}

/* Of @n Latin letters from @at on: they are an abbreviation where all are capitals or
 * an l, @least of them capitals, and no fewer of them than of the others. */
static void
name_capitals (gchar *at, gsize n, gsize least)
{
  gsize n_capitals = 0, n_small = 0, i;

  for (i = 0; i < n; i++) {
    n_capitals += g_ascii_isupper (at[i]);
    n_small += at[i] == 'l';
  }
  if (n_capitals + n_small < n || n_capitals < MAX (least, n_small))
    return;
  for (i = 0; i < n; i++)
    if (at[i] == 'l')
      at[i] = 'I';
}

void
line_sense_name_capitals (LineReading *self)
{
  gsize least = has_hangul (self) ? 1 : 2;

  for (guint i = 0; i < self->words->len; i++) {
    ReadWord *word = g_ptr_array_index (self->words, i);
    gchar *at, *end;

    for (at = word->text; *at; at = MAX (end, at + 1)) {
      for (end = at; g_ascii_isalpha (*end);)
        end++;
      name_capitals (at, end - at, least);
    }
  }
}

gboolean
line_sense_is_texture (const LineReading * self)
{
  gboolean has_strokes = FALSE;

  for (guint i = 0; i < self->words->len; i++) {
    const gchar *text = word_at (self, i)->text;

    if (bare_text_exists (text))
      return FALSE;
    has_strokes |= strpbrk (text, STROKES) != NULL;
  }
  return has_strokes;
}

gboolean
line_sense_is_single (const LineReading *self)
{
  guint n = 0, i;

  for (i = 0; i < self->words->len; i++) {
    const gchar *at;

    for (at = word_at (self, i)->text; *at; at = g_utf8_next_char (at))
      n += g_unichar_isalnum (g_utf8_get_char (at));
  }
  return n == 1;
}

gboolean
line_sense_is_thin (const LineReading *self)
{
  gboolean has_thin = FALSE;
  guint i;

  if (self->n_characters > MAX_THIN)
    return FALSE;
  for (i = 0; i < self->words->len; i++) {
    const gchar *at;

    for (at = word_at (self, i)->text; *at; at = g_utf8_next_char (at)) {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_isalnum (c) && c != '%')
        continue;
      if (c >= 128 || !strchr (THIN, c))
        return FALSE;
      has_thin = TRUE;
    }
  }
  return has_thin;
}

gboolean
line_sense_is_short_latin (const LineReading *self)
{
  gboolean has_latin = FALSE;
  guint n = 0, i;

  for (i = 0; i < self->words->len; i++) {
    const gchar *at;

    for (at = word_at (self, i)->text; *at; at = g_utf8_next_char (at)) {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_get_script (c) == G_UNICODE_SCRIPT_HANGUL)
        return FALSE;
      has_latin |= g_unichar_isalpha (c);
      n += c >= 128 || !strchr (STROKES, c);
    }
  }
  return has_latin && n >= 2 && n <= MAX_SHORT;
}

gboolean
line_sense_has_odd_figure (const LineReading *self)
{
  guint i;

  for (i = 0; i < self->words->len; i++) {
    const gchar *at;

    for (at = word_at (self, i)->text; *at; at = g_utf8_next_char (at)) {
      gunichar after = g_utf8_get_char (g_utf8_next_char (at));

      if (g_ascii_isdigit (*at) && is_syllable (after)
          && !g_utf8_strchr (COUNTED, -1, after))
        return TRUE;
    }
  }
  return FALSE;
}

static gdouble
distance (const gdouble *a, const gdouble *b)
{
  return hypot (b[0] - a[0], b[1] - a[1]);
}

gboolean
line_sense_has_split_number (const LineReading *self)
{
  guint i;

  for (i = 0; i + 1 < self->words->len; i++) {
    const ReadWord *before = word_at (self, i), *after = word_at (self, i + 1);
    const gchar *last = before->text + strlen (before->text) - 1;

    if (g_ascii_isdigit (*last) && g_ascii_isdigit (after->text[0])
        && distance (before->box + 2, after->box)
               < MAX_MARK_GAP * distance (before->box, before->box + 6))
      return TRUE;
  }
  return FALSE;
}

/* Modern Korean writes some 2,350 of the 11,172 syllables that can be made of
 * letters: those of KS X 1001. The others are what texture is read as. */
static gboolean
is_odd_syllable (gunichar c)
{
  gchar utf8[7] = { 0 };
  g_autofree gchar *bytes = NULL;

  g_unichar_to_utf8 (c, utf8);
  bytes = g_convert (utf8, -1, "EUC-KR", "UTF-8", NULL, NULL, NULL);
  return bytes == NULL;
}

gdouble
line_sense_odd_syllables (const LineReading * self)
{
  guint i, n = 0, n_odd = 0;

  for (i = 0; i < self->words->len; i++) {
    const gchar *at;

    for (at = word_at (self, i)->text; *at; at = g_utf8_next_char (at)) {
      gunichar c = g_utf8_get_char (at);

      /* Syllables, and letters of Hangul that stand alone in no text. */
      if (g_unichar_get_script (c) != G_UNICODE_SCRIPT_HANGUL)
        continue;
      n++;
      n_odd += (c >= 0x1100 && c <= 0x11ff)
          || (is_syllable (c) && is_odd_syllable (c));
    }
  }
  return n ? (gdouble) n_odd / n : 0;
}
