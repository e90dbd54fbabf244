/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/resultidentity.h"

static gboolean
regions_match (const GstKakaoOcrRegion * a, const GstKakaoOcrRegion * b)
{
  return a->track == b->track && g_str_equal (a->text, b->text);
}

/* Whether there is a region that both have; what is missing from one was out of
 * sight on that frame. */
static gboolean
regions_are_shared (const GstKakaoOcrResult * a, const GstKakaoOcrResult * b)
{
  guint n_a = gst_kakao_ocr_result_get_n_regions (a);
  guint n_b = gst_kakao_ocr_result_get_n_regions (b);

  for (guint i = 0; i < n_a; i++)
    for (guint j = 0; j < n_b; j++)
      if (regions_match (gst_kakao_ocr_result_get_region (a, i),
              gst_kakao_ocr_result_get_region (b, j)))
        return TRUE;
  return n_a == 0 || n_b == 0;
}

/* Without a time nothing tells a result from the next one. */
static gboolean
pictures_match (const GstKakaoOcrResult * a, const GstKakaoOcrResult * b)
{
  GstClockTime pts = gst_kakao_ocr_result_get_pts (a);

  return GST_CLOCK_TIME_IS_VALID (pts)
      && pts == gst_kakao_ocr_result_get_pts (b)
      && gst_kakao_ocr_result_get_latency (a) ==
      gst_kakao_ocr_result_get_latency (b)
      && gst_kakao_ocr_result_get_width (a) ==
      gst_kakao_ocr_result_get_width (b)
      && gst_kakao_ocr_result_get_height (a) ==
      gst_kakao_ocr_result_get_height (b);
}

gboolean
kocr_result_identity_matches (const GstKakaoOcrResult * known,
    const GstKakaoOcrMeta * meta)
{
  if (known == meta->result)
    return TRUE;
  return gst_kakao_ocr_meta_get_producer (meta) == 0
      && pictures_match (known, meta->result)
      && regions_are_shared (known, meta->result);
}

static GQuark
get_view_mark (void)
{
  return g_quark_from_static_string ("kakaoocr-result-view");
}

void
kocr_result_mark_view (GstKakaoOcrResult * result)
{
  gst_mini_object_set_qdata (GST_MINI_OBJECT_CAST (result), get_view_mark (),
      GINT_TO_POINTER (TRUE), NULL);
}

gboolean
kocr_result_is_view (const GstKakaoOcrResult * result)
{
  return gst_mini_object_get_qdata (GST_MINI_OBJECT_CAST (result),
      get_view_mark ()) != NULL;
}
