/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/histogram.h"

gint
histogram_find_quantile (const guint histogram[256], gdouble share)
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
