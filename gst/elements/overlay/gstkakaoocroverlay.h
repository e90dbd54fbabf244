/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocroverlay: recognised text drawn on the frames. Everything a user needs
 * to know stands in the SECTION of overlay/gstkakaoocroverlay.c.
 */
#pragma once

#include <gst/gst.h>

#define GST_TYPE_KAKAO_OCR_OVERLAY (gst_kakao_ocr_overlay_get_type ())
G_DECLARE_FINAL_TYPE (GstKakaoOcrOverlay, gst_kakao_ocr_overlay, GST,
    KAKAO_OCR_OVERLAY, GstBin)
