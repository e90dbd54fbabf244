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

/* The form to write, by the media type of the caps. */
void text_encoder_set_media_type (TextEncoder * encoder,
    const gchar * media_type);

/* Writes what stands before all text, once, when the stream has a segment. */
GstFlowReturn text_encoder_begin (TextEncoder * encoder);

/* Writes what frame brings to an end. */
GstFlowReturn text_encoder_take (TextEncoder * encoder, GstBuffer * frame,
    const EncSettings * settings);

/* Writes all that is left: the segment ends. */
GstFlowReturn text_encoder_finish (TextEncoder * encoder,
    const EncSettings * settings);

/* The time stamp of the first buffer that may still come from what was taken;
 * GST_CLOCK_TIME_NONE: none will. */
GstClockTime text_encoder_get_pending (const TextEncoder * encoder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextEncoder, text_encoder_free)

G_END_DECLS
