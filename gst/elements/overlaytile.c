/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlaytile.h"

#include <math.h>

#define FRAME_PIXEL_NS 0.5
#define TILE_PIXEL_NS 1.8

/* A pixel of error in a corner, in and out. */
#define UPRIGHT_TOLERANCE 2.0

/* Narrower columns are all overhead. */
#define MIN_COLUMN 16

gdouble
overlay_tile_get_cost (const OverlayTile * tile, gint frame_width)
{
  return tile->height * (FRAME_PIXEL_NS * frame_width +
      TILE_PIXEL_NS * tile->width);
}

/* FALSE when nothing of it is inside the frame. */
static gboolean
init_from_edges (OverlayTile * self, gdouble left, gdouble top, gdouble right,
    gdouble bottom, gint frame_width, gint frame_height)
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

/* Sorts four numbers. */
static void
sort_four (const gdouble * quad, gdouble sorted[4])
{
  guint i, j;

  for (i = 0; i < 4; i++) {
    for (j = i; j > 0 && sorted[j - 1] > quad[2 * i]; j--)
      sorted[j] = sorted[j - 1];
    sorted[j] = quad[2 * i];
  }
}

gboolean
overlay_tile_init (OverlayTile * self, const gdouble quad[8], gdouble margin,
    gint frame_width, gint frame_height)
{
  gdouble xs[4], ys[4];

  sort_four (quad, xs);
  sort_four (quad + 1, ys);
  return init_from_edges (self, xs[0] - margin, ys[0] - margin,
      xs[3] + margin, ys[3] + margin, frame_width, frame_height);
}

void
overlay_tile_join (OverlayTile * self, const OverlayTile * other)
{
  gint right = MAX (self->x + self->width, other->x + other->width);
  gint bottom = MAX (self->y + self->height, other->y + other->height);

  self->x = MIN (self->x, other->x);
  self->y = MIN (self->y, other->y);
  self->width = right - self->x;
  self->height = bottom - self->y;
}

gboolean
overlay_tile_quad_is_upright (const gdouble quad[8])
{
  gdouble xs[4], ys[4];

  sort_four (quad, xs);
  sort_four (quad + 1, ys);
  return xs[1] - xs[0] <= UPRIGHT_TOLERANCE &&
      xs[3] - xs[2] <= UPRIGHT_TOLERANCE &&
      ys[1] - ys[0] <= UPRIGHT_TOLERANCE && ys[3] - ys[2] <= UPRIGHT_TOLERANCE;
}

void
overlay_tile_get_edges (const gdouble quad[8], gdouble edges[4])
{
  gdouble xs[4], ys[4];

  sort_four (quad, xs);
  sort_four (quad + 1, ys);
  edges[0] = (xs[0] + xs[1]) / 2.0;
  edges[1] = (ys[0] + ys[1]) / 2.0;
  edges[2] = (xs[2] + xs[3]) / 2.0;
  edges[3] = (ys[2] + ys[3]) / 2.0;
}

/* Above, below, left and right of what an upright outline leaves free. */
static void
cut_strips (GArray * tiles, const gdouble quad[8], const OverlayTile * whole)
{
  gdouble edges[4];
  gint left, top, right, bottom;
  guint i;

  overlay_tile_get_edges (quad, edges);
  left = CLAMP (round (edges[0]), whole->x, whole->x + whole->width);
  top = CLAMP (round (edges[1]), whole->y, whole->y + whole->height);
  right = CLAMP (round (edges[2]), whole->x, whole->x + whole->width);
  bottom = CLAMP (round (edges[3]), whole->y, whole->y + whole->height);

  if (right <= left || bottom <= top) {
    g_array_append_val (tiles, *whole);
  } else {
    const OverlayTile strips[] = {
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

gboolean
overlay_quad_get_span (const gdouble quad[8], OverlayLines lines, gdouble from,
    gdouble to, gdouble * low, gdouble * high)
{
  guint across = lines == OVERLAY_ROWS ? 1 : 0, along = 1 - across;
  guint i, end;

  *low = G_MAXDOUBLE;
  *high = -G_MAXDOUBLE;
  for (i = 0; i < 4; i++) {
    const gdouble *a = &quad[2 * i], *b = &quad[2 * ((i + 1) % 4)];

    if (MAX (a[across], b[across]) < from || MIN (a[across], b[across]) > to)
      continue;
    for (end = 0; end < 2; end++) {
      gdouble at = CLAMP (end ? b[across] : a[across], from, to);
      gdouble t = a[across] == b[across] ? end :
          (at - a[across]) / (b[across] - a[across]);
      gdouble reached = a[along] + t * (b[along] - a[along]);

      *low = MIN (*low, reached);
      *high = MAX (*high, reached);
    }
  }
  return *low <= *high;
}

/* Columns follow a tilted quad, each with the rows that it needs. */
static void
cut_columns (GArray * tiles, const gdouble quad[8], gdouble margin,
    const OverlayTile * whole, gint frame_width, gint frame_height)
{
  gdouble side = MIN (hypot (quad[2] - quad[0], quad[3] - quad[1]),
      hypot (quad[6] - quad[0], quad[7] - quad[1]));
  gint column = CLAMP (side, MIN_COLUMN, MAX (MIN_COLUMN, whole->width));
  gint x;

  for (x = whole->x; x < whole->x + whole->width; x += column) {
    gint right = MIN (x + column, whole->x + whole->width);
    gdouble top, bottom;
    OverlayTile tile;

    if (overlay_quad_get_span (quad, OVERLAY_COLUMNS, x - margin,
            right + margin, &top, &bottom) &&
        init_from_edges (&tile, x, top - margin, right, bottom + margin,
            frame_width, frame_height))
      g_array_append_val (tiles, tile);
  }
}

gdouble
overlay_tiles_cut (GArray * tiles, const gdouble quad[8], gdouble margin,
    gboolean hollow, gint frame_width, gint frame_height)
{
  guint first = tiles->len, i;
  gdouble whole_cost, cost = 0.0;
  gboolean upright = overlay_tile_quad_is_upright (quad);
  OverlayTile whole;

  if (!overlay_tile_init (&whole, quad, margin, frame_width, frame_height))
    return 0.0;

  if (!upright)
    cut_columns (tiles, quad, margin, &whole, frame_width, frame_height);
  else if (hollow)
    cut_strips (tiles, quad, &whole);
  else
    g_array_append_val (tiles, whole);

  for (i = first; i < tiles->len; i++)
    cost += overlay_tile_get_cost (&g_array_index (tiles, OverlayTile, i),
        frame_width);
  whole_cost = overlay_tile_get_cost (&whole, frame_width);
  if (cost <= whole_cost)
    return cost;

  g_array_set_size (tiles, first);
  g_array_append_val (tiles, whole);
  return whole_cost;
}
