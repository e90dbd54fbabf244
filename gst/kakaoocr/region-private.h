/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Region, private: what the rest of the library needs of a region.
 */
#pragma once

#include "region.h"

/* Whether every corner is a number and within the allowed distance. */
gboolean kocr_box_is_valid (const gdouble box[GST_KAKAO_OCR_BOX_LEN]);

/* What a result may hold: texts of UTF-8, a valid box. */
gboolean kocr_region_is_valid (const GstKakaoOcrRegion * region);

/* Makes @region, of which nothing is read, a copy of @from. */
void kocr_region_init_copy (GstKakaoOcrRegion * region,
    const GstKakaoOcrRegion * from);

/* Frees what @region holds. */
void kocr_region_clear (GstKakaoOcrRegion * region);
