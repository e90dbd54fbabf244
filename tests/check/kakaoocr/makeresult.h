/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

/* A result of one region a text of the NULL-terminated @texts in a frame of
 * @width × @height: region i has the corners (10 + i, 20), (110 + i, 22),
 * (109 + i, 52) and (9 + i, 50), page 1 and track i + 1. */
GstKakaoOcrResult *make_result (gint width, gint height,
    const gchar * const *texts);

/* The corners of region i of make_result(). */
void make_box (guint i, gdouble box[GST_KAKAO_OCR_BOX_LEN]);

/* Fails the test unless both are alike in everything but identity. */
void assert_results_equal (GstKakaoOcrResult * a, GstKakaoOcrResult * b);

/* Fails the test unless each corner is within @tolerance. */
void assert_boxes_near (const gdouble a[GST_KAKAO_OCR_BOX_LEN],
    const gdouble b[GST_KAKAO_OCR_BOX_LEN], gdouble tolerance);
