/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "meta-private.h"

#include <math.h>

/* A border of less than this is within what boxes are held to. */
#define TOLERANCE 1.0

/* Whether a picture of @in fills a frame of @out when its shape is kept. An
 * element that adds borders announces a plain stretch all the same; that there
 * are some must show in the display aspect ratios. */
static gboolean
picture_fills_frame (const GstVideoInfo * in, const GstVideoInfo * out)
{
  gdouble ratio, width, height;

  if (MIN (in->width, in->height) < 1 || MIN (out->width, out->height) < 1 ||
      MIN (in->par_n, in->par_d) < 1 || MIN (out->par_n, out->par_d) < 1)
    return FALSE;

  /* Of the sides of the picture in pixels of the new frame. */
  ratio = (gdouble)in->width / in->height * in->par_n / in->par_d * out->par_d
          / out->par_n;
  width = out->height * ratio;
  height = out->width / ratio;
  return fabs (width - out->width) < TOLERANCE &&
      fabs (height - out->height) < TOLERANCE;
}

/* Puts @from on @dest by way of @homography. @visible, if not NULL, is the only
 * part of the new frame that shows something of the old one. */
static gboolean
add_transformed (GstBuffer * dest, const GstKakaoOcrMeta * from,
    const GstVideoInfo * in, const GstVideoInfo * out,
    const KocrHomography * homography, const GstVideoRectangle * visible)
{
  KocrPlacement *placement;
  GstKakaoOcrMeta *meta;

  /* With a crop meta, or if the caps are of another size than the frame,
   * nobody says which part of the frame is meant. */
  if (in->width != from->width || in->height != from->height ||
      kocr_meta_get_crop (from) != NULL)
    return FALSE;

  placement = kocr_placement_new (from->result, from->placement);
  if (!kocr_placement_transform (placement, homography)) {
    kocr_placement_unref (placement);
    return FALSE;
  }
  if (visible)
    kocr_placement_lose_outside (placement, visible);
  meta = kocr_meta_add_copy (dest, from);
  kocr_meta_take_placement (meta, placement);
  meta->width = out->width;
  meta->height = out->height;
  return TRUE;
}

static gboolean
transform_scale (GstBuffer * dest, const GstKakaoOcrMeta * from,
    const GstVideoMetaTransform * transform)
{
  const GstVideoInfo *in = transform->in_info, *out = transform->out_info;
  KocrHomography homography;

  if (!picture_fills_frame (in, out))
    return FALSE;
  kocr_homography_init_scale (&homography,
      (gdouble) out->width / in->width, (gdouble) out->height / in->height);
  return add_transformed (dest, from, in, out, &homography, NULL);
}

#if GST_CHECK_VERSION (1, 28, 0)
/* gst_video_meta_transform_matrix_point() would round to whole pixels. */
static gboolean
transform_matrix (GstBuffer * dest, const GstKakaoOcrMeta * from,
    const GstVideoMetaTransformMatrix * transform)
{
  KocrHomography homography;

  kocr_homography_init_matrix (&homography,
      &transform->in_rectangle, &transform->out_rectangle, transform->matrix);
  return add_transformed (dest, from, transform->in_info, transform->out_info,
      &homography, &transform->out_rectangle);
}
#endif

gboolean
kocr_meta_transform (GstBuffer * dest, GstMeta * base,
    GstBuffer * source, GQuark type, gpointer data)
{
  const GstKakaoOcrMeta *meta = (const GstKakaoOcrMeta *) base;

  if (GST_META_TRANSFORM_IS_COPY (type)) {
    const GstMetaTransformCopy *copy = data;

    /* A part of the memory is not a frame that boxes could be told of. */
    return !copy->region && kocr_meta_add_copy (dest, meta) != NULL;
  }
  if (GST_VIDEO_META_TRANSFORM_IS_SCALE (type))
    return transform_scale (dest, meta, data);
#if GST_CHECK_VERSION (1, 28, 0)
  if (GST_VIDEO_META_TRANSFORM_IS_MATRIX (type))
    return transform_matrix (dest, meta, data);
#endif
  return FALSE;
}
