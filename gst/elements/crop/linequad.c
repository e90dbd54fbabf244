/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crop/linequad.h"

#include <math.h>
#include <string.h>

#include "geometry/polygon.h"

/* A line that bounds the quad: the points p with nx px + ny py = offset; what
 * is inside is beyond it. */
typedef struct
{
  gdouble nx, ny;
  gdouble offset;
} Side;

/* Adds up the way from one corner of each box to another. */
static void
sum_edges (const gdouble * boxes, guint n_boxes, guint from, guint to,
    gdouble sum[2])
{
  guint i, axis;

  for (axis = 0; axis < 2; axis++) {
    sum[axis] = 0.0;
    for (i = 0; i < n_boxes; i++)
      sum[axis] += boxes[8 * i + 2 * to + axis]
          - boxes[8 * i + 2 * from + axis];
  }
}

/* The box that lies furthest along a direction, or against it for sign -1. */
static const gdouble *
find_outermost (const gdouble * boxes, guint n_boxes, const gdouble along[2],
    gdouble sign)
{
  const gdouble *outermost = boxes;
  gdouble reach = -G_MAXDOUBLE;
  guint i;

  for (i = 0; i < n_boxes; i++) {
    const gdouble *b = &boxes[8 * i];
    gdouble x = b[0] + b[2] + b[4] + b[6], y = b[1] + b[3] + b[5] + b[7];
    gdouble at = sign * (x * along[0] + y * along[1]);

    if (at > reach) {
      reach = at;
      outermost = b;
    }
  }
  return outermost;
}

/* Runs along edge and is moved out until it leaves no corner behind. turn is
 * 1 or -1: on which hand of edge the inside lies. */
static Side
find_side (const gdouble edge[2], gdouble turn, const gdouble * boxes,
    guint n_boxes)
{
  Side side = { -edge[1] * turn, edge[0] * turn, G_MAXDOUBLE };
  guint i;

  for (i = 0; i < 4 * n_boxes; i++)
    side.offset = MIN (side.offset, side.nx * boxes[2 * i]
        + side.ny * boxes[2 * i + 1]);
  return side;
}

static gboolean
intersect (const Side * a, const Side * b, gdouble point[2])
{
  gdouble determinant = a->nx * b->ny - b->nx * a->ny;

  point[0] = (a->offset * b->ny - b->offset * a->ny) / determinant;
  point[1] = (a->nx * b->offset - b->nx * a->offset) / determinant;
  return isfinite (point[0]) && isfinite (point[1]);
}

void
kocr_line_quad_init (gdouble quad[8], const gdouble * boxes, guint n_boxes)
{
  gdouble edges[4][2], along[2];
  gdouble left, top, right, bottom, turn;
  Side sides[4];
  gboolean closed = TRUE;
  guint i;

  if (n_boxes == 1) {
    memcpy (quad, boxes, 8 * sizeof *quad);
    return;
  }
  /* Clockwise: top, right, bottom, left. */
  sum_edges (boxes, n_boxes, 0, 1, edges[0]);
  sum_edges (boxes, n_boxes, 2, 3, edges[2]);
  for (i = 0; i < 2; i++)
    along[i] = edges[0][i] - edges[2][i];
  sum_edges (find_outermost (boxes, n_boxes, along, 1), 1, 1, 2, edges[1]);
  sum_edges (find_outermost (boxes, n_boxes, along, -1), 1, 3, 0, edges[3]);
  /* Mirrored boxes run the other way round. */
  turn = along[0] * (edges[1][1] - edges[3][1]) -
      along[1] * (edges[1][0] - edges[3][0]) < 0.0 ? -1.0 : 1.0;
  for (i = 0; i < 4; i++)
    sides[i] = find_side (edges[i], turn, boxes, n_boxes);
  for (i = 0; i < 4; i++)
    closed &= intersect (&sides[(i + 3) % 4], &sides[i], &quad[2 * i]);
  if (closed)
    return;
  kocr_polygon_get_bounds (boxes, 4 * n_boxes, &left, &top, &right, &bottom);
  memcpy (quad, (gdouble[8]) {
      left, top, right, top, right, bottom, left, bottom}
      , 8 * sizeof *quad);
}
