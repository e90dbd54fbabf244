/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the client does about what the service says: wait, ask again, stop.
 */
#include "../../stopwatch.h"
#include "../../testrows.h"
#include "clientfixture.h"

#define TESTS "/client/policy/"

static gboolean
throttle_first (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  if (number == 1)
    return fault_connection_answer (c, 429, "Retry-After: 1\r\n", "");
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static void
retry_after_holds_all_users_back (void)
{
  FaultScript script = { throttle_first };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autoptr (KocrRequest) throttled = NULL, other = NULL;
  ClientFixture f[2];
  gint64 wait;

  client_fixture_init (&f[0], fault_server_get_url (server));
  client_fixture_init (&f[1], fault_server_get_url (server));
  f[0].config.timeout = f[1].config.timeout = 5 * GST_SECOND;
  client_fixture_start (&f[0]);
  client_fixture_start (&f[1]);
  client_fixture_send (&f[0]);
  client_fixture_wait_changes (&f[1], 1);
  g_assert_cmpint (kocr_client_user_reserve (f[1].user), ==,
      KOCR_DENIAL_RETRY_AFTER);
  client_fixture_send (&f[1]);
  throttled = client_fixture_wait (&f[0]);
  other = client_fixture_wait (&f[1]);
  g_assert_no_error (throttled->outcome.error);
  g_assert_no_error (other->outcome.error);
  g_assert_cmpuint (throttled->transfer.throttled, ==, 1);
  wait = fault_server_get_request_time (server, 2)
      - fault_server_get_request_time (server, 1);
  g_assert_cmpint (wait, >=, G_USEC_PER_SEC);
  g_assert_cmpint (wait, <, G_USEC_PER_SEC
      + stopwatch_get_room (G_USEC_PER_SEC));

  client_fixture_wait_changes (&f[0], 2);
  g_assert_cmpint (g_array_index (f[0].changes, StateChange, 0).state, ==,
      KOCR_STATE_THROTTLED);
  g_assert_cmpuint (g_array_index (f[0].changes, StateChange, 0).http_status,
      ==, 429);
  g_assert_cmpint (g_array_index (f[0].changes, StateChange, 1).state, ==,
      KOCR_STATE_OK);
  g_assert_no_error (g_array_index (f[0].changes, StateChange, 1).error);
  client_fixture_clear (&f[0]);
  client_fixture_clear (&f[1]);
}

static gboolean
fail_every_third (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  if (number % 3 == 0)
    return fault_connection_answer (c, 503, NULL, "INTERNAL ERROR");
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static void
lossless_loses_nothing_to_503 (void)
{
  FaultScript script = { fail_every_third };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  ClientFixture f;
  guint i, retried = 0;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.lossless = TRUE;
  client_fixture_start (&f);
  for (i = 0; i < 20; i++)
    client_fixture_send (&f);
  for (i = 0; i < 20; i++) {
    g_autoptr (KocrRequest) request = client_fixture_wait (&f);

    g_assert_no_error (request->outcome.error);
    retried += request->transfer.retried;
  }
  g_assert_cmpuint (retried, >=, 7);
  client_fixture_clear (&f);
}

static gboolean
refuse_key (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  return fault_connection_answer (c, 401, NULL, "Authentication failed");
}

static void
wrong_key_latches_and_settles_all_lossless (void)
{
  FaultScript script = { refuse_key };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  ClientFixture f;
  guint i;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.lossless = TRUE;
  client_fixture_start (&f);
  for (i = 0; i < 10; i++)
    client_fixture_send (&f);
  for (i = 0; i < 10; i++) {
    g_autoptr (KocrRequest) request = client_fixture_wait (&f);

    g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_CREDENTIALS);
    g_assert_cmpint (request->outcome.fault->action, ==, KOCR_ACTION_LATCH);
  }
  g_assert_cmpuint (fault_server_get_n_requests (server), <=, 2);
  g_assert_cmpuint (f.changes->len, ==, 1);
  client_fixture_clear (&f);
}

static gboolean
refuse_format (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  return fault_connection_answer (c, 405, NULL,
      "{\"code\":\"UNSUPPORTED_IMAGE_FORMAT\"}");
}

static void
both_formats_refused_latches (void)
{
  FaultScript script = { refuse_format };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autoptr (KocrRequest) jpeg = NULL, png = NULL, settled = NULL;
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  client_fixture_start (&f);
  jpeg = client_fixture_ask (&f);
  g_assert_cmpint (
      jpeg->outcome.fault->action, ==, KOCR_ACTION_RESEND_OTHER_FORMAT);
  png = client_fixture_request (&f, 100);
  png->transfer.picture->format = KOCR_IMAGE_PNG;
  kocr_client_user_send (f.user, png, FALSE);
  settled = client_fixture_wait (&f);
  g_assert_cmpint (settled->outcome.fault->action, ==, KOCR_ACTION_LATCH);
  client_fixture_clear (&f);
}

static gboolean
never_well (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  return fault_connection_answer (c, 503, NULL, "INTERNAL ERROR");
}

/* At fifty times the speed. */
static void
outage_ends_lossless_after_max_outage (void)
{
  FaultScript script = { never_well };
  g_autoptr (FaultServer) server = NULL;
  ClientFixture f;
  gint64 start;
  guint i;

  kocr_clock_set_speed (50);
  server = fault_server_new (&script, NULL);
  client_fixture_init (&f, fault_server_get_url (server));
  f.config.lossless = TRUE;
  f.config.timeout = 60 * GST_SECOND;
  client_fixture_start (&f);
  start = kocr_clock_now ();
  for (i = 0; i < 3; i++)
    client_fixture_send (&f);
  for (i = 0; i < 3; i++) {
    g_autoptr (KocrRequest) request = client_fixture_wait (&f);

    g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_UNAVAILABLE);
  }
  g_assert_cmpint (kocr_clock_now () - start, >=, 299 * G_USEC_PER_SEC);
  g_assert_cmpint (kocr_clock_now () - start, <, 300 * G_USEC_PER_SEC
      + stopwatch_get_room (40 * G_USEC_PER_SEC));
  /* The breaker kept it at this. */
  g_assert_cmpuint (fault_server_get_n_requests (server), <, 30);
  client_fixture_clear (&f);
  kocr_clock_set_speed (1);
}

static gboolean
well_after_a_minute (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  gint64 *start = data;

  if (number == 1)
    *start = kocr_clock_now ();
  if (kocr_clock_now () - *start < 60 * (gint64) G_USEC_PER_SEC) {
    fault_connection_reset (c);
    return FALSE;
  }
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static void
outage_of_a_minute_loses_nothing (void)
{
  FaultScript script = { well_after_a_minute };
  g_autoptr (FaultServer) server = NULL;
  ClientFixture f;
  gint64 start = 0;
  guint i;

  kocr_clock_set_speed (50);
  server = fault_server_new (&script, &start);
  client_fixture_init (&f, fault_server_get_url (server));
  f.config.lossless = TRUE;
  f.config.timeout = 60 * GST_SECOND;
  client_fixture_start (&f);
  for (i = 0; i < 10; i++)
    client_fixture_send (&f);
  for (i = 0; i < 10; i++) {
    g_autoptr (KocrRequest) request = client_fixture_wait (&f);

    g_assert_no_error (request->outcome.error);
  }
  client_fixture_wait_changes (&f, 2);
  g_assert_cmpint (g_array_index (f.changes, StateChange, 0).state, ==,
      KOCR_STATE_OPEN);
  g_assert_cmpint (g_array_index (f.changes, StateChange, 1).state, ==,
      KOCR_STATE_OK);
  client_fixture_clear (&f);
  kocr_clock_set_speed (1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  ADD (retry_after_holds_all_users_back);
  ADD (lossless_loses_nothing_to_503);
  ADD (wrong_key_latches_and_settles_all_lossless);
  ADD (both_formats_refused_latches);
  ADD (outage_ends_lossless_after_max_outage);
  ADD (outage_of_a_minute_loses_nothing);
  return g_test_run ();
}
