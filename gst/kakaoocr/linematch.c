/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "linematch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "textdistance.h"

/* A line is the same as one before when it says the same at the same place, or
 * nearly so: the less it says the same, the more must it be at the place. All
 * pairs are rated, and the best of all go first. */

/* At the same place: half of the characters may be misread. Texts that have
 * nothing to do with each other agree in a fifth to a third. */
#define MIN_SIMILARITY 0.5
#define MIN_OVERLAP 0.1

/* At another place: a text that moved is read as well as before. Fewer
 * characters than this stand in many places of a frame. */
#define MIN_MOVED_SIMILARITY 0.8
#define MIN_MOVED_CHARS 3

/* How far a line moves from sample to sample, in sides of the frame. */
#define MAX_MOVE 0.5

#define OVERLAP_WEIGHT 0.5
/* What is equal in every character is the same, if others are so at its place,
 * as where lines of a list move up. */
#define EQUALITY_WEIGHT 0.6
/* Of equal texts the nearer one. */
#define DISTANCE_WEIGHT 0.1

/* Of pairs of characters: some 50 ms for one sample of a hostile service; a
 * page of 100 lines takes a hundredth. Beyond it only equal texts match. */
#define MAX_WORK 16000000

typedef struct
{
  gdouble score;
  guint line, track;
} Pair;

typedef struct
{
  gdouble reach;                /* pixels */
  gsize work;
} Matcher;

static gint
compare_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *p = a, *q = b;

  if (p->score != q->score)
    return p->score > q->score ? -1 : 1;
  if (p->track != q->track)
    return p->track < q->track ? -1 : 1;
  return p->line < q->line ? -1 : p->line > q->line;
}

static gboolean
texts_equal (const GstKakaoOcrLine * line, const GstKakaoOcrLineTrack * track)
{
  return line->n_chars == track->n_chars && memcmp (line->chars, track->chars,
      line->n_chars * sizeof (gunichar)) == 0;
}

static gdouble
similarity (Matcher * self, const GstKakaoOcrLine * line,
    const GstKakaoOcrLineTrack * track)
{
  if (texts_equal (line, track))
    return 1.0;
  if (self->work > MAX_WORK)
    return 0.0;
  self->work += (gsize) MIN (line->n_chars, GST_KAKAO_OCR_TEXT_COMPARED) *
      MIN (track->n_chars, GST_KAKAO_OCR_TEXT_COMPARED);
  return gst_kakao_ocr_text_similarity (line->chars, line->n_chars,
      track->chars, track->n_chars);
}

/* Negative when they are not the same. */
static gdouble
rate (Matcher * self, const GstKakaoOcrLine * line,
    const GstKakaoOcrLineTrack * track, const GstKakaoOcrLineBox * predicted)
{
  gdouble overlap = gst_kakao_ocr_line_box_overlap (predicted, &line->box);
  gdouble distance = gst_kakao_ocr_line_box_distance (predicted, &line->box);
  gdouble alike;

  if (line->given || distance > self->reach)
    return -1.0;
  if (overlap < MIN_OVERLAP && (line->n_chars < MIN_MOVED_CHARS ||
          line->n_chars < MIN_MOVED_SIMILARITY * track->n_chars ||
          track->n_chars < MIN_MOVED_SIMILARITY * line->n_chars))
    return -1.0;
  alike = similarity (self, line, track);
  if (alike < (overlap < MIN_OVERLAP ? MIN_MOVED_SIMILARITY : MIN_SIMILARITY))
    return -1.0;
  return alike + OVERLAP_WEIGHT * overlap +
      (alike == 1.0 ? EQUALITY_WEIGHT : 0.0) -
      DISTANCE_WEIGHT * distance / self->reach;
}

void
gst_kakao_ocr_lines_match (const GstKakaoOcrLine * lines, guint n_lines,
    GstKakaoOcrLineTrack * const *tracks, guint n_tracks,
    const GstKakaoOcrSample * sample, guint * matches)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_autofree gboolean *taken = g_new0 (gboolean, n_tracks);
  Matcher self = { MAX_MOVE * MAX (sample->width, sample->height), 0 };
  guint i, j;

  for (j = 0; j < n_tracks; j++) {
    GstKakaoOcrLineBox predicted;

    gst_kakao_ocr_line_track_predict (tracks[j], sample->time, &predicted);
    for (i = 0; i < n_lines; i++) {
      Pair pair = { rate (&self, &lines[i], tracks[j], &predicted), i, j };

      if (pair.score >= 0.0)
        g_array_append_val (pairs, pair);
    }
  }
  qsort (pairs->data, pairs->len, sizeof (Pair), compare_pairs);

  for (i = 0; i < n_lines; i++)
    matches[i] = GST_KAKAO_OCR_NO_MATCH;
  for (i = 0; i < pairs->len; i++) {
    const Pair *pair = &g_array_index (pairs, Pair, i);

    if (taken[pair->track] || matches[pair->line] != GST_KAKAO_OCR_NO_MATCH)
      continue;
    taken[pair->track] = TRUE;
    matches[pair->line] = pair->track;
  }
}
