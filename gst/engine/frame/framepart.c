/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/framepart.h"

gboolean
kocr_format_is_divisible (const GstVideoFormatInfo * finfo)
{
  for (guint c = 0; c < GST_VIDEO_FORMAT_INFO_N_COMPONENTS (finfo); c++)
    if (GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, c) == 0)
      return FALSE;
  return !GST_VIDEO_FORMAT_INFO_IS_COMPLEX (finfo)
      && !GST_VIDEO_FORMAT_INFO_IS_TILED (finfo)
      && !GST_VIDEO_FORMAT_INFO_HAS_PALETTE (finfo);
}

guint
kocr_format_component_of_plane (const GstVideoFormatInfo * finfo, guint plane)
{
  guint c = 0;

  while (c + 1 < GST_VIDEO_FORMAT_INFO_N_COMPONENTS (finfo)
      && GST_VIDEO_FORMAT_INFO_PLANE (finfo, c) != plane)
    c++;
  return c;
}

void
kocr_frame_cut (GstVideoFrame * frame, gint x, gint y, gint width, gint height)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;

  for (guint p = 0; p < GST_VIDEO_FRAME_N_PLANES (frame); p++) {
    guint c = kocr_format_component_of_plane (finfo, p);

    frame->data[p] = (guint8 *) frame->data[p]
        + (gssize) (y >> GST_VIDEO_FORMAT_INFO_H_SUB (finfo, c))
        * GST_VIDEO_FRAME_PLANE_STRIDE (frame, p)
        + (gssize) (x >> GST_VIDEO_FORMAT_INFO_W_SUB (finfo, c))
        * GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, c);
  }
  frame->info.width = width;
  frame->info.height = height;
}
