/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How the program's pipelines decode.
 */
#include <gst/gst.h>

#include "media/mediapipeline.h"

/* decodebin's own is as deep in the pipeline as this. */
static void
no_decoder_writes_into_memory_of_others (gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = media_pipeline_new (
      "file:///clip.mp4", "fakesink name=video", MEDIA_DECODED, &error);
  g_autoptr (GstElement) streams = NULL;
  GstElement *decoder;
  gboolean direct = TRUE;

  g_assert_no_error (error);
  decoder = gst_element_factory_make (name, NULL);
  if (!decoder) {
    g_test_skip ("there is no such decoder");
    return;
  }
  streams = gst_bin_get_by_name (GST_BIN (pipeline), "streams");
  gst_bin_add (GST_BIN (streams), decoder);
  g_object_get (decoder, "direct-rendering", &direct, NULL);
  g_assert_false (direct);
}

int
main (int argc, char **argv)
{
  static const gchar *const decoders[]
      = { "avdec_h264", "avdec_h265", "avdec_mpeg4" };

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (decoders); i++) {
    g_autofree gchar *path = g_strconcat (
        "/decoding/no_decoder_writes_into_memory_of_others/", decoders[i],
        NULL);

    g_test_add_data_func (
        path, decoders[i], no_decoder_writes_into_memory_of_others);
  }
  return g_test_run ();
}
