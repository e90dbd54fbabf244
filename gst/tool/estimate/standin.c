/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "estimate/standin.h"

#include <gst/app/app.h>
#include <gst/video/video.h>

#include "json/writer.h"
#include "textfinder.h"

#define DECODER                                                                \
  "appsrc name=in format=time ! %s ! videoconvert ! "                          \
  "video/x-raw,format=GRAY8,colorimetry=1:0:0:0 ! "                            \
  "appsink name=out sync=false"
/* Far beyond what a picture takes. */
#define PATIENCE (10 * GST_SECOND)
/* A result of a hundred is taken for one that was cut off. */
#define MAX_LINES 99

typedef struct
{
  GstElement *pipeline;
  GstAppSrc *in;
  GstAppSink *out;
} Decoder;

struct _StandIn
{
  Decoder jpeg, png;
};

static void
decoder_clear (Decoder *self)
{
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->in);
  gst_clear_object (&self->out);
  gst_clear_object (&self->pipeline);
}

static gboolean
decoder_init (Decoder *self, const gchar *element, GError **error)
{
  g_autofree gchar *launch = g_strdup_printf (DECODER, element);

  self->pipeline = gst_parse_launch (launch, error);
  if (!self->pipeline)
    return FALSE;
  self->in = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (self->pipeline), "in"));
  self->out
      = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (self->pipeline), "out"));
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return TRUE;
}

StandIn *
stand_in_new (GError **error)
{
  g_autoptr (StandIn) self = g_new0 (StandIn, 1);

  return decoder_init (&self->jpeg, "jpegdec", error)
                 && decoder_init (&self->png, "pngdec", error)
             ? g_steal_pointer (&self)
             : NULL;
}

void
stand_in_free (StandIn *self)
{
  decoder_clear (&self->jpeg);
  decoder_clear (&self->png);
  g_free (self);
}

/* (transfer full) (nullable) */
static GstSample *
decode (StandIn *self, GBytes *picture)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (picture, &size);
  gboolean is_png = size > 4 && data[1] == 'P' && data[2] == 'N';
  Decoder *decoder = is_png ? &self->png : &self->jpeg;
  g_autoptr (GstCaps) caps
      = gst_caps_new_empty_simple (is_png ? "image/png" : "image/jpeg");

  gst_app_src_set_caps (decoder->in, caps);
  if (gst_app_src_push_buffer (
          decoder->in, gst_buffer_new_wrapped_bytes (picture))
      != GST_FLOW_OK)
    return NULL;
  return gst_app_sink_try_pull_sample (decoder->out, PATIENCE);
}

static void
add_line (KocrJsonWriter *json, const KocrFoundLine *line)
{
  gchar *words[] = { (gchar *)"text", NULL };

  kocr_json_open (json, NULL, '{');
  kocr_json_add_box (json, "box", line->quad);
  kocr_json_add_texts (json, "recognized_word", words);
  kocr_json_close (json, '}');
}

static void
add_lines (KocrJsonWriter *json, GstSample *sample)
{
  g_autoptr (GArray) lines = NULL;
  GstVideoInfo info;
  GstVideoFrame frame;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
      || !gst_video_frame_map (
          &frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return;
  lines = kocr_text_finder_find (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0),
      info.width, info.height, GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0), NULL);
  gst_video_frame_unmap (&frame);
  for (guint i = 0; i < MIN (lines->len, MAX_LINES); i++)
    add_line (json, &g_array_index (lines, KocrFoundLine, i));
}

gchar *
stand_in_answer (StandIn *self, GBytes *picture)
{
  g_auto (KocrJsonWriter) json = KOCR_JSON_WRITER_INIT;
  g_autoptr (GstSample) sample = decode (self, picture);

  kocr_json_open (&json, NULL, '{');
  kocr_json_open (&json, "responses", '[');
  kocr_json_open (&json, NULL, '{');
  kocr_json_add_int64 (&json, "page", 1);
  kocr_json_open (&json, "results", '[');
  if (sample)
    add_lines (&json, sample);
  kocr_json_close (&json, ']');
  kocr_json_close (&json, '}');
  kocr_json_close (&json, ']');
  kocr_json_close (&json, '}');
  return kocr_json_finish (&json);
}
