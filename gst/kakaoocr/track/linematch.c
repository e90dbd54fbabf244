/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/linematch.h"

#include "track/evidence.h"
#include "track/lineplace.h"
#include "track/lineruns.h"
#include "track/passage.h"
#include "track/sharedmotion.h"
#include "track/textdistance.h"
#include "track/ticker.h"
#include "track/tracklist.h"

/* A line is the same as one before when it says the same at the same place, or
 * nearly so: the less it says the same, the more must it be at the place. All
 * pairs are rated, and the best of all go first. */

/* At the same place: half of the characters may be misread. Texts that have
 * nothing to do with each other agree in a fifth to a third. */
#define MIN_SIMILARITY 0.5
#define MIN_OVERLAP 0.1

/* At just the same place some more. */
#define MIN_SIMILARITY_IN_PLACE 0.4
#define IN_PLACE 0.9

/* Of what was seen to stay as it was, whatever is read there. */
#define MIN_STEADY_OVERLAP 0.6

/* At another place: a text that was seen once may have begun to move; where one
 * that moves will be is known, and nothing but the same text is the same
 * elsewhere. Fewer characters than this stand in many places of a frame. */
#define MIN_MOVED_CHARS 3
/* Nor is it much larger or smaller, as a title is that stands on the next page as a
 * line of its text. */
#define MIN_MOVED_HEIGHT 0.75
/* So near, in its heights, what the edge cut may be read otherwise. */
#define NEAR_ENTRY 3.0

/* How far a line moves from sample to sample, in sides of the frame. */
#define MAX_MOVE 0.5

#define OVERLAP_WEIGHT 0.5
/* What is equal in every character is the same, if others are so at its place,
 * as where lines of a list move up. */
#define EQUALITY_WEIGHT 0.6
/* Of equal texts the nearer one. */
#define DISTANCE_WEIGHT 0.1
/* What no other pair rates. */
#define LEAST_EQUAL (1.0 + EQUALITY_WEIGHT - DISTANCE_WEIGHT)

/* Of pairs of characters: some 50 ms for one sample of a hostile service; a
 * page of 100 lines takes a hundredth. Beyond it only equal texts match. */
#define MAX_WORK 16000000

/* What overlaps with a ticker is it, unless a line is equal. */
#define RUNS_ON 1.2

/* What stands at this much of a line's place took it. */
#define MIN_SHARED_PLACE 0.4

#define NO_MATCH G_MAXUINT

/* A piece of a line lies within it, and is read no worse. */
#define MIN_PART_OVERLAP 0.8
#define MIN_PART_SIMILARITY 0.75

typedef struct
{
  gdouble score;
  guint line, track;
} Pair;

typedef struct
{
  const KocrSample *sample;
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
texts_equal (const KocrLine * line, const KocrLineTrack * track)
{
  return kocr_texts_equal (line->chars, line->n_chars,
      track->text.chars, track->text.n_chars);
}

static gsize
get_work (const KocrLine * line, const KocrLineTrack * track)
{
  return (gsize) MIN (line->n_chars, KOCR_TEXT_COMPARED) *
      MIN (track->text.n_chars, KOCR_TEXT_COMPARED);
}

static gdouble
similarity (Matcher * self, const KocrLine * line,
    const KocrLineTrack * track)
{
  if (texts_equal (line, track))
    return 1.0;
  if (self->work > MAX_WORK)
    return 0.0;
  self->work += get_work (line, track);
  return kocr_text_similarity (line->chars, line->n_chars,
      track->text.chars, track->text.n_chars);
}

static gboolean
runs_on (Matcher * self, const KocrLine * line, const KocrLineTrack * track)
{
  const KocrSample *sample = self->sample;

  if (self->work > MAX_WORK)
    return FALSE;
  if (kocr_line_box_get_cut (&line->box, sample->width, sample->height)
      | kocr_line_box_get_cut (&track->box, sample->width, sample->height))
    self->work += get_work (line, track);
  return kocr_line_track_runs_on (track, line, sample->width, sample->height);
}

/* Whether @line is what is read of strokes that stayed as they were. */
static gboolean
is_in_place_of (const KocrLine * line, const KocrLineTrack * track)
{
  return track->look == KOCR_LOOK_SAME
      && kocr_line_box_overlap (&track->box, &line->box) >= MIN_STEADY_OVERLAP;
}

static gboolean
has_like_height (const KocrLine * line, const KocrLineBox * predicted)
{
  return MIN (line->box.height, predicted->height)
      >= MIN_MOVED_HEIGHT * MAX (line->box.height, predicted->height);
}

/* How much alike what @line says must be where it is elsewhere. */
static gdouble
get_least_moved (const Matcher * self, const KocrLine * line,
    const KocrLineTrack * track, gdouble distance)
{
  if (track->n_samples > 1)
    return 1.0;
  return distance <= NEAR_ENTRY * line->box.height
          && kocr_line_track_comes_in (track, line, self->sample->width,
              self->sample->height) ? MIN_SIMILARITY : KOCR_MIN_MOVED_SIMILARITY;
}

/* Negative when they are not the same. */
static gdouble
rate (Matcher * self, const KocrLine * line,
    const KocrLineTrack * track, const KocrLineBox * predicted)
{
  gdouble overlap = kocr_line_box_overlap (predicted, &line->box);
  gdouble distance = kocr_line_box_distance (predicted, &line->box);
  gdouble alike, least;

  if (distance > self->reach)
    return -1.0;
  if (!texts_equal (line, track) && runs_on (self, line, track))
    return RUNS_ON;
  if (overlap < MIN_OVERLAP && (line->n_chars < MIN_MOVED_CHARS ||
          !has_like_height (line, predicted) ||
          line->n_chars < KOCR_MIN_MOVED_SIMILARITY * track->text.n_chars ||
          track->text.n_chars < KOCR_MIN_MOVED_SIMILARITY * line->n_chars))
    return -1.0;
  alike = similarity (self, line, track);
  if (overlap >= MIN_OVERLAP && alike < MIN_SIMILARITY
      && (track->entering || is_in_place_of (line, track)
          || kocr_line_track_goes_out (track, line, predicted,
              self->sample->width)
          || kocr_line_track_comes_in (track, line, self->sample->width,
              self->sample->height)
          || kocr_clock_fits (&track->clock, line->chars,
              line->n_chars, self->sample->time)))
    alike = MIN_SIMILARITY;
  if (overlap >= MIN_OVERLAP)
    least = overlap < IN_PLACE ? MIN_SIMILARITY : MIN_SIMILARITY_IN_PLACE;
  else
    least = get_least_moved (self, line, track, distance);
  if (alike < least)
    return -1.0;
  return alike + OVERLAP_WEIGHT * overlap +
      (alike == 1.0 ? EQUALITY_WEIGHT : 0.0) -
      DISTANCE_WEIGHT * distance / self->reach;
}

/* Whether @line is a piece of what @track shows. */
static gboolean
is_part (const KocrLine * line, const KocrLineTrack * track)
{
  if (line->n_chars >= track->text.n_chars ||
      kocr_line_box_overlap (&track->box, &line->box) <
      MIN_PART_OVERLAP || line->box.width > track->box.width)
    return FALSE;
  return track->look == KOCR_LOOK_SAME || kocr_text_part_distance (line->chars, line->n_chars,
      track->text.chars, track->text.n_chars) <=
      (1.0 - MIN_PART_SIMILARITY) * KOCR_TEXT_UNIT * line->n_chars;
}

/* Whether the shorter of the two texts is a part of the other one. */
static gboolean
says_a_part (const KocrLine * line, const KocrLineTrack * track)
{
  gboolean is_longer = line->n_chars > track->text.n_chars;
  const gunichar *part = is_longer ? track->text.chars : line->chars;
  const gunichar *whole = is_longer ? line->chars : track->text.chars;
  guint n = MIN (line->n_chars, track->text.n_chars);

  return n >= MIN_MOVED_CHARS
      && kocr_text_part_distance (part, n, whole,
      MAX (line->n_chars, track->text.n_chars))
      <= (1.0 - MIN_PART_SIMILARITY) * KOCR_TEXT_UNIT * n;
}

gboolean
kocr_line_is_misshapen (const KocrLine * line, const KocrLineTrack * track,
    GstClockTime time)
{
  KocrLineBox there;

  /* What moves has left its place, and is there for that. */
  if (GST_CLOCK_TIME_IS_VALID (track->missed)
      || (track->look == KOCR_LOOK_CHANGED && !kocr_passage_moves (track)))
    return FALSE;
  kocr_line_place_predict (track, time, &there);
  return line->box.height > there.height
      && kocr_line_box_overlap (&there, &line->box) == 0.0
      && kocr_line_box_cover (&there, &line->box) >= MIN_PART_OVERLAP
      && says_a_part (line, track);
}

/* The track, of those that no line has, that an unmatched line is misshapen of. */
static guint
find_misshapen (Matcher * self, const KocrLine * line,
    KocrLineTrack * const *tracks, guint n_tracks, const gboolean * taken)
{
  guint j;

  for (j = 0; j < n_tracks && self->work <= MAX_WORK; j++) {
    if (taken[j])
      continue;
    self->work += get_work (line, tracks[j]);
    if (kocr_line_is_misshapen (line, tracks[j], self->sample->time))
      return j;
  }
  return NO_MATCH;
}

/* Whether one of @lines is that of @tracks[@j], and elsewhere now. */
static gboolean
has_left (KocrLineTrack * const *tracks, guint j, const KocrLine * lines,
    guint n_lines, const guint * matches)
{
  for (guint i = 0; i < n_lines; i++)
    if (matches[i] == j && kocr_line_place_is_left (tracks[j], &lines[i]))
      return TRUE;
  return FALSE;
}

/* The track that the unmatched one of @lines, the @i-th, is a piece of. */
static guint
find_whole (Matcher * self, const KocrLine * lines, guint n_lines, guint i,
    KocrLineTrack * const *tracks, guint n_tracks, const guint * matches)
{
  const KocrLine *line = &lines[i];
  guint j;

  for (j = 0; j < n_tracks && self->work <= MAX_WORK; j++) {
    self->work += get_work (line, tracks[j]);
    if (is_part (line, tracks[j])
        && !has_left (tracks, j, lines, n_lines, matches))
      return j;
  }
  return NO_MATCH;
}

/* The track, of those that no line has, whose text @line goes on with: where it
 * stands, it stands still. */
static guint
find_beginning (const KocrLine * line,
    KocrLineTrack * const *tracks, guint n_tracks,
    const gboolean * taken)
{
  guint j;

  for (j = 0; j < n_tracks; j++) {
    if (!taken[j] && kocr_text_has_grown (tracks[j]->text.chars,
            tracks[j]->text.n_chars, line->chars, line->n_chars, FALSE)
        && kocr_line_box_overlap (&line->box, &tracks[j]->box) >=
        MIN_PART_OVERLAP)
      return j;
  }
  return NO_MATCH;
}

/* Whether the upper or lower edge cut it, and is not where it stands: it is not as
 * high as it will be. */
static gboolean
is_coming_in (const KocrLineTrack *track, const KocrSample *sample)
{
  return track->look != KOCR_LOOK_SAME
         && kocr_line_box_get_cut (&track->box, sample->width, sample->height)
                & (KOCR_CUT_ABOVE | KOCR_CUT_BELOW);
}

/* Whether one of @lines says about what @track does, where that was. */
static gboolean
stays_in_place (Matcher *self, const KocrLineTrack *track,
    const KocrLine *lines, guint n_lines)
{
  for (guint i = 0; i < n_lines; i++)
    if (kocr_line_box_overlap (&track->box, &lines[i].box) >= IN_PLACE
        && similarity (self, &lines[i], track) >= KOCR_MIN_MOVED_SIMILARITY)
      return TRUE;
  return FALSE;
}

/* Of lines and tracks that have found no other, those that went the way of the
 * ones around them. @cut: such tracks alone. */
static void
match_along (Matcher * self, const KocrLine * lines, guint n_lines,
    KocrLineTrack * const *tracks, guint n_tracks, guint * matches,
    gboolean * taken, gboolean cut)
{
  g_autofree KocrTrackMatch *known = g_new0 (KocrTrackMatch, n_tracks);

  for (guint j = 0; j < n_tracks; j++)
    known[j].track = tracks[j];
  for (guint i = 0; i < n_lines; i++) {
    if (matches[i] != NO_MATCH)
      known[matches[i]].line = &lines[i];
  }
  for (guint j = 0; j < n_tracks; j++) {
    KocrLineBox predicted;

    if (taken[j]
        || (cut
            && (!is_coming_in (tracks[j], self->sample)
                || stays_in_place (self, tracks[j], lines, n_lines)))
        || !kocr_shared_motion_predict (known, n_tracks, tracks[j], &predicted))
      continue;
    for (guint i = 0; i < n_lines && !taken[j]; i++) {
      if (matches[i] != NO_MATCH || lines[i].given || self->work > MAX_WORK)
        continue;
      self->work += get_work (&lines[i], tracks[j]);
      taken[j] = kocr_shared_motion_fits (tracks[j], &lines[i], &predicted,
          self->sample->width, self->sample->height);
      if (taken[j])
        matches[i] = j;
    }
  }
}

/* Gives the lines of @pairs, from the @first on, their tracks, as long as these rate
 * @least. Returns the first pair that does not. */
static guint
take_pairs (const GArray *pairs, guint first, gdouble least, guint *matches,
    gboolean *taken)
{
  guint i;

  for (i = first; i < pairs->len; i++) {
    const Pair *pair = &g_array_index (pairs, Pair, i);

    if (pair->score < least)
      break;
    if (taken[pair->track] || matches[pair->line] != NO_MATCH)
      continue;
    taken[pair->track] = TRUE;
    matches[pair->line] = pair->track;
  }
  return i;
}

/* For each of @lines the number of its track, or NO_MATCH. */
static void
match (const KocrLine * lines, guint n_lines,
    KocrLineTrack * const *tracks, guint n_tracks,
    const KocrSample * sample, guint * matches)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_autofree gboolean *taken = g_new0 (gboolean, n_tracks);
  Matcher self = { sample, MAX_MOVE * MAX (sample->width, sample->height), 0 };
  guint i, j;

  for (j = 0; j < n_tracks; j++) {
    KocrLineBox predicted;

    kocr_line_place_predict (tracks[j], sample->time, &predicted);
    for (i = 0; i < n_lines; i++) {
      Pair pair = { -1.0, i, j };

      if (!lines[i].given)
        pair.score = rate (&self, &lines[i], tracks[j], &predicted);
      if (pair.score >= 0.0)
        g_array_append_val (pairs, pair);
    }
  }
  g_array_sort (pairs, compare_pairs);

  for (i = 0; i < n_lines; i++)
    matches[i] = NO_MATCH;
  i = take_pairs (pairs, 0, LEAST_EQUAL, matches, taken);
  /* What comes in at an edge went on with them, and the next line is where it was. */
  match_along (&self, lines, n_lines, tracks, n_tracks, matches, taken, TRUE);
  take_pairs (pairs, i, 0.0, matches, taken);
  match_along (&self, lines, n_lines, tracks, n_tracks, matches, taken, FALSE);
  for (i = 0; i < n_lines; i++) {
    if (matches[i] != NO_MATCH || lines[i].given)
      continue;
    matches[i] = find_beginning (&lines[i], tracks, n_tracks, taken);
    if (matches[i] != NO_MATCH)
      taken[matches[i]] = TRUE;
    else
      matches[i] = find_whole (
          &self, lines, n_lines, i, tracks, n_tracks, matches);
    if (matches[i] == NO_MATCH)
      matches[i] = find_misshapen (&self, &lines[i], tracks, n_tracks, taken);
  }
}

GPtrArray *
kocr_lines_match (GArray * lines, GPtrArray * tracks,
    const KocrSample * sample)
{
  GPtrArray *matched = g_ptr_array_new ();
  g_autofree guint *matches = g_new (guint, lines->len);

  match ((const KocrLine *) lines->data, lines->len,
      (KocrLineTrack * const *) tracks->pdata, tracks->len, sample, matches);
  for (guint i = 0; i < lines->len; i++) {
    const KocrLine *line = &g_array_index (lines, KocrLine, i);
    KocrLineTrack *track = NULL;

    if (line->given)
      track = kocr_tracks_find (tracks, line->given);
    else if (matches[i] != NO_MATCH)
      track = g_ptr_array_index (tracks, matches[i]);
    g_ptr_array_add (matched, track);
  }
  return matched;
}

gboolean
kocr_line_is_in_pieces (GArray * lines, guint i, GPtrArray * matched)
{
  const KocrLine *line = &g_array_index (lines, KocrLine, i);
  KocrLineTrack *track = g_ptr_array_index (matched, i);
  guint j;

  if (!is_part (line, track))
    return FALSE;
  for (j = i + 1; j < lines->len; j++) {
    if (g_ptr_array_index (matched, j) == track)
      return TRUE;
  }
  return FALSE;
}

KocrLineTrack *
kocr_line_find_replaced (const KocrLine * line, GPtrArray * unseen,
    GstClockTime time)
{
  KocrLineTrack *best = NULL;
  gdouble most = MIN_SHARED_PLACE;
  guint i;

  for (i = 0; i < unseen->len; i++) {
    KocrLineTrack *track = g_ptr_array_index (unseen, i);
    KocrLineBox there;
    gdouble overlap;

    kocr_line_place_predict (track, time, &there);
    overlap = kocr_line_box_overlap (&there, &line->box);
    if (overlap >= most) {
      most = overlap;
      best = track;
    }
  }
  return best;
}
