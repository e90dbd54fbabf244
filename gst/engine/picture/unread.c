/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/unread.h"

#include <math.h>

/* A part of the frame that ends so near to its edge, in pixels, ends there. */
#define NEAR 1.0

/* Square pixels alone make one side shorter, never the longest. */
static gboolean
is_made_smaller (const KocrPicture * picture, const gdouble bounds[4])
{
  return MAX (picture->width, picture->height) + NEAR
         < MAX (bounds[2] - bounds[0], bounds[3] - bounds[1]);
}

/* Whole pixels of what was sent along one side of the frame. */
static void
get_span (gdouble from, gdouble to, gint size, gint * start, gint * end)
{
  *start = from <= NEAR ? 0 : (gint)ceil (from);
  *end = to >= size - NEAR ? size : (gint)floor (to);
}

/* What was sent around what was asked for was read, too, but not told. */
static void
narrow (const KocrPicture * picture, gdouble bounds[4])
{
  const gint *wanted = picture->wanted;

  for (guint i = 0; i < 2 && wanted[2] > 0; i++) {
    bounds[i] = MAX (bounds[i], wanted[i]);
    bounds[i + 2] = MIN (bounds[i + 2], wanted[i] + wanted[i + 2]);
  }
}

void
kocr_unread_tell (const KocrPicture * picture, GstKakaoOcrResult * result)
{
  gint width = picture->frame_width, height = picture->frame_height;
  gint left, top, right, bottom;
  gdouble bounds[4];

  kocr_picture_get_bounds (picture, bounds);
  if (picture->fold.n == 0 && is_made_smaller (picture, bounds)) {
    gst_kakao_ocr_result_add_unread (result, 0, 0, width, height);
    return;
  }
  narrow (picture, bounds);
  get_span (bounds[0], bounds[2], width, &left, &right);
  get_span (bounds[1], bounds[3], height, &top, &bottom);
  gst_kakao_ocr_result_add_unread (result, 0, 0, width, top);
  gst_kakao_ocr_result_add_unread (result, 0, bottom, width, height - bottom);
  gst_kakao_ocr_result_add_unread (result, 0, top, left, bottom - top);
  gst_kakao_ocr_result_add_unread (
      result, right, top, width - right, bottom - top);
  for (guint i = 0; i < picture->n_masks; i++)
    gst_kakao_ocr_result_add_unread (result, picture->masks[i][0],
        picture->masks[i][1], picture->masks[i][2], picture->masks[i][3]);
}
