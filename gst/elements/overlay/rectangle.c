/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/rectangle.h"

#include <math.h>
#include "geometry/quad.h"

#define FRAME_PIXEL_NS 0.5
#define TILE_PIXEL_NS 1.8

/* Narrower columns are all overhead. */
#define MIN_COLUMN 16

gdouble
kocr_overlay_rectangle_get_cost (
    const KocrOverlayRectangle *tile, gint frame_width)
{
  return tile->height * (FRAME_PIXEL_NS * frame_width +
      TILE_PIXEL_NS * tile->width);
}

/* FALSE when nothing of it is inside the frame. */
static gboolean
init_from_edges (KocrOverlayRectangle *self, gdouble left, gdouble top,
    gdouble right, gdouble bottom, gint frame_width, gint frame_height)
{
  gdouble x0 = floor (MAX (left, 0.0)), y0 = floor (MAX (top, 0.0));
  gdouble x1 = ceil (MIN (right, frame_width));
  gdouble y1 = ceil (MIN (bottom, frame_height));

  if (x1 <= x0 || y1 <= y0)
    return FALSE;
  self->x = x0;
  self->y = y0;
  self->width = x1 - x0;
  self->height = y1 - y0;
  return TRUE;
}

gboolean
kocr_overlay_rectangle_init (KocrOverlayRectangle *self, const gdouble quad[8],
    gdouble margin, gint frame_width, gint frame_height)
{
  gdouble xs[4], ys[4];

  kocr_quad_sort_coordinates (quad, xs, ys);
  return init_from_edges (self, xs[0] - margin, ys[0] - margin,
      xs[3] + margin, ys[3] + margin, frame_width, frame_height);
}

void
kocr_overlay_rectangle_join (
    KocrOverlayRectangle *self, const KocrOverlayRectangle *other)
{
  gint right = MAX (self->x + self->width, other->x + other->width);
  gint bottom = MAX (self->y + self->height, other->y + other->height);

  self->x = MIN (self->x, other->x);
  self->y = MIN (self->y, other->y);
  self->width = right - self->x;
  self->height = bottom - self->y;
}

/* Above, below, left and right of what an upright outline leaves free. */
static void
cut_strips (
    GArray *tiles, const gdouble quad[8], const KocrOverlayRectangle *whole)
{
  gdouble edges[4];
  gint left, top, right, bottom;
  guint i;

  kocr_quad_get_edges (quad, edges);
  left = CLAMP (round (edges[0]), whole->x, whole->x + whole->width);
  top = CLAMP (round (edges[1]), whole->y, whole->y + whole->height);
  right = CLAMP (round (edges[2]), whole->x, whole->x + whole->width);
  bottom = CLAMP (round (edges[3]), whole->y, whole->y + whole->height);

  if (right <= left || bottom <= top) {
    g_array_append_val (tiles, *whole);
  } else {
    const KocrOverlayRectangle strips[] = {
      {whole->x, whole->y, whole->width, top - whole->y},
      {whole->x, bottom, whole->width, whole->y + whole->height - bottom},
      {whole->x, top, left - whole->x, bottom - top},
      {right, top, whole->x + whole->width - right, bottom - top},
    };

    for (i = 0; i < G_N_ELEMENTS (strips); i++) {
      if (strips[i].width > 0 && strips[i].height > 0)
        g_array_append_val (tiles, strips[i]);
    }
  }
}

/* Columns follow a tilted quad, each with the rows that it needs. */
static void
cut_columns (GArray * tiles, const gdouble quad[8], gdouble margin,
    const KocrOverlayRectangle * whole, gint frame_width, gint frame_height)
{
  gdouble side = MIN (hypot (quad[2] - quad[0], quad[3] - quad[1]),
      hypot (quad[6] - quad[0], quad[7] - quad[1]));
  gint column = CLAMP (side, MIN_COLUMN, MAX (MIN_COLUMN, whole->width));
  gint x;

  for (x = whole->x; x < whole->x + whole->width; x += column) {
    gint right = MIN (x + column, whole->x + whole->width);
    gdouble top, bottom;
    KocrOverlayRectangle tile;

    if (kocr_quad_get_span (quad, KOCR_QUAD_COLUMNS, x - margin,
            right + margin, &top, &bottom) &&
        init_from_edges (&tile, x, top - margin, right, bottom + margin,
            frame_width, frame_height))
      g_array_append_val (tiles, tile);
  }
}

gdouble
kocr_overlay_rectangles_cut (GArray *tiles, const gdouble quad[8],
    gdouble margin, gboolean hollow, gint frame_width, gint frame_height)
{
  guint first = tiles->len, i;
  gdouble whole_cost, cost = 0.0;
  gboolean upright = kocr_quad_is_upright (quad);
  KocrOverlayRectangle whole;

  if (!kocr_overlay_rectangle_init (
          &whole, quad, margin, frame_width, frame_height))
    return 0.0;

  if (!upright)
    cut_columns (tiles, quad, margin, &whole, frame_width, frame_height);
  else if (hollow)
    cut_strips (tiles, quad, &whole);
  else
    g_array_append_val (tiles, whole);

  for (i = first; i < tiles->len; i++)
    cost += kocr_overlay_rectangle_get_cost (
        &g_array_index (tiles, KocrOverlayRectangle, i), frame_width);
  whole_cost = kocr_overlay_rectangle_get_cost (&whole, frame_width);
  if (cost <= whole_cost)
    return cost;

  g_array_set_size (tiles, first);
  g_array_append_val (tiles, whole);
  return whole_cost;
}
