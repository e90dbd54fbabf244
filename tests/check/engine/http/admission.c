/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Admission, by a client and its users: who may send, how the users of one
 * service share what it takes, and what their own limits leave of that.
 */
#include "../../testrows.h"
#include "clientfixture.h"

static const FaultScript good = { client_fixture_answer };
static const FaultScript hanging = { client_fixture_hang };

static void
reservations_stop_at_the_window (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&hanging, NULL);
  KocrClientStatus status;
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  client_fixture_start (&f);
  g_assert_cmpint (kocr_client_user_reserve (f.user), ==, KOCR_DENIAL_NONE);
  g_assert_cmpint (kocr_client_user_reserve (f.user), ==, KOCR_DENIAL_NONE);
  g_assert_cmpint (
      kocr_client_user_reserve (f.user), ==, KOCR_DENIAL_ENCODER_BUSY);
  kocr_client_user_unreserve (f.user);
  g_assert_cmpint (kocr_client_user_reserve (f.user), ==, KOCR_DENIAL_NONE);
  kocr_client_user_get_status (f.user, &status);
  g_assert_cmpuint (status.window, ==, 2);
  g_assert_cmpint (status.state, ==, KOCR_STATE_OK);
  client_fixture_clear (&f);
}

static void
users_of_one_key_share_a_window (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&hanging, NULL);
  ClientFixture f[3];

  client_fixture_init (&f[0], fault_server_get_url (server));
  client_fixture_init (&f[1], fault_server_get_url (server));
  client_fixture_init (&f[2], fault_server_get_url (server));
  f[2].config.api_key = "another";
  client_fixture_start (&f[0]);
  client_fixture_start (&f[1]);
  client_fixture_start (&f[2]);
  g_assert_cmpint (kocr_client_user_reserve (f[0].user), ==, KOCR_DENIAL_NONE);
  g_assert_cmpint (kocr_client_user_reserve (f[1].user), ==, KOCR_DENIAL_NONE);
  g_assert_cmpint (
      kocr_client_user_reserve (f[0].user), ==, KOCR_DENIAL_ENCODER_BUSY);
  g_assert_cmpint (kocr_client_user_reserve (f[2].user), ==, KOCR_DENIAL_NONE);
  client_fixture_clear (&f[0]);
  g_assert_cmpint (kocr_client_user_reserve (f[1].user), ==, KOCR_DENIAL_NONE);
  client_fixture_clear (&f[1]);
  client_fixture_clear (&f[2]);
}

/* What each hears who may not send. */
static void
a_denial_says_whose_the_slots_are (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&hanging, NULL);
  ClientFixture f[2];

  client_fixture_init (&f[0], fault_server_get_url (server));
  client_fixture_init (&f[1], fault_server_get_url (server));
  client_fixture_start (&f[0]);
  client_fixture_start (&f[1]);
  g_assert_true (client_fixture_reserve_and_send (&f[0]));
  g_assert_true (client_fixture_reserve_and_send (&f[0]));
  g_assert_cmpint (
      kocr_client_user_reserve (f[1].user), ==, KOCR_DENIAL_WINDOW_FULL);
  kocr_client_user_cancel_all (f[0].user);
  kocr_request_unref (client_fixture_wait (&f[0]));
  kocr_request_unref (client_fixture_wait (&f[0]));
  /* One of the two that are free is the other's, who asked and was denied. */
  g_assert_cmpint (kocr_client_user_reserve (f[0].user), ==, KOCR_DENIAL_NONE);
  g_assert_cmpint (
      kocr_client_user_reserve (f[0].user), ==, KOCR_DENIAL_OTHERS_TURN);
  client_fixture_clear (&f[0]);
  client_fixture_clear (&f[1]);
}

static void
a_denial_tells_own_limits_from_the_service_s (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&hanging, NULL);
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.max_in_flight = 1;
  client_fixture_start (&f);
  g_assert_cmpint (kocr_client_user_reserve (f.user), ==, KOCR_DENIAL_NONE);
  g_assert_cmpint (
      kocr_client_user_reserve (f.user), ==, KOCR_DENIAL_ENCODER_BUSY);
  kocr_client_user_unreserve (f.user);
  g_assert_true (client_fixture_reserve_and_send (&f));
  g_assert_cmpint (
      kocr_client_user_reserve (f.user), ==, KOCR_DENIAL_MAX_IN_FLIGHT);
  client_fixture_clear (&f);
}

static void
every_denial_has_a_name_of_its_own (void)
{
  for (gint i = 0; i <= KOCR_DENIAL_OTHERS_TURN; i++) {
    g_assert_nonnull (kocr_denial_get_name (i));
    for (gint j = 0; j < i; j++)
      g_assert_cmpstr (kocr_denial_get_name (i), !=, kocr_denial_get_name (j));
  }
}

static void
smallest_max_in_flight_of_the_users_wins (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&hanging, NULL);
  ClientFixture f[2];

  client_fixture_init (&f[0], fault_server_get_url (server));
  client_fixture_init (&f[1], fault_server_get_url (server));
  f[1].config.max_in_flight = 1;
  client_fixture_start (&f[0]);
  client_fixture_start (&f[1]);
  g_assert_cmpint (kocr_client_user_reserve (f[0].user), ==, KOCR_DENIAL_NONE);
  g_assert_cmpint (
      kocr_client_user_reserve (f[0].user), ==, KOCR_DENIAL_ENCODER_BUSY);
  client_fixture_clear (&f[1]);
  g_assert_cmpint (kocr_client_user_reserve (f[0].user), ==, KOCR_DENIAL_NONE);
  client_fixture_clear (&f[0]);
}

static void
budget_ends_a_user_and_is_told_once (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&good, NULL);
  g_autoptr (KocrRequest) late = NULL;
  ClientFixture f;
  guint i;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.max_requests = 3;
  client_fixture_start (&f);
  for (i = 0; i < 3; i++) {
    g_autoptr (KocrRequest) request = NULL;

    g_assert_true (client_fixture_reserve_and_send (&f));
    request = client_fixture_wait (&f);
    g_assert_no_error (request->outcome.error);
  }
  g_assert_cmpuint (f.changes->len, ==, 0);
  g_assert_cmpint (
      kocr_client_user_reserve (f.user), ==, KOCR_DENIAL_BUDGET_SPENT);
  g_assert_cmpint (
      kocr_client_user_reserve (f.user), ==, KOCR_DENIAL_BUDGET_SPENT);
  client_fixture_wait_changes (&f, 1);
  late = client_fixture_ask (&f);
  g_assert_error (late->outcome.error, KOCR_ERROR, KOCR_ERROR_EXHAUSTED);
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, 3);
  g_assert_cmpuint (f.changes->len, ==, 1);
  g_assert_cmpint (g_array_index (f.changes, StateChange, 0).state, ==,
      KOCR_STATE_EXHAUSTED);
  client_fixture_clear (&f);
}

static gboolean
refuse_first (FaultConnection *c, guint number, gpointer data)
{
  if (number == 1)
    fault_connection_reset (c);
  return number > 1;
}

/* What is taken for one that never goes out is there for another: it is not
 * spent before that is known. */
static void
budget_counts_what_comes_back_as_left (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&good, NULL);
  KocrClientStatus status;
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.max_requests = 1;
  client_fixture_start (&f);
  g_assert_cmpint (kocr_client_user_reserve (f.user), ==, KOCR_DENIAL_NONE);
  g_assert_cmpint (
      kocr_client_user_reserve (f.user), ==, KOCR_DENIAL_BUDGET_OUT);
  kocr_client_user_get_status (f.user, &status);
  g_assert_cmpint (status.state, ==, KOCR_STATE_OK);
  kocr_client_user_unreserve (f.user);
  g_assert_true (client_fixture_reserve_and_send (&f));
  g_assert_no_error (client_fixture_wait (&f)->outcome.error);
  client_fixture_clear (&f);
}

/* Likewise where nothing may be lost, for which it would be the end. */
static void
budget_waits_for_what_may_come_back (void)
{
  FaultScript script = { client_fixture_answer, refuse_first };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  ClientFixture f;
  guint i, n_spent = 0;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.lossless = TRUE;
  f.config.max_requests = 2;
  client_fixture_start (&f);
  for (i = 0; i < 3; i++)
    client_fixture_send (&f);
  for (i = 0; i < 3; i++) {
    g_autoptr (KocrRequest) request = client_fixture_wait (&f);

    n_spent += request->transfer.attempts;
  }
  /* The first may have gone out before it was broken off; what is spent is
   * spent, but all of it. */
  g_assert_cmpuint (n_spent, ==, 2);
  client_fixture_clear (&f);
}

static void
max_rate_spaces_requests (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&good, NULL);
  ClientFixture f;
  guint i;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.max_rate = 20;
  f.config.lossless = TRUE;
  client_fixture_start (&f);
  for (i = 0; i < 12; i++)
    client_fixture_send (&f);
  for (i = 0; i < 12; i++)
    kocr_request_unref (client_fixture_wait (&f));
  /* A bucket of 4 at most, then one each 50 ms. */
  g_assert_cmpint (fault_server_get_request_time (server, 12)
                       - fault_server_get_request_time (server, 1),
      >=, 380 * 1000);
  client_fixture_clear (&f);
}

static void
users_take_turns (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&good, NULL);
  ClientFixture f[2];
  guint i;

  for (i = 0; i < 2; i++) {
    client_fixture_init (&f[i], fault_server_get_url (server));
    f[i].config.lossless = TRUE;
    f[i].config.max_in_flight = 1;
    f[i].config.max_rate = 50;
    client_fixture_start (&f[i]);
  }
  for (i = 0; i < 20; i++)
    client_fixture_send (&f[0]);
  client_fixture_send (&f[1]);
  kocr_request_unref (client_fixture_wait (&f[1]));
  g_mutex_lock (&f[0].lock);
  g_assert_cmpuint (f[0].n_completed, <, 10);
  g_mutex_unlock (&f[0].lock);
  client_fixture_clear (&f[0]);
  client_fixture_clear (&f[1]);
}

#define N_USERS 16

static void
sixteen_users_share_one_window_evenly (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&good, NULL);
  g_autoptr (GQueue) sent = g_queue_new ();
  ClientFixture f[N_USERS];
  guint i, n, least = G_MAXUINT, most = 0;

  for (i = 0; i < N_USERS; i++) {
    client_fixture_init (&f[i], fault_server_get_url (server));
    client_fixture_start (&f[i]);
  }
  while (fault_server_get_n_requests (server) < N_USERS * 20) {
    ClientFixture *first;

    for (i = 0; i < N_USERS; i++) {
      if (client_fixture_reserve_and_send (&f[i]))
        g_queue_push_tail (sent, &f[i]);
    }
    first = g_queue_pop_head (sent);
    g_assert_nonnull (first);
    kocr_request_unref (client_fixture_wait (first));
  }
  for (i = 0; i < N_USERS; i++) {
    client_fixture_stop (&f[i]);
    n = f[i].n_completed;
    least = MIN (least, n);
    most = MAX (most, n);
    client_fixture_clear (&f[i]);
  }
  g_test_message ("%u to %u each", least, most);
  g_assert_cmpuint (most - least, <=, 4);
}

#define TESTS "/admission/"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  ADD (reservations_stop_at_the_window);
  ADD (users_of_one_key_share_a_window);
  ADD (a_denial_says_whose_the_slots_are);
  ADD (a_denial_tells_own_limits_from_the_service_s);
  ADD (every_denial_has_a_name_of_its_own);
  ADD (smallest_max_in_flight_of_the_users_wins);
  ADD (budget_ends_a_user_and_is_told_once);
  ADD (budget_counts_what_comes_back_as_left);
  ADD (budget_waits_for_what_may_come_back);
  ADD (max_rate_spaces_requests);
  ADD (users_take_turns);
  ADD (sixteen_users_share_one_window_evenly);
  return g_test_run ();
}
