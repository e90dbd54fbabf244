/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/format.h"

/* VYUY is not here: GStreamer (1.22 to 1.28) describes its chroma in another
 * order than its converter and everything else stores it. */
static const struct
{
  GstVideoFormat format;
  KocrLayout layout;
} layouts[] = {
  { GST_VIDEO_FORMAT_GRAY8, KOCR_LAYOUT_GRAY },
  { GST_VIDEO_FORMAT_I420, KOCR_LAYOUT_PLANAR },
  { GST_VIDEO_FORMAT_YV12, KOCR_LAYOUT_PLANAR },
  { GST_VIDEO_FORMAT_Y42B, KOCR_LAYOUT_PLANAR },
  { GST_VIDEO_FORMAT_Y444, KOCR_LAYOUT_PLANAR },
  { GST_VIDEO_FORMAT_NV12, KOCR_LAYOUT_PAIRED },
  { GST_VIDEO_FORMAT_NV21, KOCR_LAYOUT_PAIRED },
  { GST_VIDEO_FORMAT_NV16, KOCR_LAYOUT_PAIRED },
  { GST_VIDEO_FORMAT_NV61, KOCR_LAYOUT_PAIRED },
  { GST_VIDEO_FORMAT_YUY2, KOCR_LAYOUT_PACKED },
  { GST_VIDEO_FORMAT_YVYU, KOCR_LAYOUT_PACKED },
  { GST_VIDEO_FORMAT_UYVY, KOCR_LAYOUT_PACKED },
  { GST_VIDEO_FORMAT_RGB, KOCR_LAYOUT_RGB },
  { GST_VIDEO_FORMAT_BGR, KOCR_LAYOUT_RGB },
  { GST_VIDEO_FORMAT_RGBx, KOCR_LAYOUT_RGB },
  { GST_VIDEO_FORMAT_BGRx, KOCR_LAYOUT_RGB },
  { GST_VIDEO_FORMAT_xRGB, KOCR_LAYOUT_RGB },
  { GST_VIDEO_FORMAT_xBGR, KOCR_LAYOUT_RGB },
};

/* Formats that are another one once their alpha is not looked at. */
static const struct
{
  GstVideoFormat format, opaque;
} opaques[] = {
  { GST_VIDEO_FORMAT_A420, GST_VIDEO_FORMAT_I420 },
  { GST_VIDEO_FORMAT_AV12, GST_VIDEO_FORMAT_NV12 },
  { GST_VIDEO_FORMAT_RGBA, GST_VIDEO_FORMAT_RGBx },
  { GST_VIDEO_FORMAT_BGRA, GST_VIDEO_FORMAT_BGRx },
  { GST_VIDEO_FORMAT_ARGB, GST_VIDEO_FORMAT_xRGB },
  { GST_VIDEO_FORMAT_ABGR, GST_VIDEO_FORMAT_xBGR },
};

KocrLayout
kocr_layout_of (GstVideoFormat format)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (layouts[i].format == format)
      return layouts[i].layout;
  return KOCR_LAYOUT_NONE;
}

GstVideoFormat
kocr_format_without_alpha (GstVideoFormat format)
{
  for (guint i = 0; i < G_N_ELEMENTS (opaques); i++)
    if (opaques[i].format == format)
      return opaques[i].opaque;
  return format;
}

GstVideoFormat
kocr_format_direct_for (const GstVideoFormatInfo *finfo)
{
  if (kocr_layout_of (GST_VIDEO_FORMAT_INFO_FORMAT (finfo)) != KOCR_LAYOUT_NONE)
    return GST_VIDEO_FORMAT_INFO_FORMAT (finfo);
  if (GST_VIDEO_FORMAT_INFO_IS_GRAY (finfo))
    return GST_VIDEO_FORMAT_GRAY8;
  if (!GST_VIDEO_FORMAT_INFO_IS_YUV (finfo))
    return GST_VIDEO_FORMAT_BGRx;
  if (GST_VIDEO_FORMAT_INFO_H_SUB (finfo, 1) > 0)
    return GST_VIDEO_FORMAT_I420;
  return GST_VIDEO_FORMAT_INFO_W_SUB (finfo, 1) > 0 ? GST_VIDEO_FORMAT_Y42B
                                                    : GST_VIDEO_FORMAT_Y444;
}
