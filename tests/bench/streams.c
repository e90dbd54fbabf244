/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Many live streams in one process that share a client: what the elements take
 * of a core beyond identity, and whether each has its share of a service that
 * is too slow for all of them.
 */
#include "measure.h"
#include "painting.h"
#include "passage.h"
#include "service.h"

#define STREAMS 16
#define SECONDS 5               /* a round */
#define ROUNDS 5

/* No text, so that there are no boxes to move. */
static const gchar nothing[] = "{\"responses\":[{\"page\":1,\"results\":[]}]}";

/* A service that answers eight a second, where the streams want sixteen. */
#define SLOW_SERVICE "--latency=500"
#define SLOW_SETTINGS "max-in-flight=4"
#define SLOW_SECONDS 30

typedef struct
{
  Passage *passages[STREAMS];
  guint64 n_dropped, n_late;
} Streams;

static void
init_streams (Streams * self, const gchar * launch, const GstVideoInfo * info,
    GstMemory * memory)
{
  for (guint i = 0; i < STREAMS; i++)
    self->passages[i] = passage_new (launch, info, memory);
}

static void
clear_streams (Streams * self)
{
  for (guint i = 0; i < STREAMS; i++)
    passage_free (self->passages[i]);
}

typedef struct
{
  Passage *passage;
  guint seconds;
} Play;

static gpointer
play (gpointer data)
{
  Play *self = data;

  passage_play (self->passage, self->seconds);
  return NULL;
}

/* Runs all of them; CPU time in % of a core. */
static gdouble
run_streams (Streams * self, guint seconds)
{
  gdouble ms = measure_process_ms ();
  GThread *threads[STREAMS];
  Play plays[STREAMS];

  self->n_dropped = self->n_late = 0;
  for (guint i = 0; i < STREAMS; i++) {
    plays[i] = (Play) {
    self->passages[i], seconds};
    threads[i] = g_thread_new ("stream", play, &plays[i]);
  }
  for (guint i = 0; i < STREAMS; i++) {
    g_thread_join (threads[i]);
    self->n_dropped += self->passages[i]->n_dropped;
    self->n_late += self->passages[i]->n_late;
  }
  return (measure_process_ms () - ms) / (seconds * 10.0);
}

/* @limit: 0: none. */
static void
measure_share (const gchar * name, const gchar * answer, gdouble limit,
    const GstVideoInfo * info, GstMemory * memory)
{
  MeasureRow row = { .group = "16 streams",
    .name = name,
    .unit = "% of a core",
    .peer = "identity",
    .held = limit > 0 ? MEASURE_EXCESS : MEASURE_UNHELD,
    .limit = limit };
  Service *service = service_new (answer, NULL);
  g_autofree gchar *launch =
      g_strdup_printf ("kakaoocr endpoint=%s", service->url);
  gdouble ours[ROUNDS], theirs[ROUNDS];
  Streams subject = { 0 }, identity = { 0 };

  init_streams (&subject, launch, info, memory);
  init_streams (&identity, "identity", info, memory);
  run_streams (&subject, SECONDS);
  for (guint i = 0; i < ROUNDS; i++) {
    ours[i] = run_streams (&subject, SECONDS);
    theirs[i] = run_streams (&identity, SECONDS);
  }
  row.value = measure_median (ours, ROUNDS);
  row.peer_value = measure_median (theirs, ROUNDS);
  measure_report (&row);
  row = (MeasureRow){ .group = "16 streams",
    .name = "not through before the next is due",
    .value = subject.n_late,
    .unit = "frames",
    .peer = "identity",
    .peer_value = identity.n_late };
  measure_report (&row);
  row = (MeasureRow){ .group = "16 streams",
    .name = "dropped",
    .value = subject.n_dropped,
    .unit = "frames",
    .held = MEASURE_VALUE,
    .limit = 0 };
  measure_report (&row);
  clear_streams (&subject);
  clear_streams (&identity);
  service_free (service);
}

static void
measure_fairness (const GstVideoInfo * info, GstMemory * memory)
{
  MeasureRow row = { .group = "16 streams",
    .name = "slow service: the least that "
            "one had",
    .unit = "results",
    .peer = "the most that one had",
    .held = MEASURE_RATIO,
    .limit = 0.7,
    .at_least = TRUE };
  Service *service = service_new (passage_answer, SLOW_SERVICE);
  g_autofree gchar *launch = g_strdup_printf ("kakaoocr change-threshold=0 "
      SLOW_SETTINGS " endpoint=%s", service->url);
  Streams subject = { 0 };

  init_streams (&subject, launch, info, memory);
  run_streams (&subject, SLOW_SECONDS);
  row.value = G_MAXDOUBLE;
  for (guint i = 0; i < STREAMS; i++) {
    gdouble n = passage_get_stat (subject.passages[i], "recognized");

    row.value = MIN (row.value, n);
    row.peer_value = MAX (row.peer_value, n);
  }
  measure_report (&row);
  row = (MeasureRow){ .group = "16 streams",
    .name = "slow service: dropped",
    .value = subject.n_dropped,
    .unit = "frames",
    .held = MEASURE_VALUE,
    .limit = 0 };
  measure_report (&row);
  clear_streams (&subject);
  service_free (service);
}

int
main (int argc, char **argv)
{
  g_autoptr (GstMemory) memory = NULL;
  GstVideoInfo info;

  gst_init (&argc, &argv);
  memory = painting_memory_new (1920, 1080, &info);
  measure_share ("1080p30, pictures stand", nothing, 10, &info, memory);
  measure_share ("1080p30, ten boxes that follow", passage_answer, 0, &info,
      memory);
  measure_fairness (&info, memory);
  return measure_finish ();
}
