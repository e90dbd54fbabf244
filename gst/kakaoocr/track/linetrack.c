/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/linetrack.h"

#include <string.h>

#include "track/differences.h"
#include "track/evidence.h"
#include "track/lineplace.h"
#include "track/sampletimes.h"
#include "track/ticker.h"

/* Behind what was seen to stay, ground may be read as a few letters more, twice, too:
 * so many readings without them take one more with them. */
#define GROWTH_SHARE 4

static KocrLineTrack *
track_alloc (guint64 id)
{
  KocrLineTrack *track = g_new0 (KocrLineTrack, 1);

  track->id = id;
  track->missed = track->start_unmoved = GST_CLOCK_TIME_NONE;
  kocr_consensus_init (&track->text);
  kocr_clock_init (&track->clock);
  kocr_reading_run_init (&track->run);
  return track;
}

void
kocr_line_track_set_latest (
    KocrLineTrack *track, const gunichar *chars, guint n_chars)
{
  g_free (track->latest);
  track->latest = g_memdup2 (chars, n_chars * sizeof (gunichar));
  track->n_latest = n_chars;
}

KocrLineTrack *
kocr_line_track_new (guint64 id, const KocrLine * line,
    const KocrSample * sample)
{
  KocrLineTrack *track = track_alloc (id);

  track->start = kocr_time_between (sample->before, sample->time);
  track->before = sample->before;
  track->first_seen = track->last_seen = sample->time;
  track->n_samples = track->n_read = 1;
  kocr_consensus_add (&track->text, line->chars, line->n_chars);
  kocr_clock_read (&track->clock, line->chars, line->n_chars, sample->time);
  kocr_line_track_set_latest (track, line->chars, line->n_chars);
  kocr_line_place_init (track, line, sample);
  track->cut
      = kocr_line_box_get_near (&line->box, sample->width, sample->height);
  return track;
}

void
kocr_line_track_free (KocrLineTrack * track)
{
  kocr_consensus_clear (&track->text);
  kocr_clock_clear (&track->clock);
  kocr_reading_run_clear (&track->run);
  g_free (track->latest);
  g_free (track);
}

void
kocr_line_track_retract (KocrLineTrack * track,
    GstClockTime time)
{
  kocr_time_retract (&track->start, time);
  kocr_time_retract (&track->first_seen, time);
  kocr_time_retract (&track->last_seen, time);
  kocr_time_retract (&track->missed, time);
  kocr_time_retract (&track->box_time, time);
  kocr_reading_run_retract (&track->run, time);
}

gboolean
kocr_line_track_is_put_by (const KocrLineTrack *track)
{
  return track->run.readings->len > 0;
}

void
kocr_line_track_see (KocrLineTrack * track, GstClockTime time)
{
  track->missed = GST_CLOCK_TIME_NONE;
  track->successor = 0;
  if (kocr_line_track_is_put_by (track)) {
    kocr_reading_run_see (&track->run, time);
  } else {
    track->last_seen = time;
    track->n_samples++;
  }
}

void
kocr_line_track_stay (KocrLineTrack * track, GstClockTime time)
{
  track->missed = GST_CLOCK_TIME_NONE;
  track->unread = TRUE;
  if (kocr_line_track_is_put_by (track))
    track->run.last_seen = time;
  else
    track->last_seen = time;
}

void
kocr_line_track_stand (KocrLineTrack * track,
    GstClockTime time)
{
  const KocrPutBy *last = kocr_reading_run_get_last (&track->run);

  kocr_line_track_see (track, time);
  kocr_clock_stand (&track->clock, time);
  track->vx = track->vy = track->pace_x = track->pace_y = 0.0;
  track->box_time = time;
  if (track->stood) {
    if (!kocr_line_track_is_put_by (track))
      kocr_consensus_repeat (&track->text);
    return;
  }
  track->stood = TRUE;
  if (!last)
    kocr_consensus_add (&track->text, track->latest, track->n_latest);
  /* What was misread over another ground stands there as it is. */
  else if (track->run.look != KOCR_LOOK_UNCLEAR)
    kocr_reading_run_add (&track->run, last->chars, last->n_chars, time);
}

GstClockTime
kocr_line_track_get_last_seen (const KocrLineTrack *track)
{
  return kocr_line_track_is_put_by (track) ? track->run.last_seen
                                           : track->last_seen;
}

void
kocr_line_track_put_by (KocrLineTrack * track, const KocrLine * line,
    GstClockTime time)
{
  kocr_reading_run_add (&track->run, line->chars, line->n_chars, time);
  kocr_line_track_see (track, time);
}

static void
add_run_to (KocrLineTrack * track, KocrLineTrack * to)
{
  to->n_samples += track->run.n_samples;
  to->last_seen = track->run.last_seen;
  kocr_reading_run_move (&track->run, &to->text);
}

static gboolean
run_is_believed (const KocrLineTrack * track)
{
  return kocr_run_is_believed (
      track->run.changes, track->run.readings->len,
      track->stood && !track->run.moved, track->run.look == KOCR_LOOK_CHANGED);
}

static gboolean
has_grown (const KocrLineTrack * track, const gunichar * chars,
    guint n_chars, gboolean seen)
{
  return kocr_text_has_grown (track->text.chars, track->text.n_chars,
      chars, n_chars, seen);
}

gboolean
kocr_line_track_run_outweighs (const KocrLineTrack *track)
{
  return track->run.look != KOCR_LOOK_SAME
         || GROWTH_SHARE * track->run.readings->len
                > track->text.n_readings + GROWTH_SHARE;
}

/* Whether what is put by is the text, and more of it, for good. */
static gboolean
run_has_grown (const KocrLineTrack * track)
{
  const KocrPutBy *last = kocr_reading_run_get_last (&track->run);

  return last && run_is_believed (track)
      && has_grown (track, last->chars, last->n_chars, FALSE);
}

void
kocr_line_track_join (KocrLineTrack * track)
{
  if (run_has_grown (track) && kocr_line_track_run_outweighs (track))
    kocr_consensus_reset (&track->text);
  if (kocr_line_track_is_put_by (track))
    add_run_to (track, track);
}

KocrLineTrack *
kocr_line_track_split (KocrLineTrack * track, guint64 id)
{
  KocrLineTrack *other = track_alloc (id);

  other->previous = track->id;
  other->n_read = track->run.readings->len;
  other->before = GST_CLOCK_TIME_NONE;
  other->first_seen =
      g_array_index (track->run.readings, KocrPutBy, 0).time;
  other->start = kocr_time_between (track->last_seen,
      other->first_seen);
  add_run_to (track, other);
  kocr_line_track_set_latest (other, track->latest, track->n_latest);
  other->counts = track->counts;
  other->box = track->box;
  other->box_time = track->box_time;
  other->vx = track->vx;
  other->vy = track->vy;
  other->width = track->width;
  other->height = track->height;
  memcpy (other->origin, track->origin, sizeof (other->origin));
  other->moving = track->moving;
  other->missed = track->missed;
  other->successor = track->successor;
  return other;
}

gboolean
kocr_line_track_is_one_reading (const KocrLineTrack * track)
{
  return track->text.n_readings == 1 && !kocr_line_track_is_put_by (track);
}

void
kocr_line_track_rise (KocrLineTrack * track, const KocrLine * line,
    GstClockTime start)
{
  track->start = start;
  if (kocr_line_track_is_one_reading (track)
      && !kocr_letters_equal (track->text.chars, track->text.n_chars,
          line->chars, line->n_chars))
    kocr_consensus_reset (&track->text);
  if (track->text.n_readings == 0)
    kocr_consensus_add (&track->text, line->chars, line->n_chars);
}

void
kocr_line_track_absorb (KocrLineTrack * track, const KocrLineTrack * other)
{
  if (other->start < track->start && (other->look == KOCR_LOOK_SAME
          || other->first_seen < track->first_seen)) {
    track->start = other->start;
    track->first_seen = other->first_seen;
  }
  if (track->previous == other->id)
    track->previous = other->previous;
}

void
kocr_line_track_read_late (KocrLineTrack * track,
    const KocrLine * line)
{
  if (kocr_line_track_is_put_by (track))
    return;
  kocr_consensus_add (&track->text, line->chars, line->n_chars);
  track->n_samples++;
  track->n_read++;
}

/* Whether @line differs from the text as the run does. */
static gboolean
goes_on_with_run (const KocrLineTrack * track, const KocrLine * line)
{
  g_autoptr (GArray) changes = g_array_copy (track->run.changes);
  g_autoptr (GArray) found = kocr_find_changes (&track->text, line->chars,
      line->n_chars, track->run.look == KOCR_LOOK_CHANGED);

  return kocr_differences_intersect (changes, found,
      track->look == KOCR_LOOK_CHANGED);
}

gboolean
kocr_line_track_run_is_other (const KocrLineTrack * track,
    const KocrLine * line)
{
  if (line)
    return kocr_line_track_is_put_by (track) && goes_on_with_run (track, line);
  return run_is_believed (track) && !run_has_grown (track);
}

GstKakaoOcrTextTrack *
kocr_line_track_describe (const KocrLineTrack * track,
    GstKakaoOcrTextTrackState state, GstClockTime end)
{
  GstKakaoOcrTextTrack *copy = g_new0 (GstKakaoOcrTextTrack, 1);

  copy->id = track->id;
  copy->text = kocr_clock_get_text (&track->clock);
  if (!copy->text)
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
  copy->agreement = kocr_consensus_get_agreement (&track->text);
  copy->moving = track->moving;
  return copy;
}
