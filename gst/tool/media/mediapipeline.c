/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "media/mediapipeline.h"

#include <glib/gstdio.h>

#include "media/gifstream.h"

/* While frames wait for their text and the encoder looks ahead, the sound of
 * that time waits here. */
#define SOUND_QUEUE "queue max-size-time=20000000000 max-size-bytes=0 " \
    "max-size-buffers=0"

#define NO_VIDEO "There is no video in it"

typedef struct
{
  GstElement *pipeline;         /* not a reference: it owns this */
  MediaForm form;
  gint has_video, has_audio;    /* streaming threads */
  gchar *unknown;               /* atomic, set once: the type of a stream that
                                 * nothing decodes; NULL: there is none */
} Media;

static void
media_free (Media *self)
{
  g_free (self->unknown);
  g_free (self);
}

static gboolean
is_camera (const gchar *source)
{
  return g_str_has_prefix (source, "/dev/video");
}

gboolean
media_is_live (const gchar * source)
{
  return is_camera (source) || g_str_has_prefix (source, "rtsp");
}

gchar *
media_get_display_name (const gchar * source)
{
  g_autoptr (GUri) uri = gst_uri_is_valid (source) ?
      g_uri_parse (source, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED
      | G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;

  if (uri)
    return g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO
        | G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT);
  /* What cannot be taken apart tells nothing of what may be in it. */
  if (gst_uri_is_valid (source))
    return gst_uri_get_protocol (source);
  return g_filename_display_name (source);
}

gchar *
media_get_title (const gchar * source)
{
  g_autofree gchar *path = gst_uri_is_valid (source) ?
      g_filename_from_uri (source, NULL, NULL) : g_strdup (source);
  g_autofree gchar *name = path ? g_filename_display_name (path) :
      media_get_display_name (source);

  return g_path_get_basename (name);
}

gboolean
media_is_same_file (const gchar * source, const gchar * path)
{
  g_autofree gchar *name = gst_uri_is_valid (source) ?
      g_filename_from_uri (source, NULL, NULL) : g_strdup (source);
  GStatBuf one, other;

  return name && g_stat (name, &one) == 0 && g_stat (path, &other) == 0
      && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static gchar *
get_uri (const gchar * source, GError ** error)
{
  g_autofree gchar *absolute = NULL;

  if (gst_uri_is_valid (source))
    return g_strdup (source);
  if (!g_file_test (source, G_FILE_TEST_EXISTS)) {
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
        "there is no such file");
    return NULL;
  }
  if (g_file_test (source, G_FILE_TEST_IS_DIR)) {
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR,
        "it is a folder");
    return NULL;
  }
  absolute = g_canonicalize_filename (source, NULL);
  return gst_filename_to_uri (absolute, error);
}

void
media_pipeline_set (GstElement * pipeline, const gchar * element,
    const gchar * property, const gchar * value)
{
  g_autoptr (GstElement) child = gst_bin_get_by_name (GST_BIN (pipeline),
      element);

  g_object_set (child, property, value, NULL);
}

static void
link_pad (GstPad * pad, GstElement * element)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (element, "sink");

  if (gst_pad_link (pad, sink) != GST_PAD_LINK_OK)
    GST_ELEMENT_ERROR (element, STREAM, FORMAT,
        ("A stream of it does not go where it should"), (NULL));
}

/* The source shows all of its streams before the first data flows, so the
 * muxer knows them in time. */
static void
add_sound (Media * media, GstPad * pad)
{
  g_autoptr (GstElement) mux = gst_bin_get_by_name (GST_BIN (media->pipeline),
      "mux");
  GstElement *sound;

  if (!mux)
    return;
  sound = gst_parse_bin_from_description (media->form ==
      MEDIA_AS_IT_IS ? SOUND_QUEUE : SOUND_QUEUE " ! audioconvert ! "
      "audioresample ! audio/x-raw,channels=[1,2] ! opusenc", TRUE, NULL);

  if (!sound)
    return;
  gst_bin_add (GST_BIN (media->pipeline), sound);
  /* By name: a queue alone would take any pad. */
  gst_element_link_pads (sound, "src", mux, "audio_%u");
  gst_element_sync_state_with_parent (sound);
  link_pad (pad, sound);
}

static void
on_pad_added (GstElement * source, GstPad * pad, Media * media)
{
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);
  const gchar *media_type = gst_structure_get_name (gst_caps_get_structure
      (caps, 0));

  if (g_str_has_prefix (media_type, "video/")
      && g_atomic_int_compare_and_exchange (&media->has_video, FALSE, TRUE)) {
    g_autoptr (GstElement) video =
        gst_bin_get_by_name (GST_BIN (media->pipeline), "video");

    link_pad (pad, video);
  } else if (g_str_has_prefix (media_type, "audio/")
      && g_atomic_int_compare_and_exchange (&media->has_audio, FALSE, TRUE)) {
    add_sound (media, pad);
  }
}

static void
on_no_more_pads (GstElement * source, Media * media)
{
  if (!g_atomic_int_get (&media->has_video))
    GST_ELEMENT_ERROR (source, STREAM, FORMAT, (NO_VIDEO), (NULL));
}

static void
on_unknown_type (GstElement * source, GstPad * pad, GstCaps * caps,
    Media * media)
{
  gchar *type = g_strdup (gst_structure_get_name (
      gst_caps_get_structure (caps, 0)));

  if (!g_atomic_pointer_compare_and_exchange (&media->unknown, NULL, type))
    g_free (type);
}

static const gchar *
describe_source (const gchar * source, MediaForm form)
{
  if (is_camera (source))
    return "v4l2src name=input ! decodebin name=streams";
  return form == MEDIA_DECODED ? "uridecodebin name=streams" :
      "urisourcebin name=input ! parsebin name=streams";
}

static gboolean
set_input (GstElement * pipeline, const gchar * source, MediaForm form,
    GError ** error)
{
  g_autofree gchar *uri = NULL;

  if (is_camera (source)) {
    media_pipeline_set (pipeline, "input", "device", source);
    return TRUE;
  }
  uri = get_uri (source, error);
  if (!uri)
    return FALSE;
  media_pipeline_set (pipeline, form == MEDIA_DECODED ? "streams" : "input",
      "uri", uri);
  return TRUE;
}

/* libav's decoders that crop. Into the memory of what comes next they may abort
 * the program in GStreamer 1.26 ("video meta uses 368x640 instead of 360x640");
 * others, such as that of GIFs, do not get on in it without. */
static gboolean
crops (GstElement * element)
{
  static const gchar *const names[] =
      { "avdec_h264", "avdec_h265", "avdec_h266", NULL };
  GstElementFactory *factory = gst_element_get_factory (element);

  return factory && g_strv_contains (names, GST_OBJECT_NAME (factory));
}

static void
on_element_added (
    GstBin *pipeline, GstBin *bin, GstElement *element, gpointer user_data)
{
  if (crops (element))
    g_object_set (element, "direct-rendering", FALSE, NULL);
}

GstElement *
media_pipeline_new (const gchar * source, const gchar * description,
    MediaForm form, GError ** error)
{
  g_autofree gchar *whole = g_strdup_printf ("%s %s",
      describe_source (source, form), description);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (whole, &failure);
  g_autoptr (GstElement) streams = NULL;
  Media *media;

  /* It may be a pipeline all the same, with something missing. */
  if (failure) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return NULL;
  }
  if (!set_input (pipeline, source, form, error))
    return NULL;
  media = g_new0 (Media, 1);
  media->pipeline = pipeline;
  media->form = form;
  g_object_set_data_full (G_OBJECT (pipeline), "media", media,
      (GDestroyNotify) media_free);
  g_signal_connect (pipeline, "deep-element-added",
      G_CALLBACK (on_element_added), NULL);
  gif_stream_mend (pipeline);
  streams = gst_bin_get_by_name (GST_BIN (pipeline), "streams");
  g_signal_connect (streams, "pad-added", G_CALLBACK (on_pad_added), media);
  g_signal_connect (streams, "no-more-pads", G_CALLBACK (on_no_more_pads),
      media);
  g_signal_connect (streams, "unknown-type", G_CALLBACK (on_unknown_type),
      media);
  return g_steal_pointer (&pipeline);
}

/* What is in it; NULL: nothing that would explain @error. */
static const gchar *
find_own_fault (Media * media, const GError * error)
{
  const gchar *type = g_atomic_pointer_get (&media->unknown);

  if (error->domain != GST_CORE_ERROR && error->domain != GST_STREAM_ERROR)
    return NULL;
  /* As demuxers call what is in MP4 and in WebM. */
  if (g_strcmp0 (type, "application/x-cenc") == 0
      || g_strcmp0 (type, "application/x-webm-enc") == 0)
    return "it is encrypted";
  /* Where nothing but video is asked for, sound alone ends as this does. */
  if (!type && g_error_matches (error, GST_CORE_ERROR,
          GST_CORE_ERROR_MISSING_PLUGIN))
    return NO_VIDEO;
  return NULL;
}

gchar *
media_pipeline_describe_error (GstElement * pipeline, const GError * error,
    gboolean * lasting)
{
  Media *media = g_object_get_data (G_OBJECT (pipeline), "media");
  const gchar *fault = find_own_fault (media, error);

  if (lasting)
    *lasting = fault != NULL;
  if (!fault && g_error_matches (error, GST_CORE_ERROR,
          GST_CORE_ERROR_MISSING_PLUGIN))
    return g_strdup_printf ("no plugin of GStreamer that is installed decodes "
        "%s", (const gchar *) g_atomic_pointer_get (&media->unknown));
  return g_strdup (fault ? fault : error->message);
}

/* FALSE: it is over. */
static gboolean
tell (GstMessage * message, gboolean * failed)
{
  g_autoptr (GError) error = NULL;

  switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_WARNING:
      gst_message_parse_warning (message, &error, NULL);
      g_printerr ("Warning from %s: %s\n", GST_OBJECT_NAME (message->src),
          error->message);
      return TRUE;
    case GST_MESSAGE_ERROR:
      gst_message_parse_error (message, &error, NULL);
      g_printerr ("%s\n", error->message);
      *failed = TRUE;
      return FALSE;
    default:
      return FALSE;
  }
}

gboolean
media_pipeline_run (GstElement * pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  gboolean failed = FALSE, goes_on = TRUE;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (goes_on) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
        GST_CLOCK_TIME_NONE,
        GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_WARNING);

    goes_on = tell (message, &failed);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return !failed;
}
