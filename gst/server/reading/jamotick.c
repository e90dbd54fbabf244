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
/* Which of the vowels have two ticks, and how far before them the one with one
 * is. */
#define YA 2
#define YEO 6
#define ONE_TICK 2

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
/* Of a vowel beside the consonant: how long its stem is at least and how wide at
 * most, by its line's height; how long a column is that is the stem's, by the
 * longest; and beyond it, how far its ticks are looked for. */
#define LEAST_STEM 0.4
#define WIDEST_STEM 0.25
#define STEM_COLUMN 0.75
#define TICK_REACH 0.06
/* The part of a stem, at its head, on which a serif may be and no tick is. */
#define SERIF 0.15
/* And what ticks take of it at most. */
#define WIDEST_TICK 0.4
/* Of what leans: half of what slanted type does, so that either is near. */
#define SLANT 0.2
/* A stem that leans is so much longer along its slant. */
#define LEANS 1.3
/* What of its letter's width, from the left, may be the stem's. */
#define STEM_FROM 0.4
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
  Stroke longest = { 0, 0 };

  for (gint x = left, start = left; x <= right; x++) {
    if (x < right && line_crop_is_ink (crop, x, y))
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
    if (line_crop_is_ink (crop, x, y))
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

/* A crop whose letters may lean to the right: by so many columns a row. */
typedef struct
{
  const LineCrop *crop;
  gdouble slant;
} LeaningCrop;

/* Column @x as it is where the text's rows end. */
static gboolean
is_ink (const LeaningCrop *self, gint x, gint y)
{
  const LineCrop *crop = self->crop;
  gint at = x + floor (self->slant * (crop->text_bottom - y) + 0.5);

  return at >= 0 && at < crop->width
         && line_crop_is_ink (crop, at, y);
}

/* A column's longest stroke, of which left is the upper end. */
static Stroke
find_column (const LeaningCrop *self, gint x)
{
  Stroke longest = { 0, 0 };

  for (gint y = 0, start = 0; y <= self->crop->height; y++) {
    if (y < self->crop->height && is_ink (self, x, y))
      continue;
    if (y - start > longest.width)
      longest = (Stroke){ start, y - start };
    start = y + 1;
  }
  return longest;
}

/* The long stroke of a vowel. */
typedef struct
{
  gint left, right;
  Stroke rows;
} Stem;

/* That of the letter between two columns; of two as long the right one. */
static Stem
find_stem (const LeaningCrop *self, gint left, gint right)
{
  Stem stem = { left, left, { 0, 0 } };

  for (gint x = left + (right - left) * STEM_FROM; x < right; x++) {
    Stroke column = find_column (self, x);

    if (column.width >= stem.rows.width)
      stem = (Stem){ x, x, column };
  }
  while (stem.right < self->crop->width
         && find_column (self, stem.right).width
                >= MAX (STEM_COLUMN * stem.rows.width, 1))
    stem.right++;
  while (find_column (self, stem.left - 1).width
         >= MAX (STEM_COLUMN * stem.rows.width, 1))
    stem.left--;
  return stem;
}

static gboolean
is_stem (const Stem *self, const LineCrop *crop)
{
  gdouble height = crop->text_bottom - crop->text_top;

  return self->rows.width >= LEAST_STEM * height
         && self->right - self->left <= WIDEST_STEM * height;
}

/* How many strokes begin at a column beside a stem; 0: they flow together. */
static guint
count_strokes (const LeaningCrop *self, gint x, const Stroke *rows)
{
  gint n_ink = 0;
  guint n = 0;

  for (gint y = rows->left + rows->width * SERIF;
       y < rows->left + rows->width; y++) {
    if (is_ink (self, x, y) && n_ink++ >= 0)
      n += !is_ink (self, x, y - 1);
  }
  return n_ink <= WIDEST_TICK * rows->width ? n : 0;
}

/* Whether a vowel that was read with two ticks has one. What does not reach the
 * stem is none. */
static gboolean
has_one_tick (const LineCrop *crop, gint left, gint right, gboolean is_left)
{
  gint reach = 2 + (crop->text_bottom - crop->text_top) * TICK_REACH;
  LeaningCrop upright = { crop, 0 }, leaning = { crop, SLANT };
  Stem stem = find_stem (&upright, left, right);
  Stem other = find_stem (&leaning, left - SLANT * crop->height, right);
  const LeaningCrop *self = &upright;
  guint least = G_MAXUINT;

  if (other.rows.width > LEANS * stem.rows.width) {
    self = &leaning;
    stem = other;
  }
  for (gint i = 1; i < reach; i++) {
    gint x = is_left ? stem.left - 1 - i : stem.right + i;

    least = MIN (least, count_strokes (self, x, &stem.rows));
  }
  return is_stem (&stem, crop) && least == 1;
}

/* What the ink between two columns says of @c, a syllable that was read there. */
static gunichar
look_at (const LineCrop *crop, gint left, gint right, gunichar c)
{
  guint rank = c - FIRST_SYLLABLE, vowel = rank / FINALS % VOWELS;
  gboolean is_below = stands_below (vowel);

  if ((vowel == YA || vowel == YEO)
      && has_one_tick (crop, left, right, vowel == YEO))
    c -= ONE_TICK * FINALS;
  if (rank / (VOWELS * FINALS) == JIEUT
      && (!is_below || find_syllable (crop, &left, &right))
      && has_tick (crop, left, right, is_below))
    return c + (CHIEUT - JIEUT) * VOWELS * FINALS;
  return c;
}

static void
mend (LineReading *self, const LetterPlace *letter, const WordEdges *edges,
    const LineCrop *crop)
{
  const ReadWord *word = g_ptr_array_index (self->words, letter->word);
  gchar *at = word->text + letter->start;
  gunichar c = g_utf8_get_char (at);

  if (is_syllable (c)
      && letter->n_bytes == (guint)g_unichar_to_utf8 (c, NULL))
    g_unichar_to_utf8 (
        look_at (crop, CLAMP (floor (edges->left), 0, crop->width - 1),
            MIN (ceil (edges->right), crop->width), c),
        at);
}

void
jamo_ticks_mend (LineReading *self, const LineCrop *crop,
    const GArray *letters, const GArray *edges)
{
  for (guint i = 0; i < letters->len; i++)
    mend (self, &g_array_index (letters, LetterPlace, i),
        &g_array_index (edges, WordEdges, i), crop);
}
