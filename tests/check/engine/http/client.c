/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The client against a service that answers, and users that come and go.
 */
#include "clientfixture.h"

#include <string.h>

#include "../../stopwatch.h"
#include "http/apikey.h"

static gboolean
answer_result (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static gboolean
answer_nothing (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  fault_connection_hang (c);
  return FALSE;
}

static const FaultScript good = { answer_result };
static const FaultScript hanging = { answer_nothing };

static void
request_is_answered_in_frame_pixels (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&good, NULL);
  g_autoptr (KocrRequest) request = NULL;
  const GstKakaoOcrRegion *region;
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  client_fixture_start (&f);
  request = client_fixture_ask (&f);
  g_assert_no_error (request->outcome.error);
  g_assert_cmpuint (
      gst_kakao_ocr_result_get_n_regions (request->outcome.result), ==, 1);
  region = gst_kakao_ocr_result_get_region (request->outcome.result, 0);
  g_assert_cmpstr (region->text, ==, "word");
  g_assert_cmpfloat (region->box[4], ==, 120);
  g_assert_cmpfloat (region->box[5], ==, 60);
  g_assert_cmpuint (request->transfer.attempts, ==, 1);
  g_assert_cmpuint (request->transfer.bytes_sent, ==, 2000);
  g_assert_cmpuint (request->outcome.http_status, ==, 200);
  client_fixture_clear (&f);
}

static void
request_carries_key_and_id_and_nothing_to_decode (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&good, NULL);
  g_autoptr (KocrRequest) request = NULL;
  g_autofree gchar *head = NULL, *id = NULL;
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.api_key = "  secret-key\r\n";
  client_fixture_start (&f);
  request = client_fixture_ask (&f);
  head = fault_server_get_head (server, 1);
  id = g_strdup_printf ("\r\nX-Request-Id: %s\r\n", request->id);
  g_assert_true (g_str_has_prefix (head,
          "POST /ai/OCR/signature HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (head, "\r\nx-api-key: secret-key\r\n"));
  g_assert_nonnull (strstr (head, "\r\nAccept-Encoding: identity\r\n"));
  g_assert_nonnull (strstr (head,
          "\r\nContent-Type: multipart/form-data; boundary=b\r\n"));
  g_assert_nonnull (strstr (head, id));
  client_fixture_clear (&f);
}

static void
hundred_requests_share_a_connection (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&good, NULL);
  ClientFixture f;
  guint i;

  client_fixture_init (&f, fault_server_get_url (server));
  client_fixture_start (&f);
  for (i = 0; i < 100; i++) {
    g_autoptr (KocrRequest) request = client_fixture_ask (&f);

    g_assert_no_error (request->outcome.error);
  }
  g_assert_cmpuint (fault_server_get_n_connections (server), <=, 2);
  client_fixture_clear (&f);
}

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
  g_assert_cmpint (kocr_client_user_reserve (f.user), ==,
      KOCR_DENIAL_ENCODER_BUSY);
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
  g_assert_cmpint (kocr_client_user_reserve (f[0].user), ==,
      KOCR_DENIAL_ENCODER_BUSY);
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
  client_fixture_reserve_and_send (&f[0]);
  client_fixture_reserve_and_send (&f[0]);
  g_assert_cmpint (kocr_client_user_reserve (f[1].user), ==,
      KOCR_DENIAL_WINDOW_FULL);
  kocr_client_user_cancel_all (f[0].user);
  kocr_request_unref (client_fixture_wait (&f[0]));
  kocr_request_unref (client_fixture_wait (&f[0]));
  /* One of the two that are free is the other's, who asked and was denied. */
  g_assert_cmpint (kocr_client_user_reserve (f[0].user), ==, KOCR_DENIAL_NONE);
  g_assert_cmpint (kocr_client_user_reserve (f[0].user), ==,
      KOCR_DENIAL_OTHERS_TURN);
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
  g_assert_cmpint (kocr_client_user_reserve (f.user), ==,
      KOCR_DENIAL_ENCODER_BUSY);
  kocr_client_user_unreserve (f.user);
  client_fixture_reserve_and_send (&f);
  g_assert_cmpint (kocr_client_user_reserve (f.user), ==,
      KOCR_DENIAL_MAX_IN_FLIGHT);
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
  g_assert_cmpint (kocr_client_user_reserve (f[0].user), ==,
      KOCR_DENIAL_ENCODER_BUSY);
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

    client_fixture_reserve_and_send (&f);
    request = client_fixture_wait (&f);
    g_assert_no_error (request->outcome.error);
  }
  g_assert_cmpuint (f.changes->len, ==, 0);
  g_assert_cmpint (kocr_client_user_reserve (f.user), ==,
      KOCR_DENIAL_BUDGET_SPENT);
  g_assert_cmpint (kocr_client_user_reserve (f.user), ==,
      KOCR_DENIAL_BUDGET_SPENT);
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
refuse_first (FaultConnection * c, guint number, gpointer data)
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
  g_assert_cmpint (kocr_client_user_reserve (f.user), ==,
      KOCR_DENIAL_BUDGET_OUT);
  kocr_client_user_get_status (f.user, &status);
  g_assert_cmpint (status.state, ==, KOCR_STATE_OK);
  kocr_client_user_unreserve (f.user);
  client_fixture_reserve_and_send (&f);
  g_assert_no_error (client_fixture_wait (&f)->outcome.error);
  client_fixture_clear (&f);
}

/* Likewise where nothing may be lost, for which it would be the end. */
static void
budget_waits_for_what_may_come_back (void)
{
  FaultScript script = { answer_result, refuse_first };
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
      - fault_server_get_request_time (server, 1), >=, 380 * 1000);
  client_fixture_clear (&f);
}

static void
cancel_settles_all_and_frees_the_slots (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&hanging, NULL);
  ClientFixture f;
  Stopwatch watch;
  guint i;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.lossless = TRUE;
  client_fixture_start (&f);
  for (i = 0; i < 6; i++)
    client_fixture_send (&f);
  fault_server_wait_requests (server, 2);

  watch = stopwatch_start ();
  kocr_client_user_cancel_all (f.user);
  for (i = 0; i < 6; i++) {
    g_autoptr (KocrRequest) request = client_fixture_wait (&f);

    g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_CANCELLED);
  }
  g_assert_cmpint (stopwatch_stop (&watch), <, 100 * 1000);
  g_assert_cmpint (kocr_client_user_reserve (f.user), ==, KOCR_DENIAL_NONE);
  client_fixture_clear (&f);
}

static void
free_does_not_wait_for_a_hanging_service (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&hanging, NULL);
  ClientFixture f;
  Stopwatch watch;
  guint i;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.lossless = TRUE;
  client_fixture_start (&f);
  for (i = 0; i < 6; i++)
    client_fixture_send (&f);
  fault_server_wait_requests (server, 2);

  watch = stopwatch_start ();
  client_fixture_stop (&f);
  g_assert_cmpint (stopwatch_stop (&watch), <, 100 * 1000);
  g_assert_cmpuint (f.n_completed, ==, 6);
  client_fixture_clear (&f);
}

static gboolean
hang_at_once (FaultConnection * c, guint number, gpointer data)
{
  fault_connection_hang (c);
  return FALSE;
}

static gboolean
answer_half (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  fault_connection_write (c, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{");
  fault_connection_hang (c);
  return FALSE;
}

static gboolean
answer_retry_after (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  return fault_connection_answer (c, 429, "Retry-After: 100\r\n", "");
}

static void
stop_is_quick_in_every_phase (void)
{
  static const FaultScript scripts[] = {
    {NULL, hang_at_once}, {answer_nothing, NULL, TRUE}, {answer_nothing},
    {answer_half}, {answer_retry_after}
  };
  guint i, j;

  for (i = 0; i < 20 * G_N_ELEMENTS (scripts); i++) {
    const FaultScript *script = &scripts[i % G_N_ELEMENTS (scripts)];
    g_autoptr (FaultServer) server = fault_server_new (script, NULL);
    ClientFixture f;
    Stopwatch watch;

    client_fixture_init (&f, fault_server_get_url (server));
    f.config.lossless = TRUE;
    client_fixture_start (&f);
    for (j = 0; j < 4; j++) {
      g_autoptr (KocrRequest) request = client_fixture_request (&f, 5000000);

      kocr_client_user_send (f.user, request, FALSE);
    }
    if (script->respond)
      fault_server_wait_requests (server, 1);
    if (script->respond == answer_retry_after)
      client_fixture_wait_changes (&f, 1);
    watch = stopwatch_start ();
    client_fixture_stop (&f);
    g_assert_cmpint (stopwatch_stop (&watch), <, 200 * 1000);
    g_assert_cmpuint (f.n_completed, ==, 4);
    client_fixture_clear (&f);
  }
}

static guint
count_fds (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

static void
clients_come_and_go_without_a_trace (void)
{
  g_autoptr (FaultServer) server = fault_server_new (&hanging, NULL);
  guint before = 0, i;

  for (i = 0; i < 200; i++) {
    ClientFixture f;

    client_fixture_init (&f, fault_server_get_url (server));
    client_fixture_start (&f);
    if (i % 2)
      client_fixture_send (&f);
    if (i % 4 == 3)
      fault_server_wait_requests (server,
          fault_server_get_n_requests (server) + 1);
    client_fixture_clear (&f);
    if (i == 20)
      before = count_fds ();
  }
  /* The server's own threads may be about to close theirs. */
  g_assert_cmpuint (count_fds (), <=, before + 8);
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
  ClientFixture f[N_USERS];
  guint i, n, least = G_MAXUINT, most = 0;
  gint64 end;

  for (i = 0; i < N_USERS; i++) {
    client_fixture_init (&f[i], fault_server_get_url (server));
    f[i].config.max_rate = 200;
    client_fixture_start (&f[i]);
  }
  end = g_get_monotonic_time () + 100 * G_USEC_PER_SEC;
  while (fault_server_get_n_requests (server) < N_USERS * 20) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    for (i = 0; i < N_USERS; i++) {
      g_autoptr (KocrRequest) request = NULL;

      if (kocr_client_user_reserve (f[i].user) != KOCR_DENIAL_NONE)
        continue;
      request = client_fixture_request (&f[i], 2000);
      kocr_client_user_send (f[i].user, request, TRUE);
    }
    g_usleep (1000);
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

#define CANARY "canary-c7c139b64419fe58"

/* In a run of its own, with every log on. */
static void
key_is_in_no_log (void)
{
  if (g_test_subprocess ()) {
    g_autoptr (FaultServer) server = NULL;
    g_autoptr (KocrRequest) request = NULL;
    g_autoptr (GError) error = NULL;
    ClientFixture f;

    g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
    server = fault_server_new (&good, NULL);
    gst_debug_set_default_threshold (GST_LEVEL_MEMDUMP);
    client_fixture_init (&f, fault_server_get_url (server));
    f.config.api_key = CANARY;
    client_fixture_start (&f);
    request = client_fixture_ask (&f);
    g_assert_no_error (request->outcome.error);
    client_fixture_clear (&f);
    g_assert_null (kocr_api_key_new (CANARY "\n" CANARY, &error));
    g_printerr ("%s\n", error->message);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*kakaoocr-http*");
  g_test_trap_assert_stderr_unmatched ("*" CANARY "*");
  g_test_trap_assert_stdout_unmatched ("*" CANARY "*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

#define ADD(name) g_test_add_func ("/client/" #name, name)
  ADD (request_is_answered_in_frame_pixels);
  ADD (request_carries_key_and_id_and_nothing_to_decode);
  ADD (hundred_requests_share_a_connection);
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
  ADD (cancel_settles_all_and_frees_the_slots);
  ADD (free_does_not_wait_for_a_hanging_service);
  ADD (clients_come_and_go_without_a_trace);
  ADD (users_take_turns);
  ADD (sixteen_users_share_one_window_evenly);
  ADD (stop_is_quick_in_every_phase);
  ADD (key_is_in_no_log);
#undef ADD
  return g_test_run ();
}
