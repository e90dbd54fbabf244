/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * print-results FILE|URI|/dev/videoN
 *
 * How an application reads recognised text from the frames themselves: for
 * each new result the texts with their boxes, as they are on that frame.
 */
#include "media/mediapipeline.h"

#include <gst/kakaoocr/kakaoocr.h>
#include <locale.h>
#include <stdlib.h>

#define USAGE "Usage: print-results FILE|URI|/dev/videoN\n"

static void
print_meta (const GstKakaoOcrMeta * meta, GstClockTime pts)
{
  guint n = gst_kakao_ocr_result_get_n_regions (meta->result);

  g_print ("%" GST_TIME_FORMAT "\n", GST_TIME_ARGS (pts));
  for (guint i = 0; i < n; i++) {
    const GstKakaoOcrRegion *region =
        gst_kakao_ocr_result_get_region (meta->result, i);
    gdouble box[GST_KAKAO_OCR_BOX_LEN];

    /* FALSE: the region has left the picture since. */
    if (gst_kakao_ocr_meta_get_box (meta, i, box))
      g_print ("  %s  from (%.0f, %.0f) to (%.0f, %.0f)\n", region->text,
          box[0], box[1], box[4], box[5]);
  }
}

/* Frames between two samples carry the same result: print it once. */
static GstPadProbeReturn
on_frame (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  GstKakaoOcrResult **last = data;
  GstBuffer *frame = GST_PAD_PROBE_INFO_BUFFER (info);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (frame);

  if (meta && meta->result != *last) {
    print_meta (meta, GST_BUFFER_PTS (frame));
    g_clear_pointer (last, gst_kakao_ocr_result_unref);
    *last = gst_kakao_ocr_result_ref (meta->result);
  }
  return GST_PAD_PROBE_OK;
}

int
main (int argc, char **argv)
{
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) ocr = NULL;
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GError) error = NULL;
  GstKakaoOcrResult *last = NULL;
  gboolean ok;

  setlocale (LC_ALL, "");
  gst_init (NULL, NULL);
  if (argc == 2 && g_str_equal (argv[1], "--help")) {
    g_print (USAGE);
    return EXIT_SUCCESS;
  }
  if (argc != 2) {
    g_printerr (USAGE);
    return EXIT_FAILURE;
  }
  pipeline = media_pipeline_new (argv[1], "videoconvert name=video ! "
      "kakaoocr name=ocr ! fakesink sync=false", MEDIA_DECODED, &error);
  if (!pipeline) {
    g_printerr ("%s\n", error->message);
    return EXIT_FAILURE;
  }
  ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");
  pad = gst_element_get_static_pad (ocr, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_frame, &last, NULL);
  ok = media_pipeline_run (pipeline);
  g_clear_pointer (&last, gst_kakao_ocr_result_unref);
  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
