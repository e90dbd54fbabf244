/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Governor and turns against a simulated service with a quota, for ten
 * simulated minutes: how much of the quota is used, how much is wasted on 429,
 * and how it is shared.
 *
 * Elements ask at 30 frames a second, each with its own phase, for every
 * frame; a service of @rate a second is a token bucket, or counts requests in
 * whole seconds.
 */
#include "http/governor.h"
#include "http/fairqueue.h"

#include <string.h>

#include "../../testrows.h"

#define TESTS "/throttling/"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define FRAME (SECOND / 30)
#define LENGTH (600 * SECOND)
/* Until then it may search. */
#define SETTLED (60 * SECOND)
#define STEP 2000               /* microseconds */
#define MAX_ELEMENTS 16
#define MAX_OUT 32
#define MAX_ATTEMPTS 3
#define N_SEEDS 3

typedef struct
{
  const gchar *name;
  guint n_elements;
  gdouble rate;
  gdouble burst;                /* 0: whole seconds are counted */
  gint64 latency;
  gint64 retry_after;           /* 0: the 429 has none */
  gboolean lossless;
  gdouble least;                /* part of the rate; 0: nine tenths */
} Row;

static const Row rows[] = {
  {"1_element_10_a_second", 1, 10, 10, SECOND / 20, 0},
  {"4_elements_10_a_second", 4, 10, 10, SECOND / 20, 0},
  {"16_elements_10_a_second", 16, 10, 10, SECOND / 20, 0},
  {"1_element_retry_after", 1, 10, 10, SECOND / 20, SECOND},
  {"4_elements_retry_after", 4, 10, 10, SECOND / 20, SECOND},
  {"16_elements_retry_after", 16, 10, 10, SECOND / 20, SECOND},
  /* Frames do not come evenly enough for these. */
  {"4_elements_no_burst", 4, 10, 1, SECOND / 20, 0, FALSE, 0.75},
  {"16_elements_no_burst_retry_after", 16, 10, 1, SECOND / 20, SECOND, FALSE,
      0.65},
  {"4_elements_whole_seconds", 4, 10, 0, SECOND / 20, 0},
  {"16_elements_whole_seconds_retry_after", 16, 10, 0, SECOND / 20, SECOND},
  {"1_element_2_a_second", 1, 2, 2, SECOND / 5, SECOND},
  {"16_elements_2_a_second", 16, 2, 2, SECOND / 5, 0},
  {"4_elements_slow_service", 4, 4, 4, SECOND, SECOND},
  {"16_elements_50_a_second", 16, 50, 50, SECOND / 20, SECOND},
  {"1_lossless_element", 1, 10, 10, SECOND / 20, 0, TRUE},
  {"4_lossless_elements", 4, 10, 10, SECOND / 20, SECOND, TRUE},
  {"16_lossless_elements", 16, 10, 10, SECOND / 20, 0, TRUE}
};

typedef struct
{
  gboolean used, out, accepted;
  guint element, failures;
  gint64 when;                  /* out: of the answer; else of the retry */
  gboolean unpaid;
  KocrPermit permit;
} Job;

typedef struct
{
  const Row *row;
  gint64 now;
  KocrGovernor *governor;
  KocrFairQueue turns;
  KocrFairQueueEntry turn[MAX_ELEMENTS];
  Job jobs[MAX_OUT];

  gdouble tokens;
  gint64 second;
  guint in_second;

  guint sent, throttled, accepted[MAX_ELEMENTS];
} Simulation;

static gboolean
service_accepts (Simulation * s)
{
  const Row *row = s->row;

  if (row->burst > 0) {
    if (s->tokens < 1)
      return FALSE;
    s->tokens -= 1;
    return TRUE;
  }
  if (s->second != s->now / SECOND) {
    s->second = s->now / SECOND;
    s->in_second = 0;
  }
  return ++s->in_second <= row->rate;
}

static void
send_job (Simulation * s, Job * job)
{
  kocr_governor_start (s->governor, s->now, &job->permit);
  job->used = job->out = TRUE;
  job->accepted = service_accepts (s);
  job->when = s->now + (job->accepted ? s->row->latency : s->row->latency / 5);
  if (s->now >= SETTLED)
    s->sent++;
}

static Job *
new_job (Simulation * s, guint element)
{
  guint i;

  for (i = 0; s->jobs[i].used; i++)
    g_assert_cmpuint (i, <, MAX_OUT - 1);
  memset (&s->jobs[i], 0, sizeof s->jobs[i]);
  s->jobs[i].element = element;
  return &s->jobs[i];
}

static void
end_job (Simulation * s, Job * job)
{
  kocr_governor_end (s->governor, s->now, &job->permit, job->accepted ?
      KOCR_FEEDBACK_SUCCESS : KOCR_FEEDBACK_THROTTLED,
      job->accepted ? 0 : s->row->retry_after);
  job->out = FALSE;
  if (job->accepted) {
    job->used = FALSE;
    if (s->now >= SETTLED)
      s->accepted[job->element]++;
    return;
  }
  if (s->now >= SETTLED)
    s->throttled++;
  job->failures++;
  job->when = kocr_governor_schedule_retry (s->governor, s->now,
      KOCR_FEEDBACK_THROTTLED, job->failures, s->row->lossless, &job->unpaid);
  if (job->when == G_MAXINT64 || (!s->row->lossless
          && job->failures == MAX_ATTEMPTS))
    job->used = FALSE;
}

static guint
free_slots (Simulation * s)
{
  return kocr_governor_get_slots (s->governor, s->now, s->row->lossless);
}

static guint
run_jobs (Simulation * s)
{
  guint i, due = 0;

  for (i = 0; i < MAX_OUT; i++) {
    Job *job = &s->jobs[i];

    if (!job->used || job->when > s->now)
      continue;
    if (job->out) {
      end_job (s, job);
    } else if (free_slots (s) > 0) {
      if (!job->unpaid)
        kocr_governor_take (s->governor, s->now, &job->permit);
      else if (!kocr_governor_take_unpaid (s->governor, s->now, &job->permit))
        continue;
      send_job (s, job);
    } else {
      due++;
    }
  }
  return due;
}

static guint
count_jobs (Simulation * s, guint element)
{
  guint i, n = 0;

  for (i = 0; i < MAX_OUT; i++)
    n += s->jobs[i].used && s->jobs[i].element == element;
  return n;
}

static void
start_new (Simulation * s, guint element)
{
  Job *job = new_job (s, element);

  kocr_governor_take (s->governor, s->now, &job->permit);
  send_job (s, job);
}

/* Elements whose frame has come ask; lossless ones always wait. */
static void
ask (Simulation * s, guint due)
{
  guint i;

  for (i = 0; i < s->row->n_elements; i++) {
    gint64 phase = i * FRAME / s->row->n_elements / STEP * STEP;
    guint slots = free_slots (s);

    slots = slots > due ? slots - due : 0;
    if (s->row->lossless) {
      KocrFairQueueEntry *turn
          = kocr_fair_queue_next (&s->turns, s->now, slots);

      if (turn)
        start_new (s, turn - s->turn);
    } else if (s->now % (FRAME / STEP * STEP) == phase
        && count_jobs (s, i) < 4
        && kocr_fair_queue_ask (&s->turns, &s->turn[i], s->now, slots)) {
      start_new (s, i);
    }
  }
}

static void
simulate (Simulation * s, const Row * row, guint seed)
{
  guint i;

  memset (s, 0, sizeof *s);
  s->row = row;
  s->now = SECOND;
  s->governor = kocr_governor_new (seed, s->now);
  kocr_governor_set_limits (s->governor, s->now, 4, 0);
  kocr_fair_queue_init (&s->turns);
  for (i = 0; i < row->n_elements; i++) {
    kocr_fair_queue_add (&s->turns, &s->turn[i]);
    kocr_fair_queue_set_waiting (&s->turns, &s->turn[i], row->lossless);
  }
  s->tokens = row->burst;
  for (; s->now < LENGTH; s->now += STEP) {
    s->tokens = MIN (row->burst, s->tokens + row->rate * STEP / SECOND);
    ask (s, run_jobs (s));
  }
  kocr_fair_queue_clear (&s->turns);
  kocr_governor_free (s->governor);
}

static void
quota_is_used_unwasted_and_shared (gconstpointer data)
{
  const Row *row = data;
  gdouble seconds = (gdouble) (LENGTH - SETTLED) / SECOND;
  guint seed;

  for (seed = 1; seed <= N_SEEDS; seed++) {
    guint total = 0, least = G_MAXUINT, most = 0, i;
    gdouble rate, waste, mean;
    Simulation s;

    simulate (&s, row, seed);
    for (i = 0; i < row->n_elements; i++) {
      total += s.accepted[i];
      least = MIN (least, s.accepted[i]);
      most = MAX (most, s.accepted[i]);
    }
    rate = total / seconds;
    waste = (gdouble) s.throttled / s.sent;
    mean = (gdouble) total / row->n_elements;
    g_test_message ("%.2f of %.2f a second, %.1f %% wasted, shares %.2f to "
        "%.2f", rate, row->rate, waste * 100, least / mean, most / mean);
    g_assert_cmpfloat (rate, >=, row->rate * (row->least ? row->least : 0.9));
    g_assert_cmpfloat (rate, <=, row->rate * 1.1);
    g_assert_cmpfloat (waste, <, 0.05);
    g_assert_cmpfloat (least, >=, mean * 0.8);
    g_assert_cmpfloat (most, <=, mean * 1.2);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (quota_is_used_unwasted_and_shared, rows);
  return g_test_run ();
}
