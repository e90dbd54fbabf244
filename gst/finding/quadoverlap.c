/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "quadoverlap.h"

/* Each of the four edges that cut a polygon adds a corner at most. */
#define MAX_CORNERS 8

typedef struct
{
  gdouble x, y;
} Point;

typedef struct
{
  Point corners[MAX_CORNERS];
  guint n;
} Polygon;

static Polygon
polygon_of (const gdouble quad[8])
{
  Polygon polygon = {.n = 4 };

  for (guint i = 0; i < 4; i++)
    polygon.corners[i] = (Point) { quad[2 * i], quad[2 * i + 1] };
  return polygon;
}

static gdouble
area (const Polygon * polygon)
{
  gdouble sum = 0;

  for (guint i = 0; i < polygon->n; i++) {
    Point a = polygon->corners[i];
    Point b = polygon->corners[(i + 1) % polygon->n];

    sum += a.x * b.y - b.x * a.y;
  }
  return sum / 2;
}

/* How far @at is to the right of the edge from @from to @to, by its length. */
static gdouble
distance (Point from, Point to, Point at)
{
  return (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x);
}

/* Leaves of @polygon what is to the right of the edge, which for a clockwise
 * quad is its inside. Sutherland and Hodgman's. */
static Polygon
clip (const Polygon * polygon, Point from, Point to)
{
  Polygon inside = { 0 };

  for (guint i = 0; i < polygon->n; i++) {
    Point a = polygon->corners[i];
    Point b = polygon->corners[(i + 1) % polygon->n];
    gdouble at_a = distance (from, to, a), at_b = distance (from, to, b);
    gdouble share = at_a / (at_a - at_b);

    if (at_a >= 0 && inside.n < MAX_CORNERS)
      inside.corners[inside.n++] = a;
    if ((at_a < 0) != (at_b < 0) && inside.n < MAX_CORNERS)
      inside.corners[inside.n++] = (Point) {
          a.x + share * (b.x - a.x), a.y + share * (b.y - a.y) };
  }
  return inside;
}

gdouble
kocr_quad_area (const gdouble quad[8])
{
  Polygon polygon = polygon_of (quad);

  return area (&polygon);
}

gdouble
kocr_quad_common_area (const gdouble a[8], const gdouble b[8])
{
  Polygon common = polygon_of (b), edges = polygon_of (a);

  for (guint i = 0; i < 4 && common.n > 0; i++)
    common = clip (&common, edges.corners[i], edges.corners[(i + 1) % 4]);
  return area (&common);
}
