/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whose turn it is.
 */
#include "http/fairqueue.h"

#define MS ((gint64) G_TIME_SPAN_MILLISECOND)

typedef struct
{
  KocrFairQueue turns;
  KocrFairQueueEntry a, b, c;
} Fixture;

static void
set_up (Fixture * f, gconstpointer unused)
{
  kocr_fair_queue_init (&f->turns);
  kocr_fair_queue_add (&f->turns, &f->a);
  kocr_fair_queue_add (&f->turns, &f->b);
  kocr_fair_queue_add (&f->turns, &f->c);
}

static void
tear_down (Fixture * f, gconstpointer unused)
{
  kocr_fair_queue_clear (&f->turns);
}

static void
who_asks_gets_a_free_slot (Fixture * f, gconstpointer unused)
{
  g_assert_true (kocr_fair_queue_ask (&f->turns, &f->a, MS, 1));
  g_assert_true (kocr_fair_queue_ask (&f->turns, &f->a, MS, 1));
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->a, MS, 0));
}

static void
oldest_claim_comes_first (Fixture * f, gconstpointer unused)
{
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->a, 1 * MS, 0));
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->b, 2 * MS, 0));
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->c, 3 * MS, 1));
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->b, 4 * MS, 1));
  g_assert_true (kocr_fair_queue_ask (&f->turns, &f->b, 5 * MS, 2));
  g_assert_true (kocr_fair_queue_ask (&f->turns, &f->a, 6 * MS, 1));
  g_assert_true (kocr_fair_queue_ask (&f->turns, &f->c, 7 * MS, 1));
}

static void
who_was_served_goes_behind_the_claims (Fixture * f, gconstpointer unused)
{
  g_assert_true (kocr_fair_queue_ask (&f->turns, &f->a, 1 * MS, 1));
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->b, 2 * MS, 0));
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->a, 3 * MS, 1));
  g_assert_true (kocr_fair_queue_ask (&f->turns, &f->b, 4 * MS, 1));
  g_assert_true (kocr_fair_queue_ask (&f->turns, &f->a, 5 * MS, 1));
}

static void
claim_of_one_that_stops_asking_expires (Fixture * f, gconstpointer unused)
{
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->a, 1 * MS, 0));
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->b, 2 * MS, 1));
  g_assert_true (kocr_fair_queue_ask (&f->turns, &f->b, 102 * MS, 1));
}

static void
claim_of_one_that_asks_each_second_lasts_a_second (Fixture * f,
    gconstpointer unused)
{
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->a, 1 * MS, 0));
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->a, 1001 * MS, 0));
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->b, 2000 * MS, 1));
  g_assert_true (kocr_fair_queue_ask (&f->turns, &f->a, 2001 * MS, 1));
}

static void
those_that_wait_are_served_round_robin (Fixture * f, gconstpointer unused)
{
  guint i;

  kocr_fair_queue_set_waiting (&f->turns, &f->b, TRUE);
  kocr_fair_queue_set_waiting (&f->turns, &f->a, TRUE);
  for (i = 0; i < 3; i++) {
    g_assert_true (kocr_fair_queue_next (&f->turns, i * MS, 1) == &f->b);
    g_assert_true (kocr_fair_queue_next (&f->turns, i * MS, 1) == &f->a);
  }
  kocr_fair_queue_set_waiting (&f->turns, &f->b, FALSE);
  g_assert_true (kocr_fair_queue_next (&f->turns, 9 * MS, 1) == &f->a);
  g_assert_true (kocr_fair_queue_next (&f->turns, 9 * MS, 1) == &f->a);
  g_assert_null (kocr_fair_queue_next (&f->turns, 9 * MS, 0));
}

static void
waiting_and_asking_alternate (Fixture * f, gconstpointer unused)
{
  kocr_fair_queue_set_waiting (&f->turns, &f->a, TRUE);
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->b, 1 * MS, 1));
  g_assert_true (kocr_fair_queue_next (&f->turns, 2 * MS, 1) == &f->a);
  g_assert_null (kocr_fair_queue_next (&f->turns, 3 * MS, 1));
  g_assert_true (kocr_fair_queue_ask (&f->turns, &f->b, 4 * MS, 1));
  g_assert_true (kocr_fair_queue_next (&f->turns, 5 * MS, 1) == &f->a);
}

static void
one_that_leaves_holds_nobody_back (Fixture * f, gconstpointer unused)
{
  kocr_fair_queue_set_waiting (&f->turns, &f->a, TRUE);
  g_assert_false (kocr_fair_queue_ask (&f->turns, &f->b, 1 * MS, 1));
  kocr_fair_queue_remove (&f->turns, &f->a);
  g_assert_true (kocr_fair_queue_ask (&f->turns, &f->b, 2 * MS, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) \
  g_test_add ("/turns/" #name, Fixture, NULL, set_up, name, tear_down)
  ADD (who_asks_gets_a_free_slot);
  ADD (oldest_claim_comes_first);
  ADD (who_was_served_goes_behind_the_claims);
  ADD (claim_of_one_that_stops_asking_expires);
  ADD (claim_of_one_that_asks_each_second_lasts_a_second);
  ADD (those_that_wait_are_served_round_robin);
  ADD (waiting_and_asking_alternate);
  ADD (one_that_leaves_holds_nobody_back);
#undef ADD
  return g_test_run ();
}
