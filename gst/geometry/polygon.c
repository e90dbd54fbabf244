/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "geometry/polygon.h"

#include <math.h>
#include <string.h>

/* Twice the area; positive when the corners run clockwise, while y grows
 * downwards. */
static gdouble
get_signed_area (const gdouble * points, guint n)
{
  gdouble area = 0.0;
  guint i;

  for (i = 0; i < n; i++) {
    const gdouble *a = &points[2 * i], *b = &points[2 * ((i + 1) % n)];

    area += a[0] * b[1] - b[0] * a[1];
  }
  return area;
}

/* Keeps the part of a polygon on the inner side of the line through p and q
 * (Sutherland and Hodgman); clockwise polygons have their inside on the right,
 * which is the positive side, and for the others @turn is -1. */
static guint
clip (const gdouble * in, guint n, const gdouble * p,
    const gdouble * q, gdouble turn, gdouble * out)
{
  gdouble nx = turn * (p[1] - q[1]), ny = turn * (q[0] - p[0]);
  guint i, n_out = 0;

  for (i = 0; i < n && n_out + 2 <= KOCR_POLYGON_MAX_CORNERS; i++) {
    const gdouble *a = &in[2 * i], *b = &in[2 * ((i + 1) % n)];
    gdouble da = (a[0] - p[0]) * nx + (a[1] - p[1]) * ny;
    gdouble db = (b[0] - p[0]) * nx + (b[1] - p[1]) * ny;

    if (da >= 0.0) {
      out[2 * n_out] = a[0];
      out[2 * n_out + 1] = a[1];
      n_out++;
    }
    if ((da >= 0.0) != (db >= 0.0)) {
      gdouble t = da / (da - db);

      out[2 * n_out] = a[0] + t * (b[0] - a[0]);
      out[2 * n_out + 1] = a[1] + t * (b[1] - a[1]);
      n_out++;
    }
  }
  return n_out;
}

guint
kocr_polygon_clip_to_quad (gdouble * points, guint n, const gdouble window[8])
{
  gdouble rest[2 * KOCR_POLYGON_MAX_CORNERS];
  gdouble turn = get_signed_area (window, 4) < 0.0 ? -1.0 : 1.0;
  guint i;

  for (i = 0; i < 4 && n > 0; i++) {
    n = clip (points, n, &window[2 * i], &window[2 * ((i + 1) % 4)], turn,
        rest);
    memcpy (points, rest, 2 * n * sizeof *points);
  }
  return n < 3 ? 0 : n;
}

gdouble
kocr_polygon_area (const gdouble * points, guint n)
{
  return fabs (get_signed_area (points, n)) / 2.0;
}

void
kocr_polygon_get_bounds (const gdouble * points, guint n, gdouble * left,
    gdouble * top, gdouble * right, gdouble * bottom)
{
  guint i;

  *left = *right = points[0];
  *top = *bottom = points[1];
  for (i = 1; i < n; i++) {
    *left = MIN (*left, points[2 * i]);
    *right = MAX (*right, points[2 * i]);
    *top = MIN (*top, points[2 * i + 1]);
    *bottom = MAX (*bottom, points[2 * i + 1]);
  }
}
