/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrenc: recognised text as a stream of its own. Everything a user needs
 * to know stands in the SECTION of enc/gstkakaoocrenc.c.
 */
#pragma once

#include <gst/gst.h>

#define GST_TYPE_KAKAO_OCR_ENC (gst_kakao_ocr_enc_get_type ())
G_DECLARE_FINAL_TYPE (GstKakaoOcrEnc, gst_kakao_ocr_enc, GST, KAKAO_OCR_ENC,
    GstElement)
