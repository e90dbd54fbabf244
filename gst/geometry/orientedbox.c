/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "geometry/orientedbox.h"

#include <math.h>

#include "geometry/polygon.h"

void
kocr_oriented_box_init (
    KocrOrientedBox *self, gdouble angle, const gdouble *points, guint n_points)
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
kocr_oriented_box_grow (KocrOrientedBox * self, gdouble margin)
{
  self->left -= margin;
  self->top -= margin;
  self->width += 2.0 * margin;
  self->height += 2.0 * margin;
}

/* @u and @v as a point of the frame. */
static void
to_frame (const KocrOrientedBox *self, gdouble u, gdouble v, gdouble point[2])
{
  point[0] = u * self->cos - v * self->sin;
  point[1] = u * self->sin + v * self->cos;
}

void
kocr_oriented_box_get_corners (const KocrOrientedBox * self, gdouble corners[8])
{
  gdouble right = self->left + self->width;
  gdouble bottom = self->top + self->height;

  to_frame (self, self->left, self->top, &corners[0]);
  to_frame (self, right, self->top, &corners[2]);
  to_frame (self, right, bottom, &corners[4]);
  to_frame (self, self->left, bottom, &corners[6]);
}

void
kocr_oriented_box_get_bounds (const KocrOrientedBox * self, gdouble * left,
    gdouble * top, gdouble * right, gdouble * bottom)
{
  gdouble corners[8];

  kocr_oriented_box_get_corners (self, corners);
  kocr_polygon_get_bounds (corners, 4, left, top, right, bottom);
}

static gdouble
span_overlap (gdouble a, gdouble a_length, gdouble b, gdouble b_length)
{
  return MAX (0.0, MIN (a + a_length, b + b_length) - MAX (a, b));
}

gdouble
kocr_oriented_box_overlap (const KocrOrientedBox * a, const KocrOrientedBox * b)
{
  gdouble window[8], common[2 * KOCR_POLYGON_MAX_CORNERS];
  gdouble al, at, ar, ab, bl, bt, br, bb;

  if (a->cos == b->cos && a->sin == b->sin)
    return span_overlap (a->left, a->width, b->left, b->width) *
        span_overlap (a->top, a->height, b->top, b->height);

  kocr_oriented_box_get_bounds (a, &al, &at, &ar, &ab);
  kocr_oriented_box_get_bounds (b, &bl, &bt, &br, &bb);
  if (al >= br || bl >= ar || at >= bb || bt >= ab)
    return 0.0;

  kocr_oriented_box_get_corners (a, common);
  kocr_oriented_box_get_corners (b, window);
  return kocr_polygon_area (
      common, kocr_polygon_clip_to_quad (common, 4, window));
}
