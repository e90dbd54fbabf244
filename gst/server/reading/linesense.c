/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/linesense.h"

#include <math.h>
#include <string.h>

#include "reading/syllable.h"

/* Between the digits on both sides of a comma is less room, by the line's
 * height, than between two numbers. */
#define MAX_MARK_GAP 0.5
/* What a straight line beside a text is read as. */
#define BARS "|[](){}!/\\"
/* What stands alone in no text, but is what grass and hair are read as. */
#define STROKES "|/\\"
/* Letters and digits that are a straight stroke or two; and how many of them and
 * of marks may still be blades of grass, edges and wires. A percent sign is none. */
#define THIN "1lIiLJ7rvV"
#define MAX_THIN 4
/* Longer readings of texture are less sure. */
#define MAX_SHORT 4
/* Such a mark of more confidence is what is written there. */
#define SURE_CONFIDENCE 85

/* A note by the height of the text, and as the blank beside it; its width by its
 * own height, the part of its box that is ink at most; how many pixels the second
 * one of a line may lie otherwise, and what they have in common at least. */
#define NOTE_HEIGHT 0.6
#define NOTE_GAP 0.12
#define NOTE_LEAST_WIDTH 0.3
#define NOTE_MOST_WIDTH 1.0
#define NOTE_MOST_INK 0.55
#define NOTE_SHIFT 2
#define NOTE_ALIKE 0.6
/* As so many marks it is read at most, or as a letter that was read with less
 * confidence. */
#define NOTE_CHARACTERS 4
#define NOTE_UNSURE 60

/* How high a dash is by the text's height: both strokes of = are twice that. */
#define DASH_HEIGHT 0.2

static const ReadWord *
word_at (const LineReading * self, guint i)
{
  return g_ptr_array_index (self->words, i);
}

static gboolean
has_letters (const gchar * text)
{
  for (; *text; text = g_utf8_next_char (text))
    if (g_unichar_isalnum (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/* Is @word nothing but bars and brackets, such as || or [? */
static gboolean
is_frame (const ReadWord * word)
{
  return !has_letters (word->text)
      && strspn (word->text, BARS) == strlen (word->text)
      && (word->confidence < SURE_CONFIDENCE || strchr (word->text, '|'));
}

void
line_sense_drop_frames (LineReading * self)
{
  while (self->words->len > 1 && is_frame (word_at (self, 0)))
    g_ptr_array_remove_index (self->words, 0);
  while (self->words->len > 1
      && is_frame (word_at (self, self->words->len - 1)))
    g_ptr_array_remove_index (self->words, self->words->len - 1);
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

/* Whether word @i is a stroke, and no unit of what is before it. */
static gboolean
is_stroke (const LineReading * self, guint i)
{
  const gchar *text = word_at (self, i)->text;

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
    gboolean shortened = word->text[0] == '|' && (word->text[1] == '\''
        || starts_lower (word->text + 1));

    if (alone || shortened)
      word->text[0] = 'I';
    else if (before_lower && ends_with_bar (word->text))
      split_bar (self, i);
  }
}

/* What no model of Tesseract has a letter for, and what is read instead. Stars and
 * the like it reads, where they are. */
static gboolean
is_note (const ReadWord * word)
{
  static const gchar *const read[] = { "♪", "♫", "»", ">" };

  for (guint i = 0; i < G_N_ELEMENTS (read); i++)
    if (g_str_equal (word->text, read[i]))
      return TRUE;
  return FALSE;
}

/* Ink between blank columns. */
typedef struct
{
  gint left, right, top, bottom;
} Mark;

static gboolean
is_ink (const LineCrop *crop, gint x, gint y)
{
  return x >= 0 && y >= 0 && x < crop->width && y < crop->height
         && crop->pixels[(gsize) y * crop->width + x] < LINE_CROP_DARK;
}

static gboolean
is_inked_column (const LineCrop *crop, gint x)
{
  for (gint y = 0; y < crop->height; y++)
    if (is_ink (crop, x, y))
      return TRUE;
  return FALSE;
}

static gint
count_ink (const LineCrop *crop, const Mark *mark, gint top, gint bottom)
{
  gint n = 0;

  for (gint y = top; y < bottom; y++)
    for (gint x = mark->left; x < mark->right; x++)
      n += is_ink (crop, x, y);
  return n;
}

/* The first mark from the left (@step 1) or from the right (-1). FALSE: there is
 * none, or no blank between it and what comes next. */
static gboolean
find_mark (const LineCrop *crop, gint step, Mark *mark)
{
  gdouble height = crop->text_bottom - crop->text_top;
  gint x = step > 0 ? 0 : crop->width - 1, start, end;

  while (x >= 0 && x < crop->width && !is_inked_column (crop, x))
    x += step;
  for (start = x; x >= 0 && x < crop->width && is_inked_column (crop, x);)
    x += step;
  end = x;
  while (x >= 0 && x < crop->width && !is_inked_column (crop, x))
    x += step;
  if (x < 0 || x >= crop->width || ABS (x - end) < NOTE_GAP * height)
    return FALSE;
  *mark = (Mark){ MIN (start, end + 1), MAX (start + 1, end), 0, crop->height };
  while (count_ink (crop, mark, mark->top, mark->top + 1) == 0)
    mark->top++;
  while (count_ink (crop, mark, mark->bottom - 1, mark->bottom) == 0)
    mark->bottom--;
  return TRUE;
}

/* A head on a stem: as high as a letter, more ink below than in the middle. */
static gboolean
has_note_shape (const LineCrop *crop, const Mark *mark)
{
  gdouble text = crop->text_bottom - crop->text_top;
  gint width = mark->right - mark->left, height = mark->bottom - mark->top;
  gint third = height / 3, ink = count_ink (crop, mark, mark->top, mark->bottom);

  return height >= NOTE_HEIGHT * text && width >= NOTE_LEAST_WIDTH * height
         && width <= NOTE_MOST_WIDTH * height
         && ink <= NOTE_MOST_INK * width * height
         && count_ink (crop, mark, mark->bottom - third, mark->bottom)
                > count_ink (crop, mark, mark->top + third,
                    mark->top + 2 * third);
}

/* The ink that both have of that which either has, @b moved by (@x, @y). */
static gdouble
share_ink (const LineCrop *crop, const Mark *a, const Mark *b, gint x, gint y)
{
  gint both = 0, either = 0;

  for (gint v = a->top; v < a->bottom; v++)
    for (gint u = a->left; u < a->right; u++) {
      gboolean one = is_ink (crop, u, v);
      gboolean other = is_ink (crop, u - a->left + b->left + x,
          v - a->top + b->top + y);

      both += one && other;
      either += one || other;
    }
  return either > 0 ? (gdouble) both / either : 0;
}

static gboolean
look_alike (const LineCrop *crop, const Mark *a, const Mark *b)
{
  gdouble most = 0;

  for (gint y = -NOTE_SHIFT; y <= NOTE_SHIFT; y++)
    for (gint x = -NOTE_SHIFT; x <= NOTE_SHIFT; x++)
      most = MAX (most, share_ink (crop, a, b, x, y));
  return most >= NOTE_ALIKE;
}

static gboolean
stands_in (const ReadWord *word, const Mark *mark)
{
  return word->left < mark->right && word->right > mark->left;
}

/* Whether @mark may have been read as @word. */
static gboolean
may_be_mark (const ReadWord *word, const Mark *mark)
{
  return stands_in (word, mark)
         && (has_letters (word->text)
                 ? word->n_characters == 1 && word->confidence < NOTE_UNSURE
                 : word->n_characters <= NOTE_CHARACTERS);
}

static void
name_note (LineReading *self, const Mark *mark, gboolean is_first)
{
  gchar note[] = "♪";
  const ReadWord word = { .text = note,
    .confidence = self->confidence,
    .n_characters = 1,
    .left = mark->left,
    .right = mark->right };
  guint i = is_first ? 0 : self->words->len - 1;

  if (may_be_mark (word_at (self, i), mark))
    line_reading_rename (self, i, note, self->confidence);
  else
    line_reading_insert (self, is_first ? 0 : self->words->len, &word);
}

/* Whether the letter that @word begins or ends with lies beyond @mark: a word
 * may have taken in the room of what was not read. */
static gboolean
is_beyond (const ReadWord *word, const Mark *mark, gboolean is_first)
{
  gdouble left = word->left, right = word->right;

  if (word->letters && word->letters->len > 1) {
    const ReadLetter *letter = &g_array_index (
        word->letters, ReadLetter, is_first ? 0 : word->letters->len - 1);

    left = letter->left;
    right = letter->right;
  } else if (stands_in (word, mark)) {
    return FALSE;
  }
  return is_first ? (left + right) / 2 > mark->right
                  : (left + right) / 2 < mark->left;
}

/* Whether nothing was read where @mark is, or what it may be read as. */
static gboolean
is_free (const LineReading *self, const Mark *mark, gboolean is_first)
{
  const ReadWord *word = word_at (self, is_first ? 0 : self->words->len - 1);

  return may_be_mark (word, mark) || is_beyond (word, mark, is_first);
}

void
line_sense_name_notes (LineReading *self, const LineCrop *crop)
{
  guint last = self->words->len - 1;
  Mark begin, end;

  if (self->words->len == 0)
    return;
  if (self->words->len >= 3 && is_note (word_at (self, 0))
      && is_note (word_at (self, last))) {
    line_reading_rename (self, 0, "♪", word_at (self, 0)->confidence);
    line_reading_rename (self, last, "♪", word_at (self, last)->confidence);
  } else if (find_mark (crop, 1, &begin) && find_mark (crop, -1, &end)
             && begin.right < end.left && has_note_shape (crop, &begin)
             && look_alike (crop, &begin, &end)
             && is_free (self, &begin, TRUE) && is_free (self, &end, FALSE)) {
    name_note (self, &begin, TRUE);
    name_note (self, &end, FALSE);
  }
}

void
line_sense_name_dash (LineReading *self, const LineCrop *crop)
{
  gdouble text = crop->text_bottom - crop->text_top;
  Mark mark;

  if (self->words->len > 1 && g_str_equal (word_at (self, 0)->text, "=")
      && find_mark (crop, 1, &mark) && stands_in (word_at (self, 0), &mark)
      && mark.bottom - mark.top <= DASH_HEIGHT * text)
    line_reading_rename (self, 0, "-", word_at (self, 0)->confidence);
}

gboolean
line_sense_is_texture (const LineReading * self)
{
  gboolean has_strokes = FALSE;

  for (guint i = 0; i < self->words->len; i++) {
    const gchar *text = word_at (self, i)->text;

    if (has_letters (text))
      return FALSE;
    has_strokes |= strpbrk (text, STROKES) != NULL;
  }
  return has_strokes;
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
  guint i;

  if (self->n_characters < 2 || self->n_characters > MAX_SHORT)
    return FALSE;
  for (i = 0; i < self->words->len; i++) {
    const gchar *at;

    for (at = word_at (self, i)->text; *at; at = g_utf8_next_char (at)) {
      if (g_unichar_get_script (g_utf8_get_char (at))
          == G_UNICODE_SCRIPT_HANGUL)
        return FALSE;
      has_latin |= g_unichar_isalpha (g_utf8_get_char (at));
    }
  }
  return has_latin;
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
