/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/quadspan.h"

/* A pixel of error in a corner, in and out. */
#define UPRIGHT_TOLERANCE 2.0

/* Every second of four pairs, in order. */
static void
sort_four (const gdouble * quad, gdouble sorted[4])
{
  guint i, j;

  for (i = 0; i < 4; i++) {
    for (j = i; j > 0 && sorted[j - 1] > quad[2 * i]; j--)
      sorted[j] = sorted[j - 1];
    sorted[j] = quad[2 * i];
  }
}

void
kocr_quad_sort_coordinates (const gdouble quad[8], gdouble xs[4],
    gdouble ys[4])
{
  sort_four (quad, xs);
  sort_four (quad + 1, ys);
}

gboolean
kocr_quad_is_upright (const gdouble quad[8])
{
  gdouble xs[4], ys[4];

  sort_four (quad, xs);
  sort_four (quad + 1, ys);
  return xs[1] - xs[0] <= UPRIGHT_TOLERANCE &&
      xs[3] - xs[2] <= UPRIGHT_TOLERANCE &&
      ys[1] - ys[0] <= UPRIGHT_TOLERANCE && ys[3] - ys[2] <= UPRIGHT_TOLERANCE;
}

void
kocr_quad_get_edges (const gdouble quad[8], gdouble edges[4])
{
  gdouble xs[4], ys[4];

  sort_four (quad, xs);
  sort_four (quad + 1, ys);
  edges[0] = (xs[0] + xs[1]) / 2.0;
  edges[1] = (ys[0] + ys[1]) / 2.0;
  edges[2] = (xs[2] + xs[3]) / 2.0;
  edges[3] = (ys[2] + ys[3]) / 2.0;
}

gboolean
kocr_quad_get_span (const gdouble quad[8], KocrQuadLines lines, gdouble from,
    gdouble to, gdouble * low, gdouble * high)
{
  guint across = lines == KOCR_QUAD_ROWS ? 1 : 0, along = 1 - across;
  guint i, end;

  *low = G_MAXDOUBLE;
  *high = -G_MAXDOUBLE;
  for (i = 0; i < 4; i++) {
    const gdouble *a = &quad[2 * i], *b = &quad[2 * ((i + 1) % 4)];

    if (MAX (a[across], b[across]) < from || MIN (a[across], b[across]) > to)
      continue;
    for (end = 0; end < 2; end++) {
      gdouble at = CLAMP (end ? b[across] : a[across], from, to);
      gdouble t = a[across] == b[across] ? end :
          (at - a[across]) / (b[across] - a[across]);
      gdouble reached = a[along] + t * (b[along] - a[along]);

      *low = MIN (*low, reached);
      *high = MAX (*high, reached);
    }
  }
  return *low <= *high;
}

