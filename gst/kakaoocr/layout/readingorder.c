/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/readingorder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The recursive X-Y cut (Nagy and Seth, 1984), with the widest gap cut first:
 * what is far apart is read apart. It reads a page in columns and a frame with
 * a logo and a caption from top to bottom, with no model of a page; a table
 * whose columns stand further apart than its rows is read column by column.
 * Cuts are made along the mean direction of the lines that they part, so text
 * that is turned is ordered as it would be upright. */

/* Each line is taken as smaller by this part of its height on every side, since
 * boxes of lines that are set tight touch, and noise makes them overlap. */
#define SHRINK 0.25

/* Directions that cancel out to less than this part of their lengths have no
 * mean; the frame's own axes serve then. */
#define MIN_AGREEMENT 0.5

/* Gaps that differ by less than this are alike, and the first one is cut: under
 * a heading set as close as the lines are, columns must stay whole. */
#define LIKENESS 1.05

/* What a line covers of one axis. */
typedef struct
{
  gdouble low, high;
  guint line;
} Span;

/* All lines on one axis. */
typedef struct
{
  Span *spans;                  /* sorted */
  gdouble gap;                  /* the widest; 0 when there is none */
  guint n_before;               /* lines before it */
  gboolean shared;              /* some of the axis is covered by every line */
} Axis;

static void
mean_direction (const KocrTextLine * lines, guint n_lines, gdouble * ux,
    gdouble * uy)
{
  gdouble x = 0.0, y = 0.0, total = 0.0, length;
  guint i;

  for (i = 0; i < n_lines; i++) {
    x += lines[i].ux;
    y += lines[i].uy;
    total += hypot (lines[i].ux, lines[i].uy);
  }
  length = hypot (x, y);
  if (total > 0.0 && length >= MIN_AGREEMENT * total) {
    *ux = x / length;
    *uy = y / length;
  } else {
    *ux = 1.0;
    *uy = 0.0;
  }
}

static gint
compare_spans (gconstpointer a, gconstpointer b)
{
  const Span *s = a, *t = b;

  if (s->low != t->low)
    return s->low < t->low ? -1 : 1;
  /* Equal keys keep the order they came in. */
  return s->line < t->line ? -1 : s->line > t->line;
}

static void
axis_sort (Axis * axis, guint n_lines)
{
  gdouble low = axis->spans[0].low, high = axis->spans[0].high;
  gdouble end = high;
  guint i;

  qsort (axis->spans, n_lines, sizeof (Span), compare_spans);
  axis->gap = 0.0;
  axis->n_before = n_lines;
  for (i = 0; i < n_lines; i++) {
    const Span *span = &axis->spans[i];

    if (i > 0 && span->low - end > LIKENESS * axis->gap) {
      axis->gap = span->low - end;
      axis->n_before = i;
    }
    end = i > 0 ? MAX (end, span->high) : span->high;
    low = MAX (low, span->low);
    high = MIN (high, span->high);
  }
  axis->shared = low <= high;
}

/* Projects @lines to the axis (@x, @y). */
static void
axis_init (Axis * axis, const KocrTextLine * lines, guint n_lines,
    gdouble x, gdouble y)
{
  guint i, c;

  axis->spans = g_new (Span, n_lines);
  for (i = 0; i < n_lines; i++) {
    gdouble low = G_MAXDOUBLE, high = -G_MAXDOUBLE;
    gdouble shrink = SHRINK * lines[i].height;

    for (c = 0; c < 8; c += 2) {
      gdouble at = x * lines[i].quad[c] + y * lines[i].quad[c + 1];

      low = MIN (low, at);
      high = MAX (high, at);
    }
    shrink = MIN (shrink, (high - low) / 2.0);
    axis->spans[i].low = low + shrink;
    axis->spans[i].high = high - shrink;
    axis->spans[i].line = i;
  }
  axis_sort (axis, n_lines);
}

static void
axis_sort_by_centre (Axis * axis, guint n_lines)
{
  guint i;

  for (i = 0; i < n_lines; i++) {
    Span *span = &axis->spans[i];

    span->low = span->high = (span->low + span->high) / 2.0;
  }
  qsort (axis->spans, n_lines, sizeof (Span), compare_spans);
}

/* Whether what the widest gap of @across parts covers some of the same height:
 * columns do, a logo on the right above a caption on the left does not. */
static gboolean
parts_are_columns (const Axis * across, const Axis * down, guint n_lines)
{
  g_autofree gboolean *is_left = g_new0 (gboolean, n_lines);
  gdouble low[] = { G_MAXDOUBLE, G_MAXDOUBLE };
  gdouble high[] = { -G_MAXDOUBLE, -G_MAXDOUBLE };
  guint i;

  for (i = 0; i < across->n_before; i++)
    is_left[across->spans[i].line] = TRUE;
  for (i = 0; i < n_lines; i++) {
    const Span *span = &down->spans[i];
    guint part = is_left[span->line] ? 0 : 1;

    low[part] = MIN (low[part], span->low);
    high[part] = MAX (high[part], span->high);
  }
  return MAX (low[0], low[1]) <= MIN (high[0], high[1]);
}

static void
arrange (KocrTextLine * lines, guint n_lines, const Axis * axis)
{
  g_autofree KocrTextLine *sorted = g_new (KocrTextLine, n_lines);
  guint i;

  for (i = 0; i < n_lines; i++)
    sorted[i] = lines[axis->spans[i].line];
  memcpy (lines, sorted, n_lines * sizeof (KocrTextLine));
}

/* Puts what is read first before what is read later, and returns how many lines
 * that are; @n_lines when all are in order. */
static guint
cut (KocrTextLine * lines, guint n_lines)
{
  Axis across, down;
  gdouble ux, uy;
  guint n_before;

  mean_direction (lines, n_lines, &ux, &uy);
  axis_init (&across, lines, n_lines, ux, uy);
  axis_init (&down, lines, n_lines, -uy, ux);

  if (across.shared || (across.gap <= 0.0 && down.gap <= 0.0)) {
    /* One column, or lines that no straight cut parts. */
    axis_sort_by_centre (&down, n_lines);
    arrange (lines, n_lines, &down);
    n_before = n_lines;
  } else {
    gboolean columns = across.gap > LIKENESS * down.gap &&
        parts_are_columns (&across, &down, n_lines);
    const Axis *axis = columns ? &across : &down;

    arrange (lines, n_lines, axis);
    n_before = axis->n_before;
  }
  g_free (across.spans);
  g_free (down.spans);
  return n_before;
}

void
kocr_reading_order_sort (KocrTextLine * lines, guint n_lines)
{
  while (n_lines > 1) {
    guint n_before = cut (lines, n_lines), n_after = n_lines - n_before;

    /* Into the smaller part by recursion, so that it is never deep. */
    if (n_before <= n_after) {
      kocr_reading_order_sort (lines, n_before);
      lines += n_before;
      n_lines = n_after;
    } else {
      kocr_reading_order_sort (lines + n_before, n_after);
      n_lines = n_before < n_lines ? n_before : 0;
    }
  }
}
