/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Latencies: percentiles of the newest ones.  Pure.
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Enough for a 95th percentile, few enough to follow a service that changes. */
#define KOCR_N_LATENCIES 256

/* All 0: none yet. */
typedef struct
{
  GstClockTime values[KOCR_N_LATENCIES];
  guint64 n_added;
} KocrLatencies;

void kocr_latencies_add (KocrLatencies * self, GstClockTime latency);
/* 0 when there are none. */
GstClockTime kocr_latencies_get_percentile (const KocrLatencies * self,
    guint percent);

G_END_DECLS
