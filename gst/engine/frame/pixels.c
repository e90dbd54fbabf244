/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/pixels.h"

#include <string.h>
#include "base/error.h"
#include "frame/framepart.h"
#include "frame/format.h"

#define PALETTE_BYTES (256 * 4)

void
kocr_pixels_copy (const GstVideoFrame *out, const GstVideoFrame *in)
{
  const GstVideoFormatInfo *finfo = in->info.finfo;

  for (guint p = 0; p < GST_VIDEO_FRAME_N_PLANES (in); p++) {
    guint c = kocr_format_component_of_plane (finfo, p);
    gint height = GST_VIDEO_FRAME_COMP_HEIGHT (in, c);
    gsize bytes = (gsize)GST_VIDEO_FRAME_COMP_WIDTH (in, c)
                  * GST_VIDEO_FRAME_COMP_PSTRIDE (in, c);
    const guint8 *from = in->data[p];
    guint8 *to = out->data[p];

    if (p == 1 && GST_VIDEO_FORMAT_INFO_HAS_PALETTE (finfo)) {
      memcpy (to, from, PALETTE_BYTES);
      continue;
    }
    /* A packed 4:2:2 row of odd width ends with a whole pair. */
    if (kocr_layout_of (GST_VIDEO_FRAME_FORMAT (in)) == KOCR_LAYOUT_PACKED)
      bytes = (bytes + 3) / 4 * 4;
    if (!kocr_format_is_divisible (finfo))
      bytes = MIN (ABS (GST_VIDEO_FRAME_PLANE_STRIDE (in, p)),
          GST_VIDEO_FRAME_PLANE_STRIDE (out, p));
    for (gint y = 0; y < height; y++) {
      memcpy (to, from, bytes);
      from += GST_VIDEO_FRAME_PLANE_STRIDE (in, p);
      to += GST_VIDEO_FRAME_PLANE_STRIDE (out, p);
    }
  }
}

gboolean
kocr_pixels_hold (KocrPixels *self, KocrBlockPool *pool, GstVideoFormat format,
    gint width, gint height, const GstVideoColorimetry *colorimetry,
    GError **error)
{
  GstVideoInfo *info = &self->frame.info;

  memset (&self->frame, 0, sizeof self->frame);
  if (!gst_video_info_set_format (info, format, width, height)) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
        "%dx%d is too large a picture", width, height);
    return FALSE;
  }
  info->colorimetry = *colorimetry;
  if (self->block.data && !kocr_block_fits (&self->block, info->size))
    kocr_block_pool_give (pool, &self->block);
  if (!self->block.data
      && !kocr_block_pool_take (pool, info->size, info->size, &self->block)) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
        "no memory for a picture of %dx%d", width, height);
    return FALSE;
  }
  for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES (info); p++)
    self->frame.data[p]
        = self->block.data + GST_VIDEO_INFO_PLANE_OFFSET (info, p);
  return TRUE;
}

void
kocr_pixels_clear (KocrPixels *self, KocrBlockPool *pool)
{
  if (self->block.data)
    kocr_block_pool_give (pool, &self->block);
}
