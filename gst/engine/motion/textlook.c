/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/textlook.h"

#include <math.h>
#include "geometry/polygon.h"

/* See textlook.h for what these are between. */
#define WHOLE_OTHER 0.35
#define WHOLE_SAME 0.7
#define CELL_OTHER 0.4

/* Where the ground stands: one cell differs, by so many times as much as the
 * better half of them does. */
#define CELL_DIFFERS 0.93
#define CELL_STANDS 8.0
/* Of the whole that a cell with strokes has. */
#define CELL_CONTRAST 0.5

/* The mean difference from the mean that a text has at least, in levels. */
#define LEAST_CONTRAST 3.0
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

/* Sums over the pixels of a box in two pictures. */
typedef struct
{
  gint64 n, a, b, aa, bb, ab;
} Sums;

static Sums
sum_up (const KocrLumaPyramid * a, const KocrLumaPyramid * b,
    const KocrTextBounds * bounds)
{
  gint stride = a->levels[0].stride;
  Sums sums = { 0, };

  for (gint y = bounds->top; y < bounds->bottom; y++) {
    const guint8 *p = a->levels[0].pixels + (gsize) y * stride;
    const guint8 *q = b->levels[0].pixels + (gsize) y * stride;

    for (gint x = bounds->left; x < bounds->right; x++) {
      sums.a += p[x];
      sums.b += q[x];
      sums.aa += p[x] * p[x];
      sums.bb += q[x] * q[x];
      sums.ab += p[x] * q[x];
    }
  }
  sums.n = (gint64) (bounds->bottom - bounds->top)
      * (bounds->right - bounds->left);
  return sums;
}

static gdouble
get_deviation (const Sums * sums, gint64 sum, gint64 squares)
{
  gdouble mean = (gdouble) sum / sums->n;

  return sqrt (MAX ((gdouble) squares / sums->n - mean * mean, 0.0));
}

/* 1.0: the same strokes; what has none is like nothing. */
static gdouble
correlate (const Sums * sums)
{
  gdouble a = get_deviation (sums, sums->a, sums->aa);
  gdouble b = get_deviation (sums, sums->b, sums->bb);

  if (a < 1.0 && b < 1.0)
    return 1.0;
  if (a < 1.0 || b < 1.0)
    return 0.0;
  return ((gdouble) sums->ab / sums->n
      - (gdouble) sums->a / sums->n * sums->b / sums->n) / (a * b);
}

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return x < y ? -1 : x > y;
}

/* Of each cell that has strokes, the least first; blanks between words show the
 * ground alone. @contrast: of the whole. */
static guint
correlate_cells (const KocrLumaPyramid * from, const KocrLumaPyramid * to,
    const KocrTextBounds * bounds, gdouble contrast,
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

    if (sums.n > 0
        && get_deviation (&sums, sums.a, sums.aa) > CELL_CONTRAST * contrast)
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
  gdouble cells[MOST_CELLS], whole, contrast;
  Sums sums;

  if (bounds.bottom - bounds.top < LEAST_SIDE
      || bounds.right - bounds.left < LEAST_SIDE)
    return KOCR_TEXT_LOOK_UNCLEAR;
  sums = sum_up (from, to, &bounds);
  contrast = get_deviation (&sums, sums.a, sums.aa);
  if (contrast < LEAST_CONTRAST)
    return KOCR_TEXT_LOOK_UNCLEAR;
  whole = correlate (&sums);
  if (whole < WHOLE_OTHER)
    return KOCR_TEXT_LOOK_OTHER;
  if (is_other_in_part (cells, correlate_cells (from, to, &bounds, contrast,
              cells)))
    return KOCR_TEXT_LOOK_OTHER_IN_PART;
  return whole < WHOLE_SAME ? KOCR_TEXT_LOOK_UNCLEAR : KOCR_TEXT_LOOK_SAME;
}
