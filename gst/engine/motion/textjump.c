/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/textjump.h"

#include "motion/textbounds.h"
#include "quantile.h"

/* What another letter leaves of the strokes of its cell at most; and by how
 * many times as much it changes them as the ground does from one picture to the
 * next, and as what is beside them does at the same time. */
#define OTHER_LETTER 0.9
#define STANDS_OUT 8.0
/* How strong both letters are, by what the first sample shows: what has faded
 * to less changes as it likes. */
#define LEAST_STRENGTH 0.4

typedef struct
{
  const KocrTextPictures *pictures;
  KocrTextBounds cells[KOCR_TEXT_MOST_CELLS];
  guint n_cells;
} Search;

/* What picture @at left of the strokes of a cell of the one before. */
typedef struct
{
  guint cell, at;
  gdouble alike;
} Step;

static gdouble
compare (const Search *self, guint cell, guint a, guint b)
{
  gdouble slope;

  return kocr_text_bounds_compare (&self->cells[cell], self->pictures->all[a],
      self->pictures->all[b], &slope);
}

/* The cells that have strokes. */
static void
list_cells (Search *self, const KocrTextBounds *bounds)
{
  KocrLumaPyramid *shown = self->pictures->all[self->pictures->from];
  guint n = kocr_text_bounds_count_cells (bounds);
  gdouble slope, whole_slope;

  kocr_text_bounds_compare (bounds, shown, shown, &whole_slope);
  for (guint i = 0; i < n; i++) {
    const KocrTextBounds cell = kocr_text_bounds_get_cell (bounds, i);

    kocr_text_bounds_compare (&cell, shown, shown, &slope);
    if (slope > KOCR_TEXT_CELL_SLOPE * whole_slope)
      self->cells[self->n_cells++] = cell;
  }
}

/* Whether a loss leaves all but @usual far behind. */
static gboolean
stands_out (gdouble alike, gdouble usual)
{
  return 1.0 - alike > STANDS_OUT * (1.0 - usual);
}

static gdouble
get_slope (const Search *self, guint cell, guint i)
{
  KocrLumaPyramid *picture = self->pictures->all[i];
  gdouble slope;

  kocr_text_bounds_compare (&self->cells[cell], picture, picture, &slope);
  return slope;
}

/* Whether there is a letter before it and after it. */
static gboolean
is_strong (const Search *self, const Step *step)
{
  gdouble least
      = LEAST_STRENGTH * get_slope (self, step->cell, self->pictures->from);

  return get_slope (self, step->cell, step->at - 1) >= least
         && get_slope (self, step->cell, step->at) >= least;
}

/* Whether the cell does not go back to what it was. */
static gboolean
is_lasting (const Search *self, const Step *step)
{
  guint before = MAX (step->at, self->pictures->from + 2) - 2;
  guint behind = MIN (step->at + 1, self->pictures->n - 1);

  return compare (self, step->cell, before, behind) < OTHER_LETTER;
}

/* Whether next to nothing happens around it meanwhile: to the cells beside it,
 * or, of one alone, above and below. */
static gboolean
is_alone (const Search *self, const Step *step)
{
  gdouble alike[KOCR_TEXT_MOST_CELLS];
  guint n = 0;

  for (guint i = 0; i < self->n_cells; i++) {
    if (i != step->cell)
      alike[n++] = compare (self, i, step->at - 1, step->at);
  }
  if (n == 0)
    return kocr_text_bounds_ground_stands (&self->cells[step->cell],
        self->pictures->all[step->at - 1], self->pictures->all[step->at]);
  return stands_out (step->alike, kocr_median (alike, n));
}

/* Of the pictures behind the first sample: how much of the strokes of a cell
 * each left of what the one before it had.  (array length=n) (transfer full) */
static gdouble *
list_losses (const Search *self, guint cell, guint n)
{
  gdouble *alike = g_new (gdouble, n);
  guint first = self->pictures->from + 1;

  for (guint i = 0; i < n; i++)
    alike[i] = compare (self, cell, first + i - 1, first + i);
  return alike;
}

/* Whether picture @i is the one of those beside it with which most was lost. */
static gboolean
is_peak (const gdouble *alike, guint n, guint i)
{
  return (i == 0 || alike[i] <= alike[i - 1])
         && (i + 1 == n || alike[i] < alike[i + 1]);
}

/* Notes in @jump the jumps of a cell. */
static void
add_jumps (const Search *self, guint cell, KocrTextJump *jump)
{
  guint first = self->pictures->from + 1, n = self->pictures->n - first;
  g_autofree gdouble *alike = list_losses (self, cell, n);
  g_autofree gdouble *sorted = g_memdup2 (alike, n * sizeof *alike);
  gdouble usual = kocr_median (sorted, n);

  for (guint i = 0; i < n; i++) {
    const Step step = { cell, first + i, alike[i] };

    if (alike[i] >= OTHER_LETTER || !is_peak (alike, n, i)
        || (n > 2 && !stands_out (alike[i], usual)) || !is_strong (self, &step)
        || !is_lasting (self, &step) || !is_alone (self, &step))
      continue;
    jump->first = jump->first > 0 ? MIN (jump->first, step.at) : step.at;
    jump->last = MAX (jump->last, step.at);
  }
}

gboolean
kocr_text_jump_find (
    const KocrTextPictures *pictures, const gdouble box[8], KocrTextJump *jump)
{
  const KocrTextBounds bounds
      = kocr_text_bounds_find (pictures->all[pictures->from], box);
  Search search = { .pictures = pictures };

  *jump = (KocrTextJump){ 0 };
  if (pictures->n - pictures->from < 2
      || !kocr_text_bounds_are_enough (&bounds))
    return FALSE;
  list_cells (&search, &bounds);
  for (guint i = 0; i < search.n_cells; i++) {
    /* What is as it was has not changed. */
    if (compare (&search, i, pictures->from, pictures->n - 1) < OTHER_LETTER)
      add_jumps (&search, i, jump);
  }
  return jump->first > 0;
}
