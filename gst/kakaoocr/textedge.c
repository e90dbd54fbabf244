/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "textedge.h"

GType
gst_kakao_ocr_text_edge_get_type (void)
{
  static const GEnumValue edges[] = {
    { GST_KAKAO_OCR_TEXT_EDGE_CAME, "GST_KAKAO_OCR_TEXT_EDGE_CAME", "came" },
    { GST_KAKAO_OCR_TEXT_EDGE_CHANGED, "GST_KAKAO_OCR_TEXT_EDGE_CHANGED",
        "changed" },
    { GST_KAKAO_OCR_TEXT_EDGE_STAYED, "GST_KAKAO_OCR_TEXT_EDGE_STAYED",
        "stayed" },
    { GST_KAKAO_OCR_TEXT_EDGE_UNCLEAR, "GST_KAKAO_OCR_TEXT_EDGE_UNCLEAR",
        "unclear" },
    { GST_KAKAO_OCR_TEXT_EDGE_PASSED, "GST_KAKAO_OCR_TEXT_EDGE_PASSED",
        "passed" },
    { 0, NULL, NULL },
  };
  static GType type = 0;

  if (g_once_init_enter (&type)) {
    GType registered = g_enum_register_static ("GstKakaoOcrTextEdge", edges);

    g_once_init_leave (&type, registered);
  }
  return type;
}
