/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame formats: which of GStreamer's formats the codecs read as they are.
 */
#pragma once

#include <gst/video/video.h>

/* How a direct format's rows are laid out. All have 8 bits a component. */
typedef enum
{
  KOCR_LAYOUT_NONE, /* not direct */
  KOCR_LAYOUT_GRAY,
  KOCR_LAYOUT_PLANAR, /* Y, U, V */
  KOCR_LAYOUT_PAIRED, /* Y, UV */
  KOCR_LAYOUT_PACKED, /* YUYV in some order */
  KOCR_LAYOUT_RGB     /* 3 or 4 bytes a pixel in some order */
} KocrLayout;

KocrLayout kocr_layout_of (GstVideoFormat format);

/* The format that @format is once its alpha is not looked at, or itself. */
GstVideoFormat kocr_format_without_alpha (GstVideoFormat format);

/* The direct format that keeps what JPEG or PNG can keep of @finfo. */
GstVideoFormat kocr_format_direct_for (const GstVideoFormatInfo *finfo);
