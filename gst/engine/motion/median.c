/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/median.h"

#include <stdlib.h>

static gint
compare (gconstpointer a, gconstpointer b)
{
  gdouble x = *(const gdouble *)a, y = *(const gdouble *)b;

  return (x > y) - (x < y);
}

gdouble
kocr_median (gdouble *values, guint n)
{
  qsort (values, n, sizeof *values, compare);
  return values[n / 2];
}
