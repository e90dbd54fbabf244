/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "readingorder.h"

#include <math.h>

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

/* What a line covers of one axis. */
typedef struct
{
  gdouble low, high;
  guint line;
} Span;

static void
mean_direction (const GstKakaoOcrTextLine *lines, guint n_lines, gdouble *ux,
    gdouble *uy)
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

/* The spans of @lines on the axis (@x, @y), sorted; returns the widest gap. */
static gdouble
project (const GstKakaoOcrTextLine *lines, guint n_lines, gdouble x,
    gdouble y, Span *spans)
{
  gdouble widest = 0.0, end;
  guint i, c;

  for (i = 0; i < n_lines; i++) {
    gdouble low = G_MAXDOUBLE, high = -G_MAXDOUBLE;
    gdouble shrink = SHRINK * lines[i].height;

    for (c = 0; c < 8; c += 2) {
      gdouble at = x * lines[i].quad[c] + y * lines[i].quad[c + 1];

      low = MIN (low, at);
      high = MAX (high, at);
    }
    shrink = MIN (shrink, (high - low) / 2.0);
    spans[i].low = low + shrink;
    spans[i].high = high - shrink;
    spans[i].line = i;
  }
  qsort (spans, n_lines, sizeof (Span), compare_spans);
  end = spans[0].high;
  for (i = 1; i < n_lines; i++) {
    widest = MAX (widest, spans[i].low - end);
    end = MAX (end, spans[i].high);
  }
  return widest;
}

/* Lines that no straight cut parts are read by their centres. */
static void
sort_by_centre (Span *spans, guint n_lines)
{
  guint i;

  for (i = 0; i < n_lines; i++)
    spans[i].low = spans[i].high = (spans[i].low + spans[i].high) / 2.0;
  qsort (spans, n_lines, sizeof (Span), compare_spans);
}

static void
arrange (GstKakaoOcrTextLine *lines, guint n_lines, const Span *spans)
{
  g_autofree GstKakaoOcrTextLine *sorted =
      g_new (GstKakaoOcrTextLine, n_lines);
  guint i;

  for (i = 0; i < n_lines; i++)
    sorted[i] = lines[spans[i].line];
  for (i = 0; i < n_lines; i++)
    lines[i] = sorted[i];
}

/* Arranges @lines along the axis with the widest gap and marks each line after
 * a gap. Every gap of this axis that is at least as wide as all of the other
 * one would be cut before them, so they are cut at once. */
static void
cut (GstKakaoOcrTextLine *lines, guint n_lines)
{
  g_autofree Span *across = g_new (Span, n_lines);
  g_autofree Span *down = g_new (Span, n_lines);
  gdouble ux, uy, gap_across, gap_down, least, end;
  gboolean parts;
  Span *spans;
  guint i;

  mean_direction (lines, n_lines, &ux, &uy);
  gap_across = project (lines, n_lines, ux, uy, across);
  gap_down = project (lines, n_lines, -uy, ux, down);
  spans = gap_down >= gap_across ? down : across;
  least = MIN (gap_down, gap_across);
  parts = MAX (gap_down, gap_across) > 0.0;
  if (!parts)
    sort_by_centre (spans, n_lines);
  arrange (lines, n_lines, spans);

  end = spans[0].high;
  for (i = 0; i < n_lines; i++) {
    gdouble gap = spans[i].low - end;

    lines[i].begins_part = parts && i > 0 && gap > 0.0 && gap >= least;
    end = MAX (end, spans[i].high);
  }
}

void
gst_kakao_ocr_reading_order_sort (GstKakaoOcrTextLine *lines, guint n_lines)
{
  guint i, first = 0;

  if (n_lines < 2)
    return;

  cut (lines, n_lines);
  for (i = 1; i <= n_lines; i++) {
    if (i < n_lines && !lines[i].begins_part)
      continue;
    if (i - first < n_lines)
      gst_kakao_ocr_reading_order_sort (lines + first, i - first);
    first = i;
  }
}
