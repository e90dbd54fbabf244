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
