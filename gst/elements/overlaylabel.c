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

/* White on it is 16:1, the palette 6:1 and more, whatever is behind. */
#define PLATE 0.055, 0.06, 0.085, 0.86
#define TEXT 0.985, 0.985, 0.985

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
label_style_lay_out (const LabelStyle * self, const gchar * text,
		     gdouble size)
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
  if (logical.width > room * PANGO_SCALE)
    {
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

/* Square at the left, where the coloured edge is. */
static void
plate_path (cairo_t * cr, const OrientedBox * box, gdouble radius)
{
  gdouble right = box->left + box->width, bottom = box->top + box->height;

  cairo_move_to (cr, box->left, box->top);
  cairo_arc (cr, right - radius, box->top + radius, radius, -G_PI_2, 0.0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0.0, G_PI_2);
  cairo_line_to (cr, box->left, bottom);
  cairo_close_path (cr);
}

void
label_style_draw (const LabelStyle * self, cairo_t * cr, PangoLayout * layout,
		  gdouble size, const OrientedBox * place, guint32 color)
{
  gdouble em = self->em * size;
  gdouble edge = ceil (EDGE * em * self->stretch);
  cairo_matrix_t turn;

  cairo_save (cr);
  cairo_matrix_init (&turn, place->cos, place->sin, -place->sin, place->cos,
		     0.0, 0.0);
  cairo_transform (cr, &turn);

  plate_path (cr, place, MIN (RADIUS * em, place->height / 2.0));
  cairo_clip (cr);
  cairo_set_source_rgba (cr, PLATE);
  cairo_paint (cr);
  cairo_rectangle (cr, place->left, place->top, edge, place->height);
  cairo_set_source_rgba (cr, (color >> 16 & 0xff) / 255.0,
			 (color >> 8 & 0xff) / 255.0, (color & 0xff) / 255.0,
			 (color >> 24) / 255.0);
  cairo_fill (cr);

  cairo_translate (cr, place->left + edge + PAD_X * em * self->stretch,
		   place->top + (place->height +
				 (self->ascent -
				  self->descent) * size) / 2.0);
  cairo_scale (cr, self->stretch, 1.0);
  cairo_move_to (cr, 0.0, 0.0);
  cairo_set_source_rgb (cr, TEXT);
  pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (layout,
								    0));
  cairo_restore (cr);
}
