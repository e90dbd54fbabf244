/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/attachments.h"

static void
bring_up_to_date (GstKakaoOcrMeta * meta, const KocrCarried * carried)
{
  if (GST_CLOCK_TIME_IS_VALID (carried->last_seen))
    gst_kakao_ocr_meta_set_last_seen (meta, carried->last_seen);
  if (carried->motion && kocr_motion_has_moved (carried->motion))
    gst_kakao_ocr_meta_set_boxes (meta, kocr_motion_get_boxes (carried->motion),
        kocr_motion_get_lost (carried->motion));
}

GstBuffer *
kocr_result_attach (GstBuffer * buffer, const KocrCarried * carried,
    KocrAttach attach, guint producer)
{
  GstKakaoOcrMeta *meta =
      gst_buffer_get_kakao_ocr_meta_by_producer (buffer, producer);

  if (meta) {
    buffer = gst_buffer_make_writable (buffer);
    meta = gst_buffer_get_kakao_ocr_meta_by_producer (buffer, producer);
    gst_buffer_remove_meta (buffer, &meta->meta);
  }
  if (!carried->result || !attach)
    return buffer;

  buffer = gst_buffer_make_writable (buffer);
  meta = gst_buffer_add_kakao_ocr_meta (buffer, carried->result);
  gst_kakao_ocr_meta_set_producer (meta, producer);
  bring_up_to_date (meta, carried);
  if (attach & KOCR_ATTACH_ROI)
    gst_kakao_ocr_meta_add_rois (meta);
  if (attach & KOCR_ATTACH_ANALYTICS)
    gst_kakao_ocr_meta_add_analytics (meta);
  if (!(attach & KOCR_ATTACH_OCR))
    gst_buffer_remove_meta (buffer, &meta->meta);
  return buffer;
}
