/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/pagewords.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "quadoverlap.h"
#include "reading/readingmerge.h"

/* The finder looks for tilts of up to 26 degrees: a line that is as steep may
 * be steeper. */
#define STEEP (24.5 * G_PI / 180)
/* A line of so many glyphs that is text with these log odds, whatever it is read
 * as, is text. Less is found in photographs, more not in each Japanese line. */
#define UNREAD_MIN_GLYPHS 8
#define UNREAD_MIN_LOGIT 1.4
/* Confidence of a reading that says nothing. */
#define UNREAD_MAX_CONFIDENCE 55
/* Clean finds of one line differ by less in contrast. */
#define MAX_CONTRAST_RATIO 1.7
/* Words that share more than this of the less wide by the less high of them are
 * one word. */
#define MAX_WORD_OVERLAP 0.5

static gdouble
worth (gdouble confidence, guint n_characters)
{
  return (confidence - 40) * sqrt (n_characters);
}

static gdouble
worth_of_reading (const LineReading *reading)
{
  return worth (reading->confidence, reading->n_characters);
}

static gboolean
is_text (const Candidate *self)
{
  return self->reading && self->reading->logit >= CANDIDATE_MIN_LOGIT;
}

/* Far higher than @other, or fainter: it has strokes of a texture as well. */
static gboolean
is_coarser (const TextLine *self, const TextLine *other)
{
  return self->height > CANDIDATE_MAX_HEIGHTS * other->height
         || self->contrast * MAX_CONTRAST_RATIO < other->contrast;
}

/* Of two finds of a line the one that reads worse goes, but for the words that it
 * alone has, or reads better: where one has texture at its end, or is of one word,
 * the other one shows what is there. */
static void
keep_better (Candidate *a, Candidate *b)
{
  gboolean first
      = worth_of_reading (a->reading) >= worth_of_reading (b->reading);
  Candidate *better = first ? a : b, *worse = first ? b : a;

  if (is_text (worse) && !is_coarser (worse->line, better->line))
    reading_merge (better->reading, worse->reading, better->line->tilt);
  candidate_clear (worse);
}

static void
suppress (GArray * candidates)
{
  guint i, j;

  for (i = 0; i < candidates->len; i++)
    for (j = i + 1; j < candidates->len; j++) {
      Candidate *a = candidate_at (candidates, i);
      Candidate *b = candidate_at (candidates, j);

      if (!a->reading || !b->reading
          || kocr_text_line_overlap_by_sides (a->line, b->line)
                 < CANDIDATE_MAX_OVERLAP)
        continue;
      keep_better (a, b);
    }
}

/* From the first corner of @word to another one. */
static gdouble
distance_to (const ReadWord *word, guint corner)
{
  return hypot (word->box[2 * corner] - word->box[0],
      word->box[2 * corner + 1] - word->box[1]);
}

static gboolean
stand_in_one_place (const ReadWord * a, const ReadWord * b)
{
  gdouble reach = distance_to (a, 2) + distance_to (b, 2);

  if (fabs (a->box[0] - b->box[0]) > reach
      || fabs (a->box[1] - b->box[1]) > reach)
    return FALSE;
  return kocr_quad_common_area (a->box, b->box)
         > MAX_WORD_OVERLAP * MIN (distance_to (a, 1), distance_to (b, 1))
               * MIN (distance_to (a, 3), distance_to (b, 3));
}

/* A word that goes on at a line's end is the longer one; else the one that
 * confidence and length speak for: the dots of an ellipsis are read, by
 * themselves, as three letters, and surer than the word that they follow. */
static gboolean
is_better_word (const ReadWord * a, const ReadWord * b)
{
  if (a->n_characters != b->n_characters
      && (strstr (a->text, b->text) || strstr (b->text, a->text)))
    return a->n_characters > b->n_characters;
  return worth (a->confidence, a->n_characters)
         >= worth (b->confidence, b->n_characters);
}

static void
drop_words_of_both (LineReading * a, LineReading * b)
{
  guint i, j;

  for (i = 0; i < a->words->len;) {
    gboolean dropped = FALSE;

    for (j = 0; j < b->words->len && !dropped;) {
      const ReadWord *word = g_ptr_array_index (a->words, i);
      const ReadWord *other = g_ptr_array_index (b->words, j);

      if (!stand_in_one_place (word, other)) {
        j++;
      } else if (is_better_word (word, other)) {
        line_reading_withdraw (b, j);
      } else {
        line_reading_withdraw (a, i);
        dropped = TRUE;
      }
    }
    if (!dropped)
      i++;
  }
}

/* Two finds of a line may share no more than its middle, each with words of
 * its own, or a word beyond the end of one: none is told twice. */
static void
drop_repeated_words (GPtrArray * kept)
{
  guint i, j;

  for (i = 0; i < kept->len; i++)
    for (j = i + 1; j < kept->len; j++)
      drop_words_of_both (((Candidate *) g_ptr_array_index (kept, i))->reading,
          ((Candidate *) g_ptr_array_index (kept, j))->reading);
}

/* A line where it stands when the page is turned upright. */
typedef struct
{
  const Candidate *candidate;
  gdouble along, across, height;
} PlacedLine;

static gint
compare_across (gconstpointer a, gconstpointer b)
{
  const PlacedLine *upper = a, *lower = b;

  return (upper->across > lower->across) - (upper->across < lower->across);
}

static gint
compare_along (gconstpointer a, gconstpointer b)
{
  const PlacedLine *left = a, *right = b;

  return (left->along > right->along) - (left->along < right->along);
}

static gint
compare_tilt (gconstpointer a, gconstpointer b)
{
  const Candidate *const *left = a, *const *right = b;
  gdouble x = (*left)->line->tilt, y = (*right)->line->tilt;

  return (x > y) - (x < y);
}

/* Returns (transfer full) an array of PlacedLine in reading order: from top
 * to bottom as most of the lines are tilted, and lines that stand beside each
 * other from left to right. */
static GArray *
order_lines (GPtrArray * kept)
{
  GArray *placed = g_array_new (FALSE, FALSE, sizeof (PlacedLine));
  gdouble tilt, c, s;
  guint i, row, end;

  if (kept->len == 0)
    return placed;
  g_ptr_array_sort (kept, compare_tilt);
  tilt = ((Candidate *) g_ptr_array_index (kept, kept->len / 2))->line->tilt;
  c = cos (tilt);
  s = sin (tilt);
  for (i = 0; i < kept->len; i++) {
    const Candidate *candidate = g_ptr_array_index (kept, i);
    const TextLine *line = candidate->line;
    PlacedLine at = { candidate, line->x * c + line->y * s,
      line->y * c - line->x * s, line->height
    };

    g_array_append_val (placed, at);
  }
  g_array_sort (placed, compare_across);
  for (row = 0; row < placed->len; row = end) {
    PlacedLine *first = &g_array_index (placed, PlacedLine, row);

    for (end = row + 1; end < placed->len; end++) {
      PlacedLine *next = &g_array_index (placed, PlacedLine, end);

      if (next->across - first->across > MIN (first->height, next->height) / 2)
        break;
    }
    qsort (first, end - row, sizeof *first, compare_along);
  }
  return placed;
}

GPtrArray *
page_words_collect (GArray * candidates)
{
  GPtrArray *words =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kocr_answer_word_free);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autoptr (GArray) ordered = NULL;
  guint i, j;

  suppress (candidates);
  for (i = 0; i < candidates->len; i++)
    if (is_text (candidate_at (candidates, i)))
      g_ptr_array_add (kept, candidate_at (candidates, i));
  drop_repeated_words (kept);
  ordered = order_lines (kept);
  for (i = 0; i < ordered->len; i++) {
    const Candidate *candidate
        = g_array_index (ordered, PlacedLine, i).candidate;
    const LineReading *reading = candidate->reading;

    for (j = 0; is_text (candidate) && j < reading->words->len; j++) {
      const ReadWord *word = g_ptr_array_index (reading->words, j);

      g_ptr_array_add (words, kocr_answer_word_new (word->text, word->box));
    }
  }
  return words;
}

/* Is it another find of the same line, surer to be text, or one that says
 * something? */
static gboolean
speaks_for (const Candidate *other, const Candidate *own)
{
  return other != own && other->reading
         && (other->line->logit > own->line->logit
             || other->reading->confidence >= UNREAD_MAX_CONFIDENCE)
         && kocr_text_line_overlap_by_sides (own->line, other->line)
                >= CANDIDATE_MAX_OVERLAP;
}

static gboolean
is_unread (GArray *candidates, const Candidate *own)
{
  guint i;

  if (!own->reading || own->line->n_glyphs < UNREAD_MIN_GLYPHS
      || own->line->logit < UNREAD_MIN_LOGIT
      || own->reading->confidence >= UNREAD_MAX_CONFIDENCE)
    return FALSE;
  for (i = 0; i < candidates->len; i++)
    if (speaks_for (candidate_at (candidates, i), own))
      return FALSE;
  return TRUE;
}

guint
page_words_count_unread (GArray *candidates)
{
  guint i, n = 0;

  for (i = 0; i < candidates->len; i++)
    n += is_unread (candidates, candidate_at (candidates, i));
  return n;
}

gdouble
page_words_worth (GArray * candidates)
{
  gdouble sum = 0;
  guint i;

  for (i = 0; i < candidates->len; i++) {
    const Candidate *candidate = candidate_at (candidates, i);
    const LineReading *reading = candidate->reading;

    if (is_text (candidate) && fabs (candidate->line->tilt) < STEEP)
      sum += (reading->confidence - 40) * reading->n_characters;
  }
  return sum;
}
