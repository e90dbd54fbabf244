/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrcrop: a picture of each recognised text. Everything a user needs to
 * know stands in the SECTION of crop/gstkakaoocrcrop.c.
 */
#pragma once

#include <gst/gst.h>

#define GST_TYPE_KAKAO_OCR_CROP (gst_kakao_ocr_crop_get_type ())
G_DECLARE_FINAL_TYPE (GstKakaoOcrCrop, gst_kakao_ocr_crop, GST,
    KAKAO_OCR_CROP, GstElement)
