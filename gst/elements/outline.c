/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "outline.h"

#include <math.h>

/* In parts of the line's width, but whole pixels. */
#define SEAM 0.4

/* A dark shade of the line's colour and not black: where chroma has half the
 * resolution, a thin line would lose its own to the seam. */
#define SEAM_SHADE 0.3
#define SEAM_OPACITY 0.7

typedef struct
{
  const OverlayTarget *target;
  const OverlayRegion *regions;
  gdouble line_width;
  guint32 color;
} Outlines;

static gdouble
seam_width (gdouble line_width)
{
  return MAX (1.0, round (SEAM * line_width));
}

gdouble
outline_get_margin (gdouble line_width)
{
  return MAX (1.0, round (line_width)) + seam_width (line_width);
}

static guint32
seam_color (guint32 color)
{
  guint32 seam = (guint) ((color >> 24) * SEAM_OPACITY) << 24;
  guint shift;

  for (shift = 0; shift < 24; shift += 8)
    seam |= (guint) ((color >> shift & 0xff) * SEAM_SHADE) << shift;
  return seam;
}

/* The frame of @width around an upright box. */
static void
fill_frame (OverlayCanvas * canvas, const gint edges[4], gint width,
    guint32 pixel)
{
  gint left = edges[0], top = edges[1], right = edges[2], bottom = edges[3];

  overlay_canvas_fill (canvas, left - width, top - width, right + width, top,
      pixel);
  overlay_canvas_fill (canvas, left - width, bottom, right + width,
      bottom + width, pixel);
  overlay_canvas_fill (canvas, left - width, top, left, bottom, pixel);
  overlay_canvas_fill (canvas, right, top, right + width, bottom, pixel);
}

/* An upright box to whole pixels, which keep its lines sharp. */
static void
get_edges (const gdouble * box, gint edges[4])
{
  gdouble exact[4];
  guint i;

  overlay_tile_get_edges (box, exact);
  for (i = 0; i < 4; i++)
    edges[i] = round (exact[i]);
}

static void
fill_seam (const Outlines * self, OverlayCanvas * canvas, const gdouble * box)
{
  gint edges[4];

  get_edges (box, edges);
  fill_frame (canvas, edges, outline_get_margin (self->line_width),
      overlay_pixels_from_color (&self->target->pixels,
          seam_color (self->color)));
}

static void
fill_line (const Outlines * self, OverlayCanvas * canvas, const gdouble * box)
{
  gint edges[4];

  get_edges (box, edges);
  fill_frame (canvas, edges, MAX (1.0, round (self->line_width)),
      overlay_pixels_from_color (&self->target->pixels, self->color));
}

/* Around @box at @distance; exact when its corners are right angles. */
static void
path_around (cairo_t * cr, const gdouble * box, gdouble distance)
{
  static const gint outwards[4][2] = { {-1, -1}, {1, -1}, {1, 1}, {-1, 1} };
  gdouble angle = overlay_region_get_angle (box);
  gdouble ux = distance * cos (angle), uy = distance * sin (angle);
  guint i;

  for (i = 0; i < 4; i++)
    cairo_line_to (cr, box[2 * i] + outwards[i][0] * ux - outwards[i][1] * uy,
        box[2 * i + 1] + outwards[i][0] * uy + outwards[i][1] * ux);
  cairo_close_path (cr);
}

static void
stroke (cairo_t * cr, gdouble width, guint32 color)
{
  cairo_set_line_width (cr, width);
  cairo_set_source_rgba (cr, (color >> 16 & 0xff) / 255.0,
      (color >> 8 & 0xff) / 255.0, (color & 0xff) / 255.0,
      (color >> 24) / 255.0);
  cairo_stroke (cr);
}

static void
stroke_tilted (const Outlines * self, OverlayCanvas * canvas,
    const gdouble * box)
{
  gdouble seam = seam_width (self->line_width);
  cairo_t *cr = overlay_canvas_open_cairo (canvas);

  path_around (cr, box, self->line_width + seam / 2.0);
  stroke (cr, seam, seam_color (self->color));
  path_around (cr, box, self->line_width / 2.0);
  stroke (cr, self->line_width, self->color);
  overlay_canvas_close_cairo (canvas, cr);
}

static void
draw_single (const Outlines * self, guint i, gdouble margin)
{
  g_autoptr (GArray) tiles = g_array_new (FALSE, FALSE, sizeof (OverlayTile));
  const gdouble *box = self->regions[i].box;
  gboolean upright = overlay_tile_quad_is_upright (box);
  guint t;

  overlay_tiles_cut (tiles, box, margin, TRUE, self->target->width,
      self->target->height);
  for (t = 0; t < tiles->len; t++) {
    OverlayCanvas canvas;

    if (!overlay_canvas_begin (&canvas, self->target,
            &g_array_index (tiles, OverlayTile, t)))
      return;
    if (upright) {
      fill_seam (self, &canvas, box);
      fill_line (self, &canvas, box);
    } else {
      stroke_tilted (self, &canvas, box);
    }
    overlay_canvas_end (&canvas);
  }
}

/* Upright ones that share a rectangle: all seams, then all lines, since those of
 * neighbours may touch. */
static void
draw_joined (const Outlines * self, const OverlayTile * tile, guint first,
    guint last)
{
  OverlayCanvas canvas;
  guint i;

  if (!overlay_canvas_begin (&canvas, self->target, tile))
    return;
  for (i = first; i <= last; i++)
    fill_seam (self, &canvas, self->regions[i].box);
  for (i = first; i <= last; i++)
    fill_line (self, &canvas, self->regions[i].box);
  overlay_canvas_end (&canvas);
}

/* FALSE when region @i is outside. */
static gboolean
measure (const Outlines * self, guint i, gdouble margin, OverlayTile * whole,
    gdouble * cost)
{
  g_autoptr (GArray) tiles = g_array_new (FALSE, FALSE, sizeof (OverlayTile));
  const OverlayTarget *target = self->target;

  if (!overlay_tile_init (whole, self->regions[i].box, margin, target->width,
          target->height))
    return FALSE;
  *cost = overlay_tiles_cut (tiles, self->regions[i].box, margin, TRUE,
      target->width, target->height);
  return TRUE;
}

/* Takes region @i into @joined if that is cheaper than to draw it apart. */
static gboolean
join (const Outlines * self, guint i, gdouble margin, OverlayTile * joined,
    gdouble * joined_cost)
{
  OverlayTile both;
  gdouble cost, both_cost;

  if (!overlay_tile_quad_is_upright (self->regions[i].box) ||
      !measure (self, i, margin, &both, &cost))
    return FALSE;
  overlay_tile_join (&both, joined);
  both_cost = overlay_tile_get_cost (&both, self->target->width);
  if (both_cost > *joined_cost + cost)
    return FALSE;
  *joined = both;
  *joined_cost = both_cost;
  return TRUE;
}

void
outline_draw (const OverlayTarget * target, const OverlayRegion * regions,
    guint n_regions, gdouble line_width, guint32 color)
{
  Outlines self = { target, regions, line_width, color };
  gdouble margin = outline_get_margin (line_width);
  guint i, next;

  for (i = 0; i < n_regions; i = next) {
    OverlayTile joined;
    gdouble cost;

    next = i + 1;
    if (!measure (&self, i, margin, &joined, &cost))
      continue;
    if (overlay_tile_quad_is_upright (regions[i].box)) {
      while (next < n_regions && join (&self, next, margin, &joined, &cost))
        next++;
    }
    if (next == i + 1)
      draw_single (&self, i, margin);
    else
      draw_joined (&self, &joined, i, next - 1);
  }
}
