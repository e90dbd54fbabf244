/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/canvas.h"

gboolean
kocr_overlay_canvas_begin (KocrOverlayCanvas *self,
    const KocrOverlayTarget *target, const KocrOverlayRectangle *tile)
{
  self->target = target;
  self->tile = self->clip = *tile;
  /* Of a large one the kernel clears only the pages that are drawn on. */
  self->pixels = g_try_malloc0_n ((gsize) tile->width * tile->height,
      sizeof (guint32));
  return self->pixels != NULL;
}

guint32 *
kocr_overlay_canvas_get_pixel (KocrOverlayCanvas * self, gint x, gint y)
{
  return self->pixels + (gsize) (y - self->tile.y) * self->tile.width +
      (x - self->tile.x);
}

static void
fill (KocrOverlayCanvas * self, gint left, gint top, gint right, gint bottom,
    guint32 pixel, gboolean over)
{
  const KocrOverlayRectangle *clip = &self->clip;
  gint x, y;

  left = MAX (left, clip->x);
  top = MAX (top, clip->y);
  right = MIN (right, clip->x + clip->width);
  bottom = MIN (bottom, clip->y + clip->height);

  for (y = top; y < bottom && left < right; y++) {
    guint32 *row = kocr_overlay_canvas_get_pixel (self, left, y);

    for (x = 0; x < right - left; x++) {
      if (over || row[x] == 0)
        row[x] = pixel;
    }
  }
}

void
kocr_overlay_canvas_fill (KocrOverlayCanvas *self, gint left, gint top,
    gint right, gint bottom, guint32 pixel)
{
  fill (self, left, top, right, bottom, pixel, TRUE);
}

void
kocr_overlay_canvas_fill_free (KocrOverlayCanvas * self, gint left, gint top,
    gint right, gint bottom, guint32 pixel)
{
  fill (self, left, top, right, bottom, pixel, FALSE);
}

void
kocr_overlay_canvas_end (KocrOverlayCanvas * self)
{
  const KocrOverlayTarget *target = self->target;
  const KocrOverlayRectangle *tile = &self->tile;
  GstBuffer *buffer = gst_buffer_new_wrapped (self->pixels,
      (gsize) tile->width * tile->height * sizeof (guint32));
  GstVideoOverlayRectangle *rectangle;

  gst_buffer_add_video_meta (buffer, GST_VIDEO_FRAME_FLAG_NONE,
      kocr_overlay_pixels_get_format (&target->pixels), tile->width,
      tile->height);
  rectangle = gst_video_overlay_rectangle_new_raw (buffer,
      target->x + tile->x, target->y + tile->y, tile->width, tile->height,
      kocr_overlay_pixels_get_flags (&target->pixels));
  gst_video_overlay_composition_add_rectangle (target->composition, rectangle);
  gst_video_overlay_rectangle_unref (rectangle);
  gst_buffer_unref (buffer);
}
