/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The client against a service that answers or hangs: what it sends, and how it
 * stops.
 */
#include "clientfixture.h"

#include <string.h>

#include "../../stopwatch.h"
#include "../../testrows.h"
#include "http/apikey.h"

static const FaultScript good = { client_fixture_answer };
static const FaultScript hanging = { client_fixture_hang };

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
  static const FaultScript scripts[]
      = { { NULL, hang_at_once }, { client_fixture_hang, NULL, TRUE },
          { client_fixture_hang }, { answer_half }, { answer_retry_after } };
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

#define TESTS "/client/"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  ADD (request_is_answered_in_frame_pixels);
  ADD (request_carries_key_and_id_and_nothing_to_decode);
  ADD (hundred_requests_share_a_connection);
  ADD (cancel_settles_all_and_frees_the_slots);
  ADD (free_does_not_wait_for_a_hanging_service);
  ADD (clients_come_and_go_without_a_trace);
  ADD (stop_is_quick_in_every_phase);
  ADD (key_is_in_no_log);
  return g_test_run ();
}
