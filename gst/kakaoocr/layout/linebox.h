/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Line box: the room that a line takes, and how two of them overlap.
 */
#pragma once

#include "result.h"

/* Where a line of text is: a box along its own reading direction. */
typedef struct
{
  gdouble corners[GST_KAKAO_OCR_BOX_LEN];       /* as those of a region */
  gdouble ux, uy;               /* reading direction, length 1 */
  gdouble x, y;                 /* the middle */
  gdouble width, height;        /* at least 1 */
} KocrLineBox;

/* @first and @last: the boxes of the line's outermost regions, in either order. */
void kocr_line_box_init (KocrLineBox * box,
    const gdouble first[GST_KAKAO_OCR_BOX_LEN],
    const gdouble last[GST_KAKAO_OCR_BOX_LEN]);

void kocr_line_box_move (KocrLineBox * box, gdouble dx,
    gdouble dy);

/* How much of the smaller of the two is in the other, 0.0 to 1.0, along the
 * direction of @a; 0.0 for boxes of very different heights or directions. */
gdouble kocr_line_box_overlap (const KocrLineBox * a,
    const KocrLineBox * b);

/* The same, whatever their heights and directions are. */
gdouble kocr_line_box_cover (const KocrLineBox * a, const KocrLineBox * b);

/* From middle to middle. */
gdouble kocr_line_box_distance (const KocrLineBox * a,
    const KocrLineBox * b);
