/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "result.h"

/* Where a line of text is: a box along its own reading direction. */
typedef struct
{
  gdouble corners[GST_KAKAO_OCR_BOX_LEN];       /* as those of a region */
  gdouble ux, uy;               /* reading direction, length 1 */
  gdouble x, y;                 /* the middle */
  gdouble width, height;        /* at least 1 */
} GstKakaoOcrLineBox;

/* @first and @last: the boxes of the line's outermost regions. */
void gst_kakao_ocr_line_box_init (GstKakaoOcrLineBox * box,
    const gdouble first[GST_KAKAO_OCR_BOX_LEN],
    const gdouble last[GST_KAKAO_OCR_BOX_LEN]);

void gst_kakao_ocr_line_box_move (GstKakaoOcrLineBox * box, gdouble dx,
    gdouble dy);

/* How much of the smaller of the two is in the other, 0.0 to 1.0, along the
 * direction of @a; 0.0 for boxes of very different heights or directions. */
gdouble gst_kakao_ocr_line_box_overlap (const GstKakaoOcrLineBox * a,
    const GstKakaoOcrLineBox * b);

/* From middle to middle. */
gdouble gst_kakao_ocr_line_box_distance (const GstKakaoOcrLineBox * a,
    const GstKakaoOcrLineBox * b);
