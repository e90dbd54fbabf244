/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text edge: what was seen of a text between two samples.
 */
#pragma once

#include <glib-object.h>
#include <gst/kakaoocr/kakaoocr-prelude.h>

G_BEGIN_DECLS

/**
 * GstKakaoOcrTextEdge:
 * @GST_KAKAO_OCR_TEXT_EDGE_CAME: at a time it came, or was half way to what it
 *   is, also if a sample before that showed it
 * @GST_KAKAO_OCR_TEXT_EDGE_CHANGED: at a time it went, or became another one; it
 *   may be that of a sample that still showed it, or before that
 * @GST_KAKAO_OCR_TEXT_EDGE_STAYED: its strokes stayed as they were; there is no
 *   time
 * @GST_KAKAO_OCR_TEXT_EDGE_UNCLEAR: what is behind its strokes changed so much
 *   that nobody can tell whether they stayed; there is no time
 * @GST_KAKAO_OCR_TEXT_EDGE_PASSED: when the sample showed it, it was there for
 *   no time that anyone reads in, or went with the ground: there is no time
 *
 * What became of a text from one sample to the next.
 *
 * Since: 0.2
 */
typedef enum
{
  GST_KAKAO_OCR_TEXT_EDGE_CAME,
  GST_KAKAO_OCR_TEXT_EDGE_CHANGED,
  GST_KAKAO_OCR_TEXT_EDGE_STAYED,
  GST_KAKAO_OCR_TEXT_EDGE_UNCLEAR,
  GST_KAKAO_OCR_TEXT_EDGE_PASSED
} GstKakaoOcrTextEdge;

#define GST_TYPE_KAKAO_OCR_TEXT_EDGE (gst_kakao_ocr_text_edge_get_type ())
GST_KAKAO_OCR_API
GType gst_kakao_ocr_text_edge_get_type (void);

G_END_DECLS
