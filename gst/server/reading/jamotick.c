/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/jamotick.h"

#include <math.h>

#include "reading/syllable.h"
#include "reading/wordedges.h"

#define VOWELS 21
#define FINALS 28
/* Which of the beginnings they are. */
#define JIEUT 12
#define CHIEUT 14

/* Rows from the top in which the bar of ㅈ lies, as a part of the height, and of the
 * letter's width what the bar has at least. */
#define BAR_ROWS 0.5
#define BAR_WIDTH 0.52
/* Of the bar's width: how wide the tick is at most, and how far its middle is
 * from the bar's. */
#define TICK_WIDTH 0.75
#define TICK_WAY 0.27
/* Rows of it, and their part of the height: where a vowel stands beside the
 * consonant, the bar may begin with its stem. */
#define LEAST_ROWS 2
#define LEAST_BELOW 0.05
#define LEAST_BESIDE 0.08
/* How wide a syllable is, by its line's height. */
#define LEAST_SYLLABLE 0.6
#define MOST_SYLLABLE 1.25
/* How much of it is the consonant's where a vowel stands beside that. */
#define CONSONANT_PART 0.58

/* The longest stroke of a row. */
typedef struct
{
  gint left, width;
} Stroke;

static Stroke
find_stroke (const LineCrop *crop, gint y, gint left, gint right)
{
  const guint8 *row = crop->pixels + (gsize)y * crop->width;
  Stroke longest = { 0, 0 };

  for (gint x = left, start = left; x <= right; x++) {
    if (x < right && row[x] < LINE_CROP_DARK)
      continue;
    if (x - start > longest.width)
      longest = (Stroke){ start, x - start };
    start = x + 1;
  }
  return longest;
}

static gdouble
middle_of (const Stroke *stroke)
{
  return stroke->left + stroke->width / 2.0;
}

/* ㅗ, ㅛ, ㅜ, ㅠ and ㅡ. */
static gboolean
stands_below (guint vowel)
{
  return vowel == 8 || vowel == 12 || vowel == 13 || vowel == 17
         || vowel == 18;
}

/* Rows of ink from the first on. FALSE: there are none. */
static gboolean
find_rows (
    const LineCrop *crop, gint left, gint right, gint *top, gint *bottom)
{
  *top = -1;
  for (gint y = 0; y < crop->height; y++) {
    if (find_stroke (crop, y, left, right).width == 0)
      continue;
    *top = *top < 0 ? y : *top;
    *bottom = y + 1;
  }
  return *top >= 0;
}

static gboolean
has_tick (const LineCrop *crop, gint left, gint right, gboolean is_below)
{
  gint top, bottom, bar, n = 0;
  Stroke widest;

  if (!is_below)
    right = left + (right - left) * CONSONANT_PART;
  if (!find_rows (crop, left, right, &top, &bottom))
    return FALSE;
  for (bar = top; bar < top + BAR_ROWS * (bottom - top); bar++) {
    widest = find_stroke (crop, bar, left, right);
    if (widest.width >= BAR_WIDTH * (right - left))
      break;
  }
  if (bar >= top + BAR_ROWS * (bottom - top))
    return FALSE;
  for (gint y = top; y < bar; y++) {
    Stroke stroke = find_stroke (crop, y, left, right);

    n += stroke.width > 1 && stroke.width <= TICK_WIDTH * widest.width
         && fabs (middle_of (&stroke) - middle_of (&widest))
                <= TICK_WAY * widest.width;
  }
  return n >= LEAST_ROWS
         && n >= (is_below ? LEAST_BELOW : LEAST_BESIDE) * (bottom - top);
}

/* Of all ink, unlike between words: a stroke that is thin, or beyond the text's
 * rows, holds a syllable together. */
static gboolean
is_blank (const LineCrop *crop, gint x)
{
  for (gint y = 0; y < crop->height; y++) {
    if (crop->pixels[(gsize)y * crop->width + x] < LINE_CROP_DARK)
      return FALSE;
  }
  return TRUE;
}

/* The engine's columns are half a letter or three. A vowel below its consonant is as
 * wide as the syllable, which so has no blank in it: it is the first piece of ink
 * of its width in them. */
static gboolean
find_syllable (const LineCrop *crop, gint *left, gint *right)
{
  gdouble height = crop->text_bottom - crop->text_top;
  gint end = *right, from, to;

  for (from = *left; from > 0 && !is_blank (crop, from); from--)
    ;
  for (; from < end; from = to) {
    while (from < end && is_blank (crop, from))
      from++;
    for (to = from; to < crop->width && !is_blank (crop, to); to++)
      ;
    *left = from;
    *right = to;
    if (to - from >= LEAST_SYLLABLE * height
        && to - from <= MOST_SYLLABLE * height)
      return TRUE;
  }
  return FALSE;
}

static void
restore (LineReading *self, const LetterPlace *letter, const WordEdges *edges,
    const LineCrop *crop)
{
  const ReadWord *word = g_ptr_array_index (self->words, letter->word);
  gchar *at = word->text + letter->start;
  gunichar c = g_utf8_get_char (at);
  guint rank = c - FIRST_SYLLABLE;
  gboolean is_below = stands_below (rank / FINALS % VOWELS);
  gint left = CLAMP (floor (edges->left), 0, crop->width - 1);
  gint right = MIN (ceil (edges->right), crop->width);

  if (!is_syllable (c) || rank / (VOWELS * FINALS) != JIEUT
      || letter->n_bytes != (guint)g_unichar_to_utf8 (c, NULL)
      || (is_below && !find_syllable (crop, &left, &right))
      || !has_tick (crop, left, right, is_below))
    return;
  g_unichar_to_utf8 (c + (CHIEUT - JIEUT) * VOWELS * FINALS, at);
}

void
jamo_ticks_restore (LineReading *self, const LineCrop *crop)
{
  g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (LetterPlace));
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (WordEdges));

  word_edges_find_letters (self, crop, letters, edges);
  for (guint i = 0; i < letters->len; i++)
    restore (self, &g_array_index (letters, LetterPlace, i),
        &g_array_index (edges, WordEdges, i), crop);
}
