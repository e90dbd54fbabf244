/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/canvas.h"

gboolean
kocr_overlay_canvas_begin (KocrOverlayCanvas *self,
    const KocrOverlayTarget *target, const GstVideoRectangle *area)
{
  self->target = target;
  self->area = self->clip = *area;
  /* Of a large one the kernel clears only the pages that are drawn on. */
  self->pixels = g_try_malloc0_n ((gsize)area->w * area->h, sizeof (guint32));
  return self->pixels != NULL;
}

guint32 *
kocr_overlay_canvas_get_pixel (KocrOverlayCanvas * self, gint x, gint y)
{
  return self->pixels + (gsize)(y - self->area.y) * self->area.w
         + (x - self->area.x);
}

static void
fill (KocrOverlayCanvas * self, gint left, gint top, gint right, gint bottom,
    guint32 pixel, gboolean over)
{
  const GstVideoRectangle *clip = &self->clip;
  gint x, y;

  left = MAX (left, clip->x);
  top = MAX (top, clip->y);
  right = MIN (right, clip->x + clip->w);
  bottom = MIN (bottom, clip->y + clip->h);

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
  const GstVideoRectangle *area = &self->area;
  GstBuffer *buffer = gst_buffer_new_wrapped (
      self->pixels, (gsize)area->w * area->h * sizeof (guint32));
  GstVideoOverlayRectangle *rectangle;

  gst_buffer_add_video_meta (buffer, GST_VIDEO_FRAME_FLAG_NONE,
      kocr_overlay_pixels_get_format (&target->pixels), area->w, area->h);
  rectangle = gst_video_overlay_rectangle_new_raw (buffer, target->x + area->x,
      target->y + area->y, area->w, area->h,
      kocr_overlay_pixels_get_flags (&target->pixels));
  gst_video_overlay_composition_add_rectangle (target->composition, rectangle);
  gst_video_overlay_rectangle_unref (rectangle);
  gst_buffer_unref (buffer);
}
