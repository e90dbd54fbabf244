/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The governor as tables of (time, event) to (decision).
 */
#include "http/governor.h"

#include "../../testrows.h"

#define TESTS "/governor/"

#define S ((gint64) G_USEC_PER_SEC)
#define MAX_PERMITS 64

typedef enum
{
  TAKE,                         /* takes and starts; value: how many */
  END,                          /* the oldest that is out; value: feedback */
  END_AFTER_ORDER,              /* likewise; value: seconds of Retry-After */
  THROTTLE,                     /* a 429 without one */
  SLOTS,                        /* expects value */
  LOSSLESS_SLOTS,
  DENIAL,                       /* expects a KocrDenial */
  WINDOW,
  HEALTH,
  OUTAGE                        /* seconds, give or take one */
} Kind;

typedef struct
{
  gdouble at;                   /* seconds */
  Kind kind;
  gint value;
} Event;

typedef struct
{
  const gchar *name;
  guint max_in_flight;
  gdouble max_rate;
  Event events[40];
} Table;

#define OK KOCR_FEEDBACK_SUCCESS
#define BROKEN KOCR_FEEDBACK_TRANSIENT
#define LATE KOCR_FEEDBACK_TIMEOUT
#define BUSY KOCR_FEEDBACK_UNAVAILABLE
#define LATCH KOCR_FEEDBACK_LATCHED
#define END_OF_TABLE {0, TAKE, 0}

static const Table tables[] = {
  {"window_starts_at_two", 4, 0, {
          {1, SLOTS, 2}, {1, DENIAL, KOCR_DENIAL_NONE}, {1, TAKE, 2},
          {1, SLOTS, 0}, {1, DENIAL, KOCR_DENIAL_WINDOW_FULL}, END_OF_TABLE}},
  {"window_opens_two_slots_a_success_until_it_is_cut", 32, 0, {
              {1, TAKE, 2}, {2, END, OK}, {2, WINDOW, 4}, {2, TAKE, 3},
              {2.1, END, OK}, {2.1, WINDOW, 6}, {2.1, TAKE, 3},
              {3, END, OK}, {3, END, OK}, {3, END, OK}, {3, END, OK},
          {3, END, OK}, {3, END, OK}, {3, WINDOW, 18}, END_OF_TABLE}},
  {"window_opens_for_all_that_come_back_together", 8, 0, {
              {1, TAKE, 2}, {2, END, OK}, {2, END, OK}, {2, WINDOW, 6},
              {2, TAKE, 3}, {3, END, OK}, {3, END, OK}, {3, END, OK},
          {3, WINDOW, 6}, END_OF_TABLE}},
  {"window_grows_by_one_a_window_of_successes_after_a_cut", 8, 0, {
              {1, TAKE, 2}, {2, END, OK}, {2, TAKE, 3}, {2, WINDOW, 4},
              {3, END, BUSY}, {3, WINDOW, 2}, {3, END, OK}, {3, END, OK},
              {3, WINDOW, 3}, {3, TAKE, 2}, {4, END, OK}, {4, TAKE, 1},
              {4, END, OK}, {4, TAKE, 1}, {4, WINDOW, 3}, {5, END, OK},
          {5, WINDOW, 4}, END_OF_TABLE}},
  {"window_does_not_grow_unused", 4, 0, {
              {1, TAKE, 1}, {2, END, OK}, {2, TAKE, 1}, {3, END, OK},
          {4, TAKE, 1}, {5, END, OK}, {5, WINDOW, 2}, END_OF_TABLE}},
  {"window_never_exceeds_max_in_flight", 2, 0, {
              {1, TAKE, 2}, {2, END, OK}, {2, TAKE, 1}, {2.1, END, OK},
          {2.2, TAKE, 1}, {3, END, OK}, {3, WINDOW, 2}, END_OF_TABLE}},
  {"window_is_one_for_max_in_flight_of_one", 1, 0, {
          {1, SLOTS, 1}, {1, TAKE, 1}, {1, SLOTS, 0}, END_OF_TABLE}},
  {"window_shrinks_once_a_round_trip", 4, 0, {
              {1, TAKE, 2}, {2, END, BUSY}, {2.1, END, BUSY}, {2.1, WINDOW, 1},
              {9, TAKE, 1}, {10, END, OK}, {10, TAKE, 1}, {11, END, OK},
          {11, WINDOW, 2}, END_OF_TABLE}},
  {"window_shrinks_on_timeouts_but_not_on_resets", 4, 0, {
              {1, TAKE, 2}, {2, END, BROKEN}, {2, WINDOW, 2}, {3, END, LATE},
          {3, WINDOW, 1}, END_OF_TABLE}},
  {"retry_after_closes_the_gate_for_all", 4, 0, {
              {1, TAKE, 1}, {2, END_AFTER_ORDER, 3}, {2, SLOTS, 0},
              {2, DENIAL, KOCR_DENIAL_RETRY_AFTER},
              {4.99, SLOTS, 0}, {4.99, LOSSLESS_SLOTS, 0}, {5.31, SLOTS, 1},
          END_OF_TABLE}},
  {"retry_after_is_honoured_for_300_s_live_and_3600_s_lossless", 4, 0, {
              {1, TAKE, 1}, {2, END_AFTER_ORDER, 1000000}, {300, SLOTS, 0},
              {334, SLOTS, 1}, {334, LOSSLESS_SLOTS, 0},
              {3600, LOSSLESS_SLOTS, 0}, {3970, LOSSLESS_SLOTS, 1},
          END_OF_TABLE}},
  {"throttling_without_order_backs_off", 4, 0, {
              {1, TAKE, 1}, {2, THROTTLE, 0}, {2, SLOTS, 0},
              {2, DENIAL, KOCR_DENIAL_THROTTLED}, {3.01, SLOTS, 1},
          END_OF_TABLE}},
  {"throttled_is_over_with_the_next_success", 4, 0, {
              {1, TAKE, 1}, {2, END_AFTER_ORDER, 1},
              {2, HEALTH, KOCR_HEALTH_THROTTLED}, {4, TAKE, 1},
              {4, HEALTH, KOCR_HEALTH_THROTTLED}, {5, END, OK},
          {5, HEALTH, KOCR_HEALTH_OK}, END_OF_TABLE}},
  {"throttled_stays_when_it_comes_again", 4, 0, {
              {1, TAKE, 1}, {2, END_AFTER_ORDER, 1}, {4, TAKE, 1}, {5, END, OK},
              {21, TAKE, 1}, {22, END_AFTER_ORDER, 1}, {24, TAKE, 1},
              {25, END, OK}, {25, HEALTH, KOCR_HEALTH_THROTTLED}, {70, TAKE, 1},
          {71, END, OK}, {71, HEALTH, KOCR_HEALTH_OK}, END_OF_TABLE}},
  {"max_rate_is_a_token_bucket", 8, 2, {
              {1, SLOTS, 1}, {1, TAKE, 1}, {1.1, END, OK}, {1.1, SLOTS, 0},
              {1.1, DENIAL, KOCR_DENIAL_RATE_LIMIT},
              {1.6, SLOTS, 1}, {60, SLOTS, 2}, {60, TAKE, 2}, {60, SLOTS, 0},
          END_OF_TABLE}},
  {"five_failures_in_a_row_open_the_breaker", 4, 0, {
              {1, TAKE, 2}, {1, END, BROKEN}, {1, END, BROKEN}, {2, TAKE, 2},
              {2, END, BROKEN}, {2, END, BROKEN}, {2, HEALTH, KOCR_HEALTH_OK},
              {3, TAKE, 1}, {3, END, BROKEN}, {3, HEALTH, KOCR_HEALTH_OPEN},
              {26, SLOTS, 0}, {26, DENIAL, KOCR_DENIAL_BREAKER_OPEN},
              {40, SLOTS, 1}, {40, TAKE, 1}, {40, SLOTS, 0},
              {40, DENIAL, KOCR_DENIAL_BREAKER_OPEN},
              {41, END, OK}, {41, HEALTH, KOCR_HEALTH_OPEN}, {41, SLOTS, 1},
              {41, TAKE, 1}, {42, END, OK}, {42, HEALTH, KOCR_HEALTH_OK},
          {42, SLOTS, 2}, END_OF_TABLE}},
  {"a_failed_probe_opens_it_for_twice_as_long", 4, 0, {
              {1, TAKE, 2}, {1, END, BROKEN}, {1, END, BROKEN}, {2, TAKE, 2},
              {2, END, BROKEN}, {2, END, BROKEN}, {3, TAKE, 1}, {3, END,
                    BROKEN},
              {40, TAKE, 1}, {41, END, BROKEN}, {88, SLOTS, 0}, {114, SLOTS, 1},
          END_OF_TABLE}},
  {"throttling_does_not_open_the_breaker", 4, 0, {
              {1, TAKE, 1}, {2, THROTTLE, 0}, {30, TAKE, 1}, {31, THROTTLE, 0},
              {60, TAKE, 1}, {61, THROTTLE, 0}, {90, TAKE, 1}, {91, THROTTLE,
                    0},
              {120, TAKE, 1}, {121, THROTTLE, 0},
          {121, HEALTH, KOCR_HEALTH_THROTTLED}, END_OF_TABLE}},
  {"latch_lets_one_probe_through_each_300_s", 4, 0, {
              {1, TAKE, 1}, {2, END, LATCH}, {2, HEALTH, KOCR_HEALTH_LATCHED},
              {301, SLOTS, 0}, {301, DENIAL, KOCR_DENIAL_LATCHED},
              {303, SLOTS, 1}, {303, TAKE, 1}, {303, SLOTS, 0},
              {303, DENIAL, KOCR_DENIAL_LATCHED},
              {304, END, LATCH}, {600, SLOTS, 0}, {605, SLOTS, 1},
              {605, TAKE, 1}, {606, END, OK}, {606, HEALTH, KOCR_HEALTH_OK},
          {606, SLOTS, 2}, END_OF_TABLE}},
  {"outage_counts_from_the_first_failure", 4, 0, {
              {1, TAKE, 1}, {2, END, OK}, {2, OUTAGE, 0}, {10, TAKE, 1},
              {12, END, BROKEN}, {20, OUTAGE, 10}, {20, TAKE, 1},
          {21, END, OK}, {21, OUTAGE, 0}, END_OF_TABLE}},
  {"outage_leaves_out_what_the_service_orders", 4, 0, {
              {10, TAKE, 1}, {10, END_AFTER_ORDER, 100}, {60, OUTAGE, 0},
              {130, OUTAGE, 15}, {130, TAKE, 1}, {130, END_AFTER_ORDER, 100},
          {180, OUTAGE, 15}, END_OF_TABLE}},
  {"an_answer_about_a_picture_ends_an_outage", 4, 0, {
              {1, TAKE, 1}, {2, END, BROKEN}, {3, TAKE, 1},
          {4, END, KOCR_FEEDBACK_ANSWERED}, {9, OUTAGE, 0}, END_OF_TABLE}},
};

typedef struct
{
  KocrGovernor *governor;
  KocrPermit permits[MAX_PERMITS];
  guint first, n;
} Run;

static void
end_oldest (Run * run, gint64 now, KocrFeedback feedback, gint64 retry_after)
{
  g_assert_cmpuint (run->first, <, run->n);
  kocr_governor_end (run->governor, now, &run->permits[run->first++], feedback,
      retry_after);
}

static void
take (Run * run, gint64 now, guint n)
{
  for (; n > 0; n--) {
    KocrPermit *permit = &run->permits[run->n++];

    g_assert_cmpuint (kocr_governor_get_slots (run->governor, now, FALSE), >,
        0);
    kocr_governor_take (run->governor, now, permit);
    g_assert_true (kocr_governor_may_start (run->governor, now, permit, FALSE));
    kocr_governor_start (run->governor, now, permit);
  }
}

static void
apply (Run * run, const Event * event)
{
  gint64 now = (gint64) (event->at * S);

  g_test_message ("%g s", event->at);
  switch (event->kind) {
    case TAKE:
      take (run, now, event->value);
      break;
    case END:
      end_oldest (run, now, event->value, 0);
      break;
    case END_AFTER_ORDER:
      end_oldest (run, now, KOCR_FEEDBACK_THROTTLED, event->value * S);
      break;
    case THROTTLE:
      end_oldest (run, now, KOCR_FEEDBACK_THROTTLED, 0);
      break;
    case SLOTS:
      g_assert_cmpuint (kocr_governor_get_slots (run->governor, now, FALSE),
          ==, event->value);
      break;
    case LOSSLESS_SLOTS:
      g_assert_cmpuint (kocr_governor_get_slots (run->governor, now, TRUE),
          ==, event->value);
      break;
    case DENIAL:
      g_assert_cmpint (kocr_governor_get_denial (run->governor, now, FALSE),
          ==, event->value);
      break;
    case WINDOW:
      g_assert_cmpuint (kocr_governor_get_window (run->governor), ==,
          event->value);
      break;
    case HEALTH:
      g_assert_cmpint (kocr_governor_get_health (run->governor, now), ==,
          event->value);
      break;
    case OUTAGE:
      g_assert_cmpint (ABS (kocr_governor_get_outage (run->governor, now)
              - event->value * S), <=, 6 * S);
      break;
  }
}

static void
decides_as_the_table_says (gconstpointer data)
{
  const Table *table = data;
  guint32 seed;

  for (seed = 1; seed <= 20; seed++) {
    Run run = { kocr_governor_new (seed, S) };
    guint i;

    kocr_governor_set_limits (run.governor, S, table->max_in_flight,
        table->max_rate);
    for (i = 0; table->events[i].at > 0; i++)
      apply (&run, &table->events[i]);
    kocr_governor_free (run.governor);
  }
}

static void
a_process_that_died_opens_no_breaker (void)
{
  Run run = { kocr_governor_new (1, S) };
  guint i;

  kocr_governor_set_limits (run.governor, S, 8, 0);
  kocr_governor_set_first_window (run.governor, 8);
  take (&run, S, 8);
  for (i = 0; i < 8; i++)
    end_oldest (&run, 11 * S, KOCR_FEEDBACK_DIED, 0);
  g_assert_cmpint (kocr_governor_get_health (run.governor, 11 * S), ==,
      KOCR_HEALTH_OK);
  g_assert_cmpuint (kocr_governor_get_slots (run.governor, 11 * S, FALSE), ==,
      8);
  /* But it counts as an outage. */
  g_assert_cmpint (kocr_governor_get_outage (run.governor, 11 * S), ==, 10 * S);
  kocr_governor_free (run.governor);
}

static void
another_process_is_probed_at_once (void)
{
  Run run = { kocr_governor_new (1, S) };
  guint i;

  kocr_governor_set_limits (run.governor, S, 4, 0);
  kocr_governor_set_first_window (run.governor, 4);
  for (i = 0; i < 5; i++) {
    take (&run, (1 + i) * S, 1);
    end_oldest (&run, (1 + i) * S, LATE, 0);
  }
  g_assert_cmpuint (kocr_governor_get_slots (run.governor, 7 * S, FALSE), ==,
      0);
  kocr_governor_begin_anew (run.governor, 7 * S);
  g_assert_cmpuint (kocr_governor_get_slots (run.governor, 7 * S, FALSE), ==,
      1);
  for (i = 0; i < 2; i++) {
    take (&run, 7 * S, 1);
    end_oldest (&run, 8 * S, OK, 0);
  }
  g_assert_cmpint (kocr_governor_get_health (run.governor, 8 * S), ==,
      KOCR_HEALTH_OK);
  g_assert_cmpuint (kocr_governor_get_slots (run.governor, 8 * S, FALSE), ==,
      4);
  kocr_governor_free (run.governor);
}

static void
another_process_has_a_window_that_was_not_cut (void)
{
  Run run = { kocr_governor_new (1, S) };

  kocr_governor_set_limits (run.governor, S, 16, 0);
  kocr_governor_set_first_window (run.governor, 4);
  take (&run, S, 1);
  end_oldest (&run, 2 * S, LATE, 0);
  g_assert_cmpuint (kocr_governor_get_window (run.governor), ==, 2);
  kocr_governor_begin_anew (run.governor, 3 * S);
  g_assert_cmpuint (kocr_governor_get_window (run.governor), ==, 4);
  take (&run, 3 * S, 4);
  end_oldest (&run, 4 * S, OK, 0);
  g_assert_cmpuint (kocr_governor_get_window (run.governor), ==, 6);
  kocr_governor_free (run.governor);
}

static void
half_of_twenty_failures_in_a_minute_open_the_breaker (void)
{
  Run run = { kocr_governor_new (1, S) };
  guint i;

  kocr_governor_set_limits (run.governor, S, 4, 0);
  for (i = 0; i < 20; i++) {
    g_assert_cmpint (kocr_governor_get_health (run.governor, i * S), ==,
        KOCR_HEALTH_OK);
    take (&run, (1 + i) * S, 1);
    end_oldest (&run, (1 + i) * S, i % 2 ? BROKEN : OK, 0);
  }
  g_assert_cmpint (kocr_governor_get_health (run.governor, 21 * S), ==,
      KOCR_HEALTH_OPEN);
  kocr_governor_free (run.governor);
}

static void
backoff_has_full_jitter_over_a_doubling_base (void)
{
  static const struct
  {
    KocrFeedback feedback;
    guint n_failures;
    gboolean lossless;
    gdouble most;
  } rows[] = {
    {BROKEN, 1, FALSE, 0.1}, {BROKEN, 2, FALSE, 0.2}, {BROKEN, 5, FALSE, 1.6},
    {BROKEN, 30, FALSE, 20}, {BROKEN, 30, TRUE, 60}, {BUSY, 1, FALSE, 1},
    {KOCR_FEEDBACK_THROTTLED, 2, FALSE, 2}
  };
  guint i, seed;

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 least = G_MAXINT64, most = 0;

    for (seed = 0; seed < 200; seed++) {
      g_autoptr (KocrGovernor) governor = kocr_governor_new (seed, S);
      gboolean unpaid;
      gint64 wait = kocr_governor_schedule_retry (governor, S,
          rows[i].feedback, rows[i].n_failures, rows[i].lossless, &unpaid) - S;

      g_assert_false (unpaid);
      least = MIN (least, wait);
      most = MAX (most, wait);
    }
    g_assert_cmpfloat (least, <, 0.1 * rows[i].most * S);
    g_assert_cmpfloat (most, >, 0.9 * rows[i].most * S);
    g_assert_cmpfloat (most, <=, rows[i].most * S);
  }
}

static void
quota_pays_for_retries_and_successes_refill_it (void)
{
  Run run = { kocr_governor_new (1, S) };
  gboolean unpaid = FALSE;
  guint i, n = 0;

  kocr_governor_set_limits (run.governor, S, 4, 0);
  while (kocr_governor_schedule_retry (run.governor, S, BROKEN, 1, FALSE,
          &unpaid) != G_MAXINT64)
    n++;
  g_assert_cmpuint (n, ==, 500 / 14);
  /* 500 - 35 * 14 = 10 are left, enough for two throttled ones. */
  g_assert_cmpint (kocr_governor_schedule_retry (run.governor, S,
          KOCR_FEEDBACK_THROTTLED, 1, FALSE, &unpaid), !=, G_MAXINT64);
  g_assert_cmpint (kocr_governor_schedule_retry (run.governor, S,
          KOCR_FEEDBACK_THROTTLED, 1, FALSE, &unpaid), !=, G_MAXINT64);
  g_assert_cmpint (kocr_governor_schedule_retry (run.governor, S,
          KOCR_FEEDBACK_THROTTLED, 1, FALSE, &unpaid), ==, G_MAXINT64);
  for (i = 0; i < 14; i++) {
    take (&run, (2 + i) * S, 1);
    end_oldest (&run, (2 + i) * S, OK, 0);
  }
  g_assert_cmpint (kocr_governor_schedule_retry (run.governor, 20 * S,
          BROKEN, 1, FALSE, &unpaid), !=, G_MAXINT64);
  kocr_governor_free (run.governor);
}

static void
lossless_retries_beyond_the_quota_go_one_at_a_time (void)
{
  g_autoptr (KocrGovernor) governor = kocr_governor_new (1, S);
  KocrPermit first = { 0 }, second = { 0 };
  gboolean unpaid = FALSE;
  gint64 due = 0;

  kocr_governor_set_limits (governor, S, 4, 0);
  while (!unpaid)
    due = kocr_governor_schedule_retry (governor, S, BROKEN, 1, TRUE, &unpaid);
  g_assert_cmpint (due, !=, G_MAXINT64);
  g_assert_true (kocr_governor_take_unpaid (governor, 2 * S, &first));
  g_assert_false (kocr_governor_take_unpaid (governor, 2 * S, &second));
  kocr_governor_start (governor, 2 * S, &first);
  kocr_governor_end (governor, 3 * S, &first, OK, 0);
  g_assert_true (kocr_governor_take_unpaid (governor, 3 * S, &second));
  kocr_governor_give_back (governor, &second);
}

static void
a_reservation_does_not_pass_a_gate_that_closed_meanwhile (void)
{
  g_autoptr (KocrGovernor) governor = kocr_governor_new (1, S);
  KocrPermit out = { 0 }, reserved = { 0 };

  kocr_governor_set_limits (governor, S, 4, 0);
  kocr_governor_take (governor, S, &out);
  kocr_governor_start (governor, S, &out);
  kocr_governor_take (governor, S, &reserved);
  g_assert_true (kocr_governor_may_start (governor, S, &reserved, FALSE));
  kocr_governor_end (governor, 2 * S, &out, KOCR_FEEDBACK_THROTTLED, 3 * S);
  g_assert_false (kocr_governor_may_start (governor, 4 * S, &reserved, FALSE));
  g_assert_true (kocr_governor_may_start (governor, 6 * S, &reserved, FALSE));
  kocr_governor_give_back (governor, &reserved);
}

static void
a_new_user_may_probe_the_latch_at_once (void)
{
  Run run = { kocr_governor_new (1, S) };

  kocr_governor_set_limits (run.governor, S, 4, 0);
  take (&run, S, 1);
  end_oldest (&run, 2 * S, LATCH, 0);
  g_assert_cmpuint (kocr_governor_get_slots (run.governor, 3 * S, FALSE), ==,
      0);
  kocr_governor_allow_probe (run.governor, 3 * S);
  g_assert_cmpuint (kocr_governor_get_slots (run.governor, 3 * S, FALSE), ==,
      1);
  kocr_governor_free (run.governor);
}

static void
next_change_is_when_slots_change (void)
{
  Run run = { kocr_governor_new (1, S) };
  gint64 change;

  kocr_governor_set_limits (run.governor, S, 4, 0);
  g_assert_cmpint (kocr_governor_get_next_change (run.governor, S, FALSE), ==,
      G_MAXINT64);
  take (&run, S, 1);
  end_oldest (&run, 2 * S, KOCR_FEEDBACK_THROTTLED, 3 * S);
  change = kocr_governor_get_next_change (run.governor, 2 * S, FALSE);
  g_assert_cmpuint (kocr_governor_get_slots (run.governor, change - 1, FALSE),
      ==, 0);
  g_assert_cmpuint (kocr_governor_get_slots (run.governor, change, FALSE), >,
      0);

  /* A token is there, the next comes in two seconds. */
  kocr_governor_set_limits (run.governor, change, 4, 0.5);
  take (&run, change, 1);
  end_oldest (&run, change, OK, 0);
  g_assert_cmpuint (kocr_governor_get_slots (run.governor, change, FALSE), ==,
      0);
  change = kocr_governor_get_next_change (run.governor, change, FALSE);
  g_assert_cmpuint (kocr_governor_get_slots (run.governor, change, FALSE), >,
      0);
  kocr_governor_free (run.governor);
}

int
main (int argc, char **argv)
{
  guint i;

  g_test_init (&argc, &argv, NULL);
  for (i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree gchar *path = g_strdup_printf ("/governor/%s", tables[i].name);

    g_test_add_data_func (path, &tables[i], decides_as_the_table_says);
  }
  ADD (a_process_that_died_opens_no_breaker);
  ADD (another_process_is_probed_at_once);
  ADD (another_process_has_a_window_that_was_not_cut);
  ADD (half_of_twenty_failures_in_a_minute_open_the_breaker);
  ADD (backoff_has_full_jitter_over_a_doubling_base);
  ADD (quota_pays_for_retries_and_successes_refill_it);
  ADD (lossless_retries_beyond_the_quota_go_one_at_a_time);
  ADD (a_reservation_does_not_pass_a_gate_that_closed_meanwhile);
  ADD (a_new_user_may_probe_the_latch_at_once);
  ADD (next_change_is_when_slots_change);
  return g_test_run ();
}
