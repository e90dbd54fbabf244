/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * sample-clip [--truth FILE] CLIP
 *
 * Writes a video of 14 s, 1280×720, H.264 (VP8 where there is no x264) in
 * Matroska, with text in Korean and English to be recognised, and on demand
 * what it says where and when (see scene.h).
 */
#include "scene.h"
#include "media/videoencoder.h"

#include <gst/app/app.h>
#include <gst/gst.h>
#include <stdlib.h>

static GstElement *
create_pipeline (const gchar * path, GError ** error)
{
  g_autofree gchar *description = NULL;
  g_autoptr (GstElement) sink = NULL;
  const gchar *encoder = video_encoder_describe (FALSE, error);
  GstElement *pipeline;

  if (!encoder)
    return NULL;
  description = g_strdup_printf ("appsrc name=src format=time block=true "
      "max-bytes=%d caps=video/x-raw,format=BGRx,width=%d,height=%d,"
      "framerate=%d/1 ! videoconvert ! video/x-raw,format=I420 ! queue ! %s ! "
      "matroskamux ! filesink name=sink", 8 * SCENE_WIDTH * SCENE_HEIGHT * 4,
      SCENE_WIDTH, SCENE_HEIGHT, SCENE_FPS, encoder);
  pipeline = gst_parse_launch (description, error);
  if (pipeline) {
    sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
    g_object_set (sink, "location", path, NULL);
  }
  return pipeline;
}

static GstBuffer *
paint_frame (Scene * scene, guint n)
{
  gsize size = SCENE_WIDTH * SCENE_HEIGHT * 4;
  guint8 *pixels = g_malloc (size);
  cairo_surface_t *canvas = cairo_image_surface_create_for_data (pixels,
      CAIRO_FORMAT_RGB24, SCENE_WIDTH, SCENE_HEIGHT, SCENE_WIDTH * 4);
  GstBuffer *buffer;

  scene_paint (scene, n, canvas);
  cairo_surface_destroy (canvas);
  buffer = gst_buffer_new_wrapped (pixels, size);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (n, GST_SECOND, SCENE_FPS);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n + 1, GST_SECOND,
      SCENE_FPS) - GST_BUFFER_PTS (buffer);
  return buffer;
}

static gboolean
wait_for_end (GstElement * pipeline, GError ** error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
      GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return TRUE;
  gst_message_parse_error (message, error, NULL);
  return FALSE;
}

static gboolean
write_clip (Scene * scene, const gchar * path, GError ** error)
{
  g_autoptr (GstElement) pipeline = create_pipeline (path, error);
  g_autoptr (GstElement) src = NULL;
  gboolean ok;

  if (!pipeline)
    return FALSE;
  src = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (guint n = 0; n < SCENE_FRAMES; n++)
    if (gst_app_src_push_buffer (GST_APP_SRC (src), paint_frame (scene, n))
        != GST_FLOW_OK)
      break;
  gst_app_src_end_of_stream (GST_APP_SRC (src));
  ok = wait_for_end (pipeline, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return ok;
}

int
main (int argc, char **argv)
{
  g_autofree gchar *truth_path = NULL;
  const GOptionEntry entries[] = {
    {"truth", 0, 0, G_OPTION_ARG_FILENAME, &truth_path,
        "Write what the clip says where and when, as JSON", "FILE"},
    {NULL}
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("CLIP");
  g_autoptr (GError) error = NULL;
  g_autoptr (Scene) scene = NULL;
  g_autofree gchar *truth = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return EXIT_FAILURE;
  }
  if (argc != 2) {
    g_printerr ("Usage: sample-clip [--truth FILE] CLIP\n");
    return EXIT_FAILURE;
  }
  scene = scene_new ();
  truth = scene_truth (scene);
  if ((truth_path && !g_file_set_contents (truth_path, truth, -1, &error))
      || !write_clip (scene, argv[1], &error)) {
    g_printerr ("Cannot write the clip: %s\n", error->message);
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
