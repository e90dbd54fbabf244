/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unread.h"

#include <math.h>

/* A part of the frame that ends so near to its edge, in pixels, ends there. */
#define NEAR 1.0

/* Square pixels alone make one side shorter, never the longest. */
static gboolean
is_made_smaller (const KocrPicture * picture)
{
  gdouble width = picture->width * picture->scale_x;
  gdouble height = picture->height * picture->scale_y;

  return MAX (picture->width, picture->height) + NEAR < MAX (width, height);
}

/* Whole pixels of what was sent along one side of the frame. */
static void
get_span (gdouble from, gdouble to, gint size, gint * start, gint * end)
{
  *start = from <= NEAR ? 0 : (gint)ceil (from);
  *end = to >= size - NEAR ? size : (gint)floor (to);
}

void
kocr_unread_tell (const KocrPicture * picture, GstKakaoOcrResult * result)
{
  gint width = picture->frame_width, height = picture->frame_height;
  gint left, top, right, bottom;

  if (is_made_smaller (picture)) {
    gst_kakao_ocr_result_add_unread (result, 0, 0, width, height);
    return;
  }
  get_span (picture->offset_x,
      picture->offset_x + picture->width * picture->scale_x, width, &left,
      &right);
  get_span (picture->offset_y,
      picture->offset_y + picture->height * picture->scale_y, height, &top,
      &bottom);
  gst_kakao_ocr_result_add_unread (result, 0, 0, width, top);
  gst_kakao_ocr_result_add_unread (result, 0, bottom, width, height - bottom);
  gst_kakao_ocr_result_add_unread (result, 0, top, left, bottom - top);
  gst_kakao_ocr_result_add_unread (
      result, right, top, width - right, bottom - top);
}
