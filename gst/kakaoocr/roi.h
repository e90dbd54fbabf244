/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * ROI: the regions of a meta as GstVideoRegionOfInterestMeta.
 */
#pragma once

#include <gst/kakaoocr/meta.h>

G_BEGIN_DECLS

/**
 * gst_kakao_ocr_meta_add_rois:
 * @meta: the meta of a writable buffer
 *
 * Adds to the buffer of @meta a #GstVideoRegionOfInterestMeta of type `text`
 * for each region of the result: its upright bounding box in whole pixels,
 * clipped to the frame. Regions that are lost, or of which nothing is inside
 * the frame, get none. Each carries one parameter, a #GstStructure named
 * `text` with the field `text` (string).
 *
 * Some encoders spend more bits on such regions.
 *
 * Returns: the number of metas that were added
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
guint gst_kakao_ocr_meta_add_rois (GstKakaoOcrMeta * meta);

G_END_DECLS
