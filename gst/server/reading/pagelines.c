/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/pagelines.h"

#include <math.h>

#include "reading/linesense.h"
#include "rowfigure.h"

/* Above this the others of the same text need not be read. */
#define SURE_CONFIDENCE 80
/* Nor need a line of which another find has this share, if it is the most of
 * that one. A piece of a line tells nothing of the rest. */
#define MIN_COVERED 0.35
/* Parts of a row that are more of it leave no room for another. */
#define MAX_PARTS 0.85
/* By its height, how far a find goes on beyond another one, if it may have a mark
 * or letters that the other has not: of two finds of a line one is of the letters
 * and one of their outline, and either may end too soon. How like they must be
 * in their tilt. */
#define LEAST_OVERHANG 0.3
#define MOST_TURN 0.05
/* More lines than a frame that can be read holds: the API allows 100 words. */
#define MAX_READINGS 160
/* A line that is so sure speaks for its row, of so many characters. */
#define ROW_CONFIDENCE 85
#define ROW_CHARACTERS 2

/* May @own show more of a line at an end than @other does? What is hardly text
 * shows texture there. */
static gboolean
goes_on (const TextLine *own, const TextLine *other)
{
  return own->logit >= LINE_FINDER_MIN_LOGIT_SHORT
         && fabs (own->tilt - other->tilt) <= MOST_TURN
         && MAX (own->height, other->height)
                <= CANDIDATE_MAX_HEIGHTS * MIN (own->height, other->height)
         && kocr_text_line_overhang (own, other)
                >= LEAST_OVERHANG * other->height;
}

/* Is there another find of @i's text that makes reading it needless? On the
 * first round a likelier one that is about to be read, on the second one that
 * read well, unless there are several of the other polarity with room between
 * them: then it may be a row whose parts stand on plates. */
static gboolean
is_covered (GArray *candidates, guint i, guint round)
{
  Candidate *own = candidate_at (candidates, i);
  guint j, end = round == 1 ? i : candidates->len, n_parts = 0;
  gdouble parts = 0;
  gboolean covered = FALSE;

  for (j = 0; j < end; j++) {
    Candidate *other = candidate_at (candidates, j);
    gdouble share;

    if (j == i || !other->reading
        || (round == 2 && other->reading->confidence < SURE_CONFIDENCE)
        || kocr_text_line_overlap_by_sides (own->line, other->line)
               <= CANDIDATE_MAX_OVERLAP)
      continue;
    share = kocr_text_line_covered_share (own->line, other->line);
    covered |= share > MIN_COVERED
               && (round == 1 || !goes_on (own->line, other->line));
    if (other->line->light != own->line->light) {
      parts += share;
      n_parts++;
    }
  }
  return covered && (round == 1 || n_parts < 2 || parts > MAX_PARTS);
}

/* The words of @i that stay whatever is read after it: it reads so well that
 * no other find of its text will be read, and none has been. */
static guint
count_sure_words (GArray *candidates, guint i)
{
  Candidate *own = candidate_at (candidates, i);
  guint j;

  if (own->reading->logit < CANDIDATE_MIN_LOGIT
      || own->reading->confidence < SURE_CONFIDENCE)
    return 0;
  for (j = 0; j < candidates->len; j++) {
    Candidate *other = candidate_at (candidates, j);

    if (j != i && other->reading
        && kocr_text_line_overlap_by_sides (own->line, other->line)
               >= CANDIDATE_MAX_OVERLAP)
      return 0;
  }
  return own->reading->words->len;
}

typedef struct
{
  LineReader *reader;
  const ColourPlanes *planes;
  const PageLimits *limits;
  GCancellable *cancellable;
  GArray *candidates;
  guint n_read, n_words;
  guint n_failed;               /* in a row, up to the last */
  gboolean has_text;
} PageReading;

static gboolean
read_candidate (PageReading *self, guint i, GError **error)
{
  Candidate *candidate = candidate_at (self->candidates, i);

  candidate->reading = line_reader_read (
      self->reader, self->planes, candidate->line, self->cancellable, error);
  if (!candidate->reading)
    return FALSE;
  self->n_read++;
  self->n_words += count_sure_words (self->candidates, i);
  return TRUE;
}

static gboolean
is_full (const PageReading *self)
{
  return self->n_read >= MAX_READINGS
         || (self->limits->max_words > 0
             && self->n_words > self->limits->max_words);
}

/* Has what was read last been none so often that the rest is texture? */
static gboolean
is_given_up (const PageReading *self)
{
  return self->n_failed >= self->limits->max_failures;
}

/* Where there is text, the other finds of its lines come first in the second
 * round, whatever texture the first one ended with. */
static gboolean
read_round (PageReading *self, guint round, GError **error)
{
  guint i;

  if (self->has_text)
    self->n_failed = 0;
  for (i = 0; i < self->candidates->len && !is_full (self)
              && !is_given_up (self);
       i++) {
    const Candidate *candidate = candidate_at (self->candidates, i);

    if (candidate->reading || is_covered (self->candidates, i, round))
      continue;
    if (!read_candidate (self, i, error))
      return FALSE;
    if (candidate->reading->logit < CANDIDATE_MIN_LOGIT) {
      self->n_failed++;
    } else {
      self->n_failed = 0;
      self->has_text = TRUE;
    }
  }
  return TRUE;
}

static gboolean
read_figures (
    PageReading *self, GPtrArray *lines, GPtrArray *figures, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  guint first = self->candidates->len, n = lines->len, i;

  for (i = 0; i < first; i++) {
    const Candidate *candidate = candidate_at (self->candidates, i);

    if (candidate->reading && candidate->reading->logit >= CANDIDATE_MIN_LOGIT
        && candidate->reading->confidence >= ROW_CONFIDENCE
        && candidate->reading->n_characters >= ROW_CHARACTERS)
      g_ptr_array_add (rows, (gpointer)candidate->line);
  }
  kocr_row_figures_join (figures, rows, lines);
  for (i = n; i < lines->len; i++) {
    const Candidate candidate = { .line = g_ptr_array_index (lines, i) };

    g_array_append_val (self->candidates, candidate);
  }
  for (i = first; i < self->candidates->len && !is_full (self); i++) {
    LineReading *reading;

    if (!read_candidate (self, i, error))
      return FALSE;
    reading = candidate_at (self->candidates, i)->reading;
    /* A single glyph is a single letter: what is read as more is none. */
    if (!line_sense_is_single (reading))
      reading->logit = -G_MAXDOUBLE;
  }
  return TRUE;
}

GArray *
page_lines_read (LineReader *reader, const ColourPlanes *planes,
    GPtrArray *lines, GPtrArray *figures, const PageLimits *limits,
    GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  PageReading reading = { reader, planes, limits, cancellable, candidates };
  guint i;

  g_array_set_clear_func (candidates, (GDestroyNotify)candidate_clear);
  for (i = 0; i < lines->len; i++) {
    const Candidate candidate = { .line = g_ptr_array_index (lines, i) };

    if (candidate.line->n_glyphs >= LINE_FINDER_SHORT_GLYPHS
        || candidate.line->logit >= LINE_FINDER_MIN_LOGIT_SHORT)
      g_array_append_val (candidates, candidate);
  }
  if (!read_round (&reading, 1, error) || !read_round (&reading, 2, error)
      || !read_figures (&reading, lines, figures, error))
    return NULL;
  return g_steal_pointer (&candidates);
}
