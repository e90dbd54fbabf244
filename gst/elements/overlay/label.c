/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/label.h"

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

/* Steps from the edge's colour to the plate's. */
#define RAMP 17

/* Not quite black, so that it stands out from black, and hardly anything of
 * what is behind shines through: on white it is 12 levels lighter, and the text
 * keeps 14:1. */
#define PLATE_COLOR 0xf3181a22u
#define TEXT_COLOR 0xfffbfbfbu

void
kocr_label_style_init (KocrLabelStyle * self, PangoContext * context,
    const PangoFontDescription * description, const KocrOverlayPixels * pixels,
    gint width, gint height, gdouble stretch)
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
  self->em = CLAMP (self->em, 1.0, MAX (height, 1.0));
  kocr_overlay_pixels_make_ramp (pixels, PLATE_COLOR, TEXT_COLOR, self->shades,
      G_N_ELEMENTS (self->shades));

  probe = kocr_label_style_lay_out (self, PROBE, 1.0);
  pango_layout_get_extents (probe, &ink, NULL);
  self->ascent = (pango_layout_get_baseline (probe) - ink.y) /
      (gdouble) PANGO_SCALE;
  self->descent = ink.height / (gdouble) PANGO_SCALE - self->ascent;
}

void
kocr_label_style_clear (KocrLabelStyle * self)
{
  g_clear_object (&self->context);
  g_clear_pointer (&self->font, pango_font_description_free);
}

static gdouble
side_width (const KocrLabelStyle * self)
{
  return (2.0 * PAD_X + EDGE) * self->em;
}

PangoLayout *
kocr_label_style_lay_out (
    const KocrLabelStyle *self, const gchar *text, gdouble size)
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
kocr_label_style_measure (const KocrLabelStyle * self, PangoLayout * layout,
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
edge_width (const KocrLabelStyle * self, gdouble em)
{
  return ceil (EDGE * em * self->stretch);
}

/* The text alone, within @clip: a mask to be freed by the caller, NULL when
 * there is no memory for it. */
static cairo_surface_t *
make_mask (const KocrLabel *self, const GstVideoRectangle *clip)
{
  const KocrLabelStyle *style = self->style;
  const KocrOrientedBox *place = &self->place;
  gdouble em = style->em * self->size;
  cairo_surface_t *mask
      = cairo_image_surface_create (CAIRO_FORMAT_A8, clip->w, clip->h);
  cairo_t *cr = cairo_create (mask);
  cairo_matrix_t turn;

  cairo_matrix_init (&turn, place->cos, place->sin, -place->sin, place->cos,
      -clip->x, -clip->y);
  cairo_transform (cr, &turn);
  cairo_translate (cr, place->left + edge_width (style, em) +
      PAD_X * em * style->stretch, place->top + (place->height +
          (style->ascent - style->descent) * self->size) / 2.0);
  cairo_scale (cr, style->stretch, 1.0);
  cairo_move_to (cr, 0.0, 0.0);
  pango_cairo_show_layout_line (cr,
      pango_layout_get_line_readonly (self->layout, 0));
  cairo_destroy (cr);
  cairo_surface_flush (mask);
  if (!cairo_image_surface_get_data (mask))
    g_clear_pointer (&mask, cairo_surface_destroy);
  return mask;
}

/* How much of the pixel around @u, @v (from the plate's top left corner) is
 * plate: the corners at the right are round. */
static gdouble
get_coverage (const KocrLabel * self, gdouble u, gdouble v)
{
  gdouble width = self->place.width, height = self->place.height;
  gdouble radius = MIN (RADIUS * self->style->em * self->size, height / 2.0);
  gdouble du = u - (width - radius), dv = fabs (v - height / 2.0) -
      (height / 2.0 - radius);
  gdouble outside = MAX (-u, MAX (du, dv) - radius);

  if (du > 0.0 && dv > 0.0)
    outside = hypot (du, dv) - radius;
  return CLAMP (0.5 - outside, 0.0, 1.0);
}

/* Of most labels only two corners need a thought. */
static void
paint_level (KocrOverlayCanvas *canvas, gconstpointer data)
{
  const KocrLabel *self = data;
  const KocrLabelStyle *style = self->style;
  const KocrOverlayPixels *pixels = &canvas->target->pixels;
  const GstVideoRectangle *clip = &canvas->clip;
  gint left = self->place.left, top = self->place.top;
  gint width = self->place.width, height = self->place.height;
  gint radius = ceil (RADIUS * style->em * self->size);
  gint end = width - radius - clip->x + left;
  cairo_surface_t *mask = make_mask (self, clip);
  gint x, y;

  for (y = 0; y < clip->h && mask; y++) {
    const guint8 *text = cairo_image_surface_get_data (mask) +
        (gsize) y * cairo_image_surface_get_stride (mask);
    guint32 *to = kocr_overlay_canvas_get_pixel (canvas, clip->x, clip->y + y);
    gint row = clip->y + y - top;

    for (x = 0; x < clip->w; x++)
      to[x] = style->shades[text[x]];
    if (row >= radius && row < height - radius)
      continue;
    for (x = MAX (end, 0); x < clip->w; x++)
      to[x] = kocr_overlay_pixels_fade (pixels, to[x],
          255.0 * get_coverage (self, clip->x + x - left + 0.5, row + 0.5));
  }
  g_clear_pointer (&mask, cairo_surface_destroy);
  kocr_overlay_canvas_fill (canvas, left, top,
      left + edge_width (style, style->em * self->size), top + height,
      kocr_overlay_pixels_from_color (pixels, self->color));
}

static void
paint_tilted (KocrOverlayCanvas *canvas, gconstpointer data)
{
  const KocrLabel *self = data;
  const KocrOrientedBox *place = &self->place;
  const KocrOverlayPixels *pixels = &canvas->target->pixels;
  const GstVideoRectangle *clip = &canvas->clip;
  gdouble em = self->style->em * self->size;
  gdouble edge = edge_width (self->style, em), radius = RADIUS * em;
  cairo_surface_t *mask = make_mask (self, clip);
  guint32 ramp[RAMP];
  gint x, y;

  kocr_overlay_pixels_make_ramp (pixels, self->color, PLATE_COLOR, ramp, RAMP);
  for (y = 0; y < clip->h && mask; y++) {
    const guint8 *text = cairo_image_surface_get_data (mask) +
        (gsize) y * cairo_image_surface_get_stride (mask);
    guint32 *to = kocr_overlay_canvas_get_pixel (canvas, clip->x, clip->y + y);
    gdouble at_x = clip->x + 0.5, at_y = clip->y + y + 0.5;
    gdouble u = at_x * place->cos + at_y * place->sin - place->left;
    gdouble v = at_y * place->cos - at_x * place->sin - place->top;

    for (x = 0; x < clip->w; x++, u += place->cos, v -= place->sin) {
      gdouble inside = MIN (v, place->height - v), coverage, on_plate;

      if (inside < -0.5 || u < -0.5 || u > place->width + 0.5)
        continue;
      to[x] = self->style->shades[text[x]];
      if (inside > 0.5 && u > edge + 0.5 && u < place->width - radius)
        continue;
      coverage = get_coverage (self, u, v);
      on_plate = CLAMP (u - edge + 0.5, 0.0, 1.0);
      if (on_plate < 1.0)
        to[x] = ramp[(guint) (on_plate * (RAMP - 1))];
      to[x] = kocr_overlay_pixels_fade (pixels, to[x], 255.0 * coverage);
    }
  }
  g_clear_pointer (&mask, cairo_surface_destroy);
}

void
kocr_label_add_shapes (
    const KocrLabel *self, GArray *shapes, const KocrOverlayTarget *target)
{
  gboolean level = self->place.sin == 0.0;
  const KocrOverlayShape model
      = { .paint = level ? paint_level : paint_tilted, .data = self };
  gdouble corners[8];

  kocr_oriented_box_get_corners (&self->place, corners);
  kocr_overlay_shapes_add (
      shapes, &model, corners, level ? 0.0 : 1.0, FALSE, target);
}
