/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "roi.h"

#include <gst/video/video.h>

#include "meta-private.h"
#include "result-private.h"
#include "geometry/polygon.h"

/* Of what is not negative; without libm, which has to be called for it. */
static gint
ceil_to_int (gdouble value)
{
  gint whole = (gint) value;

  return whole + (whole < value);
}

/* The upright box around @box in whole pixels of a frame of @width × @height;
 * FALSE when nothing of it is inside. */
static gboolean
box_to_rectangle (const gdouble box[GST_KAKAO_OCR_BOX_LEN], gint width,
    gint height, GstVideoRectangle * rectangle)
{
  gdouble left, top, right, bottom;

  kocr_polygon_get_bounds (box, 4, &left, &top, &right, &bottom);
  rectangle->x = (gint) CLAMP (left, 0, width);
  rectangle->y = (gint) CLAMP (top, 0, height);
  rectangle->w = ceil_to_int (CLAMP (right, 0, width)) - rectangle->x;
  rectangle->h = ceil_to_int (CLAMP (bottom, 0, height)) - rectangle->y;
  return rectangle->w > 0 && rectangle->h > 0;
}

guint
gst_kakao_ocr_meta_add_rois (GstKakaoOcrMeta * meta)
{
  static GQuark type = 0;
  const GstVideoCropMeta *crop;
  guint i, n, n_added = 0;
  gint width, height;

  g_return_val_if_fail (meta != NULL, 0);
  g_return_val_if_fail (gst_buffer_is_writable (meta->buffer), 0);

  if (G_UNLIKELY (type == 0))
    type = g_quark_from_static_string ("text");
  crop = kocr_meta_get_crop (meta);
  n = gst_kakao_ocr_result_get_n_regions (meta->result);
  gst_kakao_ocr_meta_get_frame_size (meta, &width, &height);
  for (i = 0; i < n; i++) {
    GstVideoRegionOfInterestMeta *roi;
    GstVideoRectangle r;
    gdouble box[GST_KAKAO_OCR_BOX_LEN];

    if (!kocr_meta_read_box (meta, i, crop, box) ||
        !box_to_rectangle (box, width, height, &r))
      continue;
    roi = gst_buffer_add_video_region_of_interest_meta_id (meta->buffer, type,
        r.x, r.y, r.w, r.h);
    gst_video_region_of_interest_meta_add_param (roi,
        gst_structure_copy (kocr_result_get_roi_params (meta->result,
                i)));
    n_added++;
  }
  return n_added;
}
