/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Result, private: what the rest of the library needs of a result.
 */
#pragma once

#include "result.h"

/* @result in a frame of another size, in which @regions are told: as
 * gst_kakao_ocr_result_copy_with(), and what was not read in whole pixels, so
 * that nothing of it is left out. */
GstKakaoOcrResult *kocr_result_copy_scaled (const GstKakaoOcrResult *result,
    gint width, gint height, const GstKakaoOcrRegion *regions, guint n_regions);

/* @result is nobody else's. */
void kocr_result_set_truncated (GstKakaoOcrResult * result,
    gboolean truncated);

/* The parameter of each region's GstVideoRegionOfInterestMeta, made at first
 * use and kept with @result. */
const GstStructure *kocr_result_get_roi_params (
    GstKakaoOcrResult *result, guint i);
