/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * From the results that frames carry to the buffers of one stream: lines of
 * NDJSON for results or for tracks, or subtitles.
 *
 * Not thread-safe: who calls holds the stream lock.
 */
#pragma once

#include "enc/settings.h"
#include "enc/frametimes.h"
#include "common/sparsestream.h"

typedef struct _KocrTextEncoder KocrTextEncoder;

/* element, which outlives the encoder, has the clock; out and times are its
 * own. */
KocrTextEncoder *kocr_text_encoder_new (
    GstElement *element, KocrSparseStream *out, const KocrFrameTimes *times);
void kocr_text_encoder_free (KocrTextEncoder * encoder);

/* Forgets what is not written yet, and begins anew: a sink that flushes begins
 * its file anew, too. */
void kocr_text_encoder_clear (KocrTextEncoder * encoder);

/* Whether frames come as time goes by: who reads along waits for no text that
 * stands, and each frame was taken at some time of day. */
void kocr_text_encoder_set_live (KocrTextEncoder * encoder, gboolean live);
gboolean kocr_text_encoder_is_live (const KocrTextEncoder * encoder);

/* Whether lines of results are written: these have a place for the time of day,
 * and need no time stamps. */
gboolean kocr_text_encoder_writes_results (const KocrTextEncoder * encoder,
    const KocrEncSettings * settings);

/* By the caps; 0: not known. */
void kocr_text_encoder_set_frame_size (KocrTextEncoder * encoder, gint width,
    gint height);

/* The form to write, by the media type of the caps. */
void kocr_text_encoder_set_media_type (KocrTextEncoder * encoder,
    const gchar * media_type);

/* Writes what frame brings to an end, the first one after what stands before all
 * text. */
GstFlowReturn kocr_text_encoder_take (KocrTextEncoder *encoder,
    GstBuffer *frame, const KocrEncSettings *settings);

/* The segment ends. Buffers with time stamps of it are written; in lines and
 * files, which have times of their own, texts go on. */
GstFlowReturn kocr_text_encoder_end_segment (KocrTextEncoder * encoder,
    const KocrEncSettings * settings);

/* Writes all that is left. @end: until when what was seen last was there, on
 * the time line; GST_CLOCK_TIME_NONE: nobody knows. */
GstFlowReturn kocr_text_encoder_finish (KocrTextEncoder *encoder,
    GstClockTime end, const KocrEncSettings *settings);

/* After that: what follows counts its times anew. */
void kocr_text_encoder_break (KocrTextEncoder * encoder);

/* On the time line where the first buffer begins that may still come from what
 * was taken; GST_CLOCK_TIME_NONE: none will. */
GstClockTime kocr_text_encoder_get_pending (const KocrTextEncoder * encoder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrTextEncoder, kocr_text_encoder_free)
