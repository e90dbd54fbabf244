/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "page/still.h"

#include <gst/app/app.h>

#include "media/mediapipeline.h"

#define STILL                                                                  \
  "videoconvert name=video ! videoflip video-direction=auto ! "                \
  "videoconvert ! jpegenc quality=85 ! appsink name=still sync=false "         \
  "max-buffers=1 drop=true"
#define PATIENCE (20 * GST_SECOND)

static gboolean
is_ready (GstElement *pipeline)
{
  return gst_element_get_state (pipeline, NULL, NULL, PATIENCE)
         == GST_STATE_CHANGE_SUCCESS;
}

static gboolean
is_over (GstSample *sample, GstClockTime time)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);

  return GST_BUFFER_PTS_IS_VALID (buffer)
         && GST_BUFFER_DURATION_IS_VALID (buffer)
         && GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer) <= time;
}

/* (transfer full) (nullable) */
static GstSample *
seek (GstElement *pipeline, GstAppSink *sink, GstClockTime time)
{
  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  if (!is_ready (pipeline)
      || !gst_element_seek_simple (pipeline, GST_FORMAT_TIME,
          GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, time)
      || !is_ready (pipeline))
    return NULL;
  return gst_app_sink_try_pull_preroll (sink, PATIENCE);
}

/* What does not seek, such as a GIF, is played up to @time. (transfer full)
 * (nullable) */
static GstSample *
pull (GstElement *pipeline, GstClockTime time)
{
  g_autoptr (GstElement) sink
      = gst_bin_get_by_name (GST_BIN (pipeline), "still");
  g_autoptr (GstSample) sample = seek (pipeline, GST_APP_SINK (sink), time);
  gint64 end = g_get_monotonic_time () + PATIENCE / GST_USECOND;

  if (!sample || !is_over (sample, time))
    return g_steal_pointer (&sample);
  g_object_set (sink, "drop", FALSE, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (sample && is_over (sample, time) && g_get_monotonic_time () < end) {
    gst_sample_unref (sample);
    sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), PATIENCE);
  }
  return g_steal_pointer (&sample);
}

static GBytes *
copy_bytes (GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  gsize size = gst_buffer_get_size (buffer);
  guint8 *data = g_malloc (size);

  return g_bytes_new_take (data, gst_buffer_extract (buffer, 0, data, size));
}

GBytes *
still_make (const gchar *path, GstClockTime time, GError **error)
{
  g_autoptr (GstElement) pipeline
      = media_pipeline_new (path, STILL, MEDIA_DECODED, error);
  g_autoptr (GstElement) streams = NULL;
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (GstSample) sample = NULL;

  if (!pipeline)
    return NULL;
  streams = gst_bin_get_by_name (GST_BIN (pipeline), "streams");
  caps = gst_caps_from_string ("video/x-raw(ANY)");
  g_object_set (streams, "caps", caps, "expose-all-streams", FALSE, NULL);
  sample = pull (pipeline, time);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (sample)
    return copy_bytes (sample);
  g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_DECODE,
      "there is no picture at %.3f s", time / 1e9);
  return NULL;
}
