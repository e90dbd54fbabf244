/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/textlook.h"

#include <math.h>
#include <stdlib.h>
#include "geometry/polygon.h"
#include "quantile.h"

/* See textlook.h for what these are between. */
#define WHOLE_OTHER 0.35
#define WHOLE_SAME 0.6
#define CELL_OTHER 0.25
#define CELL_SAME 0.4

/* What a quarter of the cells reaches, unless another ground is behind all. */
#define CELLS_STAY 0.85
#define STAYING_SHARE 0.75

/* Where the ground stands, a cell differs by so many times as much as the better
 * half of them does; and by how many levels a ground that stands does itself,
 * in the mean. */
#define CELL_DIFFERS 0.93
#define CELL_STANDS 8.0
#define GROUND_STANDS 3
/* Of the whole that a cell with strokes has. */
#define CELL_SLOPE 0.5

/* The mean slope that a text has at least, in levels a pixel. */
#define LEAST_SLOPE 2.0
/* Cells of fewer pixels tell nothing of a letter. */
#define LEAST_SIDE 4
#define MOST_CELLS 128

KocrTextBounds
kocr_text_bounds_find (const KocrLumaPyramid * picture, const gdouble box[8])
{
  const KocrLumaLevel *level = &picture->levels[0];
  gdouble left, top, right, bottom;

  kocr_polygon_get_bounds (box, 4, &left, &top, &right, &bottom);
  return (KocrTextBounds) {
  CLAMP (floor (left / picture->reduction), 0, level->width),
        CLAMP (floor (top / picture->reduction), 0, level->height),
        CLAMP (ceil (right / picture->reduction), 0, level->width),
        CLAMP (ceil (bottom / picture->reduction), 0, level->height)};
}

/* Of the slopes, from each pixel of a box to its neighbours, in two pictures. */
typedef struct
{
  gint64 aa, bb, ab;
} Sums;

static Sums
sum_up (const KocrLumaPyramid * a, const KocrLumaPyramid * b,
    const KocrTextBounds * bounds)
{
  gint stride = a->levels[0].stride;
  Sums sums = { 0, };

  for (gint y = bounds->top; y + 1 < bounds->bottom; y++) {
    const guint8 *p = a->levels[0].pixels + (gsize) y * stride;
    const guint8 *q = b->levels[0].pixels + (gsize) y * stride;

    for (gint x = bounds->left; x + 1 < bounds->right; x++) {
      gint ax = p[x + 1] - p[x], ay = p[x + stride] - p[x];
      gint bx = q[x + 1] - q[x], by = q[x + stride] - q[x];

      sums.aa += ax * ax + ay * ay;
      sums.bb += bx * bx + by * by;
      sums.ab += ax * bx + ay * by;
    }
  }
  return sums;
}

/* The mean slope that @squares are of. */
static gdouble
get_slope (gint64 squares, const KocrTextBounds * bounds)
{
  return sqrt ((gdouble) squares / MAX (1, (bounds->right - bounds->left - 1)
          * (bounds->bottom - bounds->top - 1)));
}

gboolean
kocr_text_bounds_have_strokes (const KocrTextBounds * self,
    const KocrLumaPyramid * picture)
{
  return get_slope (sum_up (picture, picture, self).aa, self) >= LEAST_SLOPE;
}

/* 1.0: the same strokes; what has none is like nothing. */
static gdouble
correlate (const Sums * sums)
{
  if (sums->aa == 0 || sums->bb == 0)
    return sums->aa == sums->bb ? 1.0 : 0.0;
  return sums->ab / sqrt ((gdouble) sums->aa * sums->bb);
}

/* How alike the cells of a text are that have strokes; blanks between words show
 * the ground alone. */
typedef struct
{
  guint n;
  gdouble median, least;
  gdouble most;                 /* that a quarter of them reaches */
  gdouble least_standing;       /* of those whose ground stands; 1: none */
} Likeness;

/* The sum of differences in rows of a cell, as many as there are. */
static guint
differ (const KocrLumaPyramid * a, const KocrLumaPyramid * b,
    const KocrTextBounds * cell, gint top, gint bottom, guint * n)
{
  gint stride = a->levels[0].stride;
  guint sum = 0;

  for (gint y = MAX (top, 0); y < MIN (bottom, a->levels[0].height); y++) {
    for (gint x = cell->left; x < cell->right; x++, (*n)++)
      sum += abs (a->levels[0].pixels[(gsize) y * stride + x]
          - b->levels[0].pixels[(gsize) y * stride + x]);
  }
  return sum;
}

/* Whether what is above and below of a cell is the same in both. */
static gboolean
ground_stands (const KocrLumaPyramid * a, const KocrLumaPyramid * b,
    const KocrTextBounds * cell)
{
  gint reach = (cell->bottom - cell->top) / 2;
  guint n = 0;
  guint sum = differ (a, b, cell, cell->top - reach, cell->top, &n)
      + differ (a, b, cell, cell->bottom, cell->bottom + reach, &n);

  return sum <= n * GROUND_STANDS;
}

/* @slope: of the whole. */
static Likeness
compare_cells (const KocrLumaPyramid * from, const KocrLumaPyramid * to,
    const KocrTextBounds * bounds, gdouble slope)
{
  gint width = bounds->right - bounds->left;
  gint height = bounds->bottom - bounds->top;
  gint n = CLAMP ((width + height / 2) / height, 1, MOST_CELLS);
  gdouble cells[MOST_CELLS];
  Likeness found = { 0, 1.0, 1.0, 1.0, 1.0 };

  for (gint i = 0; i < n; i++) {
    const KocrTextBounds cell = { bounds->left + width * i / n, bounds->top,
      bounds->left + width * (i + 1) / n, bounds->bottom
    };
    const Sums sums = sum_up (from, to, &cell);
    gdouble alike = correlate (&sums);

    if (get_slope (sums.aa, &cell) <= CELL_SLOPE * slope)
      continue;
    cells[found.n++] = alike;
    found.least = MIN (found.least, alike);
    if (alike < found.least_standing && ground_stands (from, to, &cell))
      found.least_standing = alike;
  }
  if (found.n > 0) {
    found.median = kocr_median (cells, found.n);
    found.most = kocr_quantile (cells, found.n, STAYING_SHARE);
  }
  return found;
}

static gboolean
is_other_in_part (const Likeness * cells)
{
  gdouble least = cells->least_standing;

  return (cells->least < CELL_OTHER && cells->most >= CELLS_STAY)
         || (least < CELL_DIFFERS
             && 1.0 - least > CELL_STANDS * (1.0 - cells->median));
}

KocrTextLook
kocr_text_look_compare (const KocrLumaPyramid * from,
    const KocrLumaPyramid * to, const gdouble box[8])
{
  KocrTextBounds bounds = kocr_text_bounds_find (from, box);
  gdouble whole, slope;
  Likeness cells;
  Sums sums;

  if (bounds.bottom - bounds.top < LEAST_SIDE
      || bounds.right - bounds.left < LEAST_SIDE)
    return KOCR_TEXT_LOOK_UNKNOWN;
  sums = sum_up (from, to, &bounds);
  slope = get_slope (sums.aa, &bounds);
  if (slope < LEAST_SLOPE)
    return KOCR_TEXT_LOOK_UNKNOWN;
  whole = correlate (&sums);
  if (whole < WHOLE_OTHER)
    return KOCR_TEXT_LOOK_OTHER;
  cells = compare_cells (from, to, &bounds, slope);
  if (is_other_in_part (&cells))
    return KOCR_TEXT_LOOK_OTHER_IN_PART;
  return whole < WHOLE_SAME || cells.least < CELL_SAME
      ? KOCR_TEXT_LOOK_UNCLEAR : KOCR_TEXT_LOOK_SAME;
}
