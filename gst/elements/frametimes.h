/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the time stamps of results mean in the segment that the video is in.
 *
 * A result's time stamp is that of an earlier frame, maybe of one before the
 * segment began: after a segment that followed another without a flush the
 * first frames still carry what was read in the one before, and its time stamp
 * would mean another moment now. Then nothing is known of it.
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Times are GST_CLOCK_TIME_NONE until there was a frame with a time stamp. */
typedef struct
{
  GstSegment segment;           /* upstream's, whatever its format */
  GstClockTime first_end;       /* of segment's first frame; past its start */
  GstClockTime last_pts;        /* of the last one */
  GstClockTime end;             /* of that */

  /*< private >*/
  gboolean follows_segment;     /* that had frames, with no flush between */
  GstClockTime first_pts;       /* of segment */
} FrameTimes;

/* As before any segment, and after a flush. */
void frame_times_reset (FrameTimes * times);
void frame_times_set_segment (FrameTimes * times, const GstSegment * segment);
/* Once for each frame, before anything is asked about it, and for each gap
 * where there is none; both may be NONE. */
void frame_times_note (FrameTimes * times, GstClockTime pts,
    GstClockTime duration);

/* Whether pts, of a result on frame, is a time of the segment. */
gboolean frame_times_has (const FrameTimes * times, GstBuffer * frame,
    GstClockTime pts);

/* Both GST_CLOCK_TIME_NONE when pts is none or outside the segment. */
GstClockTime frame_times_to_stream_time (const FrameTimes * times,
    GstClockTime pts);
GstClockTime frame_times_to_running_time (const FrameTimes * times,
    GstClockTime pts);

G_END_DECLS
