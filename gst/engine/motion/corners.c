/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/corners.h"

#include <math.h>

#include "geometry/polygon.h"

/* Slopes are added up over windows of 5x5 pixels. */
#define RADIUS 2
#define SPAN (2 * RADIUS + 1)
/* Differences of pixels two apart, so twice the slope: two and a half levels a
 * pixel in the weakest direction, as in motion/lkpoint.c. */
#define MIN_STRENGTH (SPAN * SPAN * 4 * 6.f)
/* Nearer to each other, two points see the same. */
#define MIN_CELL 2.5
/* Letters stand out of a box that is drawn tightly. */
#define MARGIN 1

typedef struct
{
  gint left, top, right, bottom;        /* last ones not included */
} Bounds;

/* Sums of the squares and the product of the slopes. */
typedef struct
{
  gint32 xx, xy, yy;
} Slopes;

/* The pixels of @quad whose windows lie inside the picture. */
static Bounds
bounds_of (const KocrLumaLevel * plane, const KocrPoint quad[4])
{
  gdouble left, top, right, bottom;
  const gint edge = RADIUS + 1;
  Bounds bounds;

  kocr_polygon_get_bounds (&quad->x, 4, &left, &top, &right, &bottom);
  bounds.left = CLAMP (floor (left) - MARGIN, edge, plane->width);
  bounds.top = CLAMP (floor (top) - MARGIN, edge, plane->height);
  bounds.right = CLAMP (ceil (right) + MARGIN + 1, 0, plane->width - edge);
  bounds.bottom = CLAMP (ceil (bottom) + MARGIN + 1, 0, plane->height - edge);
  return bounds;
}

static gboolean
contains (const KocrPoint quad[4], gdouble x, gdouble y)
{
  gdouble area = 0;

  for (guint i = 0; i < 4; i++)
    area += quad[i].x * quad[(i + 1) % 4].y - quad[i].y * quad[(i + 1) % 4].x;
  for (guint i = 0; i < 4; i++) {
    KocrPoint a = quad[i], b = quad[(i + 1) % 4];
    gdouble dx = b.x - a.x, dy = b.y - a.y;
    gdouble side = dx * (y - a.y) - dy * (x - a.x);

    if (copysign (side, side * area) < -MARGIN * hypot (dx, dy))
      return FALSE;
  }
  return TRUE;
}

/* Adds the slopes of row @y, or takes them off. */
static void
add_row (Slopes * columns, const KocrLumaLevel * plane, const Bounds * bounds,
    gint y, gint sign)
{
  const guint8 *row = plane->pixels + (gsize) y * plane->stride;

  for (gint x = bounds->left - RADIUS; x < bounds->right + RADIUS; x++) {
    gint dx = row[x + 1] - row[x - 1];
    gint dy = row[x + plane->stride] - row[x - plane->stride];

    columns->xx += sign * dx * dx;
    columns->xy += sign * dx * dy;
    columns->yy += sign * dy * dy;
    columns++;
  }
}

static void
add_slopes (Slopes * sum, const Slopes * other, gint sign)
{
  sum->xx += sign * other->xx;
  sum->xy += sign * other->xy;
  sum->yy += sign * other->yy;
}

/* The smaller eigenvalue. */
static gfloat
strength_of (const Slopes * sum)
{
  gfloat difference = sum->xx - sum->yy, product = 2.f * sum->xy;

  return (sum->xx + sum->yy - sqrtf (difference * difference +
          product * product)) / 2;
}

typedef struct
{
  gfloat strength;
  KocrCorner corner;
} Cell;

typedef struct
{
  Bounds bounds;
  gint columns, rows;
  Cell *cells;
} Grid;

static void
grid_init (Grid * self, const Bounds * bounds, guint max)
{
  gdouble width = bounds->right - bounds->left;
  gdouble height = bounds->bottom - bounds->top;
  gdouble side = MAX (sqrt (width * height / max), MIN_CELL);

  self->bounds = *bounds;
  self->columns = CLAMP ((gint) (width / side + 0.5), 1, (gint) max);
  self->rows = CLAMP ((gint) (height / side + 0.5), 1,
      (gint) max / self->columns);
  self->cells = g_new0 (Cell, self->columns * self->rows);
}

/* Where row @y is: its first cell. */
static Cell *
grid_row (const Grid * self, gint y)
{
  gint height = self->bounds.bottom - self->bounds.top;

  return self->cells
      + (y - self->bounds.top) * self->rows / height * self->columns;
}

static void
search_row (const Grid * grid, const Slopes * columns, gint y,
    const KocrPoint quad[4])
{
  gint width = grid->bounds.right - grid->bounds.left;
  Cell *cells = grid_row (grid, y);
  Slopes sum = { 0, };

  for (gint i = 0; i < SPAN - 1; i++)
    add_slopes (&sum, &columns[i], 1);
  for (gint i = 0; i < width; i++) {
    Cell *cell = &cells[i * grid->columns / width];
    gfloat strength;

    add_slopes (&sum, &columns[i + SPAN - 1], 1);
    strength = strength_of (&sum);
    if (strength > MAX (cell->strength, MIN_STRENGTH)
        && contains (quad, grid->bounds.left + i, y)) {
      cell->strength = strength;
      cell->corner = (KocrCorner) {
      grid->bounds.left + i, y};
    }
    add_slopes (&sum, &columns[i], -1);
  }
}

guint
kocr_corners_pick (const KocrLumaLevel * plane, const KocrPoint quad[4],
    guint max, KocrCorner * corners)
{
  Bounds bounds = bounds_of (plane, quad);
  g_autofree Slopes *columns = NULL;
  guint n = 0;
  Grid grid;

  if (bounds.left >= bounds.right || bounds.top >= bounds.bottom || max == 0)
    return 0;
  grid_init (&grid, &bounds, max);
  columns = g_new0 (Slopes, bounds.right - bounds.left + 2 * RADIUS);

  for (gint y = bounds.top - RADIUS; y < bounds.top + RADIUS; y++)
    add_row (columns, plane, &bounds, y, 1);
  for (gint y = bounds.top; y < bounds.bottom; y++) {
    add_row (columns, plane, &bounds, y + RADIUS, 1);
    search_row (&grid, columns, y, quad);
    add_row (columns, plane, &bounds, y - RADIUS, -1);
  }

  for (gint i = 0; i < grid.columns * grid.rows; i++) {
    if (grid.cells[i].strength > 0)
      corners[n++] = grid.cells[i].corner;
  }
  g_free (grid.cells);
  return n;
}
