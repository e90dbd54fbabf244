/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Gray picture: what a test has drawn, a byte a pixel, as the engine sees it.
 */
#pragma once

#include "frame/lumapyramid.h"

/* Fills @picture, which is as large, with @pixels; @width a multiple of 4. */
static inline KocrLumaPyramid *
gray_picture_fill (
    KocrLumaPyramid *picture, guint8 *pixels, gint width, gint height)
{
  gsize size = (gsize)width * height;
  GstBuffer *buffer = gst_buffer_new_wrapped_full (
      GST_MEMORY_FLAG_READONLY, pixels, size, 0, size, NULL, NULL);
  GstVideoFrame frame;
  GstVideoInfo info;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_GRAY8, width, height);
  g_assert_true (gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ));
  kocr_luma_pyramid_fill (picture, &frame);
  gst_video_frame_unmap (&frame);
  gst_buffer_unref (buffer);
  return picture;
}
