/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "drawnpicture.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

GrayPicture *
drawn_picture_new (gint width, gint height, guint8 brightness)
{
  GrayPicture *self = g_new0 (GrayPicture, 1);

  self->width = width;
  self->height = height;
  self->stride = cairo_format_stride_for_width (CAIRO_FORMAT_A8, width);
  self->pixels = g_malloc (self->stride * height);
  memset (self->pixels, brightness, self->stride * height);
  return self;
}

void
drawn_picture_free (GrayPicture * self)
{
  g_free (self->pixels);
  g_free (self);
}

void
drawn_picture_add_text (GrayPicture * self, const gchar * text,
    const gchar * font, gdouble x, gdouble y, gdouble degrees,
    guint8 brightness, gdouble * width, gdouble * height)
{
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A8,
      self->width, self->height);
  cairo_t *cairo = cairo_create (mask);
  PangoLayout *layout = pango_cairo_create_layout (cairo);
  PangoFontDescription *description = pango_font_description_from_string (font);
  PangoRectangle ink;
  const guint8 *alpha;
  gint row, column;

  pango_layout_set_font_description (layout, description);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_extents (layout, &ink, NULL);
  cairo_translate (cairo, x, y);
  cairo_rotate (cairo, degrees * G_PI / 180);
  cairo_move_to (cairo, -ink.x - ink.width / 2.0, -ink.y - ink.height / 2.0);
  pango_cairo_show_layout (cairo, layout);
  cairo_surface_flush (mask);

  alpha = cairo_image_surface_get_data (mask);
  for (row = 0; row < self->height; row++)
    for (column = 0; column < self->width; column++) {
      guint8 *pixel = &self->pixels[row * self->stride + column];
      gint cover = alpha[row * cairo_image_surface_get_stride (mask) + column];

      *pixel += (brightness - *pixel) * cover / 255;
    }
  if (width)
    *width = ink.width;
  if (height)
    *height = ink.height;

  pango_font_description_free (description);
  g_object_unref (layout);
  cairo_destroy (cairo);
  cairo_surface_destroy (mask);
}

void
drawn_picture_add_noise (GrayPicture * self, gdouble deviation, guint32 seed)
{
  GRand *rand = g_rand_new_with_seed (seed);
  gint row, column, i;

  for (row = 0; row < self->height; row++)
    for (column = 0; column < self->width; column++) {
      guint8 *pixel = &self->pixels[row * self->stride + column];
      gdouble sum = 0;

      /* Twelve even chances add up to a bell of deviation 1. */
      for (i = 0; i < 12; i++)
        sum += g_rand_double (rand) - 0.5;
      *pixel = CLAMP (*pixel + sum * deviation, 0, 255);
    }
  g_rand_free (rand);
}
