/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/linemarks.h"

#include "reading/baretext.h"

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
word_at (const LineReading *self, guint i)
{
  return g_ptr_array_index (self->words, i);
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
         && line_crop_is_ink (crop, x, y);
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

/* The first mark from column @x to the right (@step 1) or to the left (-1). FALSE:
 * there is none, or no blank between it and what comes next. */
static gboolean
find_mark (const LineCrop *crop, gint x, gint step, Mark *mark)
{
  gdouble height = crop->text_bottom - crop->text_top;
  gint start, end;

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
         && (bare_text_exists (word->text)
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
line_marks_name_notes (LineReading *self, const LineCrop *crop)
{
  guint last = self->words->len - 1;
  Mark begin, end;

  if (self->words->len == 0)
    return;
  if (self->words->len >= 3 && is_note (word_at (self, 0))
      && is_note (word_at (self, last))) {
    line_reading_rename (self, 0, "♪", word_at (self, 0)->confidence);
    line_reading_rename (self, last, "♪", word_at (self, last)->confidence);
  } else if (find_mark (crop, 0, 1, &begin)
             && find_mark (crop, crop->width - 1, -1, &end)
             && begin.right < end.left && has_note_shape (crop, &begin)
             && look_alike (crop, &begin, &end) && is_free (self, &begin, TRUE)
             && is_free (self, &end, FALSE)) {
    name_note (self, &begin, TRUE);
    name_note (self, &end, FALSE);
  }
}

/* What one dash is read as: two strokes of it. */
static gboolean
is_dash_twice (const ReadWord *word)
{
  static const gchar *const read[] = { "=", "--", "—-", "-—", "——" };

  for (guint i = 0; i < G_N_ELEMENTS (read); i++)
    if (g_str_equal (word->text, read[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_flat (const LineCrop *crop, const Mark *mark)
{
  return mark->bottom - mark->top
         <= DASH_HEIGHT * (crop->text_bottom - crop->text_top);
}

void
line_marks_name_dash (LineReading *self, const LineCrop *crop)
{
  Mark mark, next;

  if (self->words->len > 1 && is_dash_twice (word_at (self, 0))
      && find_mark (crop, 0, 1, &mark) && stands_in (word_at (self, 0), &mark)
      && is_flat (crop, &mark)
      && !(find_mark (crop, mark.right, 1, &next) && is_flat (crop, &next)))
    line_reading_rename (self, 0, "-", word_at (self, 0)->confidence);
}
