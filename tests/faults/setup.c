/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rows 46 and 47 of the fault table: the key, and a proxy in between.
 */
#include "question.h"

#include <string.h>

#include "../check/testrows.h"

#define TESTS "/faults/"

/* An address that no host has (RFC 5737): only a proxy knows it. */
#define FAR_AWAY "http://192.0.2.1/ai/OCR/x"
#define FAR_AWAY_TLS "https://192.0.2.1/ai/OCR/x"

static gboolean
answer (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static void
row_46_key_is_trimmed (gconstpointer key)
{
  FaultScript script = { answer };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autoptr (KocrRequest) request = NULL;
  g_autofree gchar *head = NULL;
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  f.config.api_key = key;
  client_fixture_start (&f);
  request = client_fixture_ask (&f);
  g_assert_no_error (request->outcome.error);
  head = fault_server_get_head (server, 1);
  g_assert_nonnull (strstr (head, "\r\nx-api-key: the-key\r\n"));
  client_fixture_clear (&f);
}

static void
row_46_key_is_refused (gconstpointer key)
{
  static const KocrClientCallbacks callbacks;
  KocrClientConfig config = { .endpoint = "https://ocr.example/x",
    .api_key = key,
    .max_in_flight = 1,
    .timeout = GST_SECOND };
  g_autoptr (GError) error = NULL;

  g_assert_null (kocr_client_user_new (&config, &callbacks, NULL, &error));
  g_assert_error (error, KOCR_ERROR, KOCR_ERROR_CREDENTIALS);
  g_assert_true (*(const gchar *) key == '\0' || !strstr (error->message, key));
}

static void
row_46_key_of_10_kb_is_refused (void)
{
  g_autofree gchar *key = g_strnfill (10000, 'k');

  row_46_key_is_refused (key);
}

/* Asks @url in a run of its own, whose environment has the proxy; GIO reads
 * it once. */
static KocrRequest *
ask_through_proxy (const gchar * url, ClientFixture * f)
{
  client_fixture_init (f, url);
  client_fixture_start (f);
  return client_fixture_ask (f);
}

/* Runs the test again behind the proxy on @port. */
static void
run_behind_proxy (guint port)
{
  g_autofree gchar *proxy = g_strdup_printf ("http://127.0.0.1:%u", port);

  g_setenv ("http_proxy", proxy, TRUE);
  g_setenv ("https_proxy", proxy, TRUE);
  g_setenv ("no_proxy", "", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_unsetenv ("http_proxy");
  g_unsetenv ("https_proxy");
  g_unsetenv ("no_proxy");
  g_test_trap_assert_passed ();
}

static void
row_47_proxy_is_used (void)
{
  FaultScript script = { answer };
  g_autoptr (FaultServer) proxy = NULL;
  g_autofree gchar *head = NULL;

  if (g_test_subprocess ()) {
    ClientFixture f;
    g_autoptr (KocrRequest) request = ask_through_proxy (FAR_AWAY, &f);

    g_assert_no_error (request->outcome.error);
    client_fixture_clear (&f);
    return;
  }
  proxy = fault_server_new (&script, NULL);
  run_behind_proxy (fault_server_get_port (proxy));
  head = fault_server_get_head (proxy, 1);
  g_assert_true (g_str_has_prefix (head, "POST " FAR_AWAY " HTTP/1.1"));
}

static gboolean
want_login (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  return fault_connection_answer (c, 407,
      "Proxy-Authenticate: Basic realm=\"office\"\r\n", "who are you");
}

static void
assert_login_latches (const gchar * url)
{
  FaultScript script = { want_login };
  g_autoptr (FaultServer) proxy = NULL;

  if (g_test_subprocess ()) {
    ClientFixture f;
    g_autoptr (KocrRequest) request = ask_through_proxy (url, &f);

    question_assert_latched (&f, request, KOCR_ERROR_CONFIGURATION);
    g_assert_nonnull (strstr (request->outcome.error->message, "proxy"));
    client_fixture_clear (&f);
    return;
  }
  proxy = fault_server_new (&script, NULL);
  run_behind_proxy (fault_server_get_port (proxy));
  g_assert_cmpuint (fault_server_get_n_requests (proxy), ==, 1);
}

static void
row_47_proxy_wants_a_login (void)
{
  assert_login_latches (FAR_AWAY);
}

static void
row_47_proxy_wants_a_login_for_a_tunnel (void)
{
  assert_login_latches (FAR_AWAY_TLS);
}

static void
assert_dead_proxy_is_transient (const gchar * url)
{
  FaultServer *proxy;
  guint port;

  if (g_test_subprocess ()) {
    ClientFixture f;
    g_autoptr (KocrRequest) request = ask_through_proxy (url, &f);

    g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_NETWORK);
    g_assert_cmpint (request->outcome.fault->action, ==, KOCR_ACTION_RETRY);
    g_assert_cmpuint (request->transfer.retried, ==, 2);
    client_fixture_clear (&f);
    return;
  }
  proxy = fault_server_new (&(FaultScript) {
      NULL}
      , NULL);
  port = fault_server_get_port (proxy);
  fault_server_free (proxy);
  run_behind_proxy (port);
}

static void
row_47_proxy_is_dead (void)
{
  assert_dead_proxy_is_transient (FAR_AWAY);
}

static void
row_47_proxy_is_dead_for_a_tunnel (void)
{
  assert_dead_proxy_is_transient (FAR_AWAY_TLS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  g_test_add_data_func ("/faults/row_46_key_is_trimmed/newline", "the-key\n",
      row_46_key_is_trimmed);
  g_test_add_data_func ("/faults/row_46_key_is_trimmed/crlf", "the-key\r\n",
      row_46_key_is_trimmed);
  g_test_add_data_func ("/faults/row_46_key_is_refused/newline_inside",
      "the\nkey", row_46_key_is_refused);
  g_test_add_data_func ("/faults/row_46_key_is_refused/crlf_inside",
      "the\r\nx-other: key", row_46_key_is_refused);
  g_test_add_data_func ("/faults/row_46_key_is_refused/empty", "",
      row_46_key_is_refused);
  ADD (row_46_key_of_10_kb_is_refused);
  ADD (row_47_proxy_is_used);
  ADD (row_47_proxy_wants_a_login);
  ADD (row_47_proxy_wants_a_login_for_a_tunnel);
  ADD (row_47_proxy_is_dead);
  ADD (row_47_proxy_is_dead_for_a_tunnel);
  return g_test_run ();
}
