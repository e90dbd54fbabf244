/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rowfigure.h"

#include <math.h>

#include "quantile.h"

/* In pixels of its level, what a figure is high at least, and by its height how
 * wide; and how strong at least. */
#define MIN_HEIGHT 7
#define MAX_ASPECT 1.3
#define MIN_CONTRAST 30
/* A table full of figures has fewer strays; noise has more, and no rows. */
#define MAX_STRAYS 800
/* By the line's height: how far from it or from the next figure of its row, how
 * high, and how far beyond the line's top and foot. */
#define MAX_GAP 30
#define LETTER_MIN 0.6
#define REACH 0.08
/* Where one of the two is lighter than its ground and the other darker, they
 * are in two cells beside each other, and what is as narrow is a cell's edge.
 */
#define MAX_CELL_GAP 4
#define MIN_CELL_ASPECT 0.3
/* A line of so many times its height tells how the page is tilted to half a
 * degree, which a height in a hundred more or less is; a shorter one has its
 * tilt by chance. */
#define LONG_LINE 8
#define TILT_DOUBT 0.01
/* Up to this, in radians, a page of short lines alone is level. */
#define LEVEL_TILT 0.06
/* Ink as strong, as bright and as thick as the line's; in another cell only as
 * thick. */
#define MAX_CONTRAST_RATIO 1.5
#define MAX_CELL_CONTRAST_RATIO 2.5
#define MAX_STROKE_RATIO 2.2
/* Of a figure that shares more than this with a line, or with another figure,
 * it is a find. */
#define MAX_OVERLAP 0.3

void
kocr_row_figures_collect (
    const LineFit *self, const guint *strays, guint n, GPtrArray *figures)
{
  guint i;

  for (i = 0; i < n && n <= MAX_STRAYS; i++) {
    const Glyph *glyph;

    if (strays[i] == G_MAXUINT)
      continue;
    glyph = &g_array_index (self->glyphs, Glyph, strays[i]);
    if (glyph_height (glyph) >= MIN_HEIGHT
        && glyph_width (glyph) <= MAX_ASPECT * glyph_height (glyph)
        && glyph->contrast >= MIN_CONTRAST)
      kocr_line_fit_single (self, strays[i], figures);
  }
}

/* The row of a line: what it reaches over grows with each figure. */
typedef struct
{
  const TextLine *line;
  gdouble tilt;
  gdouble left, right; /* from the line's middle */
} Row;

static gboolean
is_long (const TextLine *line)
{
  return line->width >= LONG_LINE * line->height;
}

static GArray *
find_rows (const GPtrArray *lines)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (GArray) tilts = g_array_new (FALSE, FALSE, sizeof (gdouble));
  gdouble tilt = 0;
  guint i;

  for (i = 0; i < lines->len; i++) {
    const TextLine *line = g_ptr_array_index (lines, i);
    const Row row = { line, line->tilt, -line->width / 2, line->width / 2 };

    g_array_append_val (rows, row);
    if (is_long (line))
      g_array_append_val (tilts, line->tilt);
  }
  if (tilts->len > 0)
    tilt = kocr_median ((gdouble *) tilts->data, tilts->len);
  for (i = 0; i < rows->len; i++) {
    Row *row = &g_array_index (rows, Row, i);

    if (is_long (row->line))
      continue;
    if (tilts->len > 0)
      row->tilt = tilt;
    else if (fabs (row->tilt) < LEVEL_TILT)
      row->tilt = 0;
  }
  return rows;
}

static gboolean
looks_alike (const TextLine *line, const TextLine *figure)
{
  gdouble thick = MAX (line->stroke, figure->stroke);
  gdouble thin = MIN (line->stroke, figure->stroke);
  gdouble strong = MAX (line->contrast, figure->contrast);
  gdouble weak = MIN (line->contrast, figure->contrast);

  /* Strokes of one or two pixels are measured too coarsely to tell. */
  if (thick > MAX_STROKE_RATIO * thin
      && thick - thin > 1.2 * MAX (line->scale, figure->scale))
    return FALSE;
  if (line->light != figure->light)
    return strong <= MAX_CELL_CONTRAST_RATIO * weak
           && figure->width >= MIN_CELL_ASPECT * figure->height;
  return strong <= MAX_CONTRAST_RATIO * weak
         && fabs (line->brightness - figure->brightness)
                <= MAX (14, 0.5 * weak);
}

/* Does @figure stand in the row? Then that reaches over it. */
static gboolean
row_takes (Row *self, const TextLine *figure)
{
  const TextLine *line = self->line;
  gdouble c = cos (self->tilt), s = sin (self->tilt), half = figure->width / 2;
  gdouble dx = figure->x - line->x, dy = figure->y - line->y;
  gdouble along = dx * c + dy * s, across = dy * c - dx * s;
  gdouble gap = MAX (self->left - along, along - self->right) - half;
  gdouble most = line->light == figure->light ? MAX_GAP : MAX_CELL_GAP;
  gdouble reach = REACH * line->height + TILT_DOUBT * fabs (along);

  if (gap > most * line->height || figure->height < LETTER_MIN * line->height
      || fabs (across) + figure->height / 2 > line->height / 2 + reach
      || !looks_alike (line, figure))
    return FALSE;
  self->left = MIN (self->left, along - half);
  self->right = MAX (self->right, along + half);
  return TRUE;
}

static gboolean
overlaps (const GPtrArray *lines, guint first, const TextLine *figure)
{
  guint i;

  for (i = first; i < lines->len; i++)
    if (kocr_text_line_overlap (g_ptr_array_index (lines, i), figure)
        > MAX_OVERLAP)
      return TRUE;
  return FALSE;
}

/* Of the finds of one figure that with most contrast is the best. */
static gint
compare_contrast (gconstpointer a, gconstpointer b)
{
  const TextLine *left = *(TextLine *const *)a, *right = *(TextLine *const *)b;

  return (left->contrast < right->contrast)
         - (left->contrast > right->contrast);
}

/* @first: where the figures begin in @lines. */
static gboolean
join_once (GPtrArray *figures, GArray *rows, GPtrArray *lines, guint first)
{
  gboolean joined = FALSE;
  guint i, j;

  for (i = 0; i < figures->len;) {
    TextLine *figure = g_ptr_array_index (figures, i);
    Row *row = NULL;

    if (overlaps (lines, first, figure)) {
      g_ptr_array_remove_index (figures, i);
      continue;
    }
    for (j = 0; j < rows->len && !row; j++)
      if (row_takes (&g_array_index (rows, Row, j), figure))
        row = &g_array_index (rows, Row, j);
    if (!row) {
      i++;
      continue;
    }
    g_ptr_array_steal_index (figures, i);
    figure->tilt = row->tilt;
    kocr_text_line_judge (figure);
    g_ptr_array_add (lines, figure);
    joined = TRUE;
  }
  return joined;
}

void
kocr_row_figures_join (
    GPtrArray *figures, const GPtrArray *lines_of_rows, GPtrArray *lines)
{
  g_autoptr (GArray) rows = find_rows (lines_of_rows);
  guint n = lines->len, i;

  for (i = figures->len; i > 0 && rows->len > 0; i--)
    if (overlaps (lines_of_rows, 0, g_ptr_array_index (figures, i - 1)))
      g_ptr_array_remove_index (figures, i - 1);
  g_ptr_array_sort (figures, compare_contrast);
  while (rows->len > 0 && join_once (figures, rows, lines, n))
    ;
}
