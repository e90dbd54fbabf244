/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "screen.h"

#include <math.h>
#include <cairo.h>

#define FONT_PIXELS 12
#define LINE 24
#define MARGIN 40
#define COLUMNS 220             /* characters of a line */
#define PAPER 200
#define INK 40
/* Noise is taken out of a table at a place by chance. */
#define NOISES 65536

static void
draw_line (cairo_t * cairo, GRand * text, gdouble y)
{
  gchar line[COLUMNS + 1];

  for (guint i = 0; i < COLUMNS; i++)
    line[i] = g_rand_int_range (text, 0, 6) ? g_rand_int_range (text, '0',
        'z' + 1) : ' ';
  line[COLUMNS] = '\0';
  cairo_move_to (cairo, MARGIN, y);
  cairo_show_text (cairo, line);
}

/* As high as a pointer is. */
static void
draw_cursor (cairo_t * cairo, gint place, gint width, gint height)
{
  cairo_move_to (cairo, place * 131 % width, place * 73 % height);
  cairo_rel_line_to (cairo, 0, 19);
  cairo_rel_line_to (cairo, 12, -6);
  cairo_fill (cairo);
}

/* How much ink there is where. */
static cairo_surface_t *
draw (const Screen * self, gint width, gint height)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  g_autoptr (GRand) text = g_rand_new_with_seed (self->slide);
  gchar digit[] = { '0' + self->digit, '\0' };
  cairo_t *cairo = cairo_create (surface);

  cairo_select_font_face (cairo, "sans", CAIRO_FONT_SLANT_NORMAL,
      CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cairo, FONT_PIXELS);
  for (gint y = 3 * LINE - self->scrolled; y < height; y += LINE)
    draw_line (cairo, text, y);
  cairo_move_to (cairo, width / 2, LINE);
  cairo_show_text (cairo, digit);
  if (self->cursor >= 0)
    draw_cursor (cairo, self->cursor, width, height);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  return surface;
}

static void
expose (const Screen * self, GRand * random, cairo_surface_t * ink,
    GstVideoFrame * frame)
{
  static gfloat table[NOISES];
  gint width = GST_VIDEO_FRAME_WIDTH (frame);

  if (table[0] == 0)
    for (guint i = 0; i < NOISES; i++)
      table[i] = sqrt (-2 * log (1 - g_rand_double (random)))
          * cos (2 * G_PI * g_rand_double (random));
  for (gint y = 0; y < GST_VIDEO_FRAME_HEIGHT (frame); y++) {
    guint8 *row = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (frame, 0)
        + (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
    const guint8 *inked = cairo_image_surface_get_data (ink)
        + (gsize) y * cairo_image_surface_get_stride (ink);
    guint at = g_rand_int (random);

    for (gint x = 0; x < width; x++) {
      gdouble level = (PAPER - (PAPER - INK) * inked[x] / 255.0) * self->gain
          + self->offset + self->noise * table[(at + x) % NOISES];

      row[x] = CLAMP (level + 0.5, 0, 255);
    }
  }
}

void
screen_paint (const Screen * self, GRand * random, GstVideoFrame * frame)
{
  cairo_surface_t *ink = draw (self, GST_VIDEO_FRAME_WIDTH (frame),
      GST_VIDEO_FRAME_HEIGHT (frame));

  expose (self, random, ink, frame);
  cairo_surface_destroy (ink);
}
