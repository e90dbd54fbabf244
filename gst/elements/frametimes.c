/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frametimes.h"

void
frame_times_reset (FrameTimes * times)
{
  gst_segment_init (&times->segment, GST_FORMAT_UNDEFINED);
  times->first_end = times->last_pts = times->end = GST_CLOCK_TIME_NONE;
  times->follows_segment = FALSE;
  times->first_pts = GST_CLOCK_TIME_NONE;
}

void
frame_times_set_segment (FrameTimes * times, const GstSegment * segment)
{
  times->segment = *segment;
  times->first_end = times->last_pts = times->end = GST_CLOCK_TIME_NONE;
  times->follows_segment |= GST_CLOCK_TIME_IS_VALID (times->first_pts);
  times->first_pts = GST_CLOCK_TIME_NONE;
}

void
frame_times_note (FrameTimes * times, GstClockTime pts, GstClockTime duration)
{
  if (!GST_CLOCK_TIME_IS_VALID (pts))
    return;
  times->last_pts = times->end = pts;
  if (GST_CLOCK_TIME_IS_VALID (duration))
    times->end += duration;
  if (!GST_CLOCK_TIME_IS_VALID (times->first_pts)) {
    times->first_pts = pts;
    times->first_end = MAX (times->end, pts + 1);
  }
}

gboolean
frame_times_has (const FrameTimes * times, GstBuffer * frame, GstClockTime pts)
{
  GstClockTime now = GST_BUFFER_PTS (frame);

  if (times->segment.format != GST_FORMAT_TIME
      || !GST_CLOCK_TIME_IS_VALID (pts))
    return FALSE;
  if (!times->follows_segment)
    return TRUE;
  return GST_CLOCK_TIME_IS_VALID (now)
      && pts >= MIN (times->first_pts, now)
      && pts <= MAX (times->first_pts, now);
}

GstClockTime
frame_times_to_stream_time (const FrameTimes * times, GstClockTime pts)
{
  return times->segment.format != GST_FORMAT_TIME ? GST_CLOCK_TIME_NONE
      : gst_segment_to_stream_time (&times->segment, GST_FORMAT_TIME, pts);
}

GstClockTime
frame_times_to_running_time (const FrameTimes * times, GstClockTime pts)
{
  return times->segment.format != GST_FORMAT_TIME ? GST_CLOCK_TIME_NONE
      : gst_segment_to_running_time (&times->segment, GST_FORMAT_TIME, pts);
}
