/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/quadoverlap.h"

#include <math.h>
#include <string.h>

#define N_CORNERS 4
/* A convex polygon that is cut by a line has at most one corner more; one that
 * is dented a little, two. */
#define MAX_CORNERS (N_CORNERS + 2 * N_CORNERS)

typedef struct
{
  gdouble x, y;
} Point;

typedef struct
{
  Point points[MAX_CORNERS];
  guint n;
} Polygon;

/* Twice the signed area. */
static gdouble
get_area2 (const Point * points, guint n)
{
  gdouble sum = 0;

  for (guint i = 0; i < n; i++) {
    const Point *p = &points[i], *q = &points[(i + 1) % n];

    sum += p->x * q->y - q->x * p->y;
  }
  return sum;
}

static void
get_points (const gdouble box[8], Point points[N_CORNERS])
{
  for (guint i = 0; i < N_CORNERS; i++)
    points[i] = (Point) { box[2 * i], box[2 * i + 1] };
}

static void
add_point (Polygon * self, Point point)
{
  if (self->n < MAX_CORNERS)
    self->points[self->n++] = point;
}

/* Keeps what of @self is on the side of the line from @a to @b that @sign says:
 * a step of Sutherland and Hodgman's clipping. */
static void
clip (Polygon * self, const Point * a, const Point * b, gdouble sign)
{
  Polygon clipped = {.n = 0 };

  for (guint i = 0; i < self->n; i++) {
    const Point *p = &self->points[i], *q = &self->points[(i + 1) % self->n];
    gdouble dp = sign * ((b->x - a->x) * (p->y - a->y)
        - (b->y - a->y) * (p->x - a->x));
    gdouble dq = sign * ((b->x - a->x) * (q->y - a->y)
        - (b->y - a->y) * (q->x - a->x));

    if (dp >= 0)
      add_point (&clipped, *p);
    if ((dp > 0 && dq < 0) || (dp < 0 && dq > 0)) {
      gdouble t = dp / (dp - dq);

      add_point (&clipped, (Point) {
          p->x + t * (q->x - p->x), p->y + t * (q->y - p->y)});
    }
  }
  *self = clipped;
}

gdouble
kocr_quad_get_area (const gdouble box[8])
{
  Point points[N_CORNERS];

  get_points (box, points);
  return fabs (get_area2 (points, N_CORNERS)) / 2;
}

gdouble
kocr_quad_get_overlap (const gdouble a[8], const gdouble b[8])
{
  Polygon polygon = {.n = N_CORNERS };
  Point window[N_CORNERS];
  gdouble sign;

  get_points (a, polygon.points);
  get_points (b, window);
  sign = get_area2 (window, N_CORNERS) < 0 ? -1 : 1;
  for (guint i = 0; i < N_CORNERS && polygon.n > 0; i++)
    clip (&polygon, &window[i], &window[(i + 1) % N_CORNERS], sign);
  return fabs (get_area2 (polygon.points, polygon.n)) / 2;
}
