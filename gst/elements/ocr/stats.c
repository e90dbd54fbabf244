/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/stats.h"

#include "base/clock.h"

struct _KocrRunStats
{
  GMutex lock;

  /* lock */
  guint64 counts[KOCR_N_COUNTS];
  KocrLatencies carry;          /* from a result to the frame that carries it */
  gchar *last_error;            /* nullable */
};

KocrRunStats *
kocr_run_stats_new (void)
{
  KocrRunStats *self = g_new0 (KocrRunStats, 1);

  g_mutex_init (&self->lock);
  return self;
}

void
kocr_run_stats_free (KocrRunStats * self)
{
  g_free (self->last_error);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
kocr_run_stats_add (KocrRunStats * self, KocrCount count)
{
  g_mutex_lock (&self->lock);
  self->counts[count]++;
  g_mutex_unlock (&self->lock);
}

guint64
kocr_run_stats_get (KocrRunStats * self, KocrCount count)
{
  guint64 n;

  g_mutex_lock (&self->lock);
  n = self->counts[count];
  g_mutex_unlock (&self->lock);
  return n;
}

void
kocr_run_stats_note_settled (KocrRunStats * self, gboolean failed)
{
  g_mutex_lock (&self->lock);
  self->counts[KOCR_COUNT_SETTLED]++;
  if (failed)
    self->counts[KOCR_COUNT_FAILED]++;
  g_mutex_unlock (&self->lock);
}

guint64
kocr_run_stats_get_lost (KocrRunStats * self, gboolean unsettled)
{
  guint64 lost;

  g_mutex_lock (&self->lock);
  lost = self->counts[KOCR_COUNT_FAILED];
  if (unsettled)
    lost += self->counts[KOCR_COUNT_SAMPLED]
        - self->counts[KOCR_COUNT_SETTLED];
  g_mutex_unlock (&self->lock);
  return lost;
}

void
kocr_run_stats_note_carried (KocrRunStats * self, const KocrRequest * request)
{
  /* What is unchanged brings nothing that had to be carried here. */
  if (!request->outcome.result
      || request->outcome.match == KOCR_PICTURE_UNCHANGED)
    return;
  g_mutex_lock (&self->lock);
  kocr_latencies_add (&self->carry,
      MAX (kocr_clock_now () - request->outcome.completed, 0) * GST_USECOND);
  g_mutex_unlock (&self->lock);
}

void
kocr_run_stats_set_last_error (KocrRunStats * self, const GError * error)
{
  g_mutex_lock (&self->lock);
  g_free (self->last_error);
  self->last_error = g_strdup (error->message);
  g_mutex_unlock (&self->lock);
}

static void
add_count (GstStructure * structure, const gchar * name, guint64 count)
{
  gst_structure_set (structure, name, G_TYPE_UINT64, count, NULL);
}

static void
add_latency (GstStructure * structure, const gchar * name,
    const KocrLatencies * latencies)
{
  g_autofree gchar *p50 = g_strconcat (name, "-p50", NULL);
  g_autofree gchar *p95 = g_strconcat (name, "-p95", NULL);

  add_count (structure, p50, kocr_latencies_get_percentile (latencies, 50));
  add_count (structure, p95, kocr_latencies_get_percentile (latencies, 95));
}

/* With the lock held. */
static void
add_counts (KocrRunStats * self, GstStructure * structure,
    const KocrStats * requests)
{
  const struct
  {
    const gchar *name;
    guint64 count;
  } rows[] = {
    {"frames", self->counts[KOCR_COUNT_FRAMES]},
    /* What a flush discarded was never a sample, so that at EOS the sums
     * agree. */
    {"sampled", self->counts[KOCR_COUNT_SAMPLED] - requests->cancelled},
    {"unchanged", requests->unchanged},
    {"gated-text", requests->gated_text},
    {"remembered", requests->remembered},
    {"skipped-busy", self->counts[KOCR_COUNT_SKIPPED]},
    {"submitted", requests->submitted},
    {"recognized", requests->recognized},
    {"failed", requests->failed + self->counts[KOCR_COUNT_UNREADABLE]},
    {"late", self->counts[KOCR_COUNT_LATE]},
    {"retried", requests->retried},
    {"throttled", requests->throttled},
    {"bytes-sent", requests->bytes_sent},
    {"regions", requests->regions},
    {"regions-dropped", requests->regions_dropped},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add_count (structure, rows[i].name, rows[i].count);
}

GstStructure *
kocr_run_stats_to_structure (KocrRunStats * self,
    const KocrEngineStats * engine, KocrTiming timing)
{
  const KocrStats *requests = &engine->requests;
  GstStructure *structure = gst_structure_new_empty ("stats");

  g_mutex_lock (&self->lock);
  add_counts (self, structure, requests);
  gst_structure_set (structure, "in-flight", G_TYPE_UINT, engine->in_flight,
      "window", G_TYPE_UINT, engine->window, NULL);
  add_latency (structure, "latency", &requests->latencies);
  add_latency (structure, "carry", &self->carry);
  gst_structure_set (structure, "timing", G_TYPE_STRING,
      kocr_timing_get_name (timing), "state", G_TYPE_STRING,
      kocr_state_get_name (engine->state), "last-error", G_TYPE_STRING,
      self->last_error, NULL);
  /* Of what a latency is made of. */
  add_latency (structure, "encode", &requests->encode);
  add_latency (structure, "queue", &requests->queue);
  add_latency (structure, "service", &requests->service);
  g_mutex_unlock (&self->lock);
  return structure;
}
