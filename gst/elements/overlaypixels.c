/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlaypixels.h"

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
overlay_pixels_init (OverlayPixels * self, const GstVideoInfo * info)
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
				      GST_VIDEO_COLOR_MATRIX_BT709 :
				      GST_VIDEO_COLOR_MATRIX_BT601, &kr, &kb);
  kg = 1.0 - kr - kb;
  gst_video_color_range_offsets (info->colorimetry.range,
				 gst_video_format_get_info
				 (GST_VIDEO_FORMAT_AYUV), offset, scale);

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

gboolean
overlay_pixels_equal (const OverlayPixels * a, const OverlayPixels * b)
{
  return a->yuv == b->yuv &&
    memcmp (a->matrix, b->matrix, sizeof (a->matrix)) == 0;
}

gboolean
overlay_drawing_begin (OverlayDrawing * self, const OverlayTile * tile)
{
  gsize stride = 4 * (gsize) tile->width;
  cairo_surface_t *surface;

  self->tile = *tile;
  self->buffer = gst_buffer_new_allocate (NULL, stride * tile->height, NULL);
  if (!self->buffer)
    return FALSE;
  if (!gst_buffer_map (self->buffer, &self->map, GST_MAP_READWRITE))
    {
      gst_buffer_unref (self->buffer);
      return FALSE;
    }
  memset (self->map.data, 0, self->map.size);

  surface = cairo_image_surface_create_for_data (self->map.data,
						 CAIRO_FORMAT_ARGB32,
						 tile->width, tile->height,
						 stride);
  self->cr = cairo_create (surface);
  cairo_surface_destroy (surface);
  cairo_translate (self->cr, -tile->x, -tile->y);
  return TRUE;
}

static guint32
to_ayuv (const gint matrix[3][4], guint32 argb)
{
  guint alpha = argb >> 24, i;
  gint rgb[3] = { (argb >> 16) & 0xff, (argb >> 8) & 0xff, argb & 0xff };
  guint32 ayuv = alpha;

  if (alpha == 0)
    return 0;
  for (i = 0; i < 3 && alpha < 255; i++)
    rgb[i] = MIN (255, (rgb[i] * 255 + alpha / 2) / alpha);
  for (i = 0; i < 3; i++)
    {
      gint value = (matrix[i][0] * rgb[0] + matrix[i][1] * rgb[1] +
		    matrix[i][2] * rgb[2] + matrix[i][3]) >> FRACTION_BITS;

      ayuv = (ayuv << 8) | CLAMP (value, 0, 255);
    }
  return ayuv;
}

/* Most pixels are like the one before them. */
static void
convert_to_ayuv (const OverlayPixels * pixels, guint8 * data, gsize n_pixels)
{
  guint32 *pixel = (guint32 *) data, *end = pixel + n_pixels;
  guint32 last = 0, last_ayuv = 0;

  for (; pixel < end; pixel++)
    {
      if (*pixel != last)
	{
	  last = *pixel;
	  last_ayuv = GUINT32_TO_BE (to_ayuv (pixels->matrix, last));
	}
      *pixel = last_ayuv;
    }
}

void
overlay_drawing_end (OverlayDrawing * self, const OverlayPixels * pixels,
		     GstVideoOverlayComposition * composition, gint x, gint y)
{
  const OverlayTile *tile = &self->tile;
  GstVideoOverlayRectangle *rectangle;

  cairo_surface_flush (cairo_get_target (self->cr));
  cairo_destroy (self->cr);
  if (pixels->yuv)
    convert_to_ayuv (pixels, self->map.data,
		     (gsize) tile->width * tile->height);
  gst_buffer_unmap (self->buffer, &self->map);

  gst_buffer_add_video_meta (self->buffer, GST_VIDEO_FRAME_FLAG_NONE,
			     pixels->
			     yuv ? GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_YUV :
			     GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB,
			     tile->width, tile->height);
  rectangle =
    gst_video_overlay_rectangle_new_raw (self->buffer, tile->x + x,
					 tile->y + y, tile->width,
					 tile->height,
					 pixels->
					 yuv ?
					 GST_VIDEO_OVERLAY_FORMAT_FLAG_NONE :
					 GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
  gst_video_overlay_composition_add_rectangle (composition, rectangle);
  gst_video_overlay_rectangle_unref (rectangle);
  gst_buffer_unref (self->buffer);
}
