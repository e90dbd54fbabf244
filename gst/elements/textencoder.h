/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * From the results that frames carry to the buffers of one stream: lines of
 * NDJSON for results or for tracks, or subtitles.
 *
 * Not thread-safe: who calls holds the stream lock.
 */
#pragma once

#include "encsettings.h"
#include "frametimes.h"
#include "sparsestream.h"

G_BEGIN_DECLS

typedef struct _TextEncoder TextEncoder;

/* element, which outlives the encoder, has the clock; out and times are its
 * own. */
TextEncoder *text_encoder_new (GstElement * element, SparseStream * out,
    const FrameTimes * times);
void text_encoder_free (TextEncoder * encoder);

/* Forgets what is not written yet, and begins anew: a sink that flushes begins
 * its file anew, too. */
void text_encoder_clear (TextEncoder * encoder);

/* Whether frames come as time goes by: who reads along waits for no text that
 * stands, and each frame was taken at some time of day. */
void text_encoder_set_live (TextEncoder * encoder, gboolean live);
gboolean text_encoder_is_live (const TextEncoder * encoder);

/* Whether what is written has a place for the time of day. */
gboolean text_encoder_tells_time_of_day (const TextEncoder * encoder,
    const EncSettings * settings);

/* By the caps; 0: not known. */
void text_encoder_set_frame_size (TextEncoder * encoder, gint width,
    gint height);

/* The form to write, by the media type of the caps. */
void text_encoder_set_media_type (TextEncoder * encoder,
    const gchar * media_type);

/* Writes what stands before all text, once, when the stream has a segment. */
GstFlowReturn text_encoder_begin (TextEncoder * encoder);

/* Writes what frame brings to an end. */
GstFlowReturn text_encoder_take (TextEncoder * encoder, GstBuffer * frame,
    const EncSettings * settings);

/* The segment ends. Buffers with time stamps of it are written; in lines and
 * files, which have times of their own, texts go on. */
GstFlowReturn text_encoder_end_segment (TextEncoder * encoder,
    const EncSettings * settings);

/* Writes all that is left. @end: until when what was seen last was there, on
 * the time line; GST_CLOCK_TIME_NONE: nobody knows. */
GstFlowReturn text_encoder_finish (TextEncoder * encoder, GstClockTime end,
    const EncSettings * settings);

/* After that: what follows counts its times anew. */
void text_encoder_break (TextEncoder * encoder);

/* On the time line where the first buffer begins that may still come from what
 * was taken; GST_CLOCK_TIME_NONE: none will. */
GstClockTime text_encoder_get_pending (const TextEncoder * encoder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextEncoder, text_encoder_free)

G_END_DECLS
