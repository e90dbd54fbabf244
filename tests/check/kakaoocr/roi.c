/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <string.h>
#include <gst/video/video.h>

#include "../testrows.h"
#include "makeresult.h"

#define TESTS "/kakaoocr/roi/"

typedef struct
{
  const gchar *name;
  gdouble box[GST_KAKAO_OCR_BOX_LEN];
  gboolean inside;
  guint x, y, width, height;
} Row;

/* In a frame of 100 × 50. */
static const Row rows[] = {
  {"upright", {10, 20, 40, 20, 40, 30, 10, 30}, TRUE, 10, 20, 30, 10},
  {"tilted", {10, 20, 40, 25, 38, 35, 8, 30}, TRUE, 8, 20, 32, 15},
  {"turned_around", {40, 30, 10, 30, 10, 20, 40, 20}, TRUE, 10, 20, 30, 10},
  {"between_pixels", {10.2, 20.9, 39.1, 20.9, 39.1, 29.1, 10.2, 29.1}, TRUE,
      10, 20, 30, 10},
  {"over_the_corner", {-5, -5, 10, -5, 10, 10, -5, 10}, TRUE, 0, 0, 10, 10},
  {"over_the_far_corner", {90, 40, 200, 40, 200, 90, 90, 90}, TRUE, 90, 40,
      10, 10},
  {"all_over", {-1e6, -1e6, 1e6, -1e6, 1e6, 1e6, -1e6, 1e6}, TRUE, 0, 0, 100,
      50},
  {"left_of_it", {-50, 10, -10, 10, -10, 20, -50, 20}, FALSE},
  {"below_it", {10, 50, 20, 50, 20, 60, 10, 60}, FALSE},
  {"flat", {10, 10, 20, 10, 20, 10, 10, 10}, FALSE},
};

static void
bounds_and_clips (gconstpointer data)
{
  const Row *row = data;
  GstKakaoOcrRegion region = {.text = (gchar *) "한글" };
  g_autoptr (GstKakaoOcrResult) result = NULL;
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  GstVideoRegionOfInterestMeta *roi;
  GstStructure *param;

  memcpy (region.box, row->box, sizeof (region.box));
  result = gst_kakao_ocr_result_new (0, 100, 50, &region, 1, FALSE, 0);
  g_assert_cmpuint (gst_kakao_ocr_meta_add_rois (gst_buffer_add_kakao_ocr_meta
          (buffer, result)), ==, row->inside ? 1 : 0);
  roi = (GstVideoRegionOfInterestMeta *) gst_buffer_get_meta (buffer,
      GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE);
  g_assert_cmpint (roi != NULL, ==, row->inside);
  if (roi == NULL)
    return;
  g_assert_cmpuint (roi->x, ==, row->x);
  g_assert_cmpuint (roi->y, ==, row->y);
  g_assert_cmpuint (roi->w, ==, row->width);
  g_assert_cmpuint (roi->h, ==, row->height);
  g_assert_cmpstr (g_quark_to_string (roi->roi_type), ==, "text");
  param = gst_video_region_of_interest_meta_get_param (roi, "text");
  g_assert_cmpstr (gst_structure_get_string (param, "text"), ==, "한글");
}

static void
a_lost_region_has_none (void)
{
  static const gchar *texts[] = { "one", "two", NULL };
  static const gboolean lost[] = { TRUE, FALSE };
  g_autoptr (GstKakaoOcrResult) result = make_result (320, 240, texts);
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  GstKakaoOcrMeta *meta = gst_buffer_add_kakao_ocr_meta (buffer, result);
  gdouble boxes[2 * GST_KAKAO_OCR_BOX_LEN];
  GstVideoRegionOfInterestMeta *roi;

  make_box (0, boxes);
  make_box (1, boxes + GST_KAKAO_OCR_BOX_LEN);
  gst_kakao_ocr_meta_set_boxes (meta, boxes, lost);
  g_assert_cmpuint (gst_kakao_ocr_meta_add_rois (meta), ==, 1);
  roi = (GstVideoRegionOfInterestMeta *) gst_buffer_get_meta (buffer,
      GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE);
  g_assert_cmpstr (gst_structure_get_string
      (gst_video_region_of_interest_meta_get_param (roi, "text"), "text"), ==,
      "two");
}

/* The same crop counts as for the boxes: one without a size is none. */
static void
a_crop_that_nobody_filled_in_moves_nothing (void)
{
  static const gchar *texts[] = { "one", NULL };
  g_autoptr (GstKakaoOcrResult) result = make_result (320, 240, texts);
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  GstKakaoOcrMeta *meta = gst_buffer_add_kakao_ocr_meta (buffer, result);
  GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (buffer);
  GstVideoRegionOfInterestMeta *roi;
  gdouble box[GST_KAKAO_OCR_BOX_LEN];

  crop->x = 100;
  crop->y = 50;
  crop->width = crop->height = 0;
  g_assert_cmpuint (gst_kakao_ocr_meta_add_rois (meta), ==, 1);
  roi = (GstVideoRegionOfInterestMeta *) gst_buffer_get_meta (buffer,
      GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE);
  g_assert_true (gst_kakao_ocr_meta_get_box (meta, 0, box));
  g_assert_cmpfloat (fabs ((gdouble) roi->x - box[0]), <, 2);
  g_assert_cmpfloat (fabs ((gdouble) roi->y - box[1]), <, 2);
}

/* Inside the crop, as boxes are, and no further. */
static void
regions_count_inside_the_crop (void)
{
  GstKakaoOcrRegion region = { .text = (gchar *) "EXIT",
    .box = { 10, 20, 40, 20, 40, 30, 10, 30 } };
  g_autoptr (GstKakaoOcrResult) result =
      gst_kakao_ocr_result_new (0, 100, 50, &region, 1, FALSE, 0);
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (buffer);
  GstVideoRegionOfInterestMeta *roi;

  crop->x = 20;
  crop->y = 5;
  crop->width = 10;
  crop->height = 40;
  g_assert_cmpuint (gst_kakao_ocr_meta_add_rois (
                        gst_buffer_add_kakao_ocr_meta (buffer, result)),
      ==, 1);
  roi = (GstVideoRegionOfInterestMeta *) gst_buffer_get_meta (
      buffer, GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE);
  g_assert_cmpuint (roi->x, ==, 0);
  g_assert_cmpuint (roi->y, ==, 15);
  g_assert_cmpuint (roi->w, ==, 10);
  g_assert_cmpuint (roi->h, ==, 10);
}

/* A recognised text is anything at all and comes in any number: as a quark it
 * would never be freed. */
static void
no_text_becomes_a_quark (void)
{
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  static const gchar *texts[] = { "never seen as a quark", NULL };
  g_autoptr (GstKakaoOcrResult) result = make_result (320, 240, texts);

  gst_kakao_ocr_meta_add_rois (gst_buffer_add_kakao_ocr_meta (buffer, result));
  g_assert_cmpuint (g_quark_try_string (texts[0]), ==, 0);
}

int
main (int argc, char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (bounds_and_clips, rows);
  ADD (a_lost_region_has_none);
  ADD (a_crop_that_nobody_filled_in_moves_nothing);
  ADD (regions_count_inside_the_crop);
  ADD (no_text_becomes_a_quark);
  return g_test_run ();
}
