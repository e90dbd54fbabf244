/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a governor makes of a service over time: how much of its rate is used,
 * and how often it has to refuse.
 */
#include "http/governor.h"

#include "../../testrows.h"

#define TESTS "/governor/"

#define S ((gint64)G_USEC_PER_SEC)
#define MAX_PERMITS 64

/* A service that takes @latency for each, and an archive that always has more:
 * how much of what is possible @n_samples get.  What ends at one time ends
 * before anything new is sent. */
static gdouble
run_archive (
    guint max_in_flight, guint first_window, guint n_samples, gint64 latency)
{
  g_autoptr (GQueue) ends = g_queue_new ();
  KocrGovernor *governor = kocr_governor_new (1, S);
  KocrPermit permits[MAX_PERMITS];
  gint64 now = S;
  guint n_sent = 0, n_done = 0;

  kocr_governor_set_limits (governor, now, max_in_flight, 0);
  if (first_window > 0)
    kocr_governor_set_first_window (governor, first_window);
  while (n_done < n_samples) {
    while (n_sent < n_samples
           && kocr_governor_get_slots (governor, now, TRUE) > 0) {
      KocrPermit *permit = &permits[n_sent++ % MAX_PERMITS];

      *permit = (KocrPermit){ 0 };
      kocr_governor_take (governor, now, permit);
      kocr_governor_start (governor, now, permit);
      g_queue_push_tail (ends, GSIZE_TO_POINTER (now + latency));
    }
    now = GPOINTER_TO_SIZE (g_queue_peek_head (ends));
    while (GPOINTER_TO_SIZE (g_queue_peek_head (ends)) == (gsize)now) {
      g_queue_pop_head (ends);
      kocr_governor_end (governor, now, &permits[n_done++ % MAX_PERMITS],
          KOCR_FEEDBACK_SUCCESS, 0);
    }
  }
  kocr_governor_free (governor);
  return (gdouble)n_samples * latency / max_in_flight / (now - S);
}

static void
an_archive_reaches_its_rate_in_the_first_seconds (void)
{
  gdouble part = run_archive (8, 0, 320, S / 5);

  g_test_message ("%.3f of the limit", part);
  /* 2 + 6 + 39 * 8 */
  g_assert_cmpfloat (part, >=, 40.0 / 41);
  /* One that is known to do as many begins there. */
  g_assert_cmpfloat (run_archive (8, 8, 320, S / 5), >=, 0.9999);
}

/* A service that refuses at once whatever is more than @n_jobs at a time. */
static guint
count_refusals (guint n_jobs, gint64 latency, gint64 until)
{
  KocrGovernor *governor = kocr_governor_new (1, S);
  KocrPermit permits[MAX_PERMITS] = {
    { 0 },
  };
  gint64 ends[MAX_PERMITS];
  guint n_out = 0, n_refused = 0;

  kocr_governor_set_limits (governor, S, 8, 0);
  for (gint64 now = S; now < until; now += S / 1000) {
    for (guint i = 0; i < MAX_PERMITS; i++) {
      KocrPermit *permit = &permits[i];

      if (permit->taken && ends[i] == now) {
        kocr_governor_end (governor, now, permit, KOCR_FEEDBACK_SUCCESS, 0);
        n_out--;
      } else if (!permit->taken
                 && kocr_governor_get_slots (governor, now, TRUE) > 0) {
        kocr_governor_take (governor, now, permit);
        kocr_governor_start (governor, now, permit);
        ends[i] = now + latency;
        if (n_out++ < n_jobs)
          continue;
        kocr_governor_end (governor, now, permit, KOCR_FEEDBACK_THROTTLED, 0);
        n_out--;
        n_refused++;
      }
    }
  }
  kocr_governor_free (governor);
  return n_refused;
}

static void
a_service_with_few_jobs_refuses_few (void)
{
  guint opening = count_refusals (4, S / 5, 2 * S);
  guint minute = count_refusals (4, S / 5, 61 * S);

  g_test_message ("%u refused in a second, %u in a minute", opening, minute);
  g_assert_cmpuint (opening, <=, 2);
  g_assert_cmpuint (minute, <=, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (an_archive_reaches_its_rate_in_the_first_seconds);
  ADD (a_service_with_few_jobs_refuses_few);
  return g_test_run ();
}
