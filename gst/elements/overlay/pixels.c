/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/pixels.h"

#include <string.h>

#define FRACTION_BITS 16
#define FRACTION (1 << FRACTION_BITS)

/* Where white belongs in a signal that can be brighter than white, so that
 * text does not glare: 203 cd/m², ITU-R BT.2408. */
#define PQ_WHITE 0.58
#define HLG_WHITE 0.75

/* Above this height unmarked video is taken for HD, as elsewhere in
 * GStreamer. */
#define MAX_SD_HEIGHT 576

static void
set_row (gint row[4], gdouble r, gdouble g, gdouble b, gdouble scale,
    gint offset)
{
  row[0] = r * scale * FRACTION / 255.0;
  row[1] = g * scale * FRACTION / 255.0;
  row[2] = b * scale * FRACTION / 255.0;
  row[3] = offset * FRACTION + FRACTION / 2;
}

void
kocr_overlay_pixels_init (KocrOverlayPixels * self, const GstVideoInfo * info)
{
  gint offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];
  gdouble kr, kg, kb, white = 1.0;

  memset (self, 0, sizeof (*self));
  if (!info || GST_VIDEO_INFO_IS_RGB (info))
    return;

  self->yuv = TRUE;
  if (!gst_video_color_matrix_get_Kr_Kb (info->colorimetry.matrix, &kr, &kb))
    gst_video_color_matrix_get_Kr_Kb (GST_VIDEO_INFO_HEIGHT (info) >
        MAX_SD_HEIGHT ?
        GST_VIDEO_COLOR_MATRIX_BT709 : GST_VIDEO_COLOR_MATRIX_BT601, &kr, &kb);
  kg = 1.0 - kr - kb;
  gst_video_color_range_offsets (info->colorimetry.range,
      gst_video_format_get_info (GST_VIDEO_FORMAT_AYUV), offset, scale);

  if (info->colorimetry.transfer == GST_VIDEO_TRANSFER_SMPTE2084)
    white = PQ_WHITE;
  else if (info->colorimetry.transfer == GST_VIDEO_TRANSFER_ARIB_STD_B67)
    white = HLG_WHITE;

  set_row (self->matrix[0], kr, kg, kb, scale[0] * white, offset[0]);
  set_row (self->matrix[1], -kr / (1.0 - kb) / 2.0, -kg / (1.0 - kb) / 2.0,
      0.5, scale[1] * white, offset[1]);
  set_row (self->matrix[2], 0.5, -kg / (1.0 - kr) / 2.0,
      -kb / (1.0 - kr) / 2.0, scale[2] * white, offset[2]);
}

static guint32
premultiply (guint32 color)
{
  guint alpha = color >> 24, shift;
  guint32 argb = alpha << 24;

  for (shift = 0; shift < 24; shift += 8)
    argb |= ((color >> shift & 0xff) * alpha + 127) / 255 << shift;
  return argb;
}

guint32
kocr_overlay_pixels_from_color (const KocrOverlayPixels * self, guint32 color)
{
  gint r = color >> 16 & 0xff, g = color >> 8 & 0xff, b = color & 0xff;
  guint32 ayuv = color >> 24;
  guint i;

  if (!self->yuv)
    return premultiply (color);
  for (i = 0; i < 3; i++) {
    const gint *row = self->matrix[i];
    gint value = (row[0] * r + row[1] * g + row[2] * b + row[3])
        >> FRACTION_BITS;

    ayuv = ayuv << 8 | CLAMP (value, 0, 255);
  }
  return GUINT32_TO_BE (ayuv);
}

guint32
kocr_overlay_pixels_fade (
    const KocrOverlayPixels *self, guint32 pixel, guint coverage)
{
  guint shift;
  guint32 faded = 0;

  if (self->yuv) {
    guint32 ayuv = GUINT32_FROM_BE (pixel);

    return GUINT32_TO_BE ((ayuv & 0xffffff) |
        ((ayuv >> 24) * coverage + 127) / 255 << 24);
  }
  for (shift = 0; shift < 32; shift += 8)
    faded |= ((pixel >> shift & 0xff) * coverage + 127) / 255 << shift;
  return faded;
}

/* Mixed as what is seen is, by light and not by the opaque colour: what is
 * transparent counts less. */
void
kocr_overlay_pixels_make_ramp (const KocrOverlayPixels *self, guint32 from,
    guint32 to, guint32 *ramp, guint n)
{
  guint i, shift;

  for (i = 0; i < n; i++) {
    gdouble share = (gdouble) i / (n - 1);
    gdouble a = (from >> 24) * (1.0 - share), b = (to >> 24) * share;
    guint32 color = (guint) (a + b + 0.5) << 24;

    for (shift = 0; shift < 24 && a + b > 0.0; shift += 8)
      color |= (guint) (((from >> shift & 0xff) * a +
              (to >> shift & 0xff) * b) / (a + b) + 0.5) << shift;
    ramp[i] = kocr_overlay_pixels_from_color (self, color);
  }
}

GstVideoOverlayFormatFlags
kocr_overlay_pixels_get_flags (const KocrOverlayPixels * self)
{
  return self->yuv ? GST_VIDEO_OVERLAY_FORMAT_FLAG_NONE :
      GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA;
}

GstVideoFormat
kocr_overlay_pixels_get_format (const KocrOverlayPixels * self)
{
  return self->yuv ? GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_YUV :
      GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB;
}
