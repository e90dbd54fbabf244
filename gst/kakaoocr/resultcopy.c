/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "result.h"

#include <math.h>
#include <string.h>

#include "region-private.h"
#include "result-private.h"

/* Everything but what was not read, which goes with the frame. */
static GstKakaoOcrResult *
copy_to_frame (const GstKakaoOcrResult * result, gint width, gint height,
    const GstKakaoOcrRegion * regions, guint n_regions)
{
  GstKakaoOcrResult *copy =
      gst_kakao_ocr_result_new (gst_kakao_ocr_result_get_pts (result), width,
      height, regions, n_regions, gst_kakao_ocr_result_get_truncated (result),
      gst_kakao_ocr_result_get_latency (result));

  if (copy == NULL)
    return NULL;
  gst_kakao_ocr_result_set_producer (copy,
      gst_kakao_ocr_result_get_producer (result));
  gst_kakao_ocr_result_set_orientation (
      copy, gst_kakao_ocr_result_get_orientation (result));
  gst_kakao_ocr_result_set_regions_dropped (copy,
      gst_kakao_ocr_result_get_regions_dropped (result));
  for (guint i = 0; i < gst_kakao_ocr_result_get_n_edges (result); i++) {
    guint64 track;
    GstClockTime pts;
    GstKakaoOcrTextEdge edge
        = gst_kakao_ocr_result_get_edge (result, i, &track, &pts);

    gst_kakao_ocr_result_add_edge (copy, track, edge, pts);
  }
  return copy;
}

GstKakaoOcrResult *
kocr_result_copy_scaled (const GstKakaoOcrResult * result, gint width,
    gint height, const GstKakaoOcrRegion * regions, guint n_regions)
{
  GstKakaoOcrResult *copy =
      copy_to_frame (result, width, height, regions, n_regions);
  gdouble scale_x = (gdouble) width / gst_kakao_ocr_result_get_width (result);
  gdouble scale_y = (gdouble) height / gst_kakao_ocr_result_get_height (result);

  for (guint i = 0; copy && i < gst_kakao_ocr_result_get_n_unread (result);
      i++) {
    gint x, y, w, h, left, top;

    gst_kakao_ocr_result_get_unread (result, i, &x, &y, &w, &h);
    left = floor (x * scale_x);
    top = floor (y * scale_y);
    gst_kakao_ocr_result_add_unread (copy, left, top,
        ceil ((x + w) * scale_x) - left, ceil ((y + h) * scale_y) - top);
  }
  return copy;
}

GstKakaoOcrResult *
gst_kakao_ocr_result_copy_with (const GstKakaoOcrResult * result,
    const GstKakaoOcrRegion * regions, guint n_regions)
{
  g_return_val_if_fail (result != NULL, NULL);

  return kocr_result_copy_scaled (result,
      gst_kakao_ocr_result_get_width (result),
      gst_kakao_ocr_result_get_height (result), regions, n_regions);
}

GstKakaoOcrResult *
gst_kakao_ocr_result_copy (const GstKakaoOcrResult * result)
{
  guint n;

  g_return_val_if_fail (result != NULL, NULL);

  n = gst_kakao_ocr_result_get_n_regions (result);
  return gst_kakao_ocr_result_copy_with (result,
      n > 0 ? gst_kakao_ocr_result_get_region (result, 0) : NULL, n);
}

/* The regions of @result, moved, but for those that are then beyond all that a
 * box may be. */
static GstKakaoOcrRegion *
move_regions (const GstKakaoOcrResult * result, gdouble dx, gdouble dy,
    guint * n_moved)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result);
  GstKakaoOcrRegion *regions = g_new (GstKakaoOcrRegion, n);

  *n_moved = 0;
  for (guint i = 0; i < n; i++) {
    GstKakaoOcrRegion *region = &regions[*n_moved];

    *region = *gst_kakao_ocr_result_get_region (result, i);
    for (guint c = 0; c < GST_KAKAO_OCR_BOX_LEN; c += 2) {
      region->box[c] += dx;
      region->box[c + 1] += dy;
    }
    *n_moved += kocr_box_is_valid (region->box) ? 1 : 0;
  }
  return regions;
}

GstKakaoOcrResult *
gst_kakao_ocr_result_crop (const GstKakaoOcrResult * result, gint x, gint y,
    gint width, gint height)
{
  g_autofree GstKakaoOcrRegion *regions = NULL;
  GstKakaoOcrResult *copy;
  guint n;

  g_return_val_if_fail (result != NULL, NULL);
  g_return_val_if_fail (width > 0 && height > 0, NULL);

  regions = move_regions (result, -(gdouble) x, -(gdouble) y, &n);
  copy = copy_to_frame (result, width, height, regions, n);
  for (guint i = 0; i < gst_kakao_ocr_result_get_n_unread (result); i++) {
    gint from[2], size[2];
    gint64 left, top, right, bottom;

    gst_kakao_ocr_result_get_unread (result, i, &from[0], &from[1], &size[0],
        &size[1]);
    left = CLAMP ((gint64) from[0] - x, 0, width);
    top = CLAMP ((gint64) from[1] - y, 0, height);
    right = CLAMP ((gint64) from[0] + size[0] - x, 0, width);
    bottom = CLAMP ((gint64) from[1] + size[1] - y, 0, height);
    gst_kakao_ocr_result_add_unread (copy, left, top, right - left,
        bottom - top);
  }
  return copy;
}

/* Where a point of a frame of @width x @height is when that is turned. */
static void
turn_point (GstVideoOrientationMethod method, gdouble width, gdouble height,
    const gdouble from[2], gdouble to[2])
{
  gdouble x = from[0], y = from[1];

  switch (method) {
  case GST_VIDEO_ORIENTATION_90R:
    to[0] = height - y, to[1] = x;
    break;
  case GST_VIDEO_ORIENTATION_180:
    to[0] = width - x, to[1] = height - y;
    break;
  case GST_VIDEO_ORIENTATION_90L:
    to[0] = y, to[1] = width - x;
    break;
  case GST_VIDEO_ORIENTATION_HORIZ:
    to[0] = width - x, to[1] = y;
    break;
  case GST_VIDEO_ORIENTATION_VERT:
    to[0] = x, to[1] = height - y;
    break;
  case GST_VIDEO_ORIENTATION_UL_LR:
    to[0] = y, to[1] = x;
    break;
  case GST_VIDEO_ORIENTATION_UR_LL:
    to[0] = height - y, to[1] = width - x;
    break;
  default:
    to[0] = x, to[1] = y;
    break;
  }
}

/* A box goes clockwise: in a mirror its corners are named anew. */
static void
turn_box (GstVideoOrientationMethod method, gint width, gint height,
    gdouble box[GST_KAKAO_OCR_BOX_LEN])
{
  gboolean mirrors = method >= GST_VIDEO_ORIENTATION_HORIZ;
  gdouble from[GST_KAKAO_OCR_BOX_LEN];

  memcpy (from, box, sizeof from);
  for (guint i = 0; i < GST_KAKAO_OCR_BOX_LEN / 2; i++)
    turn_point (
        method, width, height, from + 2 * (mirrors ? i ^ 1 : i), box + 2 * i);
}

static void
turn_unread (const GstKakaoOcrResult *result, GstKakaoOcrResult *turned)
{
  GstVideoOrientationMethod method
      = gst_kakao_ocr_result_get_orientation (result);
  gint width = gst_kakao_ocr_result_get_width (result);
  gint height = gst_kakao_ocr_result_get_height (result);

  for (guint i = 0; i < gst_kakao_ocr_result_get_n_unread (result); i++) {
    gdouble from[4], to[4];
    gint x, y, w, h;

    gst_kakao_ocr_result_get_unread (result, i, &x, &y, &w, &h);
    from[0] = x, from[1] = y, from[2] = x + w, from[3] = y + h;
    turn_point (method, width, height, from, to);
    turn_point (method, width, height, from + 2, to + 2);
    gst_kakao_ocr_result_add_unread (turned, MIN (to[0], to[2]),
        MIN (to[1], to[3]), ABS (to[0] - to[2]), ABS (to[1] - to[3]));
  }
}

GstKakaoOcrResult *
gst_kakao_ocr_result_turn (const GstKakaoOcrResult *result)
{
  GstVideoOrientationMethod method;
  g_autofree GstKakaoOcrRegion *regions = NULL;
  GstKakaoOcrResult *turned;
  gint width, height;
  guint n, n_turned = 0;
  gboolean swaps;

  g_return_val_if_fail (result != NULL, NULL);

  method = gst_kakao_ocr_result_get_orientation (result);
  swaps = method == GST_VIDEO_ORIENTATION_90R
          || method == GST_VIDEO_ORIENTATION_90L
          || method == GST_VIDEO_ORIENTATION_UL_LR
          || method == GST_VIDEO_ORIENTATION_UR_LL;
  width = gst_kakao_ocr_result_get_width (result);
  height = gst_kakao_ocr_result_get_height (result);
  regions = move_regions (result, 0, 0, &n);
  for (guint i = 0; i < n; i++) {
    regions[n_turned] = regions[i];
    turn_box (method, width, height, regions[n_turned].box);
    n_turned += kocr_box_is_valid (regions[n_turned].box) ? 1 : 0;
  }
  turned = copy_to_frame (result, swaps ? height : width,
      swaps ? width : height, regions, n_turned);
  gst_kakao_ocr_result_set_orientation (turned, GST_VIDEO_ORIENTATION_IDENTITY);
  turn_unread (result, turned);
  return turned;
}

GstKakaoOcrResult *
gst_kakao_ocr_result_of_producer (GstKakaoOcrResult * result,
    const gchar * producer)
{
  GstKakaoOcrResult *own = result;

  g_return_val_if_fail (result != NULL, NULL);

  if (GST_MINI_OBJECT_REFCOUNT_VALUE (result) > 1) {
    own = gst_kakao_ocr_result_copy (result);
    gst_kakao_ocr_result_unref (result);
  }
  gst_kakao_ocr_result_set_producer (own, producer);
  return own;
}
