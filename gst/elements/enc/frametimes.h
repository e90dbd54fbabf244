/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * From time stamps of frames and results to the one time line that texts are
 * told on: running time, which goes on from segment to segment, or stream time,
 * which begins anew with each clip.
 *
 * A result's time stamp is that of an earlier frame, maybe of one before the
 * segment began: after a segment that followed another without a flush the
 * first frames still carry what was read in the one before. So the segment
 * before is remembered, too.
 *
 * Running time never goes back here: where time stamps fall back with no word
 * about it, the line goes on from where it was.
 */
#pragma once

#include <gst/gst.h>

#include "common/continuity.h"
#include "common/videogap.h"

typedef enum
{
  KOCR_ENC_TIME_RUNNING,
  KOCR_ENC_TIME_STREAM
} KocrEncTime;

/* Frames whose time stamps count alike. */
typedef struct
{
  GstSegment segment;
  GstClockTime first, last;     /* time stamps; NONE: there was none yet */
  GstClockTime shift;           /* of the line beyond the segment's time */
} KocrFrameStretch;

/* Time stamps are GST_CLOCK_TIME_NONE until there was a frame with one. */
typedef struct
{
  GstClockTime first_end;       /* of the stretch's first frame; past its
                                 * start */
  GstClockTime last_pts;        /* of its last one */
  GstClockTime end;             /* of that, on the line */

  /*< private >*/
  KocrEncTime kind;
  GstClockTime frame_duration;  /* by the caps; 0: not known */
  GstClockTime next;            /* time stamp where the last frame ends; NONE:
                                 * not known */
  KocrFrameStretch now, before;     /* before: first NONE when there is none, or
                                 * the line was broken in between */
  gboolean fresh;               /* nothing was before */
  KocrContinuity continuity;
  KocrVideoGap gap;
  GstClockTime astray;          /* time stamp of the frame before, if it was */
} KocrFrameTimes;

/* As before any segment, and after a flush. */
void kocr_frame_times_reset (KocrFrameTimes * times);
/* Before the first segment. */
void kocr_frame_times_set_kind (KocrFrameTimes * times, KocrEncTime kind);
void kocr_frame_times_set_segment (
    KocrFrameTimes *times, const GstSegment *segment);
/* 0: not known. Until the next call. */
void kocr_frame_times_set_frame_duration (KocrFrameTimes * times,
    GstClockTime duration);

/* The time stamp of a frame that has none, which follows the one before, and its
 * duration, unless that is known. GST_CLOCK_TIME_NONE: nobody knows how long
 * frames are. */
GstClockTime kocr_frame_times_count (const KocrFrameTimes *times,
    GstClockTime *duration);

/* Once for each frame, before anything is asked about it; both may be NONE. BROKEN:
 * nothing that was known has to do with what follows. */
KocrContinuityOutcome kocr_frame_times_note (
    KocrFrameTimes *times, GstClockTime pts, GstClockTime duration);
/* The same for each gap, where no frame is. ASTRAY as well: frames of a time before
 * its end may still come. */
KocrContinuityOutcome kocr_frame_times_note_gap (
    KocrFrameTimes *times, GstClockTime pts, GstClockTime duration);

/* What the segment is, whatever its format. */
const GstSegment *kocr_frame_times_get_segment (const KocrFrameTimes * times);

/* Where pts, of a result on a frame with time stamp @now, is on the line;
 * GST_CLOCK_TIME_NONE: nowhere. */
GstClockTime kocr_frame_times_find (
    const KocrFrameTimes *times, GstClockTime now, GstClockTime pts);
/* The same as stream and running time; each GST_CLOCK_TIME_NONE when pts has
 * none. */
void kocr_frame_times_tell (const KocrFrameTimes * times, GstClockTime now,
    GstClockTime pts, GstClockTime * stream_time, GstClockTime * running_time);

/* The time stamp in the segment of what is at @time on the line, or nearest. */
GstClockTime kocr_frame_times_to_pts (
    const KocrFrameTimes *times, GstClockTime time);
