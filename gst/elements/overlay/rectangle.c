/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/rectangle.h"

#include <math.h>
#include "geometry/quad.h"

#define FRAME_PIXEL_NS 0.5
#define RECTANGLE_PIXEL_NS 1.8

/* Narrower columns are all overhead. */
#define MIN_COLUMN 16

gdouble
kocr_overlay_rectangle_get_cost (
    const GstVideoRectangle *rectangle, gint frame_width)
{
  return rectangle->h
         * (FRAME_PIXEL_NS * frame_width + RECTANGLE_PIXEL_NS * rectangle->w);
}

/* FALSE when nothing of it is inside the frame. */
static gboolean
init_from_edges (GstVideoRectangle *self, gdouble left, gdouble top,
    gdouble right, gdouble bottom, gint frame_width, gint frame_height)
{
  gdouble x0 = floor (MAX (left, 0.0)), y0 = floor (MAX (top, 0.0));
  gdouble x1 = ceil (MIN (right, frame_width));
  gdouble y1 = ceil (MIN (bottom, frame_height));

  if (x1 <= x0 || y1 <= y0)
    return FALSE;
  self->x = x0;
  self->y = y0;
  self->w = x1 - x0;
  self->h = y1 - y0;
  return TRUE;
}

/* The part of the frame that a quad takes with @margin around it; FALSE when
 * there is none. */
static gboolean
rectangle_init (GstVideoRectangle *self, const gdouble quad[8], gdouble margin,
    gint frame_width, gint frame_height)
{
  gdouble xs[4], ys[4];

  kocr_quad_sort_coordinates (quad, xs, ys);
  return init_from_edges (self, xs[0] - margin, ys[0] - margin,
      xs[3] + margin, ys[3] + margin, frame_width, frame_height);
}

void
kocr_overlay_rectangle_join (
    GstVideoRectangle *self, const GstVideoRectangle *other)
{
  gint right = MAX (self->x + self->w, other->x + other->w);
  gint bottom = MAX (self->y + self->h, other->y + other->h);

  self->x = MIN (self->x, other->x);
  self->y = MIN (self->y, other->y);
  self->w = right - self->x;
  self->h = bottom - self->y;
}

/* Above, below, left and right of what an upright outline leaves free. */
static void
cut_strips (
    GArray *rectangles, const gdouble quad[8], const GstVideoRectangle *whole)
{
  gdouble edges[4];
  gint left, top, right, bottom;
  guint i;

  kocr_quad_get_edges (quad, edges);
  left = CLAMP (round (edges[0]), whole->x, whole->x + whole->w);
  top = CLAMP (round (edges[1]), whole->y, whole->y + whole->h);
  right = CLAMP (round (edges[2]), whole->x, whole->x + whole->w);
  bottom = CLAMP (round (edges[3]), whole->y, whole->y + whole->h);

  if (right <= left || bottom <= top) {
    g_array_append_val (rectangles, *whole);
  } else {
    const GstVideoRectangle strips[] = {
      { whole->x, whole->y, whole->w, top - whole->y },
      { whole->x, bottom, whole->w, whole->y + whole->h - bottom },
      { whole->x, top, left - whole->x, bottom - top },
      { right, top, whole->x + whole->w - right, bottom - top },
    };

    for (i = 0; i < G_N_ELEMENTS (strips); i++) {
      if (strips[i].w > 0 && strips[i].h > 0)
        g_array_append_val (rectangles, strips[i]);
    }
  }
}

/* Columns follow a tilted quad, each with the rows that it needs. */
static void
cut_columns (GArray *rectangles, const gdouble quad[8], gdouble margin,
    const GstVideoRectangle *whole, gint frame_width, gint frame_height)
{
  gdouble side = MIN (hypot (quad[2] - quad[0], quad[3] - quad[1]),
      hypot (quad[6] - quad[0], quad[7] - quad[1]));
  gint column = CLAMP (side, MIN_COLUMN, MAX (MIN_COLUMN, whole->w));
  gint x;

  for (x = whole->x; x < whole->x + whole->w; x += column) {
    gint right = MIN (x + column, whole->x + whole->w);
    gdouble top, bottom;
    GstVideoRectangle rectangle;

    if (kocr_quad_get_span (
            quad, KOCR_QUAD_COLUMNS, x - margin, right + margin, &top, &bottom)
        && init_from_edges (&rectangle, x, top - margin, right, bottom + margin,
            frame_width, frame_height))
      g_array_append_val (rectangles, rectangle);
  }
}

gdouble
kocr_overlay_rectangles_cover (GArray *rectangles, const gdouble quad[8],
    gdouble margin, gboolean hollow, gint frame_width, gint frame_height)
{
  guint first = rectangles->len, i;
  gdouble whole_cost, cost = 0.0;
  gboolean upright = kocr_quad_is_upright (quad);
  GstVideoRectangle whole;

  if (!rectangle_init (&whole, quad, margin, frame_width, frame_height))
    return 0.0;

  if (!upright)
    cut_columns (rectangles, quad, margin, &whole, frame_width, frame_height);
  else if (hollow)
    cut_strips (rectangles, quad, &whole);
  else
    g_array_append_val (rectangles, whole);

  for (i = first; i < rectangles->len; i++)
    cost += kocr_overlay_rectangle_get_cost (
        &g_array_index (rectangles, GstVideoRectangle, i), frame_width);
  whole_cost = kocr_overlay_rectangle_get_cost (&whole, frame_width);
  if (cost <= whole_cost)
    return cost;

  g_array_set_size (rectangles, first);
  g_array_append_val (rectangles, whole);
  return whole_cost;
}
