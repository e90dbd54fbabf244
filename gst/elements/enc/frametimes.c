/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "enc/frametimes.h"

static void
stretch_init (KocrFrameStretch * stretch)
{
  gst_segment_init (&stretch->segment, GST_FORMAT_UNDEFINED);
  stretch->first = stretch->last = GST_CLOCK_TIME_NONE;
  stretch->shift = 0;
}

static gboolean
is_empty (const KocrFrameStretch * stretch)
{
  return !GST_CLOCK_TIME_IS_VALID (stretch->first);
}

void
kocr_frame_times_reset (KocrFrameTimes * times)
{
  times->first_end = times->last_pts = times->end = GST_CLOCK_TIME_NONE;
  stretch_init (&times->now);
  stretch_init (&times->before);
  times->fresh = TRUE;
  kocr_continuity_reset (&times->continuity);
  kocr_video_gap_reset (&times->gap);
  times->astray = GST_CLOCK_TIME_NONE;
}

void
kocr_frame_times_set_kind (KocrFrameTimes * times, KocrEncTime kind)
{
  times->kind = kind;
}

/* What follows counts by @segment. */
static void
begin_stretch (KocrFrameTimes * times, const GstSegment * segment)
{
  if (!is_empty (&times->now)) {
    times->before = times->now;
    times->fresh = FALSE;
  }
  times->now.segment = *segment;
  times->now.first = times->now.last = GST_CLOCK_TIME_NONE;
  times->first_end = times->last_pts = GST_CLOCK_TIME_NONE;
  times->astray = GST_CLOCK_TIME_NONE;
  kocr_video_gap_reset (&times->gap);
}

void
kocr_frame_times_set_segment (KocrFrameTimes *times, const GstSegment *segment)
{
  GstSegment own;

  /* Frames without time stamps, as those of a file of raw bytes, count from 0
   * on. */
  if (segment->format != GST_FORMAT_TIME)
    gst_segment_init (&own, GST_FORMAT_TIME);
  else
    own = *segment;
  begin_stretch (times, &own);
  kocr_continuity_announce (&times->continuity);
}

void
kocr_frame_times_set_frame_duration (
    KocrFrameTimes *times, GstClockTime duration)
{
  times->frame_duration = duration;
}

const GstSegment *
kocr_frame_times_get_segment (const KocrFrameTimes * times)
{
  return &times->now.segment;
}

/* Part of a text that begins before the segment, or ends after it, is in it. */
static GstClockTime
to_line (const KocrFrameTimes * times, const KocrFrameStretch * stretch,
    GstClockTime pts)
{
  const GstSegment *segment = &stretch->segment;
  GstClockTime time;

  if (segment->format != GST_FORMAT_TIME || !GST_CLOCK_TIME_IS_VALID (pts))
    return GST_CLOCK_TIME_NONE;
  pts = CLAMP (pts, segment->start, segment->stop);
  time = times->kind == KOCR_ENC_TIME_STREAM ?
      gst_segment_to_stream_time (segment, GST_FORMAT_TIME, pts) :
      gst_segment_to_running_time (segment, GST_FORMAT_TIME, pts);
  return GST_CLOCK_TIME_IS_VALID (time) ? time + stretch->shift : time;
}

/* A time line that goes back would have its texts before those of before. */
static void
break_line (KocrFrameTimes * times, GstClockTime time)
{
  GstClockTime end = times->end;

  begin_stretch (times, &times->now.segment);
  times->before.first = GST_CLOCK_TIME_NONE;
  if (times->kind == KOCR_ENC_TIME_RUNNING && GST_CLOCK_TIME_IS_VALID (end)
      && time < end)
    times->now.shift += end - time;
}

/* A frame outside the segment is nowhere; the segment's end, which is nearest to
 * it, would be where the time line goes on. */
static gboolean
is_shown (const GstSegment * segment, GstClockTime pts, GstClockTime duration)
{
  return segment->format != GST_FORMAT_TIME
      || gst_segment_clip (segment, GST_FORMAT_TIME, pts,
      GST_CLOCK_TIME_IS_VALID (duration) ? pts + duration : duration, NULL,
      NULL);
}

static GstClockTime
find_duration (const KocrFrameTimes * times, GstClockTime duration)
{
  if (GST_CLOCK_TIME_IS_VALID (duration))
    return duration;
  return times->frame_duration > 0 ? times->frame_duration
      : GST_CLOCK_TIME_NONE;
}

GstClockTime
kocr_frame_times_count (const KocrFrameTimes * times, GstClockTime * duration)
{
  const GstSegment *segment = &times->now.segment;

  *duration = find_duration (times, *duration);
  if (segment->format != GST_FORMAT_TIME || segment->rate < 0
      || !GST_CLOCK_TIME_IS_VALID (*duration))
    return GST_CLOCK_TIME_NONE;
  return GST_CLOCK_TIME_IS_VALID (times->last_pts) ? times->next
      : segment->start;
}

KocrContinuityOutcome
kocr_frame_times_note (
    KocrFrameTimes *times, GstClockTime pts, GstClockTime duration)
{
  GstClockTime time = to_line (times, &times->now, pts);
  GstClockTime astray = times->astray;
  KocrContinuityOutcome outcome = KOCR_CONTINUITY_KEPT;

  kocr_video_gap_reset (&times->gap);
  if (!GST_CLOCK_TIME_IS_VALID (pts))
    return outcome;
  if (!is_shown (&times->now.segment, pts, duration))
    return KOCR_CONTINUITY_ASTRAY;
  if (GST_CLOCK_TIME_IS_VALID (time))
    outcome = kocr_continuity_check (&times->continuity,
        time - times->now.shift, duration, times->frame_duration);
  times->astray = outcome == KOCR_CONTINUITY_ASTRAY ? pts : GST_CLOCK_TIME_NONE;
  if (outcome == KOCR_CONTINUITY_ASTRAY)
    return outcome;
  if (outcome == KOCR_CONTINUITY_BROKEN)
    break_line (times, time);
  if (is_empty (&times->now)) {
    /* The frame that seemed to be astray was the first one here. */
    times->now.first
        = outcome == KOCR_CONTINUITY_BROKEN ? MIN (astray, pts) : pts;
    times->first_end = pts + 1;
    if (GST_CLOCK_TIME_IS_VALID (duration))
      times->first_end = MAX (times->first_end, pts + duration);
  }
  times->now.last = times->last_pts = pts;
  times->next = find_duration (times, duration);
  if (GST_CLOCK_TIME_IS_VALID (times->next))
    times->next += pts;
  times->end = to_line (times, &times->now,
      GST_CLOCK_TIME_IS_VALID (duration) ? pts + duration : pts);
  return outcome;
}

KocrContinuityOutcome
kocr_frame_times_note_gap (
    KocrFrameTimes *times, GstClockTime pts, GstClockTime duration)
{
  GstClockTime time = to_line (times, &times->now, pts);
  gboolean goes_on = kocr_video_gap_goes_on (&times->gap, pts, duration);
  GstClockTime end;

  if (!GST_CLOCK_TIME_IS_VALID (time)
      || !is_shown (&times->now.segment, pts, duration)
      || !kocr_continuity_extend (&times->continuity, time - times->now.shift,
          duration, times->frame_duration))
    return kocr_frame_times_note (times, pts, duration);
  end = to_line (times, &times->now,
      GST_CLOCK_TIME_IS_VALID (duration) ? pts + duration : pts);
  times->end = GST_CLOCK_TIME_IS_VALID (times->end) ? MAX (times->end, end)
      : end;
  return goes_on ? KOCR_CONTINUITY_KEPT : KOCR_CONTINUITY_ASTRAY;
}

static gboolean
is_between (GstClockTime time, GstClockTime a, GstClockTime b)
{
  return time >= MIN (a, b) && time <= MAX (a, b);
}

/* Where a result's time stamp counts, or NULL. One that is ahead of its frame
 * was of a frame that went astray, but for reverse playback. */
static const KocrFrameStretch *
find_stretch (const KocrFrameTimes * times, GstClockTime now, GstClockTime pts)
{
  const KocrFrameStretch *stretch = &times->now, *before = &times->before;

  if (!GST_CLOCK_TIME_IS_VALID (pts))
    return NULL;
  if (!GST_CLOCK_TIME_IS_VALID (now) || is_empty (stretch))
    return times->fresh ? stretch : NULL;
  if (is_between (pts, stretch->first, now))
    return stretch;
  if (!is_empty (before) && is_between (pts, before->first, before->last))
    return before;
  return times->fresh && (pts <= now || stretch->segment.rate < 0) ? stretch
      : NULL;
}

GstClockTime
kocr_frame_times_find (
    const KocrFrameTimes *times, GstClockTime now, GstClockTime pts)
{
  const KocrFrameStretch *stretch = find_stretch (times, now, pts);

  return stretch ? to_line (times, stretch, pts) : GST_CLOCK_TIME_NONE;
}

void
kocr_frame_times_tell (const KocrFrameTimes * times, GstClockTime now,
    GstClockTime pts, GstClockTime * stream_time, GstClockTime * running_time)
{
  const KocrFrameStretch *stretch = find_stretch (times, now, pts);

  *stream_time = *running_time = GST_CLOCK_TIME_NONE;
  if (!stretch || stretch->segment.format != GST_FORMAT_TIME)
    return;
  *stream_time = gst_segment_to_stream_time (&stretch->segment,
      GST_FORMAT_TIME, pts);
  *running_time = gst_segment_to_running_time (&stretch->segment,
      GST_FORMAT_TIME, pts);
}

GstClockTime
kocr_frame_times_to_pts (const KocrFrameTimes * times, GstClockTime time)
{
  const GstSegment *segment = &times->now.segment;
  GstClockTime shift = times->now.shift, pts;

  if (segment->format != GST_FORMAT_TIME || !GST_CLOCK_TIME_IS_VALID (time))
    return GST_CLOCK_TIME_NONE;
  time = time > shift ? time - shift : 0;
  pts = times->kind == KOCR_ENC_TIME_STREAM ?
      gst_segment_position_from_stream_time (segment, GST_FORMAT_TIME, time) :
      gst_segment_position_from_running_time (segment, GST_FORMAT_TIME, time);
  if (!GST_CLOCK_TIME_IS_VALID (pts))
    return time <= to_line (times, &times->now, segment->start) - shift ?
        segment->start : segment->stop;
  return CLAMP (pts, segment->start, segment->stop);
}
