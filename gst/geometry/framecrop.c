/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "geometry/framecrop.h"

const GstVideoCropMeta *
kocr_frame_crop_get (GstBuffer *buffer)
{
  const GstVideoCropMeta *crop = gst_buffer_get_video_crop_meta (buffer);

  if (!crop || crop->width == 0 || crop->width > G_MAXINT || crop->height == 0
      || crop->height > G_MAXINT || crop->x > G_MAXINT || crop->y > G_MAXINT)
    return NULL;
  return crop;
}

gboolean
kocr_frame_crop_clip (const GstVideoCropMeta *crop, gint width, gint height,
    GstVideoRectangle *picture)
{
  *picture = (GstVideoRectangle) { 0, 0, width, height };
  if (!crop)
    return width > 0 && height > 0;
  picture->x = crop->x;
  picture->y = crop->y;
  if (picture->x >= width || picture->y >= height)
    return FALSE;
  picture->w = MIN ((gint) crop->width, width - picture->x);
  picture->h = MIN ((gint) crop->height, height - picture->y);
  return TRUE;
}
