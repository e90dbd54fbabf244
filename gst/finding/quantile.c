/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "quantile.h"

#include <stdlib.h>

static gint
compare (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *) a, y = *(const gdouble *) b;

  return (x > y) - (x < y);
}

gdouble
kocr_quantile (gdouble * values, guint n, gdouble share)
{
  qsort (values, n, sizeof *values, compare);
  return values[MIN ((guint) (n * share), n - 1)];
}

gdouble
kocr_median (gdouble * values, guint n)
{
  return kocr_quantile (values, n, 0.5);
}

gint
kocr_histogram_quantile (const guint histogram[256], gdouble share)
{
  guint64 total = 0, below = 0;
  gint i;

  for (i = 0; i < 256; i++)
    total += histogram[i];
  for (i = 0; i < 255; i++) {
    below += histogram[i];
    if (below >= share * total)
      break;
  }
  return i;
}
