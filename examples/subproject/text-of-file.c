/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * text-of-file FILE
 *
 * Pulls the frames of a video that were read, one a second, and prints the text
 * of each.
 */
#include <gst/app/gstappsink.h>
#include <gst/kakaoocr/kakaoocr.h>
#include <locale.h>
#include <stdlib.h>

#define PIPELINE                                                               \
  "filesrc name=file ! decodebin ! videoconvert ! "                            \
  "kakaoocr drop-unsampled=true ! appsink name=frames sync=false"

static void
print_text (GstSample *frame)
{
  GstBuffer *buffer = gst_sample_get_buffer (frame);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);
  const gchar *text = meta ? gst_kakao_ocr_result_get_text (meta->result) : "";

  g_print ("%" GST_TIME_FORMAT "\n%s\n",
      GST_TIME_ARGS (GST_BUFFER_PTS (buffer)), text);
}

int
main (int argc, char **argv)
{
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) file = NULL;
  g_autoptr (GstElement) frames = NULL;
  g_autoptr (GstMessage) failure = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GError) error = NULL;
  GstSample *frame;

  setlocale (LC_ALL, "");
  gst_init (&argc, &argv);
  if (argc != 2) {
    g_printerr ("Usage: text-of-file FILE\n");
    return EXIT_FAILURE;
  }
  pipeline = gst_parse_launch (PIPELINE, &error);
  if (error) {
    g_printerr ("%s\n", error->message);
    return EXIT_FAILURE;
  }
  file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  frames = gst_bin_get_by_name (GST_BIN (pipeline), "frames");
  g_object_set (file, "location", argv[1], NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);

  while ((frame = gst_app_sink_pull_sample (GST_APP_SINK (frames)))) {
    print_text (frame);
    gst_sample_unref (frame);
  }

  bus = gst_element_get_bus (pipeline);
  failure = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  if (failure) {
    gst_message_parse_error (failure, &error, NULL);
    g_printerr ("%s\n", error->message);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return failure ? EXIT_FAILURE : EXIT_SUCCESS;
}
