/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/textlook.h"

#include <math.h>
#include "geometry/polygon.h"

/* See textlook.h for what these are between. */
#define WHOLE_OTHER 0.35
#define WHOLE_SAME 0.6
#define CELL_OTHER 0.15
#define CELL_SAME 0.4

/* Where the ground stands: one cell differs, by so many times as much as the
 * better half of them does. */
#define CELL_DIFFERS 0.93
#define CELL_STANDS 8.0
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

/* 1.0: the same strokes; what has none is like nothing. */
static gdouble
correlate (const Sums * sums)
{
  if (sums->aa == 0 || sums->bb == 0)
    return sums->aa == sums->bb ? 1.0 : 0.0;
  return sums->ab / sqrt ((gdouble) sums->aa * sums->bb);
}

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return x < y ? -1 : x > y;
}

/* Of each cell that has strokes, the least first; blanks between words show the
 * ground alone. @slope: of the whole. */
static guint
correlate_cells (const KocrLumaPyramid * from, const KocrLumaPyramid * to,
    const KocrTextBounds * bounds, gdouble slope,
    gdouble cells[MOST_CELLS])
{
  gint width = bounds->right - bounds->left;
  gint height = bounds->bottom - bounds->top;
  gint n = CLAMP ((width + height / 2) / height, 1, MOST_CELLS);
  guint n_cells = 0;

  for (gint i = 0; i < n; i++) {
    const KocrTextBounds cell = { bounds->left + width * i / n, bounds->top,
      bounds->left + width * (i + 1) / n, bounds->bottom
    };
    const Sums sums = sum_up (from, to, &cell);

    if (get_slope (sums.aa, &cell) > CELL_SLOPE * slope)
      cells[n_cells++] = correlate (&sums);
  }
  qsort (cells, n_cells, sizeof (cells[0]), compare_doubles);
  return n_cells;
}

static gboolean
is_other_in_part (const gdouble * cells, guint n)
{
  return n > 0 && (cells[0] < CELL_OTHER || (cells[0] < CELL_DIFFERS
          && 1.0 - cells[0] > CELL_STANDS * (1.0 - cells[n / 2])));
}

KocrTextLook
kocr_text_look_compare (const KocrLumaPyramid * from,
    const KocrLumaPyramid * to, const gdouble box[8])
{
  KocrTextBounds bounds = kocr_text_bounds_find (from, box);
  gdouble cells[MOST_CELLS], whole, slope;
  guint n_cells;
  Sums sums;

  if (bounds.bottom - bounds.top < LEAST_SIDE
      || bounds.right - bounds.left < LEAST_SIDE)
    return KOCR_TEXT_LOOK_UNCLEAR;
  sums = sum_up (from, to, &bounds);
  slope = get_slope (sums.aa, &bounds);
  if (slope < LEAST_SLOPE)
    return KOCR_TEXT_LOOK_UNCLEAR;
  whole = correlate (&sums);
  if (whole < WHOLE_OTHER)
    return KOCR_TEXT_LOOK_OTHER;
  n_cells = correlate_cells (from, to, &bounds, slope, cells);
  if (is_other_in_part (cells, n_cells))
    return KOCR_TEXT_LOOK_OTHER_IN_PART;
  return whole < WHOLE_SAME || (n_cells > 0 && cells[0] < CELL_SAME)
      ? KOCR_TEXT_LOOK_UNCLEAR : KOCR_TEXT_LOOK_SAME;
}
