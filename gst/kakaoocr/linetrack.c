/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "linetrack.h"

#include <string.h>

void
gst_kakao_ocr_line_clear (GstKakaoOcrLine * line)
{
  g_clear_pointer (&line->text, g_free);
  g_clear_pointer (&line->chars, g_free);
}

GstClockTime
gst_kakao_ocr_time_between (GstClockTime a, GstClockTime b)
{
  if (!GST_CLOCK_TIME_IS_VALID (a) || !GST_CLOCK_TIME_IS_VALID (b))
    return GST_CLOCK_TIME_IS_VALID (a) ? a : b;
  return MIN (a, b) + (MAX (a, b) - MIN (a, b)) / 2;
}

static void
take_reading (GstKakaoOcrLineTrack * track, const GstKakaoOcrLine * line)
{
  g_free (track->text);
  g_free (track->chars);
  track->text = g_strdup (line->text);
  track->n_chars = line->n_chars;
  track->chars = g_memdup2 (line->chars, line->n_chars * sizeof (gunichar));
}

GstKakaoOcrLineTrack *
gst_kakao_ocr_line_track_new (guint64 id, const GstKakaoOcrLine * line,
    const GstKakaoOcrSample * sample)
{
  GstKakaoOcrLineTrack *track = g_new0 (GstKakaoOcrLineTrack, 1);

  track->id = id;
  track->start = gst_kakao_ocr_time_between (sample->before, sample->time);
  track->first_seen = track->last_seen = sample->time;
  track->missed = GST_CLOCK_TIME_NONE;
  track->n_samples = 1;
  track->box = line->box;
  track->width = sample->width;
  track->height = sample->height;
  take_reading (track, line);
  return track;
}

void
gst_kakao_ocr_line_track_free (GstKakaoOcrLineTrack * track)
{
  g_free (track->text);
  g_free (track->chars);
  g_free (track);
}

/* From last_seen to time. */
static gdouble
time_since_seen (const GstKakaoOcrLineTrack * track, GstClockTime time)
{
  if (!GST_CLOCK_TIME_IS_VALID (track->last_seen) ||
      !GST_CLOCK_TIME_IS_VALID (time))
    return 0.0;
  return (gdouble) time - (gdouble) track->last_seen;
}

void
gst_kakao_ocr_line_track_predict (const GstKakaoOcrLineTrack * track,
    GstClockTime time, GstKakaoOcrLineBox * box)
{
  gdouble passed = time_since_seen (track, time);

  *box = track->box;
  gst_kakao_ocr_line_box_move (box, track->vx * passed, track->vy * passed);
}

void
gst_kakao_ocr_line_track_see (GstKakaoOcrLineTrack * track,
    const GstKakaoOcrLine * line, const GstKakaoOcrSample * sample)
{
  gdouble passed = time_since_seen (track, sample->time);

  track->vx = passed > 0.0 ? (line->box.x - track->box.x) / passed : 0.0;
  track->vy = passed > 0.0 ? (line->box.y - track->box.y) / passed : 0.0;
  track->box = line->box;
  track->width = sample->width;
  track->height = sample->height;
  track->last_seen = sample->time;
  track->missed = GST_CLOCK_TIME_NONE;
  track->n_samples++;
}

GstKakaoOcrTextTrack *
gst_kakao_ocr_line_track_describe (const GstKakaoOcrLineTrack * track,
    GstKakaoOcrTextTrackState state, GstClockTime end)
{
  GstKakaoOcrTextTrack *copy = g_new0 (GstKakaoOcrTextTrack, 1);

  copy->id = track->id;
  copy->text = g_strdup (track->text);
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
