/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * libav's demuxer may ask for what is behind the end of a file for ever: its
 * source says that nothing was read, not that nothing is left. And libav's
 * decoder draws each picture onto the one before, for which GStreamer takes the
 * time of the first. A GIF's pictures come out as they go in, one for one.
 */
#include "media/gifstream.h"

typedef struct
{
  GstClockTime pts, duration;
} FrameTime;

typedef struct
{
  GAsyncQueue *times;           /* FrameTime*: of what is being decoded */
  GstClockTime duration;        /* the demuxer's streaming thread */
} GifStream;

static void
gif_stream_free (gpointer data)
{
  GifStream *self = data;

  g_async_queue_unref (self->times);
  g_free (self);
}

/* The demuxer. */

static gboolean
is_last (GifStream *self, GstPad *pad, const FrameTime *time)
{
  gint64 duration;

  if (!GST_CLOCK_TIME_IS_VALID (self->duration)
      && gst_pad_query_duration (pad, GST_FORMAT_TIME, &duration)
      && duration > 0)
    self->duration = duration;
  return GST_CLOCK_TIME_IS_VALID (self->duration)
         && GST_CLOCK_TIME_IS_VALID (time->pts)
         && GST_CLOCK_TIME_IS_VALID (time->duration)
         && time->pts + time->duration >= self->duration;
}

/* A demuxer whose peer has had enough ends the stream. */
static GstPadProbeReturn
on_packet (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  GifStream *self = user_data;
  GstBuffer *packet = GST_PAD_PROBE_INFO_BUFFER (info);
  FrameTime time = { GST_BUFFER_PTS (packet), GST_BUFFER_DURATION (packet) };
  GstFlowReturn flow;
  GstPad *peer;

  g_async_queue_push (self->times, g_memdup2 (&time, sizeof time));
  if (!is_last (self, pad, &time))
    return GST_PAD_PROBE_OK;
  peer = gst_pad_get_peer (pad);
  if (!peer)
    return GST_PAD_PROBE_OK;
  flow = gst_pad_chain (peer, packet);
  gst_object_unref (peer);
  GST_PAD_PROBE_INFO_DATA (info) = NULL;
  GST_PAD_PROBE_INFO_FLOW_RETURN (info)
      = flow == GST_FLOW_OK ? GST_FLOW_EOS : flow;
  return GST_PAD_PROBE_HANDLED;
}

static void
on_demuxer_pad (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_packet, user_data,
      NULL);
}

/* The decoder. */

static GstPadProbeReturn
on_frame (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  GifStream *self = user_data;
  g_autofree FrameTime *time = g_async_queue_try_pop (self->times);
  GstBuffer *frame;

  if (!time)
    return GST_PAD_PROBE_OK;
  frame = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_BUFFER_PTS (frame) = time->pts;
  GST_BUFFER_DURATION (frame) = time->duration;
  GST_PAD_PROBE_INFO_DATA (info) = frame;
  return GST_PAD_PROBE_OK;
}

/* It would begin anew, with the times of what was behind. */
static GstPadProbeReturn
refuse_seek (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  return GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_SEEK ?
      GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

static void
on_element_added (
    GstBin *pipeline, GstBin *bin, GstElement *element, gpointer user_data)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  const gchar *name = factory ? GST_OBJECT_NAME (factory) : "";

  if (g_str_equal (name, "avdemux_gif")) {
    g_signal_connect (element, "pad-added", G_CALLBACK (on_demuxer_pad),
        user_data);
  } else if (g_str_equal (name, "avdec_gif")) {
    g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "src");

    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_frame, user_data,
        NULL);
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, refuse_seek,
        NULL, NULL);
  }
}

void
gif_stream_mend (GstElement *pipeline)
{
  GifStream *self = g_new0 (GifStream, 1);

  self->times = g_async_queue_new_full (g_free);
  self->duration = GST_CLOCK_TIME_NONE;
  g_object_set_data_full (
      G_OBJECT (pipeline), "gif-stream", self, gif_stream_free);
  g_signal_connect (pipeline, "deep-element-added",
      G_CALLBACK (on_element_added), self);
}
