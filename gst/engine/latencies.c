/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "latencies.h"

#include <stdlib.h>
#include <string.h>

void
kocr_latencies_add (KocrLatencies * self, GstClockTime latency)
{
  self->values[self->n_added++ % KOCR_N_LATENCIES] = latency;
}

static int
compare_times (const void *a, const void *b)
{
  GstClockTime ta = *(const GstClockTime *) a, tb = *(const GstClockTime *) b;

  return (ta > tb) - (ta < tb);
}

GstClockTime
kocr_latencies_get_percentile (const KocrLatencies * self, guint percent)
{
  GstClockTime sorted[KOCR_N_LATENCIES];
  guint n = MIN (self->n_added, KOCR_N_LATENCIES);

  if (n == 0)
    return 0;
  memcpy (sorted, self->values, n * sizeof sorted[0]);
  qsort (sorted, n, sizeof sorted[0], compare_times);
  return sorted[MIN (n * percent / 100, n - 1)];
}
