/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "linetrack.h"

#include <string.h>

#include "differences.h"
#include "textdistance.h"

/* Has the text changed, or was it misread? A change for good and a misreading
 * are one and the same in a single sample, and a glyph that is hard to read is
 * misread the same way each time. What tells them apart is what comes after: a
 * misreading goes back to what was read before.
 *
 * So readings that all differ from the text in the same way are put by as a
 * run. It was a change, from the first of them on, when there are enough of
 * them, when the line goes or changes further without having gone back, and was
 * a slip else; its readings then count for the text like any others.
 *
 * With one character misread in 20 % of the samples, any as any other, none of
 * 800 captions of 3 to 12 samples is taken for two; with always the same one
 * misread as the same other, 4 % if they look nothing alike and none if they
 * do, since for those more is asked for. A change by one character is found
 * when both texts last two samples, three if they look alike. */

/* Differences in a run, all readings together: five samples for one character,
 * two for three. */
#define RUN_EVIDENCE 5
/* For each time that it was misread in that way before, as many again. */
#define SLIP_EVIDENCE 5
#define MAX_RUN 32

/* Where the text itself is not known better than this, a reading is simply
 * counted. */
#define MIN_VOTES 2

/* A run is of another text only if it is no shorter than this. */
#define MIN_RUN 2

/* Both are more by so many for characters that are easily misread as one
 * another. */
#define LOOK_ALIKE 1

/* Readings in a row of which each differs from the one before in digits alone:
 * a clock, which never shows the same twice. From then on each is a text of its
 * own, until one stays for so long. */
#define COUNTING_CHANGES 3
#define COUNTING_STANDS 5

typedef struct
{
  gunichar *chars;
  guint n_chars;
  GstClockTime time;
} PutBy;

static void
put_by_clear (PutBy * reading)
{
  g_free (reading->chars);
}

GstClockTime
gst_kakao_ocr_time_between (GstClockTime a, GstClockTime b)
{
  if (!GST_CLOCK_TIME_IS_VALID (a) || !GST_CLOCK_TIME_IS_VALID (b))
    return GST_CLOCK_TIME_IS_VALID (a) ? a : b;
  return MIN (a, b) + (MAX (a, b) - MIN (a, b)) / 2;
}

static GstKakaoOcrLineTrack *
track_alloc (guint64 id)
{
  GstKakaoOcrLineTrack *track = g_new0 (GstKakaoOcrLineTrack, 1);

  track->id = id;
  track->missed = GST_CLOCK_TIME_NONE;
  gst_kakao_ocr_consensus_init (&track->text);
  track->run = g_array_new (FALSE, FALSE, sizeof (PutBy));
  g_array_set_clear_func (track->run, (GDestroyNotify) put_by_clear);
  track->stable = g_array_new (FALSE, FALSE, sizeof (GstKakaoOcrDifference));
  return track;
}

static void
set_latest (GstKakaoOcrLineTrack * track, const gunichar * chars, guint n_chars)
{
  g_free (track->latest);
  track->latest = g_memdup2 (chars, n_chars * sizeof (gunichar));
  track->n_latest = n_chars;
}

GstKakaoOcrLineTrack *
gst_kakao_ocr_line_track_new (guint64 id, const GstKakaoOcrLine * line,
    const GstKakaoOcrSample * sample)
{
  GstKakaoOcrLineTrack *track = track_alloc (id);

  track->start = gst_kakao_ocr_time_between (sample->before, sample->time);
  track->first_seen = track->last_seen = track->box_time = sample->time;
  track->n_samples = 1;
  gst_kakao_ocr_consensus_add (&track->text, line->chars, line->n_chars);
  set_latest (track, line->chars, line->n_chars);
  track->box = line->box;
  track->width = sample->width;
  track->height = sample->height;
  return track;
}

void
gst_kakao_ocr_line_track_free (GstKakaoOcrLineTrack * track)
{
  gst_kakao_ocr_consensus_clear (&track->text);
  g_array_unref (track->run);
  g_array_unref (track->stable);
  g_free (track->latest);
  g_free (track);
}

/* --- Places --- */

/* From box_time to time. */
static gdouble
time_passed (const GstKakaoOcrLineTrack * track, GstClockTime time)
{
  if (!GST_CLOCK_TIME_IS_VALID (track->box_time) ||
      !GST_CLOCK_TIME_IS_VALID (time))
    return 0.0;
  return (gdouble) time - (gdouble) track->box_time;
}

void
gst_kakao_ocr_line_track_predict (const GstKakaoOcrLineTrack * track,
    GstClockTime time, GstKakaoOcrLineBox * box)
{
  gdouble passed = time_passed (track, time);

  *box = track->box;
  gst_kakao_ocr_line_box_move (box, track->vx * passed, track->vy * passed);
}

void
gst_kakao_ocr_line_track_resize (GstKakaoOcrLineTrack * track, gint width,
    gint height)
{
  gdouble sx = (gdouble) width / track->width;
  gdouble sy = (gdouble) height / track->height;
  gdouble corners[GST_KAKAO_OCR_BOX_LEN];
  guint i;

  if (width == track->width && height == track->height)
    return;
  for (i = 0; i < GST_KAKAO_OCR_BOX_LEN; i++)
    corners[i] = track->box.corners[i] * (i % 2 == 0 ? sx : sy);
  gst_kakao_ocr_line_box_init (&track->box, corners, corners);
  track->vx *= sx;
  track->vy *= sy;
  track->width = width;
  track->height = height;
}

static void
retract_to (GstClockTime * of, GstClockTime time)
{
  if (GST_CLOCK_TIME_IS_VALID (*of))
    *of = MIN (*of, time);
}

void
gst_kakao_ocr_line_track_retract (GstKakaoOcrLineTrack * track,
    GstClockTime time)
{
  guint i;

  retract_to (&track->start, time);
  retract_to (&track->first_seen, time);
  retract_to (&track->last_seen, time);
  retract_to (&track->missed, time);
  retract_to (&track->run_last, time);
  retract_to (&track->box_time, time);
  for (i = 0; i < track->run->len; i++)
    retract_to (&g_array_index (track->run, PutBy, i).time, time);
}

static void
move_to (GstKakaoOcrLineTrack * track, const GstKakaoOcrLine * line,
    const GstKakaoOcrSample * sample)
{
  gdouble passed = time_passed (track, sample->time);

  track->vx = passed > 0.0 ? (line->box.x - track->box.x) / passed : 0.0;
  track->vy = passed > 0.0 ? (line->box.y - track->box.y) / passed : 0.0;
  track->box = line->box;
  track->box_time = sample->time;
  track->width = sample->width;
  track->height = sample->height;
}

/* --- Readings --- */

void
gst_kakao_ocr_line_track_see (GstKakaoOcrLineTrack * track, GstClockTime time)
{
  track->missed = GST_CLOCK_TIME_NONE;
  track->successor = 0;
  if (track->run->len > 0) {
    track->run_last = time;
    track->run_samples++;
  } else {
    track->last_seen = time;
    track->n_samples++;
  }
}

GstClockTime
gst_kakao_ocr_line_track_get_last_seen (const GstKakaoOcrLineTrack * track)
{
  return track->run->len > 0 ? track->run_last : track->last_seen;
}

static void
put_by (GstKakaoOcrLineTrack * track, const GstKakaoOcrLine * line,
    GstClockTime time)
{
  PutBy reading = { g_memdup2 (line->chars,
        line->n_chars * sizeof (gunichar)), line->n_chars, time
  };

  g_array_append_val (track->run, reading);
  gst_kakao_ocr_line_track_see (track, time);
}

static void
add_run_to (GstKakaoOcrLineTrack * track, GstKakaoOcrLineTrack * to)
{
  guint i;

  for (i = 0; i < track->run->len; i++) {
    const PutBy *reading = &g_array_index (track->run, PutBy, i);

    gst_kakao_ocr_consensus_add (&to->text, reading->chars, reading->n_chars);
  }
  to->n_samples += track->run_samples;
  to->last_seen = track->run_last;
  track->run_samples = 0;
  g_array_set_size (track->run, 0);
  g_array_set_size (track->stable, 0);
}

void
gst_kakao_ocr_line_track_join (GstKakaoOcrLineTrack * track)
{
  if (track->run->len > 0)
    add_run_to (track, track);
}

GstKakaoOcrLineTrack *
gst_kakao_ocr_line_track_split (GstKakaoOcrLineTrack * track, guint64 id)
{
  GstKakaoOcrLineTrack *other = track_alloc (id);

  other->previous = track->id;
  other->first_seen = g_array_index (track->run, PutBy, 0).time;
  other->start = gst_kakao_ocr_time_between (track->last_seen,
      other->first_seen);
  add_run_to (track, other);
  set_latest (other, track->latest, track->n_latest);
  other->counts = track->counts;
  other->box = track->box;
  other->box_time = track->box_time;
  other->vx = track->vx;
  other->vy = track->vy;
  other->width = track->width;
  other->height = track->height;
  other->missed = track->missed;
  other->successor = track->successor;
  return other;
}

/* The votes or readings that it takes to believe that @differences are of
 * another text. */
static guint
get_least (const GstKakaoOcrDifference * differences, guint n_differences,
    guint least)
{
  guint i;

  for (i = 0; i < n_differences; i++) {
    if (gst_kakao_ocr_char_distance (differences[i].shown,
            differences[i].read) > 1)
      return least;
  }
  return least + LOOK_ALIKE;
}

static gboolean
is_blank (gunichar c)
{
  return c == 0 || c == ' ';
}

/* Where a reading differs from what is known well. */
static GArray *
find_differences (const GstKakaoOcrLineTrack * track,
    const GstKakaoOcrLine * line)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (GstKakaoOcrDifference));
  guint i;

  gst_kakao_ocr_consensus_compare (&track->text, line->chars, line->n_chars,
      found);
  for (i = found->len; i-- > 0;) {
    const GstKakaoOcrDifference *difference =
        &g_array_index (found, GstKakaoOcrDifference, i);

    if (difference->votes < MAX (get_least (difference, 1, MIN_VOTES),
            difference->others + 1) ||
        (is_blank (difference->shown) && is_blank (difference->read)))
      g_array_remove_index (found, i);
  }
  return found;
}

/* Whether a run that did not go back to the text is of another one: it is so
 * long, and was not read in this way before. */
static gboolean
run_is_believed (const GstKakaoOcrLineTrack * track)
{
  guint i;

  if (track->run->len < get_least ((const GstKakaoOcrDifference *)
          track->stable->data, track->stable->len, MIN_RUN))
    return FALSE;
  for (i = 0; i < track->stable->len; i++) {
    if (g_array_index (track->stable, GstKakaoOcrDifference, i).others > 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
run_is_enough (const GstKakaoOcrLineTrack * track)
{
  guint i, slips = G_MAXUINT;

  if (track->run->len < MIN_RUN)
    return FALSE;
  for (i = 0; i < track->stable->len; i++)
    slips = MIN (slips,
        g_array_index (track->stable, GstKakaoOcrDifference, i).others);
  slips = MIN (slips, MAX_RUN);
  return track->run->len >= MAX_RUN || track->run->len *
      gst_kakao_ocr_differences_count (track->stable) >=
      RUN_EVIDENCE + SLIP_EVIDENCE * slips;
}

/* Whether two readings are the same but for some digits. */
static gboolean
digits_changed (const gunichar * a, guint n_a, const gunichar * b, guint n_b)
{
  gboolean changed = FALSE;
  guint i;

  if (n_a != n_b)
    return FALSE;
  for (i = 0; i < n_a; i++) {
    if (a[i] == b[i])
      continue;
    if (!g_unichar_isdigit (a[i]) || !g_unichar_isdigit (b[i]))
      return FALSE;
    changed = TRUE;
  }
  return changed;
}

/* Whether a reading is the next one of a clock. */
static gboolean
has_counted (GstKakaoOcrLineTrack * track, const GstKakaoOcrLine * line)
{
  if (digits_changed (track->latest, track->n_latest, line->chars,
          line->n_chars))
    track->n_digit_changes++;
  else
    track->n_digit_changes = 0;
  if (track->n_samples >= COUNTING_STANDS)
    track->counts = FALSE;
  track->counts |= track->n_digit_changes >= COUNTING_CHANGES;
  return track->counts && track->n_digit_changes > 0;
}

static GstKakaoOcrReading
judge (GstKakaoOcrLineTrack * track, const GstKakaoOcrLine * line,
    GstClockTime time)
{
  g_autoptr (GArray) found = find_differences (track, line);

  if (track->run->len > 0
      && !gst_kakao_ocr_differences_intersect (track->stable, found)) {
    if (!line->given && run_is_believed (track)
        && gst_kakao_ocr_differences_share_place (track->stable, found))
      return GST_KAKAO_OCR_READING_PASSED;
    gst_kakao_ocr_line_track_join (track);
    g_array_unref (found);
    found = find_differences (track, line);
  }
  if (found->len == 0) {
    gst_kakao_ocr_line_track_see (track, time);
    gst_kakao_ocr_consensus_add (&track->text, line->chars, line->n_chars);
    return GST_KAKAO_OCR_READING_SAME;
  }
  if (track->run->len == 0)
    g_array_append_vals (track->stable, found->data, found->len);
  put_by (track, line, time);
  if (line->given) {
    if (track->run->len >= MAX_RUN)
      gst_kakao_ocr_line_track_join (track);
    return GST_KAKAO_OCR_READING_SAME;
  }
  return run_is_enough (track) ? GST_KAKAO_OCR_READING_CHANGED :
      GST_KAKAO_OCR_READING_SAME;
}

GstKakaoOcrReading
gst_kakao_ocr_line_track_read (GstKakaoOcrLineTrack * track,
    const GstKakaoOcrLine * line, const GstKakaoOcrSample * sample)
{
  gboolean counted = has_counted (track, line);
  GstKakaoOcrReading reading;

  move_to (track, line, sample);
  if (counted && !line->given) {
    gst_kakao_ocr_line_track_join (track);
    put_by (track, line, sample->time);
    reading = GST_KAKAO_OCR_READING_CHANGED;
  } else {
    reading = judge (track, line, sample->time);
  }
  set_latest (track, line->chars, line->n_chars);
  return reading;
}

void
gst_kakao_ocr_line_track_read_late (GstKakaoOcrLineTrack * track,
    const GstKakaoOcrLine * line)
{
  if (track->run->len > 0)
    return;
  gst_kakao_ocr_consensus_add (&track->text, line->chars, line->n_chars);
  track->n_samples++;
}

gboolean
gst_kakao_ocr_line_track_run_is_other (const GstKakaoOcrLineTrack * track,
    const GstKakaoOcrLine * line)
{
  const PutBy *last;

  if (!line)
    return run_is_believed (track);
  if (track->run->len == 0)
    return FALSE;
  last = &g_array_index (track->run, PutBy, track->run->len - 1);
  return gst_kakao_ocr_text_similarity (line->chars, line->n_chars,
      last->chars, last->n_chars) > gst_kakao_ocr_text_similarity (line->chars,
      line->n_chars, track->text.chars, track->text.n_chars);
}

GstKakaoOcrTextTrack *
gst_kakao_ocr_line_track_describe (const GstKakaoOcrLineTrack * track,
    GstKakaoOcrTextTrackState state, GstClockTime end)
{
  GstKakaoOcrTextTrack *copy = g_new0 (GstKakaoOcrTextTrack, 1);

  copy->id = track->id;
  copy->text = g_ucs4_to_utf8 (track->text.chars, track->text.n_chars, NULL,
      NULL, NULL);
  copy->state = state;
  copy->start = track->start;
  copy->end = state == GST_KAKAO_OCR_TEXT_TRACK_OPEN ? track->last_seen : end;
  copy->first_seen = track->first_seen;
  copy->last_seen = track->last_seen;
  copy->n_samples = track->n_samples;
  memcpy (copy->box, track->box.corners, sizeof (copy->box));
  copy->width = track->width;
  copy->height = track->height;
  copy->previous = track->previous;
  return copy;
}
