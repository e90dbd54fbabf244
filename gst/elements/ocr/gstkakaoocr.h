/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: the element.  Everything a user needs to know stands in the SECTION
 * of ocr/gstkakaoocr.c; what goes on between its pads is a run, ocr/run.h.
 */
#pragma once

#include <gst/gst.h>

#define GST_TYPE_KAKAO_OCR (gst_kakao_ocr_get_type ())
G_DECLARE_FINAL_TYPE (GstKakaoOcr, gst_kakao_ocr, GST, KAKAO_OCR, GstElement)
