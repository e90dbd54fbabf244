/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/outline.h"

#include <math.h>
#include "geometry/quad.h"

/* In parts of the line's width, but whole pixels. */
#define SEAM 0.4

/* A dark shade of the line's colour and not black: where chroma has half the
 * resolution, a thin line would lose its own to the seam. */
#define SEAM_SHADE 0.3
#define SEAM_OPACITY 0.7

/* Steps from the line's colour to the seam's, and to the tint's. */
#define RAMP 17

/* In whole pixels, as an upright one is drawn. */
static gdouble
get_width (gdouble line_width)
{
  return line_width > 0.0 ? MAX (1.0, round (line_width)) : 0.0;
}

gdouble
kocr_outline_get_margin (gdouble line_width)
{
  return get_width (line_width) + get_width (SEAM * line_width);
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

static void
paint_upright (KocrOverlayCanvas *canvas, gconstpointer data)
{
  const KocrOutline *self = data;
  const KocrOverlayPixels *pixels = &canvas->target->pixels;
  gint width = get_width (self->line_width);
  gint margin = kocr_outline_get_margin (self->line_width);
  guint32 line = kocr_overlay_pixels_from_color (pixels, self->color);
  guint32 seam
      = kocr_overlay_pixels_from_color (pixels, seam_color (self->color));
  gint left, top, right, bottom;
  gdouble edges[4];

  kocr_quad_get_edges (self->box, edges);
  left = round (edges[0]);
  top = round (edges[1]);
  right = round (edges[2]);
  bottom = round (edges[3]);

  kocr_overlay_canvas_fill (
      canvas, left - width, top - width, right + width, top, line);
  kocr_overlay_canvas_fill (canvas, left - width, bottom, right + width,
      bottom + width, line);
  kocr_overlay_canvas_fill (canvas, left - width, top, left, bottom, line);
  kocr_overlay_canvas_fill (canvas, right, top, right + width, bottom, line);

  /* The seams and lines of words that stand close may touch. */
  kocr_overlay_canvas_fill_free (canvas, left - margin, top - margin,
      right + margin, top - width, seam);
  kocr_overlay_canvas_fill_free (canvas, left - margin, bottom + width,
      right + margin, bottom + margin, seam);
  kocr_overlay_canvas_fill_free (
      canvas, left - margin, top - width, left - width, bottom + width, seam);
  kocr_overlay_canvas_fill_free (canvas, right + width, top - width,
      right + margin, bottom + width, seam);
  if (self->tint)
    kocr_overlay_canvas_fill_free (canvas, left, top, right, bottom,
        kocr_overlay_pixels_from_color (pixels, self->tint));
}

/* How far a point is outside of the line through a side. */
typedef struct
{
  gdouble nx, ny, offset;
} Side;

/* The distance from a convex quad is that of the side it is farthest from. A
 * side that is a point takes after the one before it. */
static void
get_sides (const gdouble * box, Side sides[4])
{
  gdouble area = (box[4] - box[0]) * (box[7] - box[3]) -
      (box[6] - box[2]) * (box[5] - box[1]);
  gdouble outwards = area < 0.0 ? -1.0 : 1.0;
  guint i;

  for (i = 0; i < 8; i++) {
    const gdouble *a = &box[2 * (i % 4)], *b = &box[2 * ((i + 1) % 4)];
    gdouble length = hypot (b[0] - a[0], b[1] - a[1]);
    Side *side = &sides[i % 4];

    if (length > 0.0) {
      side->nx = outwards * (b[1] - a[1]) / length;
      side->ny = outwards * (a[0] - b[0]) / length;
      side->offset = a[0] * side->nx + a[1] * side->ny;
    } else if (i > 0) {
      *side = sides[(i + 3) % 4];
    }
  }
}

typedef struct
{
  const KocrOverlayPixels *pixels;
  gdouble line_width, margin;
  guint32 tint;                 /* as a pixel; 0: none */
  guint32 to_line[RAMP];        /* from the tint */
  guint32 to_seam[RAMP];        /* from the line */
} Shades;

static void
shades_init (Shades * self, const KocrOutline * outline,
    const KocrOverlayPixels * pixels)
{
  self->pixels = pixels;
  self->line_width = outline->line_width;
  self->margin = kocr_outline_get_margin (outline->line_width);
  self->tint = outline->tint ?
      kocr_overlay_pixels_from_color (pixels, outline->tint) : 0;
  kocr_overlay_pixels_make_ramp (pixels, outline->tint, outline->color,
      self->to_line, RAMP);
  kocr_overlay_pixels_make_ramp (pixels, outline->color,
      seam_color (outline->color), self->to_seam, RAMP);
}

/* The pixel whose middle is @distance outside of the box; 0: leave it. */
static guint32
shades_get (const Shades * self, gdouble distance)
{
  gdouble coverage, seam;

  if (distance <= -0.5 || self->line_width == 0.0) {
    coverage = CLAMP (0.5 - distance, 0.0, 1.0);
    return self->tint && coverage > 0.0 ? kocr_overlay_pixels_fade (
               self->pixels, self->tint, coverage * 255.0)
                                        : 0;
  }
  if (distance < 0.5 && self->tint)
    return self->to_line[(guint) ((distance + 0.5) * (RAMP - 1))];

  coverage = MIN (distance, self->margin - distance) + 0.5;
  if (coverage <= 0.0)
    return 0;
  seam = CLAMP (distance - self->line_width + 0.5, 0.0, 1.0);
  return kocr_overlay_pixels_fade (self->pixels,
      self->to_seam[(guint) (seam * (RAMP - 1))], MIN (coverage, 1.0) * 255.0);
}

static void
paint_tilted (KocrOverlayCanvas *canvas, gconstpointer data)
{
  const KocrOutline *self = data;
  const GstVideoRectangle *clip = &canvas->clip;
  Side sides[4] = { {0.0,}, };
  Shades shades;
  guint i;
  gint x, y;

  get_sides (self->box, sides);
  shades_init (&shades, self, &canvas->target->pixels);
  for (y = clip->y; y < clip->y + clip->h; y++) {
    guint32 *pixel = kocr_overlay_canvas_get_pixel (canvas, clip->x, y);
    gdouble from[4];

    for (i = 0; i < 4; i++)
      from[i] = (clip->x + 0.5) * sides[i].nx + (y + 0.5) * sides[i].ny -
          sides[i].offset;
    for (x = 0; x < clip->w; x++, pixel++) {
      gdouble distance = MAX (MAX (from[0], from[1]), MAX (from[2], from[3]));
      guint32 shade;

      for (i = 0; i < 4; i++)
        from[i] += sides[i].nx;
      shade = shades_get (&shades, distance);
      /* What is inside of one may be the line of another. */
      if (shade && (distance > 0.0 || *pixel == 0))
        *pixel = shade;
    }
  }
}

void
kocr_outline_add_shapes (
    const KocrOutline *self, GArray *shapes, const KocrOverlayTarget *target)
{
  const KocrOverlayShape model
      = { .paint
          = kocr_quad_is_upright (self->box) ? paint_upright : paint_tilted,
          .data = self };

  kocr_overlay_shapes_add (shapes, &model, self->box,
      kocr_outline_get_margin (self->line_width), self->tint == 0, target);
}
