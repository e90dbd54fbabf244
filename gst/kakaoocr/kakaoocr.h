/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * All of the library.
 */
#pragma once

/**
 * SECTION:kakaoocr
 * @title: GstKakaoOcr
 * @short_description: recognised text on video frames
 *
 * What the element `kakaoocr` puts on the frames it passes, for elements and
 * applications that read it:
 *
 * - #GstKakaoOcrResult is what the service saw in one picture. It is
 *   immutable and shared by every frame that carries it.
 * - #GstKakaoOcrMeta carries a result on a buffer and knows where the text
 *   stands in *that* buffer's frame.
 * - #GstKakaoOcrTextTracker follows lines of text from result to result.
 * - gst_kakao_ocr_result_to_json() writes a result as one line of NDJSON.
 * - gst_kakao_ocr_meta_add_rois() and gst_kakao_ocr_meta_add_analytics()
 *   repeat a result in the shapes that other elements know.
 */

#include <gst/kakaoocr/kakaoocr-prelude.h>
#include <gst/kakaoocr/region.h>
#include <gst/kakaoocr/textedge.h>
#include <gst/kakaoocr/result.h>
#include <gst/kakaoocr/json.h>
#include <gst/kakaoocr/meta.h>
#include <gst/kakaoocr/roi.h>
#include <gst/kakaoocr/analytics.h>
#include <gst/kakaoocr/texttracker.h>
