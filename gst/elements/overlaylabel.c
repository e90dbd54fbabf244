/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlaylabel.h"

#include <math.h>

/* The frame that a font's size is meant for. */
#define NOMINAL_LINES 480.0
#define DEFAULT_POINTS 14.0

/* Below this part of 480 lines letters shrink no further: 14 is 11 pixels
 * then, the least at which Hangul can be read. */
#define MIN_SCALE 0.8

/* Tall and deep letters of both scripts; a plate is as high as they need. */
#define PROBE "가뭘Ájgp"

/* In parts of the letters' size, by eye. */
#define PAD_Y 0.11
#define PAD_X 0.32
#define EDGE 0.14
#define RADIUS 0.2

/* Not quite black, so that it stands out from black, and a little of what is
 * behind shines through; on white it is 36 levels lighter and the text keeps
 * 11:1. */
#define PLATE_COLOR 0xeb181a22u
#define TEXT_COLOR 0xfffbfbfbu

void
label_style_init (LabelStyle * self, PangoContext * context,
    const PangoFontDescription * description, gint width,
    gint height, gdouble stretch)
{
  g_autoptr (PangoLayout) probe = NULL;
  gdouble points = pango_font_description_get_size (description) /
      (gdouble) PANGO_SCALE;
  PangoRectangle ink;

  self->context = g_object_ref (context);
  self->font = pango_font_description_copy (description);
  self->stretch = stretch;
  self->max_width = width;
  if (pango_font_description_get_size_is_absolute (description))
    self->em = points;
  else
    self->em = (points > 0.0 ? points : DEFAULT_POINTS) *
        MAX (MIN (width / stretch, height) / NOMINAL_LINES, MIN_SCALE);

  probe = label_style_lay_out (self, PROBE, 1.0);
  pango_layout_get_extents (probe, &ink, NULL);
  self->ascent = (pango_layout_get_baseline (probe) - ink.y) /
      (gdouble) PANGO_SCALE;
  self->descent = ink.height / (gdouble) PANGO_SCALE - self->ascent;
}

void
label_style_clear (LabelStyle * self)
{
  g_clear_object (&self->context);
  g_clear_pointer (&self->font, pango_font_description_free);
}

static gdouble
side_width (const LabelStyle * self)
{
  return (2.0 * PAD_X + EDGE) * self->em;
}

PangoLayout *
label_style_lay_out (const LabelStyle * self, const gchar * text, gdouble size)
{
  PangoLayout *layout = pango_layout_new (self->context);
  gdouble room = self->max_width / self->stretch - side_width (self) * size;
  PangoRectangle logical;

  pango_font_description_set_absolute_size (self->font,
      self->em * size * PANGO_SCALE);
  pango_layout_set_font_description (layout, self->font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);

  pango_layout_get_extents (layout, NULL, &logical);
  if (logical.width > room * PANGO_SCALE) {
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_width (layout, MAX (room, 1.0) * PANGO_SCALE);
  }
  return layout;
}

void
label_style_measure (const LabelStyle * self, PangoLayout * layout,
    gdouble size, gdouble * width, gdouble * height)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  *width = ceil ((logical.width / (gdouble) PANGO_SCALE +
          side_width (self) * size) * self->stretch);
  *height = ceil ((self->ascent + self->descent + 2.0 * PAD_Y * self->em) *
      size);
}

static gdouble
edge_width (const LabelStyle * self, gdouble em)
{
  return ceil (EDGE * em * self->stretch);
}

/* From where the plate begins to where the text does. */
static void
move_to_text (const LabelStyle * self, cairo_t * cr, gdouble size,
    gdouble height)
{
  gdouble em = self->em * size;

  cairo_translate (cr, edge_width (self, em) + PAD_X * em * self->stretch,
      (height + (self->ascent - self->descent) * size) / 2.0);
  cairo_scale (cr, self->stretch, 1.0);
  cairo_move_to (cr, 0.0, 0.0);
}

static void
show_text (cairo_t * cr, PangoLayout * layout)
{
  pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (layout, 0));
}

/* --- Level ones, most of all --- */

/* The plate with more and more text on it. */
static void
make_shades (const OverlayPixels * pixels, guint32 shades[256])
{
  const guint plate_alpha = PLATE_COLOR >> 24;
  guint i, shift;

  for (i = 0; i < 256; i++) {
    guint below = plate_alpha * (255 - i), alpha = below + 255 * i;
    guint32 color = (alpha + 127) / 255 << 24;

    for (shift = 0; shift < 24; shift += 8)
      color |= ((PLATE_COLOR >> shift & 0xff) * below +
          (TEXT_COLOR >> shift & 0xff) * 255 * i + alpha / 2) / alpha << shift;
    shades[i] = overlay_pixels_from_color (pixels, color);
  }
}

/* Takes the corners at the right off, which a circle of @radius leaves. */
static void
round_corners (OverlayCanvas * canvas, const OrientedBox * place,
    gdouble radius)
{
  const OverlayTile *tile = &canvas->tile;
  gint right = place->left + place->width, height = place->height;
  gint x, y;

  for (y = 0; y < radius && y < height / 2; y++) {
    gdouble rest = radius - y - 0.5;
    gdouble cut = radius - sqrt (MAX (0.0, radius * radius - rest * rest));

    for (x = 0; x < cut; x++) {
      guint coverage = 255.0 * MAX (0.0, x + 1 - cut);
      gint rows[2] = { place->top + y, place->top + height - 1 - y };
      gint column = right - 1 - x - tile->x;
      guint i;

      for (i = 0; i < 2; i++) {
        gint row = rows[i] - tile->y;

        if (row >= 0 && row < tile->height && column >= 0 &&
            column < tile->width) {
          guint32 *pixel = canvas->pixels + (gsize) row * tile->width + column;

          *pixel = overlay_pixels_fade (&canvas->target->pixels, *pixel,
              coverage);
        }
      }
    }
  }
}

/* The text becomes a mask and the mask an index: a pixel costs a look into a
 * table, where cairo would mix it and a conversion would follow. */
static void
draw_level (const LabelStyle * self, OverlayCanvas * canvas,
    PangoLayout * layout, gdouble size, const OrientedBox * place,
    guint32 color)
{
  const OverlayTile *tile = &canvas->tile;
  const OverlayPixels *pixels = &canvas->target->pixels;
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A8,
      tile->width, tile->height);
  cairo_t *cr = cairo_create (mask);
  guint32 shades[256];
  gint x, y;

  cairo_translate (cr, place->left - tile->x, place->top - tile->y);
  move_to_text (self, cr, size, place->height);
  show_text (cr, layout);
  cairo_destroy (cr);
  cairo_surface_flush (mask);

  make_shades (pixels, shades);
  for (y = 0; y < tile->height && cairo_image_surface_get_data (mask); y++) {
    const guint8 *from = cairo_image_surface_get_data (mask) +
        (gsize) y * cairo_image_surface_get_stride (mask);
    guint32 *to = canvas->pixels + (gsize) y * tile->width;

    for (x = 0; x < tile->width; x++)
      to[x] = shades[from[x]];
  }
  cairo_surface_destroy (mask);

  overlay_canvas_fill (canvas, place->left, place->top,
      place->left + edge_width (self, self->em * size),
      place->top + place->height, overlay_pixels_from_color (pixels, color));
  round_corners (canvas, place, RADIUS * self->em * size);
}

/* --- Tilted ones --- */

static void
set_color (cairo_t * cr, guint32 color)
{
  cairo_set_source_rgba (cr, (color >> 16 & 0xff) / 255.0,
      (color >> 8 & 0xff) / 255.0, (color & 0xff) / 255.0,
      (color >> 24) / 255.0);
}

static void
plate_path (cairo_t * cr, gdouble width, gdouble height, gdouble radius)
{
  cairo_move_to (cr, 0.0, 0.0);
  cairo_arc (cr, width - radius, radius, radius, -G_PI_2, 0.0);
  cairo_arc (cr, width - radius, height - radius, radius, 0.0, G_PI_2);
  cairo_line_to (cr, 0.0, height);
  cairo_close_path (cr);
}

static void
draw_tilted (const LabelStyle * self, OverlayCanvas * canvas,
    PangoLayout * layout, gdouble size, const OrientedBox * place,
    guint32 color)
{
  cairo_t *cr = overlay_canvas_open_cairo (canvas);
  gdouble em = self->em * size;
  cairo_matrix_t turn;

  cairo_matrix_init (&turn, place->cos, place->sin, -place->sin, place->cos,
      0.0, 0.0);
  cairo_transform (cr, &turn);
  cairo_translate (cr, place->left, place->top);

  plate_path (cr, place->width, place->height, MIN (RADIUS * em,
          place->height / 2.0));
  cairo_clip (cr);
  set_color (cr, PLATE_COLOR);
  cairo_paint (cr);
  cairo_rectangle (cr, 0.0, 0.0, edge_width (self, em), place->height);
  set_color (cr, color);
  cairo_fill (cr);

  move_to_text (self, cr, size, place->height);
  set_color (cr, TEXT_COLOR);
  show_text (cr, layout);
  overlay_canvas_close_cairo (canvas, cr);
}

void
label_style_draw (const LabelStyle * self, const OverlayTarget * target,
    PangoLayout * layout, gdouble size, const OrientedBox * place,
    guint32 color)
{
  g_autoptr (GArray) tiles = g_array_new (FALSE, FALSE, sizeof (OverlayTile));
  gboolean level = place->sin == 0.0;
  gdouble corners[8];
  guint i;

  oriented_box_get_corners (place, corners);
  overlay_tiles_cut (tiles, corners, level ? 0.0 : 1.0, FALSE, target->width,
      target->height);
  for (i = 0; i < tiles->len; i++) {
    OverlayCanvas canvas;

    if (!overlay_canvas_begin (&canvas, target, &g_array_index (tiles,
                OverlayTile, i)))
      return;
    if (level)
      draw_level (self, &canvas, layout, size, place, color);
    else
      draw_tilted (self, &canvas, layout, size, place, color);
    overlay_canvas_end (&canvas);
  }
}
