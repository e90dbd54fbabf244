/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Analytics: results as GstAnalytics metadata, where GStreamer has it (1.24).
 */
#pragma once

#include <gst/kakaoocr/meta.h>

G_BEGIN_DECLS

/* GstAnalyticsMtd, told by its tag, so that this header needs no other. */
struct _GstAnalyticsMtd;

/**
 * gst_kakao_ocr_meta_add_analytics:
 * @meta: the meta of a writable buffer
 *
 * Adds the regions of @meta to the GstAnalyticsRelationMeta of its buffer,
 * which is made if it is not there: for each region that is not lost an object
 * detection labelled with the quark `text` (from GStreamer 1.26 an oriented
 * one) that contains a text of our own type, and relates to each object that
 * another element has found there: those whose box has the middle of the text.
 * gst_kakao_ocr_text_mtd_get_text() and gst_buffer_get_kakao_ocr_text() read
 * it.
 *
 * Returns: %FALSE, and nothing added, when the library was built without
 *   gstreamer-analytics-1.0, which comes with GStreamer 1.24
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
gboolean gst_kakao_ocr_meta_add_analytics (GstKakaoOcrMeta * meta);

/**
 * gst_kakao_ocr_text_mtd_get_mtd_type:
 *
 * Returns: the GstAnalyticsMtdType of the texts that
 *   gst_kakao_ocr_meta_add_analytics() adds; 0 in a build without analytics
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
guintptr gst_kakao_ocr_text_mtd_get_mtd_type (void);

/**
 * gst_kakao_ocr_text_mtd_get_text: (skip)
 * @mtd: a GstAnalyticsMtd of type gst_kakao_ocr_text_mtd_get_mtd_type()
 *
 * Returns: (transfer none) (nullable): the recognised text, valid as long as
 *   the buffer's relation meta is not written to; %NULL when @mtd is of
 *   another type
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
const gchar *gst_kakao_ocr_text_mtd_get_text (
    const struct _GstAnalyticsMtd *mtd);

/**
 * gst_buffer_get_kakao_ocr_text:
 * @buffer: a buffer
 * @detection: the id of an object detection in its GstAnalyticsRelationMeta
 *
 * Returns: (transfer none) (nullable): the recognised text that the detection
 *   contains, valid as long as the buffer's relation meta is not written to;
 *   %NULL when it is none of gst_kakao_ocr_meta_add_analytics()
 *
 * Since: 0.2
 */
GST_KAKAO_OCR_API
const gchar *gst_buffer_get_kakao_ocr_text (GstBuffer * buffer,
    guint detection);

G_END_DECLS
