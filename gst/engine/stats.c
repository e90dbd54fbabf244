/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stats.h"

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

static void
add_parts (KocrStats * self, const KocrRequest * request)
{
  const KocrTransfer *transfer = &request->transfer;
  gint64 completed = request->outcome.completed;

  kocr_latencies_add (&self->latencies,
      (completed - request->taken) * GST_USECOND);
  if (transfer->encoded == 0 || transfer->sent == 0)
    return;
  kocr_latencies_add (&self->encode,
      (transfer->encoded - request->taken) * GST_USECOND);
  kocr_latencies_add (&self->queue,
      (transfer->sent - transfer->encoded) * GST_USECOND);
  kocr_latencies_add (&self->service,
      (completed - transfer->sent) * GST_USECOND);
}

void
kocr_stats_add (KocrStats * self, const KocrRequest * request)
{
  const KocrTransfer *transfer = &request->transfer;
  const KocrOutcome *outcome = &request->outcome;

  self->submitted += transfer->attempts;
  self->retried += transfer->retried;
  self->throttled += transfer->throttled;
  self->bytes_sent += transfer->bytes_sent;
  if (g_error_matches (outcome->error, KOCR_ERROR, KOCR_ERROR_CANCELLED)) {
    self->cancelled++;
  } else if (outcome->match == KOCR_PICTURE_UNCHANGED) {
    self->unchanged++;
    self->gated_text += outcome->text_alone;
  } else if (!outcome->result) {
    self->failed++;
  } else if (outcome->match == KOCR_PICTURE_REMEMBERED) {
    self->remembered++;
  } else {
    self->recognized++;
    self->regions += gst_kakao_ocr_result_get_n_regions (outcome->result);
    self->regions_dropped += outcome->regions_dropped;
    add_parts (self, request);
  }
}
