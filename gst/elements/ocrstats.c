/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocrstats.h"

/* Of what a latency is made of. */
static GstStructure *
add_parts (GstStructure * stats, const KocrTally * tally)
{
  const struct
  {
    const gchar *p50, *p95;
    const KocrLatencies *part;
  } parts[] = {
    {"encode-p50", "encode-p95", &tally->encode},
    {"queue-p50", "queue-p95", &tally->queue},
    {"service-p50", "service-p95", &tally->service},
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    gst_structure_set (stats, parts[i].p50, G_TYPE_UINT64,
        kocr_latencies_get_percentile (parts[i].part, 50), parts[i].p95,
        G_TYPE_UINT64, kocr_latencies_get_percentile (parts[i].part, 95), NULL);
  return stats;
}

GstStructure *
ocr_stats_to_structure (const OcrStats * self)
{
  const KocrTally *tally = &self->engine.tally;

  return add_parts (gst_structure_new ("stats", "frames", G_TYPE_UINT64, self->frames,
      /* What a flush discarded was never a sample, so that at EOS the sums
       * agree. */
      "sampled", G_TYPE_UINT64, self->sampled - tally->cancelled,
      "unchanged", G_TYPE_UINT64, tally->unchanged,
      "remembered", G_TYPE_UINT64, tally->remembered,
      "skipped-busy", G_TYPE_UINT64, self->skipped,
      "submitted", G_TYPE_UINT64, tally->submitted,
      "recognized", G_TYPE_UINT64, tally->recognized,
      "failed", G_TYPE_UINT64, tally->failed + self->unreadable,
      "late", G_TYPE_UINT64, self->late,
      "retried", G_TYPE_UINT64, tally->retried,
      "throttled", G_TYPE_UINT64, tally->throttled,
      "bytes-sent", G_TYPE_UINT64, tally->bytes_sent,
      "regions", G_TYPE_UINT64, tally->regions,
      "regions-dropped", G_TYPE_UINT64, tally->regions_dropped,
      "in-flight", G_TYPE_UINT, self->engine.in_flight,
      "window", G_TYPE_UINT, self->engine.window,
      "latency-p50", G_TYPE_UINT64,
      kocr_latencies_get_percentile (&tally->latencies, 50),
      "latency-p95", G_TYPE_UINT64,
      kocr_latencies_get_percentile (&tally->latencies, 95),
      "carry-p50", G_TYPE_UINT64,
      kocr_latencies_get_percentile (&self->carry, 50),
      "carry-p95", G_TYPE_UINT64,
      kocr_latencies_get_percentile (&self->carry, 95),
      "timing", G_TYPE_STRING, gst_kakao_ocr_timing_get_name (self->timing),
      "state", G_TYPE_STRING, kocr_state_get_name (self->engine.state),
      "last-error", G_TYPE_STRING, self->last_error, NULL), tally);
}
