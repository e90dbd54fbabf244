/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How the program's pipelines decode.
 */
#include <gst/gst.h>

#include "../testrows.h"
#include "media/mediapipeline.h"

#define TESTS "/decoding/"

/* The name is of an element. */
typedef struct
{
  const gchar *name;
  gboolean direct;
} Decoder;

/* That of GIFs draws onto the picture before. */
static const Decoder decoders[] = {
  { "avdec_h264", FALSE },
  { "avdec_h265", FALSE },
  { "avdec_gif", TRUE },
};

/* decodebin's own is as deep in the pipeline as this. */
static void
who_crops_does_so_in_memory_of_its_own (gconstpointer data)
{
  const Decoder *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = media_pipeline_new (
      "file:///clip.mp4", "fakesink name=video", MEDIA_DECODED, &error);
  g_autoptr (GstElement) streams = NULL;
  GstElement *decoder;
  gboolean direct;

  g_assert_no_error (error);
  decoder = gst_element_factory_make (row->name, NULL);
  if (!decoder) {
    g_test_skip ("there is no such decoder");
    return;
  }
  streams = gst_bin_get_by_name (GST_BIN (pipeline), "streams");
  gst_bin_add (GST_BIN (streams), decoder);
  g_object_get (decoder, "direct-rendering", &direct, NULL);
  g_assert_cmpint (direct, ==, row->direct);
}

static void
the_first_type_that_nothing_decodes_is_told (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) missing = g_error_new_literal (GST_CORE_ERROR,
      GST_CORE_ERROR_MISSING_PLUGIN, "");
  g_autoptr (GstElement) pipeline = media_pipeline_new (
      "file:///clip.mp4", "fakesink name=video", MEDIA_DECODED, &error);
  g_autoptr (GstElement) streams = NULL;
  g_autoptr (GstCaps) first = gst_caps_new_empty_simple ("video/x-first");
  g_autoptr (GstCaps) second = gst_caps_new_empty_simple ("audio/x-second");
  g_autoptr (GstPad) pad = gst_object_ref_sink (
      gst_pad_new (NULL, GST_PAD_SRC));
  g_autofree gchar *told = NULL;

  g_assert_no_error (error);
  streams = gst_bin_get_by_name (GST_BIN (pipeline), "streams");
  g_signal_emit_by_name (streams, "unknown-type", pad, first);
  g_signal_emit_by_name (streams, "unknown-type", pad, second);
  told = media_pipeline_describe_error (pipeline, missing, NULL);
  g_assert_true (g_str_has_suffix (told, " video/x-first"));
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (who_crops_does_so_in_memory_of_its_own, decoders);
  ADD (the_first_type_that_nothing_decodes_is_told);
  return g_test_run ();
}
