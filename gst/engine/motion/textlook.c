/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/textlook.h"

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
 * half of them does. */
#define CELL_DIFFERS 0.93
#define CELL_STANDS 8.0

/* How alike the cells of a text are that have strokes. */
typedef struct
{
  gdouble median, least;
  gdouble most;                 /* that a quarter of them reaches */
  gdouble least_standing;       /* of those whose ground stands; 1: none */
} Likeness;

/* @slope: of the whole. */
static Likeness
compare_cells (const KocrLumaPyramid * from, const KocrLumaPyramid * to,
    const KocrTextBounds * bounds, gdouble slope)
{
  guint n_cells = kocr_text_bounds_count_cells (bounds), n = 0;
  gdouble cells[KOCR_TEXT_MOST_CELLS];
  Likeness found = { 1.0, 1.0, 1.0, 1.0 };

  for (guint i = 0; i < n_cells; i++) {
    const KocrTextBounds cell = kocr_text_bounds_get_cell (bounds, i);
    gdouble cell_slope;
    gdouble alike = kocr_text_bounds_compare (&cell, from, to, &cell_slope);

    if (cell_slope <= KOCR_TEXT_CELL_SLOPE * slope)
      continue;
    cells[n++] = alike;
    found.least = MIN (found.least, alike);
    if (alike < found.least_standing
        && kocr_text_bounds_ground_stands (&cell, from, to))
      found.least_standing = alike;
  }
  if (n > 0) {
    found.median = kocr_median (cells, n);
    found.most = kocr_quantile (cells, n, STAYING_SHARE);
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

  if (!kocr_text_bounds_are_enough (&bounds))
    return KOCR_TEXT_LOOK_UNKNOWN;
  whole = kocr_text_bounds_compare (&bounds, from, to, &slope);
  if (slope < KOCR_TEXT_LEAST_SLOPE)
    return KOCR_TEXT_LOOK_UNKNOWN;
  if (whole < WHOLE_OTHER)
    return KOCR_TEXT_LOOK_OTHER;
  cells = compare_cells (from, to, &bounds, slope);
  if (is_other_in_part (&cells))
    return KOCR_TEXT_LOOK_OTHER_IN_PART;
  return whole < WHOLE_SAME || cells.least < CELL_SAME
      ? KOCR_TEXT_LOOK_UNCLEAR : KOCR_TEXT_LOOK_SAME;
}
