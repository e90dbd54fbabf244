/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Video gaps: the GAPs of a text's stream that follow its video, so that no
 * muxer waits for text.
 *
 * They stay behind a text that stands, and a muxer keeps back the video for as
 * long. Where the queues of the video cannot hold that, all stands still: then
 * GAPs go on, and from there on stay as near as the queues allow.
 *
 * Who calls holds the stream lock, but where it says otherwise.
 */
#pragma once

#include <gst/gst.h>

#include "common/sparsestream.h"
#include "enc/frametimes.h"

typedef struct _KocrVideoGaps KocrVideoGaps;

/* The others, all of @element, outlive the GAPs. */
KocrVideoGaps *kocr_video_gaps_new (GstElement *element, GstPad *sinkpad,
    KocrSparseStream *out, const KocrFrameTimes *times);
void kocr_video_gaps_free (KocrVideoGaps *gaps);

/* As before a run. Waits for a call that is under way: with no lock held. */
void kocr_video_gaps_reset (KocrVideoGaps *gaps);

/* Whether frames come as time goes by. */
void kocr_video_gaps_set_live (KocrVideoGaps *gaps, gboolean live);
/* Any thread. Only while the pipeline plays can the video stand still. */
void kocr_video_gaps_set_playing (KocrVideoGaps *gaps, gboolean playing);

/* A frame came, before kocr_video_gaps_follow(). */
void kocr_video_gaps_note_frame (KocrVideoGaps *gaps);
/* Follows the video up to @pts, of a frame or gap. @pending: where on the time
 * line the oldest text stands that is not out yet; GST_CLOCK_TIME_NONE: none.
 */
void kocr_video_gaps_follow (
    KocrVideoGaps *gaps, GstClockTime pts, GstClockTime pending);
/* No text stands any more. */
void kocr_video_gaps_stop (KocrVideoGaps *gaps);
