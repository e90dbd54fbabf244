/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "meta.h"

#include <math.h>
#include <string.h>
#include <gst/video/video.h>

#include "placement.h"
#include "result-private.h"

GType
gst_kakao_ocr_meta_api_get_type (void)
{
  static GType type = 0;
  static const gchar *tags[] = { GST_META_TAG_VIDEO_STR,
    GST_META_TAG_VIDEO_SIZE_STR, GST_META_TAG_VIDEO_ORIENTATION_STR, NULL
  };

  if (g_once_init_enter (&type)) {
    GType registered = gst_meta_api_type_register ("GstKakaoOcrMetaAPI", tags);

    g_once_init_leave (&type, registered);
  }
  return type;
}

static gboolean
meta_init (GstMeta *base, gpointer params, GstBuffer *buffer)
{
  GstKakaoOcrMeta *meta = (GstKakaoOcrMeta *) base;

  meta->result = NULL;
  meta->buffer = buffer;
  meta->placement = NULL;
  meta->width = 0;
  meta->height = 0;
  meta->producer = 0;
  return TRUE;
}

static void
meta_free (GstMeta *base, GstBuffer *buffer)
{
  GstKakaoOcrMeta *meta = (GstKakaoOcrMeta *) base;

  g_clear_pointer (&meta->result, gst_kakao_ocr_result_unref);
  g_clear_pointer (&meta->placement, gst_kakao_ocr_placement_unref);
}

static void
meta_take_placement (GstKakaoOcrMeta *meta, GstKakaoOcrPlacement *placement)
{
  g_clear_pointer (&meta->placement, gst_kakao_ocr_placement_unref);
  meta->placement = placement;
}

static GstKakaoOcrMeta *
meta_add_copy (GstBuffer *dest, const GstKakaoOcrMeta *from)
{
  GstKakaoOcrMeta *meta = gst_buffer_add_kakao_ocr_meta (dest, from->result);

  if (from->placement)
    meta->placement = gst_kakao_ocr_placement_ref (from->placement);
  meta->width = from->width;
  meta->height = from->height;
  meta->producer = from->producer;
  return meta;
}

/* Whether a picture of @in fills a frame of @out when its shape is kept. An
 * element that adds borders announces a plain stretch all the same, so a
 * border of a pixel or more must show in the display aspect ratios. */
static gboolean
picture_fills_frame (const GstVideoInfo *in, const GstVideoInfo *out)
{
  gdouble in_ratio, width;

  if (MIN (in->width, in->height) < 1 || MIN (out->width, out->height) < 1 ||
      MIN (in->par_n, in->par_d) < 1 || MIN (out->par_n, out->par_d) < 1)
    return FALSE;

  in_ratio = (gdouble) in->width * in->par_n / ((gdouble) in->height *
      in->par_d);
  /* The frame's width if its height is kept; its height changes by as much
   * in proportion when its width is kept. */
  width = out->height * in_ratio * out->par_d / out->par_n;
  return fabs (width - out->width) < 1.0 &&
      fabs (out->width * (out->height / width) - out->height) < 1.0;
}

static gboolean
meta_scale (GstBuffer *dest, const GstKakaoOcrMeta *from,
    const GstVideoInfo *in, const GstVideoInfo *out)
{
  gdouble m[3][3] = { {0, 0, 0}, {0, 0, 0}, {0, 0, 1} };
  GstKakaoOcrPlacement *placement;
  GstKakaoOcrMeta *meta;

  /* With a crop meta, or if the caps are of another size than the frame,
   * nobody says which part of the frame was scaled. */
  if (in->width != from->width || in->height != from->height ||
      gst_buffer_get_video_crop_meta (from->buffer) != NULL ||
      !picture_fills_frame (in, out))
    return FALSE;

  m[0][0] = (gdouble) out->width / in->width;
  m[1][1] = (gdouble) out->height / in->height;
  placement = gst_kakao_ocr_placement_new (from->result, from->placement);
  if (!gst_kakao_ocr_placement_transform (placement, m)) {
    gst_kakao_ocr_placement_unref (placement);
    return FALSE;
  }
  meta = meta_add_copy (dest, from);
  meta_take_placement (meta, placement);
  meta->width = out->width;
  meta->height = out->height;
  return TRUE;
}

static gboolean
meta_transform (GstBuffer *dest, GstMeta *base, GstBuffer *source, GQuark type,
    gpointer data)
{
  const GstKakaoOcrMeta *meta = (const GstKakaoOcrMeta *) base;

  if (GST_META_TRANSFORM_IS_COPY (type)) {
    const GstMetaTransformCopy *copy = data;

    /* A part of the memory is not a frame that boxes could be told of. */
    return !copy->region && meta_add_copy (dest, meta) != NULL;
  }
  if (GST_VIDEO_META_TRANSFORM_IS_SCALE (type)) {
    const GstVideoMetaTransform *scale = data;

    return meta_scale (dest, meta, scale->in_info, scale->out_info);
  }
  return FALSE;
}

const GstMetaInfo *
gst_kakao_ocr_meta_get_info (void)
{
  static const GstMetaInfo *info = NULL;

  if (g_once_init_enter (&info)) {
    const GstMetaInfo *registered =
        gst_meta_register (GST_KAKAO_OCR_META_API_TYPE, "GstKakaoOcrMeta",
        sizeof (GstKakaoOcrMeta), meta_init, meta_free, meta_transform);

    g_once_init_leave (&info, registered);
  }
  return info;
}

GstKakaoOcrMeta *
gst_buffer_add_kakao_ocr_meta (GstBuffer *buffer, GstKakaoOcrResult *result)
{
  GstKakaoOcrMeta *meta;

  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);
  g_return_val_if_fail (result != NULL, NULL);

  meta = (GstKakaoOcrMeta *) gst_buffer_add_meta (buffer,
      GST_KAKAO_OCR_META_INFO, NULL);
  g_return_val_if_fail (meta != NULL, NULL);

  meta->result = gst_kakao_ocr_result_ref (result);
  meta->width = gst_kakao_ocr_result_get_width (result);
  meta->height = gst_kakao_ocr_result_get_height (result);
  return meta;
}

GstKakaoOcrMeta *
gst_buffer_get_kakao_ocr_meta (GstBuffer *buffer)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);

  return (GstKakaoOcrMeta *) gst_buffer_get_meta (buffer,
      GST_KAKAO_OCR_META_API_TYPE);
}

GstKakaoOcrMeta *
gst_buffer_get_kakao_ocr_meta_by_producer (GstBuffer *buffer, guint producer)
{
  gpointer state = NULL;
  GstMeta *meta;

  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);

  while ((meta = gst_buffer_iterate_meta_filtered (buffer, &state,
              GST_KAKAO_OCR_META_API_TYPE))) {
    if (((GstKakaoOcrMeta *) meta)->producer == producer)
      return (GstKakaoOcrMeta *) meta;
  }
  return NULL;
}

void
gst_kakao_ocr_meta_get_frame_size (const GstKakaoOcrMeta *meta, gint *width,
    gint *height)
{
  const GstVideoCropMeta *crop;

  g_return_if_fail (meta != NULL);

  crop = gst_buffer_get_video_crop_meta (meta->buffer);
  if (width)
    *width = crop ? (gint) crop->width : meta->width;
  if (height)
    *height = crop ? (gint) crop->height : meta->height;
}

gboolean
gst_kakao_ocr_meta_get_box (const GstKakaoOcrMeta *meta, guint i,
    gdouble box[GST_KAKAO_OCR_BOX_LEN])
{
  const GstKakaoOcrPlacement *placement;
  const GstVideoCropMeta *crop;
  const gdouble *from;
  guint c;

  g_return_val_if_fail (meta != NULL, FALSE);
  g_return_val_if_fail (i < gst_kakao_ocr_result_get_n_regions (meta->result),
      FALSE);

  placement = meta->placement;
  from = placement ? placement->places[i].box :
      gst_kakao_ocr_result_get_region (meta->result, i)->box;
  memcpy (box, from, GST_KAKAO_OCR_BOX_LEN * sizeof (gdouble));

  crop = gst_buffer_get_video_crop_meta (meta->buffer);
  for (c = 0; crop && c < GST_KAKAO_OCR_BOX_LEN; c += 2) {
    box[c] -= crop->x;
    box[c + 1] -= crop->y;
  }
  return placement == NULL || !placement->places[i].lost;
}

guint64
gst_kakao_ocr_meta_get_track (const GstKakaoOcrMeta *meta, guint i)
{
  const GstKakaoOcrPlacement *placement;

  g_return_val_if_fail (meta != NULL, 0);
  g_return_val_if_fail (i < gst_kakao_ocr_result_get_n_regions (meta->result),
      0);

  placement = meta->placement;
  return placement ? placement->places[i].track :
      gst_kakao_ocr_result_get_region (meta->result, i)->track;
}

GstKakaoOcrResult *
gst_kakao_ocr_meta_dup_result (const GstKakaoOcrMeta *meta)
{
  g_autofree GstKakaoOcrRegion *regions = NULL;
  guint i, n, n_seen = 0;
  gint width, height;

  g_return_val_if_fail (meta != NULL, NULL);

  gst_kakao_ocr_meta_get_frame_size (meta, &width, &height);
  if (meta->placement == NULL &&
      gst_buffer_get_video_crop_meta (meta->buffer) == NULL)
    return gst_kakao_ocr_result_ref (meta->result);

  n = gst_kakao_ocr_result_get_n_regions (meta->result);
  regions = g_new (GstKakaoOcrRegion, n);
  for (i = 0; i < n; i++) {
    GstKakaoOcrRegion *region = &regions[n_seen];

    *region = *gst_kakao_ocr_result_get_region (meta->result, i);
    region->track = gst_kakao_ocr_meta_get_track (meta, i);
    if (gst_kakao_ocr_meta_get_box (meta, i, region->box))
      n_seen++;
  }
  return gst_kakao_ocr_result_new (gst_kakao_ocr_result_get_pts (meta->result),
      width, height, regions, n_seen,
      gst_kakao_ocr_result_get_truncated (meta->result),
      gst_kakao_ocr_result_get_latency (meta->result));
}

void
gst_kakao_ocr_meta_set_boxes (GstKakaoOcrMeta *meta, const gdouble *boxes,
    const gboolean *lost)
{
  GstKakaoOcrPlacement *placement;
  guint i;

  g_return_if_fail (meta != NULL);
  g_return_if_fail (gst_buffer_is_writable (meta->buffer));
  g_return_if_fail (boxes != NULL);

  placement = gst_kakao_ocr_placement_new (meta->result, meta->placement);
  for (i = 0; i < placement->n_places; i++) {
    GstKakaoOcrPlace *place = &placement->places[i];

    const gdouble *box = boxes + GST_KAKAO_OCR_BOX_LEN * i;

    place->lost = !gst_kakao_ocr_box_is_valid (box) || (lost && lost[i]);
    if (gst_kakao_ocr_box_is_valid (box))
      memcpy (place->box, box, sizeof (place->box));
  }
  meta_take_placement (meta, placement);
}

void
gst_kakao_ocr_meta_set_tracks (GstKakaoOcrMeta *meta, const guint64 *tracks)
{
  GstKakaoOcrPlacement *placement;
  guint i;

  g_return_if_fail (meta != NULL);
  g_return_if_fail (gst_buffer_is_writable (meta->buffer));
  g_return_if_fail (tracks != NULL);

  placement = gst_kakao_ocr_placement_new (meta->result, meta->placement);
  for (i = 0; i < placement->n_places; i++)
    placement->places[i].track = tracks[i];
  meta_take_placement (meta, placement);
}

guint
gst_kakao_ocr_meta_new_producer (void)
{
  static gint last = 0;

  return (guint) g_atomic_int_add (&last, 1) + 1;
}

void
gst_kakao_ocr_meta_set_producer (GstKakaoOcrMeta *meta, guint producer)
{
  g_return_if_fail (meta != NULL);
  g_return_if_fail (gst_buffer_is_writable (meta->buffer));

  meta->producer = producer;
}

guint
gst_kakao_ocr_meta_get_producer (const GstKakaoOcrMeta *meta)
{
  g_return_val_if_fail (meta != NULL, 0);

  return meta->producer;
}
