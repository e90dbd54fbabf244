/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "meta.h"

#include <math.h>
#include <string.h>
#include <gst/video/video.h>

#include "meta-private.h"
#include "placement/placement.h"
#include "region-private.h"
#include "result-private.h"
#include "geometry/framecrop.h"

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
meta_init (GstMeta * base, gpointer params, GstBuffer * buffer)
{
  GstKakaoOcrMeta *meta = (GstKakaoOcrMeta *) base;

  meta->result = NULL;
  meta->buffer = buffer;
  meta->placement = NULL;
  meta->width = 0;
  meta->height = 0;
  meta->producer = 0;
  meta->last_seen = GST_CLOCK_TIME_NONE;
  return TRUE;
}

static void
meta_free (GstMeta * base, GstBuffer * buffer)
{
  GstKakaoOcrMeta *meta = (GstKakaoOcrMeta *) base;

  g_clear_pointer (&meta->result, gst_kakao_ocr_result_unref);
  g_clear_pointer (&meta->placement, kocr_placement_unref);
}

void
kocr_meta_take_placement (GstKakaoOcrMeta * meta,
    KocrPlacement * placement)
{
  g_clear_pointer (&meta->placement, kocr_placement_unref);
  meta->placement = placement;
}

GstKakaoOcrMeta *
kocr_meta_add_copy (GstBuffer * dest, const GstKakaoOcrMeta * from)
{
  GstKakaoOcrMeta *meta = gst_buffer_add_kakao_ocr_meta (dest, from->result);

  if (from->placement)
    meta->placement = kocr_placement_ref (from->placement);
  meta->width = from->width;
  meta->height = from->height;
  meta->producer = from->producer;
  meta->last_seen = from->last_seen;
  return meta;
}

static const GstMetaInfo *
meta_register (void)
{
#if GST_CHECK_VERSION (1, 24, 0)
  GstMetaInfo *info = gst_meta_info_new (GST_KAKAO_OCR_META_API_TYPE,
      "GstKakaoOcrMeta", sizeof (GstKakaoOcrMeta));

  info->init_func = meta_init;
  info->free_func = meta_free;
  info->transform_func = kocr_meta_transform;
  info->serialize_func = kocr_meta_serialize;
  info->deserialize_func = kocr_meta_deserialize;
  return gst_meta_info_register (info);
#else
  return gst_meta_register (GST_KAKAO_OCR_META_API_TYPE, "GstKakaoOcrMeta",
      sizeof (GstKakaoOcrMeta), meta_init, meta_free,
      kocr_meta_transform);
#endif
}

const GstMetaInfo *
gst_kakao_ocr_meta_get_info (void)
{
  static const GstMetaInfo *info = NULL;

  if (g_once_init_enter (&info)) {
    const GstMetaInfo *registered = meta_register ();

    g_once_init_leave (&info, registered);
  }
  return info;
}

GstKakaoOcrMeta *
gst_buffer_add_kakao_ocr_meta (GstBuffer * buffer, GstKakaoOcrResult * result)
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
  meta->last_seen = gst_kakao_ocr_result_get_pts (result);
  return meta;
}

GstKakaoOcrMeta *
gst_buffer_get_kakao_ocr_meta (GstBuffer * buffer)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);

  return (GstKakaoOcrMeta *) gst_buffer_get_meta (buffer,
      GST_KAKAO_OCR_META_API_TYPE);
}

GstKakaoOcrMeta *
gst_buffer_get_kakao_ocr_meta_by_producer (GstBuffer * buffer, guint producer)
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

const GstVideoCropMeta *
kocr_meta_get_crop (const GstKakaoOcrMeta * meta)
{
  return kocr_frame_crop_get (meta->buffer);
}

void
gst_kakao_ocr_meta_get_frame_size (const GstKakaoOcrMeta * meta, gint * width,
    gint * height)
{
  const GstVideoCropMeta *crop;

  g_return_if_fail (meta != NULL);

  crop = kocr_meta_get_crop (meta);
  if (width)
    *width = crop ? (gint) crop->width : meta->width;
  if (height)
    *height = crop ? (gint) crop->height : meta->height;
}

gboolean
kocr_meta_read_box (const GstKakaoOcrMeta * meta, guint i,
    const GstVideoCropMeta * crop, gdouble box[GST_KAKAO_OCR_BOX_LEN])
{
  const KocrPlacement *placement = meta->placement;
  guint c;

  memcpy (box, placement ? placement->places[i].box :
      gst_kakao_ocr_result_get_region (meta->result, i)->box,
      GST_KAKAO_OCR_BOX_LEN * sizeof (gdouble));
  for (c = 0; crop && c < GST_KAKAO_OCR_BOX_LEN; c += 2) {
    box[c] -= crop->x;
    box[c + 1] -= crop->y;
  }
  return placement == NULL || !placement->places[i].lost;
}

gboolean
gst_kakao_ocr_meta_get_box (const GstKakaoOcrMeta * meta, guint i,
    gdouble box[GST_KAKAO_OCR_BOX_LEN])
{
  g_return_val_if_fail (meta != NULL, FALSE);
  g_return_val_if_fail (i < gst_kakao_ocr_result_get_n_regions (meta->result),
      FALSE);

  return kocr_meta_read_box (meta, i,
      kocr_meta_get_crop (meta), box);
}

gboolean
gst_kakao_ocr_meta_dup_box (const GstKakaoOcrMeta * meta, guint i,
    gdouble ** box)
{
  g_return_val_if_fail (box != NULL, FALSE);

  *box = g_new0 (gdouble, GST_KAKAO_OCR_BOX_LEN);
  return gst_kakao_ocr_meta_get_box (meta, i, *box);
}

guint64
gst_kakao_ocr_meta_get_track (const GstKakaoOcrMeta * meta, guint i)
{
  const KocrPlacement *placement;

  g_return_val_if_fail (meta != NULL, 0);
  g_return_val_if_fail (i < gst_kakao_ocr_result_get_n_regions (meta->result),
      0);

  placement = meta->placement;
  return placement ? placement->places[i].track :
      gst_kakao_ocr_result_get_region (meta->result, i)->track;
}

GstKakaoOcrResult *
kocr_meta_copy_result (const GstKakaoOcrMeta * meta,
    const GstVideoCropMeta * crop)
{
  g_autofree GstKakaoOcrRegion *regions = NULL;
  g_autoptr (GstKakaoOcrResult) mapped = NULL;
  guint i, n, n_seen = 0;

  n = gst_kakao_ocr_result_get_n_regions (meta->result);
  regions = g_new (GstKakaoOcrRegion, n);
  for (i = 0; i < n; i++) {
    GstKakaoOcrRegion *region = &regions[n_seen];

    *region = *gst_kakao_ocr_result_get_region (meta->result, i);
    region->track = gst_kakao_ocr_meta_get_track (meta, i);
    if (kocr_meta_read_box (meta, i, NULL, region->box) &&
        kocr_box_is_valid (region->box))
      n_seen++;
  }
  mapped = kocr_result_copy_scaled (meta->result, meta->width, meta->height,
      regions, n_seen);
  return crop ? gst_kakao_ocr_result_crop (mapped, MIN (crop->x, G_MAXINT),
      MIN (crop->y, G_MAXINT), crop->width, crop->height) :
      g_steal_pointer (&mapped);
}

GstKakaoOcrResult *
gst_kakao_ocr_meta_dup_result (const GstKakaoOcrMeta * meta)
{
  const GstVideoCropMeta *crop;

  g_return_val_if_fail (meta != NULL, NULL);

  crop = kocr_meta_get_crop (meta);
  if (meta->placement == NULL && crop == NULL)
    return gst_kakao_ocr_result_ref (meta->result);
  return kocr_meta_copy_result (meta, crop);
}

void
gst_kakao_ocr_meta_set_boxes (GstKakaoOcrMeta * meta, const gdouble * boxes,
    const gboolean * lost)
{
  KocrPlacement *placement;
  guint i;

  g_return_if_fail (meta != NULL);
  g_return_if_fail (gst_buffer_is_writable (meta->buffer));
  g_return_if_fail (boxes != NULL);

  placement = kocr_placement_new (meta->result, meta->placement);
  for (i = 0; i < placement->n_places; i++) {
    KocrPlace *place = &placement->places[i];

    const gdouble *box = boxes + GST_KAKAO_OCR_BOX_LEN * i;

    place->lost = !kocr_box_is_valid (box) || (lost && lost[i]);
    if (kocr_box_is_valid (box))
      memcpy (place->box, box, sizeof (place->box));
  }
  kocr_meta_take_placement (meta, placement);
}

/* @n: of the array that has @each numbers for each region. */
static gboolean
check_length (const GstKakaoOcrMeta * meta, const gchar * array, guint n,
    guint each, GError ** error)
{
  guint n_regions = gst_kakao_ocr_result_get_n_regions (meta->result);

  if (n / each == n_regions && n % each == 0)
    return TRUE;
  g_set_error (error, GST_LIBRARY_ERROR, GST_LIBRARY_ERROR_SETTINGS,
      "There are %u %s for the %u regions of the result, each of which has %u",
      n, array, n_regions, each);
  return FALSE;
}

gboolean
gst_kakao_ocr_meta_try_set_boxes (GstKakaoOcrMeta * meta,
    const gdouble * boxes, guint n_numbers, const gboolean * lost,
    guint n_lost, GError ** error)
{
  g_return_val_if_fail (meta != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_length (meta, "numbers of boxes", n_numbers,
          GST_KAKAO_OCR_BOX_LEN, error)
      || ((lost || n_lost > 0)
          && !check_length (meta, "marks of loss", n_lost, 1, error)))
    return FALSE;
  if (n_numbers > 0)
    gst_kakao_ocr_meta_set_boxes (meta, boxes, lost);
  return TRUE;
}

void
gst_kakao_ocr_meta_set_tracks (GstKakaoOcrMeta * meta, const guint64 * tracks)
{
  KocrPlacement *placement;
  guint i;

  g_return_if_fail (meta != NULL);
  g_return_if_fail (gst_buffer_is_writable (meta->buffer));
  g_return_if_fail (tracks != NULL);

  placement = kocr_placement_new (meta->result, meta->placement);
  for (i = 0; i < placement->n_places; i++)
    placement->places[i].track = tracks[i];
  kocr_meta_take_placement (meta, placement);
}

gboolean
gst_kakao_ocr_meta_try_set_tracks (GstKakaoOcrMeta * meta,
    const guint64 * tracks, guint n_tracks, GError ** error)
{
  g_return_val_if_fail (meta != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_length (meta, "tracks", n_tracks, 1, error))
    return FALSE;
  if (n_tracks > 0)
    gst_kakao_ocr_meta_set_tracks (meta, tracks);
  return TRUE;
}

GstClockTime
gst_kakao_ocr_meta_get_last_seen (const GstKakaoOcrMeta * meta)
{
  g_return_val_if_fail (meta != NULL, GST_CLOCK_TIME_NONE);

  return meta->last_seen;
}

void
gst_kakao_ocr_meta_set_last_seen (GstKakaoOcrMeta * meta,
    GstClockTime last_seen)
{
  g_return_if_fail (meta != NULL);
  g_return_if_fail (gst_buffer_is_writable (meta->buffer));

  meta->last_seen = last_seen;
}

guint
gst_kakao_ocr_meta_new_producer (void)
{
  static gint last = 0;

  return (guint) g_atomic_int_add (&last, 1) + 1;
}

void
gst_kakao_ocr_meta_set_producer (GstKakaoOcrMeta * meta, guint producer)
{
  g_return_if_fail (meta != NULL);
  g_return_if_fail (gst_buffer_is_writable (meta->buffer));

  meta->producer = producer;
}

guint
gst_kakao_ocr_meta_get_producer (const GstKakaoOcrMeta * meta)
{
  g_return_val_if_fail (meta != NULL, 0);

  return meta->producer;
}
