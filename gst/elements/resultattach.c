/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "resultattach.h"

GstBuffer *
result_attach (GstBuffer * buffer, GstKakaoOcrResult * result,
    GstClockTime last_seen, GstKakaoOcrAttach attach, guint producer)
{
  GstKakaoOcrMeta *meta =
      gst_buffer_get_kakao_ocr_meta_by_producer (buffer, producer);

  if (meta) {
    buffer = gst_buffer_make_writable (buffer);
    meta = gst_buffer_get_kakao_ocr_meta_by_producer (buffer, producer);
    gst_buffer_remove_meta (buffer, &meta->meta);
  }
  if (!result || !attach)
    return buffer;

  buffer = gst_buffer_make_writable (buffer);
  meta = gst_buffer_add_kakao_ocr_meta (buffer, result);
  gst_kakao_ocr_meta_set_producer (meta, producer);
  gst_kakao_ocr_meta_set_last_seen (meta, last_seen);
  if (attach & GST_KAKAO_OCR_ATTACH_ROI)
    gst_kakao_ocr_meta_add_rois (meta);
  if (attach & GST_KAKAO_OCR_ATTACH_ANALYTICS)
    gst_kakao_ocr_meta_add_analytics (meta);
  if (!(attach & GST_KAKAO_OCR_ATTACH_OCR))
    gst_buffer_remove_meta (buffer, &meta->meta);
  return buffer;
}
