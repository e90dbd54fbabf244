/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "geometry/quad.h"

#include <math.h>
#include <string.h>

#include "geometry/polygon.h"

/* A pixel of error in a corner, in and out. */
#define UPRIGHT_TOLERANCE 2.0

/* Every second of four pairs, in order. */
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

void
kocr_quad_sort_coordinates (const gdouble quad[8], gdouble xs[4],
    gdouble ys[4])
{
  sort_four (quad, xs);
  sort_four (quad + 1, ys);
}

gboolean
kocr_quad_is_upright (const gdouble quad[8])
{
  gdouble xs[4], ys[4];

  sort_four (quad, xs);
  sort_four (quad + 1, ys);
  return xs[1] - xs[0] <= UPRIGHT_TOLERANCE &&
      xs[3] - xs[2] <= UPRIGHT_TOLERANCE &&
      ys[1] - ys[0] <= UPRIGHT_TOLERANCE && ys[3] - ys[2] <= UPRIGHT_TOLERANCE;
}

void
kocr_quad_get_edges (const gdouble quad[8], gdouble edges[4])
{
  gdouble xs[4], ys[4];

  sort_four (quad, xs);
  sort_four (quad + 1, ys);
  edges[0] = (xs[0] + xs[1]) / 2.0;
  edges[1] = (ys[0] + ys[1]) / 2.0;
  edges[2] = (xs[2] + xs[3]) / 2.0;
  edges[3] = (ys[2] + ys[3]) / 2.0;
}

gboolean
kocr_quad_get_span (const gdouble quad[8], KocrQuadAxis axis, gdouble from,
    gdouble to, gdouble * low, gdouble * high)
{
  guint across = axis == KOCR_QUAD_ROWS ? 1 : 0, along = 1 - across;
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

void
kocr_quad_get_sides (const gdouble quad[8], gdouble right[2], gdouble down[2])
{
  guint i;

  for (i = 0; i < 2; i++) {
    right[i] = (quad[2 + i] - quad[i] + quad[4 + i] - quad[6 + i]) / 2.0;
    down[i] = (quad[6 + i] - quad[i] + quad[4 + i] - quad[2 + i]) / 2.0;
  }
}

void
kocr_quad_get_direction (const gdouble quad[8], gdouble direction[2])
{
  gdouble right[2], down[2], x, y, length;

  kocr_quad_get_sides (quad, right, down);
  x = right[0] + down[1];
  y = right[1] - down[0];
  length = hypot (x, y);
  direction[0] = length > 0.0 ? x / length : 1.0;
  direction[1] = length > 0.0 ? y / length : 0.0;
}

gdouble
kocr_quad_get_angle (const gdouble quad[8])
{
  gdouble right[2], down[2];

  kocr_quad_get_sides (quad, right, down);
  return atan2 (right[1] - down[0], right[0] + down[1]);
}

gdouble
kocr_quad_get_area (const gdouble quad[8])
{
  return kocr_polygon_area (quad, 4);
}

gdouble
kocr_quad_get_overlap (const gdouble a[8], const gdouble b[8])
{
  gdouble common[2 * KOCR_POLYGON_MAX_CORNERS];

  memcpy (common, a, 8 * sizeof *a);
  return kocr_polygon_area (common, kocr_polygon_clip_to_quad (common, 4, b));
}
