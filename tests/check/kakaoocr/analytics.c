/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "makeresult.h"

#if GST_CHECK_VERSION (1, 24, 0) && __has_include (<gst/analytics/analytics.h>)

#include <gst/analytics/analytics.h>

#include "../testrows.h"

#define TESTS "/kakaoocr/analytics/"

static const gchar *texts[] = { "초미세먼지", "two", NULL };

/* The text that detection @id of @relations contains. */
static const gchar *
text_of (GstAnalyticsRelationMeta * relations, guint id)
{
  gpointer state = NULL;
  GstAnalyticsMtd mtd;

  if (!gst_analytics_relation_meta_get_direct_related (relations, id,
          GST_ANALYTICS_REL_TYPE_CONTAIN,
          gst_kakao_ocr_text_mtd_get_mtd_type (), &state, &mtd))
    return NULL;
  return gst_kakao_ocr_text_mtd_get_text (&mtd);
}

static guint
count_detections (GstBuffer * buffer)
{
  GstAnalyticsRelationMeta *relations =
      gst_buffer_get_analytics_relation_meta (buffer);
  gpointer state = NULL;
  GstAnalyticsMtd mtd;
  guint n = 0;

  while (gst_analytics_relation_meta_iterate (relations, &state,
          gst_analytics_od_mtd_get_mtd_type (), &mtd)) {
    g_assert_cmpstr (g_quark_to_string (gst_analytics_od_mtd_get_obj_type
            (&mtd)), ==, "text");
    g_assert_cmpstr (text_of (relations, mtd.id), ==, texts[n]);
    n++;
  }
  return n;
}

static void
each_region_is_a_detection_that_contains_its_text (void)
{
  g_autoptr (GstKakaoOcrResult) result = make_result (320, 240, texts);
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  g_autoptr (GstBuffer) copy = NULL;

  g_assert_true (gst_kakao_ocr_meta_add_analytics
      (gst_buffer_add_kakao_ocr_meta (buffer, result)));
  g_assert_cmpuint (count_detections (buffer), ==, 2);
  copy = gst_buffer_copy (buffer);
  g_clear_pointer (&buffer, gst_buffer_unref);
  g_assert_cmpuint (count_detections (copy), ==, 2);
}

static void
detections_of_others_stay (void)
{
  g_autoptr (GstKakaoOcrResult) result = make_result (320, 240, texts);
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  GstAnalyticsRelationMeta *relations =
      gst_buffer_add_analytics_relation_meta (buffer);
  GstAnalyticsODMtd other;

  gst_analytics_relation_meta_add_od_mtd (relations,
      g_quark_from_static_string ("dog"), 1, 2, 3, 4, 0.5f, &other);
  gst_kakao_ocr_meta_add_analytics (gst_buffer_add_kakao_ocr_meta (buffer,
          result));
  g_assert_true (relations == gst_buffer_get_analytics_relation_meta (buffer));
  g_assert_cmpuint (gst_analytics_relation_get_length (relations), ==, 5);
  g_assert_null (text_of (relations, other.id));
}

/* What the first of our detections relates to. */
static const gchar *
related_to (GstBuffer *buffer)
{
  GstAnalyticsRelationMeta *relations
      = gst_buffer_get_analytics_relation_meta (buffer);
  gpointer state = NULL, around = NULL;
  GstAnalyticsMtd mtd, object;

  while (gst_analytics_relation_meta_iterate (
      relations, &state, gst_analytics_od_mtd_get_mtd_type (), &mtd)) {
    if (!gst_buffer_get_kakao_ocr_text (buffer, mtd.id))
      continue;
    if (!gst_analytics_relation_meta_get_direct_related (relations, mtd.id,
            GST_ANALYTICS_REL_TYPE_RELATE_TO,
            gst_analytics_od_mtd_get_mtd_type (), &around, &object))
      return NULL;
    return g_quark_to_string (gst_analytics_od_mtd_get_obj_type (&object));
  }
  g_assert_not_reached ();
}

static void
a_text_relates_to_the_object_it_is_on (void)
{
  static const struct
  {
    gint x, y;
    const gchar *expected;
  } rows[] = {
    { 0, 0, "bus" },
    { 70, 10, NULL },
    { 0, 45, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GstKakaoOcrRegion region = { .text = (gchar *)"42",
      .box = { 20, 20, 60, 20, 60, 40, 20, 40 } };
    g_autoptr (GstKakaoOcrResult) result
        = gst_kakao_ocr_result_new (0, 320, 240, &region, 1, FALSE, 0);
    g_autoptr (GstBuffer) buffer = gst_buffer_new ();
    GstAnalyticsODMtd bus;

    gst_analytics_relation_meta_add_od_mtd (
        gst_buffer_add_analytics_relation_meta (buffer),
        g_quark_from_static_string ("bus"), rows[i].x, rows[i].y, 100, 60,
        0.5f, &bus);
    gst_kakao_ocr_meta_add_analytics (
        gst_buffer_add_kakao_ocr_meta (buffer, result));
    g_assert_null (gst_buffer_get_kakao_ocr_text (buffer, bus.id));
    g_assert_cmpstr (related_to (buffer), ==, rows[i].expected);
  }
}

static void
hundreds_of_regions_fit (void)
{
  const gchar **many = g_new0 (const gchar *, 301);
  g_autoptr (GstKakaoOcrResult) result = NULL;
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  guint i;

  for (i = 0; i < 300; i++)
    many[i] = "some text that is not short";
  result = make_result (320, 240, many);
  g_assert_true (gst_kakao_ocr_meta_add_analytics
      (gst_buffer_add_kakao_ocr_meta (buffer, result)));
  g_assert_cmpuint (gst_analytics_relation_get_length
      (gst_buffer_get_analytics_relation_meta (buffer)), ==, 600);
  g_free (many);
}

static void
a_text_of_another_type_is_none (void)
{
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  GstAnalyticsODMtd other;

  gst_analytics_relation_meta_add_od_mtd
      (gst_buffer_add_analytics_relation_meta (buffer),
      g_quark_from_static_string ("dog"), 1, 2, 3, 4, 0.5f, &other);
  g_assert_null (gst_kakao_ocr_text_mtd_get_text (&other));
}

typedef struct
{
  const gchar *name;
  gdouble box[GST_KAKAO_OCR_BOX_LEN];
  gint x, y, width, height;
  gdouble degrees;
} Row;

static const Row rows[] = {
  {"upright", {10, 20, 110, 20, 110, 50, 10, 50}, 10, 20, 100, 30, 0},
  {"turned_right", {115, 40, 115, 140, 85, 140, 85, 40}, 50, 75, 100, 30, 90},
  {"turned_left", {85, 140, 85, 40, 115, 40, 115, 140}, 50, 75, 100, 30, 270},
  {"upside_down", {110, 50, 10, 50, 10, 20, 110, 20}, 10, 20, 100, 30, 180},
};

static void
has_its_place (gconstpointer data)
{
  const Row *row = data;
  GstKakaoOcrRegion region = {.text = (gchar *) "a" };
  g_autoptr (GstKakaoOcrResult) result = NULL;
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  gpointer state = NULL;
  GstAnalyticsMtd mtd;
  gint x, y, width, height;
  gfloat angle = 0.0f;

  memcpy (region.box, row->box, sizeof (region.box));
  result = gst_kakao_ocr_result_new (0, 320, 240, &region, 1, FALSE, 0);
  gst_kakao_ocr_meta_add_analytics (gst_buffer_add_kakao_ocr_meta (buffer,
          result));
  gst_analytics_relation_meta_iterate (gst_buffer_get_analytics_relation_meta
      (buffer), &state, gst_analytics_od_mtd_get_mtd_type (), &mtd);
#if GST_CHECK_VERSION (1, 26, 0)
  gst_analytics_od_mtd_get_oriented_location (&mtd, &x, &y, &width, &height,
      &angle, NULL);
#else
  gst_analytics_od_mtd_get_location (&mtd, &x, &y, &width, &height, NULL);
  if (row->degrees != 0) {
    g_test_skip ("before GStreamer 1.26 detections are upright");
    return;
  }
#endif
  g_assert_cmpint (x, ==, row->x);
  g_assert_cmpint (y, ==, row->y);
  g_assert_cmpint (width, ==, row->width);
  g_assert_cmpint (height, ==, row->height);
  g_assert_cmpfloat_with_epsilon (angle * 180.0 / G_PI, row->degrees, 0.01);
}

int
main (int argc, char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (each_region_is_a_detection_that_contains_its_text);
  ADD (detections_of_others_stay);
  ADD (a_text_relates_to_the_object_it_is_on);
  ADD (hundreds_of_regions_fit);
  ADD (a_text_of_another_type_is_none);
  ADD_ROWS (has_its_place, rows);
  return g_test_run ();
}

#else

static void
without_analytics_nothing_is_added (void)
{
  static const gchar *texts[] = { "one", NULL };
  g_autoptr (GstKakaoOcrResult) result = make_result (320, 240, texts);
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();

  g_assert_false (gst_kakao_ocr_meta_add_analytics
      (gst_buffer_add_kakao_ocr_meta (buffer, result)));
  g_assert_cmpuint (gst_kakao_ocr_text_mtd_get_mtd_type (), ==, 0);
}

int
main (int argc, char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kakaoocr/analytics/without_analytics_nothing_is_added",
      without_analytics_nothing_is_added);
  return g_test_run ();
}

#endif
