/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/stats.h"

/* Of what a latency is made of. */
static GstStructure *
add_parts (GstStructure * stats, const KocrStats * requests)
{
  const struct
  {
    const gchar *p50, *p95;
    const KocrLatencies *part;
  } parts[] = {
    {"encode-p50", "encode-p95", &requests->encode},
    {"queue-p50", "queue-p95", &requests->queue},
    {"service-p50", "service-p95", &requests->service},
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    gst_structure_set (stats, parts[i].p50, G_TYPE_UINT64,
        kocr_latencies_get_percentile (parts[i].part, 50), parts[i].p95,
        G_TYPE_UINT64, kocr_latencies_get_percentile (parts[i].part, 95), NULL);
  return stats;
}

GstStructure *
kocr_ocr_stats_to_structure (const KocrOcrStats * self)
{
  const KocrStats *requests = &self->engine.requests;

  return add_parts (
      gst_structure_new ("stats", "frames", G_TYPE_UINT64, self->frames,
          /* What a flush discarded was never a sample, so that at EOS the sums
           * agree. */
          "sampled", G_TYPE_UINT64, self->sampled - requests->cancelled,
          "unchanged", G_TYPE_UINT64, requests->unchanged, "remembered",
          G_TYPE_UINT64, requests->remembered, "skipped-busy", G_TYPE_UINT64,
          self->skipped, "submitted", G_TYPE_UINT64, requests->submitted,
          "recognized", G_TYPE_UINT64, requests->recognized, "failed",
          G_TYPE_UINT64, requests->failed + self->unreadable, "late",
          G_TYPE_UINT64, self->late, "retried", G_TYPE_UINT64,
          requests->retried, "throttled", G_TYPE_UINT64, requests->throttled,
          "bytes-sent", G_TYPE_UINT64, requests->bytes_sent, "regions",
          G_TYPE_UINT64, requests->regions, "regions-dropped", G_TYPE_UINT64,
          requests->regions_dropped, "in-flight", G_TYPE_UINT,
          self->engine.in_flight, "window", G_TYPE_UINT, self->engine.window,
          "latency-p50", G_TYPE_UINT64,
          kocr_latencies_get_percentile (&requests->latencies, 50),
          "latency-p95", G_TYPE_UINT64,
          kocr_latencies_get_percentile (&requests->latencies, 95), "carry-p50",
          G_TYPE_UINT64, kocr_latencies_get_percentile (&self->carry, 50),
          "carry-p95", G_TYPE_UINT64,
          kocr_latencies_get_percentile (&self->carry, 95), "timing",
          G_TYPE_STRING, kocr_timing_get_name (self->timing), "state",
          G_TYPE_STRING, kocr_state_get_name (self->engine.state), "last-error",
          G_TYPE_STRING, self->last_error, NULL),
      requests);
}
