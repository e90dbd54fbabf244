/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Stats: what the settled requests of an engine came to.
 */
#pragma once

#include "request.h"

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

typedef struct
{
  guint64 submitted;            /* requests that reached the wire */
  guint64 retried, throttled, bytes_sent;
  guint64 recognized, failed, cancelled;
  guint64 unchanged, remembered;        /* settled by an earlier sample */
  guint64 gated_text;           /* unchanged, by the text gate */
  guint64 regions, regions_dropped;
  /* Of what was recognized: from the sample to the result, and its parts: until
   * it was encoded, until its last attempt began, until that was answered. */
  KocrLatencies latencies, encode, queue, service;
} KocrStats;

void kocr_stats_add (KocrStats * self, const KocrRequest * request);
