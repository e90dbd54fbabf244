/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crop/textcrop.h"

#include <math.h>
#include <string.h>

#include "crop/framearea.h"
#include "crop/linequad.h"
#include "geometry/framecrop.h"

/* Part of the text's height. */
#define PADDING 0.1

/* The corners of all regions of piece, which count from the window's corner,
 * on the mapped frame. */
static gdouble *
dup_boxes (const GstKakaoOcrResult * piece, const GstVideoRectangle * window)
{
  guint n = gst_kakao_ocr_result_get_n_regions (piece), i, c;
  gdouble *boxes = g_new (gdouble, GST_KAKAO_OCR_BOX_LEN * n);
  gdouble *box = boxes;

  for (i = 0; i < n; i++, box += GST_KAKAO_OCR_BOX_LEN) {
    memcpy (box, gst_kakao_ocr_result_get_region (piece, i)->box,
        GST_KAKAO_OCR_BOX_LEN * sizeof *box);
    for (c = 0; c < GST_KAKAO_OCR_BOX_LEN; c += 2) {
      box[c] += window->x;
      box[c + 1] += window->y;
    }
  }
  return boxes;
}

/* (transfer full): piece in the pixels of its picture. */
static GstKakaoOcrResult *
place_on_picture (const GstKakaoOcrResult * piece, gdouble * boxes,
    const KocrRectification * rectification)
{
  guint n = gst_kakao_ocr_result_get_n_regions (piece), i;
  g_autofree GstKakaoOcrRegion *regions = g_new (GstKakaoOcrRegion, n);

  for (i = 0; i < n; i++) {
    gdouble *box = &boxes[GST_KAKAO_OCR_BOX_LEN * i];

    kocr_rectification_map_box (rectification, box);
    regions[i] = *gst_kakao_ocr_result_get_region (piece, i);
    memcpy (regions[i].box, box, sizeof regions[i].box);
  }
  return gst_kakao_ocr_result_new (gst_kakao_ocr_result_get_pts (piece),
      rectification->width, rectification->height, regions, n,
      gst_kakao_ocr_result_get_truncated (piece),
      gst_kakao_ocr_result_get_latency (piece));
}

/* Readers want some ground around the text, and a box's corners may lie within
 * its strokes. @rectify: in pixels of the upright picture, which are square. */
static guint
get_padding (const gdouble quad[GST_KAKAO_OCR_BOX_LEN], gdouble par,
    gboolean rectify)
{
  gdouble wide = rectify ? par : 1.0;
  gdouble left = hypot ((quad[6] - quad[0]) * wide, quad[7] - quad[1]);
  gdouble right = hypot ((quad[4] - quad[2]) * wide, quad[5] - quad[3]);

  return (guint) CLAMP (round (PADDING * (left + right) / 2.0), 1.0, 4096.0);
}

gboolean
kocr_text_crop_init (KocrTextCrop * self, const GstKakaoOcrResult * piece,
    const GstVideoFrame * frame, gboolean rectify, gint padding)
{
  const GstVideoCropMeta *frame_crop = kocr_frame_crop_get (frame->buffer);
  g_autofree gdouble *boxes = NULL;
  gdouble par = (gdouble) frame->info.par_n / frame->info.par_d;
  gdouble quad[GST_KAKAO_OCR_BOX_LEN];
  GstVideoRectangle window;

  if (!kocr_frame_crop_clip (frame_crop, GST_VIDEO_FRAME_WIDTH (frame),
          GST_VIDEO_FRAME_HEIGHT (frame), &window))
    return FALSE;
  boxes = dup_boxes (piece, &window);
  kocr_line_quad_init (quad, boxes, gst_kakao_ocr_result_get_n_regions (piece));
  if (padding < 0)
    padding = get_padding (quad, par, rectify);
  if (rectify ? !kocr_rectification_init (
          &self->rectification, quad, &window, par, padding)
              : !kocr_rectification_init_plain (
                  &self->rectification, quad, &window, padding))
    return FALSE;
  self->result = place_on_picture (piece, boxes, &self->rectification);
  return TRUE;
}

GstBuffer *
kocr_text_crop_render (const KocrTextCrop * self, const GstVideoFrame * frame,
    const GstVideoInfo * info)
{
  g_auto (KocrFrameArea) area = { NULL };
  g_autoptr (GstBuffer) picture = gst_buffer_new_allocate (NULL, info->size,
      NULL);
  GstMapInfo map;

  if (!picture
      || !kocr_frame_area_init (&area, frame, &self->rectification.source)
      || !gst_buffer_map (picture, &map, GST_MAP_WRITE))
    return NULL;
  kocr_rectification_render (&self->rectification, area.pixels, area.stride,
      map.data, GST_VIDEO_INFO_PLANE_STRIDE (info, 0));
  gst_buffer_unmap (picture, &map);
  gst_buffer_copy_into (picture, frame->buffer, GST_BUFFER_COPY_TIMESTAMPS, 0,
      -1);
  return g_steal_pointer (&picture);
}

void
kocr_text_crop_clear (KocrTextCrop * self)
{
  g_clear_pointer (&self->result, gst_kakao_ocr_result_unref);
}
