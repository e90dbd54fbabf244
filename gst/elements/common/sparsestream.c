/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/sparsestream.h"

#include <gst/video/video.h>

/* Another form of the data concerns this stream, not the video. */
static gboolean
src_event (GstPad * pad, GstObject * parent, GstEvent * event)
{
  if (GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE) {
    gst_event_unref (event);
    return TRUE;
  }
  return gst_pad_event_default (pad, parent, event);
}

/* Whoever knows the metas of frames takes any layout of them and any crop. */
static gboolean
sink_query (GstPad * pad, GstObject * parent, GstQuery * query)
{
  if (GST_QUERY_TYPE (query) == GST_QUERY_ALLOCATION) {
    gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);
    gst_query_add_allocation_meta (query, GST_VIDEO_CROP_META_API_TYPE, NULL);
    return TRUE;
  }
  return gst_pad_query_default (pad, parent, query);
}

void
kocr_sparse_stream_init (
    KocrSparseStream *stream, GstPad *sinkpad, GstPad *srcpad)
{
  stream->pad = srcpad;
  gst_pad_set_query_function (sinkpad, sink_query);
  gst_pad_set_event_function (srcpad, src_event);
  kocr_sparse_stream_reset (stream);
}

void
kocr_sparse_stream_reset (KocrSparseStream * stream)
{
  stream->rate = 1.0;
  stream->position = GST_CLOCK_TIME_NONE;
  stream->opens = FALSE;
  stream->discont = TRUE;
}

gboolean
kocr_sparse_stream_start (KocrSparseStream * stream, GstEvent * event,
    GstStreamType type)
{
  g_autoptr (GstStream) described = NULL;
  const gchar *id;

  gst_event_parse_stream_start (event, &id);
  described = gst_stream_new (id, NULL, type, GST_STREAM_FLAG_SPARSE);
  event = gst_event_make_writable (event);
  gst_event_set_stream (event, described);
  gst_event_set_stream_flags (event, GST_STREAM_FLAG_SPARSE);
  return gst_pad_push_event (stream->pad, event);
}

GstCaps *
kocr_sparse_stream_dup_choice (const KocrSparseStream * stream)
{
  GstCaps *caps = gst_pad_get_allowed_caps (stream->pad);

  if (!caps)
    caps = gst_pad_get_pad_template_caps (stream->pad);
  if (gst_caps_is_empty (caps))
    gst_clear_caps (&caps);
  return caps;
}

/* A GAP is all that a sink needs to preroll: from there on it takes nothing of
 * its branch, until all others have a frame. Sent with the segment it would keep
 * in that branch's queue whatever is to be answered before the first frame can
 * come: the ALLOCATION query of a flip or a scaler that only now knows what it
 * has to do. */
static void
open_segment (KocrSparseStream * stream)
{
  if (!stream->opens)
    return;
  stream->opens = FALSE;
  gst_pad_push_event (stream->pad, gst_event_new_gap (stream->position, 0));
}

static gboolean
push_segment (KocrSparseStream * stream, GstEvent * event)
{
  GstSegment segment;
  GstEvent *out;

  gst_event_copy_segment (event, &segment);
  if (segment.format != GST_FORMAT_TIME)
    gst_segment_init (&segment, GST_FORMAT_TIME);
  out = gst_event_new_segment (&segment);
  gst_event_set_seqnum (out, gst_event_get_seqnum (event));
  if (!gst_pad_push_event (stream->pad, out))
    return FALSE;
  stream->rate = segment.rate;
  stream->position = segment.start;
  if (segment.rate < 0 && GST_CLOCK_TIME_IS_VALID (segment.stop))
    stream->position = segment.stop;
  stream->opens = TRUE;
  return TRUE;
}

gboolean
kocr_sparse_stream_set_segment (KocrSparseStream * stream, GstEvent * event)
{
  gboolean pushed = push_segment (stream, event);

  gst_event_unref (event);
  return pushed;
}

gboolean
kocr_sparse_stream_has_segment (const KocrSparseStream * stream)
{
  return GST_CLOCK_TIME_IS_VALID (stream->position);
}

GstFlowReturn
kocr_sparse_stream_push (KocrSparseStream * stream, GstBuffer * buffer)
{
  open_segment (stream);
  if (!GST_BUFFER_PTS_IS_VALID (buffer))
    GST_BUFFER_PTS (buffer) = stream->position;
  if (stream->discont)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  stream->discont = FALSE;
  return gst_pad_push (stream->pad, buffer);
}

GstClockTime
kocr_sparse_stream_advance (KocrSparseStream * stream, GstClockTime time)
{
  GstClockTime start = stream->position;

  open_segment (stream);
  if (!kocr_sparse_stream_has_segment (stream) || time <= start)
    return 0;
  stream->position = time;
  gst_pad_push_event (stream->pad, gst_event_new_gap (start, time - start));
  return time - start;
}

void
kocr_sparse_stream_follow (KocrSparseStream * stream, GstClockTime pts,
    GstClockTime limit)
{
  open_segment (stream);
  if (!GST_CLOCK_TIME_IS_VALID (pts))
    return;
  if (stream->rate < 0)
    gst_pad_push_event (stream->pad, gst_event_new_gap (pts,
            GST_CLOCK_TIME_NONE));
  else
    /* NONE is more than any time. */
    kocr_sparse_stream_advance (stream, MIN (pts, limit));
}

void
kocr_sparse_stream_jump (KocrSparseStream * stream, GstClockTime time)
{
  if (!kocr_sparse_stream_has_segment (stream))
    return;
  open_segment (stream);
  stream->position = time;
  stream->discont = TRUE;
  gst_pad_push_event (stream->pad, gst_event_new_gap (time, 0));
}
