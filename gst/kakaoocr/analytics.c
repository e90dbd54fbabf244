/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analytics.h"

gboolean
gst_kakao_ocr_meta_add_analytics (GstKakaoOcrMeta *meta)
{
  g_return_val_if_fail (meta != NULL, FALSE);

  return FALSE;
}

guintptr
gst_kakao_ocr_text_mtd_get_mtd_type (void)
{
  return 0;
}

const gchar *
gst_kakao_ocr_text_mtd_get_text (const struct _GstAnalyticsMtd *mtd)
{
  return NULL;
}
