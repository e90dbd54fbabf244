/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "orientedbox.h"

#include <math.h>

void
oriented_box_init (OrientedBox * self, gdouble angle, const gdouble * points,
    guint n_points)
{
  gdouble left = G_MAXDOUBLE, top = G_MAXDOUBLE;
  gdouble right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
  guint i;

  self->cos = cos (angle);
  self->sin = sin (angle);
  for (i = 0; i < n_points; i++) {
    gdouble x = points[2 * i], y = points[2 * i + 1];
    gdouble u = x * self->cos + y * self->sin;
    gdouble v = y * self->cos - x * self->sin;

    left = MIN (left, u);
    right = MAX (right, u);
    top = MIN (top, v);
    bottom = MAX (bottom, v);
  }
  self->left = left;
  self->top = top;
  self->width = right - left;
  self->height = bottom - top;
}

void
oriented_box_to_frame (const OrientedBox * self, gdouble u, gdouble v,
    gdouble * x, gdouble * y)
{
  *x = u * self->cos - v * self->sin;
  *y = u * self->sin + v * self->cos;
}

void
oriented_box_get_corners (const OrientedBox * self, gdouble corners[8])
{
  gdouble right = self->left + self->width;
  gdouble bottom = self->top + self->height;

  oriented_box_to_frame (self, self->left, self->top, &corners[0], &corners[1]);
  oriented_box_to_frame (self, right, self->top, &corners[2], &corners[3]);
  oriented_box_to_frame (self, right, bottom, &corners[4], &corners[5]);
  oriented_box_to_frame (self, self->left, bottom, &corners[6], &corners[7]);
}

void
oriented_box_get_bounds (const OrientedBox * self, gdouble * left,
    gdouble * top, gdouble * right, gdouble * bottom)
{
  gdouble corners[8];
  guint i;

  oriented_box_get_corners (self, corners);
  *left = *right = corners[0];
  *top = *bottom = corners[1];
  for (i = 1; i < 4; i++) {
    *left = MIN (*left, corners[2 * i]);
    *right = MAX (*right, corners[2 * i]);
    *top = MIN (*top, corners[2 * i + 1]);
    *bottom = MAX (*bottom, corners[2 * i + 1]);
  }
}

static gdouble
span_overlap (gdouble a, gdouble a_length, gdouble b, gdouble b_length)
{
  return MAX (0.0, MIN (a + a_length, b + b_length) - MAX (a, b));
}

/* Clipping a quad by a quad makes at most 8; the rest is for what rounding
 * makes of edges that lie on one another. */
#define MAX_CORNERS 12

/* Keeps the part of a polygon on the inner side of the line through p and q
 * (Sutherland and Hodgman); clockwise polygons have their inside on the right,
 * which is the positive side while y grows downwards. */
static guint
clip_polygon (const gdouble * in, guint n, const gdouble * p,
    const gdouble * q, gdouble * out)
{
  gdouble nx = p[1] - q[1], ny = q[0] - p[0];
  guint i, n_out = 0;

  for (i = 0; i < n && n_out + 2 <= MAX_CORNERS; i++) {
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

static gdouble
polygon_area (const gdouble * points, guint n)
{
  gdouble area = 0.0;
  guint i;

  for (i = 0; i < n; i++) {
    const gdouble *a = &points[2 * i], *b = &points[2 * ((i + 1) % n)];

    area += a[0] * b[1] - b[0] * a[1];
  }
  return fabs (area) / 2.0;
}

gdouble
oriented_box_overlap (const OrientedBox * a, const OrientedBox * b)
{
  gdouble other[8], polygons[2][2 * MAX_CORNERS];
  gdouble al, at, ar, ab, bl, bt, br, bb;
  guint i, n = 4;

  if (a->cos == b->cos && a->sin == b->sin)
    return span_overlap (a->left, a->width, b->left, b->width) *
        span_overlap (a->top, a->height, b->top, b->height);

  oriented_box_get_bounds (a, &al, &at, &ar, &ab);
  oriented_box_get_bounds (b, &bl, &bt, &br, &bb);
  if (al >= br || bl >= ar || at >= bb || bt >= ab)
    return 0.0;

  oriented_box_get_corners (a, polygons[0]);
  oriented_box_get_corners (b, other);
  for (i = 0; i < 4 && n > 0; i++)
    n = clip_polygon (polygons[i % 2], n, &other[2 * i],
        &other[2 * ((i + 1) % 4)], polygons[(i + 1) % 2]);
  return n < 3 ? 0.0 : polygon_area (polygons[0], n);
}
