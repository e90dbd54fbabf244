/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "estimate/standin.h"

#include <gst/app/app.h>
#include <gst/video/video.h>
#include <string.h>

#include "json/answerword.h"
#include "textfinder.h"

#define DECODER                                                                \
  "appsrc name=in format=time ! %s ! videoconvert ! "                          \
  "video/x-raw,format=GRAY8,colorimetry=1:0:0:0 ! "                            \
  "appsink name=out sync=false"
#define IMAGES "image/"
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
  GHashTable *decoders; /* of Decoder, by media type */
};

static void
decoder_free (Decoder *self)
{
  if (self->pipeline)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->in);
  gst_clear_object (&self->out);
  gst_clear_object (&self->pipeline);
  g_free (self);
}

/* GStreamer's decoders of pictures are named as what they decode: image/png by
 * pngdec. (nullable). Who asks may be anyone on this machine: what is no name of
 * an element becomes no part of a pipeline. */
static Decoder *
decoder_new (const gchar *media_type)
{
  g_autofree gchar *name = NULL, *launch = NULL;
  g_autoptr (GstElementFactory) factory = NULL;
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (GError) error = NULL;
  Decoder *self;

  if (!g_str_has_prefix (media_type, IMAGES))
    return NULL;
  name = g_strconcat (media_type + strlen (IMAGES), "dec", NULL);
  factory = gst_element_factory_find (name);
  if (!factory)
    return NULL;
  launch = g_strdup_printf (DECODER, name);
  self = g_new0 (Decoder, 1);
  self->pipeline = gst_parse_launch (launch, &error);
  if (!self->pipeline) {
    g_warning ("%s", error->message);
    decoder_free (self);
    return NULL;
  }
  self->in = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (self->pipeline), "in"));
  self->out
      = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (self->pipeline), "out"));
  caps = gst_caps_new_empty_simple (media_type);
  gst_app_src_set_caps (self->in, caps);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return self;
}

StandIn *
stand_in_new (void)
{
  StandIn *self = g_new0 (StandIn, 1);

  self->decoders = g_hash_table_new_full (
      g_str_hash, g_str_equal, g_free, (GDestroyNotify) decoder_free);
  return self;
}

void
stand_in_free (StandIn *self)
{
  g_hash_table_unref (self->decoders);
  g_free (self);
}

static Decoder *
find_decoder (StandIn *self, const gchar *media_type)
{
  Decoder *decoder = g_hash_table_lookup (self->decoders, media_type);

  if (!decoder) {
    decoder = decoder_new (media_type);
    if (decoder)
      g_hash_table_insert (self->decoders, g_strdup (media_type), decoder);
  }
  return decoder;
}

/* (transfer full) (nullable) */
static GstSample *
decode (Decoder *decoder, GBytes *picture)
{
  if (gst_app_src_push_buffer (
          decoder->in, gst_buffer_new_wrapped_bytes (picture))
      != GST_FLOW_OK)
    return NULL;
  return gst_app_sink_try_pull_sample (decoder->out, PATIENCE);
}

static void
add_line (KocrJsonWriter *json, const KocrFoundLine *line)
{
  KocrAnswerWord word = { .text = (gchar *) "text" };

  memcpy (word.box, line->quad, sizeof word.box);
  kocr_answer_word_write (&word, json);
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
stand_in_answer (StandIn *self, const gchar *media_type, GBytes *picture)
{
  g_auto (KocrJsonWriter) json = KOCR_JSON_WRITER_INIT;
  Decoder *decoder = find_decoder (self, media_type);
  g_autoptr (GstSample) sample = NULL;

  if (!decoder)
    return NULL;
  sample = decode (decoder, picture);
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
