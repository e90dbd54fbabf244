/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "result.h"

/* Whether every corner is a number and within the allowed distance. */
gboolean kocr_box_is_valid (const gdouble box[GST_KAKAO_OCR_BOX_LEN]);

/* The parameter of each region's GstVideoRegionOfInterestMeta, made at first
 * use and kept with @result. */
const GstStructure *kocr_result_get_roi_params (GstKakaoOcrResult *
    result, guint i);
