/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "makeresult.h"

#include <string.h>

void
make_box (guint i, gdouble box[GST_KAKAO_OCR_BOX_LEN])
{
  const gdouble corners[GST_KAKAO_OCR_BOX_LEN] =
      { 10 + i, 20, 110 + i, 22, 109 + i, 52, 9 + i, 50 };

  memcpy (box, corners, sizeof (corners));
}

GstKakaoOcrResult *
make_result (gint width, gint height, const gchar * const *texts)
{
  guint i, n = g_strv_length ((gchar **) texts);
  g_autofree GstKakaoOcrRegion *regions = g_new0 (GstKakaoOcrRegion, n);
  g_autofree gchar **words = g_new0 (gchar *, 2 * n);

  for (i = 0; i < n; i++) {
    words[2 * i] = (gchar *) texts[i];
    regions[i].text = (gchar *) texts[i];
    regions[i].words = words + 2 * i;
    make_box (i, regions[i].box);
    regions[i].page = 1;
    regions[i].track = i + 1;
  }
  return gst_kakao_ocr_result_new (5 * GST_SECOND, width, height, regions, n,
      FALSE, 40 * GST_MSECOND);
}

void
assert_boxes_near (const gdouble a[GST_KAKAO_OCR_BOX_LEN],
    const gdouble b[GST_KAKAO_OCR_BOX_LEN], gdouble tolerance)
{
  guint c;

  for (c = 0; c < GST_KAKAO_OCR_BOX_LEN; c++)
    g_assert_cmpfloat_with_epsilon (a[c], b[c], tolerance + 1e-12);
}

void
assert_results_equal (GstKakaoOcrResult * a, GstKakaoOcrResult * b)
{
  guint i, n = gst_kakao_ocr_result_get_n_regions (a);

  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (a), ==,
      gst_kakao_ocr_result_get_pts (b));
  g_assert_cmpint (gst_kakao_ocr_result_get_width (a), ==,
      gst_kakao_ocr_result_get_width (b));
  g_assert_cmpint (gst_kakao_ocr_result_get_height (a), ==,
      gst_kakao_ocr_result_get_height (b));
  g_assert_cmpint (gst_kakao_ocr_result_get_truncated (a), ==,
      gst_kakao_ocr_result_get_truncated (b));
  g_assert_cmpuint (gst_kakao_ocr_result_get_latency (a), ==,
      gst_kakao_ocr_result_get_latency (b));
  g_assert_cmpuint (n, ==, gst_kakao_ocr_result_get_n_regions (b));
  for (i = 0; i < n; i++) {
    const GstKakaoOcrRegion *r = gst_kakao_ocr_result_get_region (a, i);
    const GstKakaoOcrRegion *s = gst_kakao_ocr_result_get_region (b, i);

    g_assert_cmpstr (r->text, ==, s->text);
    g_assert_cmpstrv (r->words, s->words);
    assert_boxes_near (r->box, s->box, 0.0);
    g_assert_cmpuint (r->page, ==, s->page);
    g_assert_cmpuint (r->track, ==, s->track);
  }
}
