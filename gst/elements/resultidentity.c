/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "resultidentity.h"

static gboolean
regions_match (const GstKakaoOcrRegion * a, const GstKakaoOcrRegion * b)
{
  return a->track == b->track && g_str_equal (a->text, b->text);
}

/* Whether the regions of one are among those of the other, in the same order:
 * the rest was lost on the way. */
static gboolean
regions_are_among (const GstKakaoOcrResult * some,
    const GstKakaoOcrResult * all)
{
  guint n_some = gst_kakao_ocr_result_get_n_regions (some);
  guint n_all = gst_kakao_ocr_result_get_n_regions (all);
  guint found = 0;

  for (guint i = 0; i < n_all && found < n_some; i++)
    if (regions_match (gst_kakao_ocr_result_get_region (some, found),
            gst_kakao_ocr_result_get_region (all, i)))
      found++;
  return found == n_some;
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
result_identity_matches (const GstKakaoOcrResult * known,
    const GstKakaoOcrMeta * meta)
{
  if (known == meta->result)
    return TRUE;
  return gst_kakao_ocr_meta_get_producer (meta) == 0
      && pictures_match (known, meta->result)
      && (regions_are_among (known, meta->result)
      || regions_are_among (meta->result, known));
}
