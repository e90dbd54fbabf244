/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlaycanvas.h"

#include <string.h>

gboolean
overlay_canvas_begin (OverlayCanvas * self, const OverlayTarget * target,
    const OverlayTile * tile)
{
  gsize size = 4 * (gsize) tile->width * tile->height;

  self->target = target;
  self->tile = *tile;
  self->buffer = gst_buffer_new_allocate (NULL, size, NULL);
  if (!self->buffer)
    return FALSE;
  if (!gst_buffer_map (self->buffer, &self->map, GST_MAP_READWRITE)) {
    gst_buffer_unref (self->buffer);
    return FALSE;
  }
  self->pixels = (guint32 *) self->map.data;
  memset (self->pixels, 0, size);
  return TRUE;
}

void
overlay_canvas_fill (OverlayCanvas * self, gint left, gint top, gint right,
    gint bottom, guint32 pixel)
{
  const OverlayTile *tile = &self->tile;
  gint x, y;

  left = MAX (left - tile->x, 0);
  top = MAX (top - tile->y, 0);
  right = MIN (right - tile->x, tile->width);
  bottom = MIN (bottom - tile->y, tile->height);

  for (y = top; y < bottom; y++) {
    guint32 *row = self->pixels + (gsize) y * tile->width;

    for (x = left; x < right; x++)
      row[x] = pixel;
  }
}

cairo_t *
overlay_canvas_open_cairo (OverlayCanvas * self)
{
  cairo_surface_t *surface = cairo_image_surface_create_for_data
      (self->map.data, CAIRO_FORMAT_ARGB32, self->tile.width,
      self->tile.height, 4 * self->tile.width);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  cairo_translate (cr, -self->tile.x, -self->tile.y);
  return cr;
}

void
overlay_canvas_close_cairo (OverlayCanvas * self, cairo_t * cr)
{
  cairo_surface_flush (cairo_get_target (cr));
  cairo_destroy (cr);
  overlay_pixels_from_cairo (&self->target->pixels, self->pixels,
      (gsize) self->tile.width * self->tile.height);
}

void
overlay_canvas_end (OverlayCanvas * self)
{
  const OverlayTarget *target = self->target;
  const OverlayTile *tile = &self->tile;
  GstVideoOverlayRectangle *rectangle;

  gst_buffer_unmap (self->buffer, &self->map);
  gst_buffer_add_video_meta (self->buffer, GST_VIDEO_FRAME_FLAG_NONE,
      overlay_pixels_get_format (&target->pixels), tile->width, tile->height);
  rectangle = gst_video_overlay_rectangle_new_raw (self->buffer,
      target->x + tile->x, target->y + tile->y, tile->width, tile->height,
      overlay_pixels_get_flags (&target->pixels));
  gst_video_overlay_composition_add_rectangle (target->composition, rectangle);
  gst_video_overlay_rectangle_unref (rectangle);
  gst_buffer_unref (self->buffer);
}
