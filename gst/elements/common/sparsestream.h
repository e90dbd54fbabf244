/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A source pad's stream with data now and then, beside a video. GAP events tell
 * how far the stream is where it has no data, so that nobody who puts both
 * together waits for data that may not come.
 *
 * Not thread-safe: who calls holds the stream lock.
 */
#pragma once

#include <gst/gst.h>

typedef struct
{
  GstPad *pad;                  /* not a reference: the element's own */

  /*< private >*/
  gdouble rate;
  GstClockTime position;        /* up to which all is told; NONE: no segment */
  gboolean opens;               /* the segment's first GAP is not out yet */
  gboolean discont;             /* of the next buffer */
} KocrSparseStream;

/* The data on srcpad tells of the video on sinkpad. Answers what that pad is
 * asked and what this one is told from downstream. */
void kocr_sparse_stream_init (KocrSparseStream * stream, GstPad * sinkpad,
    GstPad * srcpad);

/* As before any segment, and after a flush. */
void kocr_sparse_stream_reset (KocrSparseStream * stream);

/* Sends a STREAM_START of @type like that of the video, which it takes, flagged
 * sparse. */
gboolean kocr_sparse_stream_start (KocrSparseStream * stream, GstEvent * event,
    GstStreamType type);

/* What downstream takes, what it prefers first; NULL: nothing of it.
 * (transfer full) */
GstCaps *kocr_sparse_stream_dup_choice (const KocrSparseStream * stream);

/* Sends a SEGMENT like that of the video, which it takes. One that is not in time
 * becomes one from 0 on. A first GAP, with which a sink prerolls, follows before
 * whatever comes next, which must be no earlier than the first frame. */
gboolean kocr_sparse_stream_set_segment (
    KocrSparseStream *stream, GstEvent *event);
gboolean kocr_sparse_stream_has_segment (const KocrSparseStream * stream);

/* Takes the buffer. One without a time stamp gets the stream's position. */
GstFlowReturn kocr_sparse_stream_push (
    KocrSparseStream *stream, GstBuffer *buffer);

/* Tells that up to pts, of a frame of the video, no data is to come before
 * limit; GST_CLOCK_TIME_NONE: none at all. A muxer so keeps the newest frame
 * until more is known, and a video that ends does not end the file while there
 * is data still to come. */
void kocr_sparse_stream_follow (KocrSparseStream * stream, GstClockTime pts,
    GstClockTime limit);
/* Tells that up to time no data is to come. Returns by how much that is further
 * than before. */
GstClockTime kocr_sparse_stream_advance (
    KocrSparseStream *stream, GstClockTime time);

/* The video went on elsewhere, at time, in the same segment. */
void kocr_sparse_stream_jump (KocrSparseStream * stream, GstClockTime time);
