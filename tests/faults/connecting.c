/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rows 1 to 8 of the fault table: there is no connection, or none to trust.
 */
#include "../check/stopwatch.h"
#include "question.h"
#include "resolver.h"
#include "tlsserver.h"

#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../check/testrows.h"

#define TESTS "/faults/"

#define KEY "secret-key"
/* More than a kernel's shortest backlog holds. */
#define MAX_FILLERS 16
/* For a handshake on loopback. */
#define FILLER_PATIENCE 300     /* ms */

/* Asks @url with 500 ms for all. */
static KocrRequest *
ask_url (const gchar * url, Stopwatch * watch)
{
  KocrRequest *request;
  ClientFixture f;

  client_fixture_init (&f, url);
  f.config.timeout = 500 * GST_MSECOND;
  client_fixture_start (&f);
  *watch = stopwatch_start ();
  request = client_fixture_ask (&f);
  g_assert_cmpuint (f.changes->len, ==, 0);
  client_fixture_clear (&f);
  return request;
}

static void
assert_timed_out (const KocrRequest * request, const Stopwatch * watch)
{
  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_TIMEOUT);
  g_assert_cmpint (request->outcome.fault->action, ==, KOCR_ACTION_RETRY);
  g_assert_cmpint (g_get_monotonic_time () - watch->start, >=, 490 * 1000);
  g_assert_cmpint (stopwatch_stop (watch), <, 1500 * 1000);
}

static void
row_01_dns_failure (void)
{
  g_autoptr (KocrRequest) request = NULL;
  ClientFixture f;

  resolver_replace (RESOLVER_FAILS);
  client_fixture_init (&f, "http://ocr.example/ai/OCR/x");
  client_fixture_start (&f);
  request = client_fixture_ask (&f);
  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_NETWORK);
  g_assert_nonnull (
      strstr (request->outcome.error->message, "host was not found"));
  g_assert_cmpuint (request->transfer.retried, ==, 2);
  client_fixture_clear (&f);
  g_assert_cmpuint (resolver_restore (), >=, 3);
}

static void
row_02_dns_hang (void)
{
  g_autoptr (KocrRequest) request = NULL;
  Stopwatch watch;

  resolver_replace (RESOLVER_HANGS);
  request = ask_url ("http://ocr.example/ai/OCR/x", &watch);
  assert_timed_out (request, &watch);
  g_assert_cmpuint (resolver_restore (), >=, 1);
}

static void
row_03_refused_connection (void)
{
  FaultServer *server = fault_server_new (&(FaultScript) { NULL }, NULL);
  g_autofree gchar *url = g_strdup (fault_server_get_url (server));
  g_autoptr (KocrRequest) request = NULL;
  ClientFixture f;

  fault_server_free (server);
  client_fixture_init (&f, url);
  client_fixture_start (&f);
  request = client_fixture_ask (&f);
  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_NETWORK);
  g_assert_cmpuint (request->transfer.attempts, ==, 0);
  g_assert_cmpuint (request->transfer.retried, ==, 2);
  client_fixture_clear (&f);
}

/* A connection that comes to be within FILLER_PATIENCE. -1: none. */
static gint
connect_filler (const struct sockaddr_in *address, gboolean * connected)
{
  gint fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  struct pollfd pollfd = { fd, POLLOUT };

  g_assert_cmpint (fd, >=, 0);
  *connected = connect (fd, (const struct sockaddr *) address,
      sizeof *address) == 0 || poll (&pollfd, 1, FILLER_PATIENCE) > 0;
  return fd;
}

/* A listener whose backlog is full drops every SYN, as a host behind a
 * firewall does. */
static void
row_04_syn_black_hole (void)
{
  struct sockaddr_in address = {.sin_family = AF_INET };
  socklen_t length = sizeof address;
  gint listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  gint fillers[MAX_FILLERS];
  guint n_fillers = 0;
  gboolean connected = TRUE;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_cmpint (bind (listener, (struct sockaddr *) &address, length), ==,
      0);
  g_assert_cmpint (listen (listener, 0), ==, 0);
  g_assert_cmpint (getsockname (listener, (struct sockaddr *) &address,
          &length), ==, 0);
  while (connected && n_fillers < MAX_FILLERS)
    fillers[n_fillers++] = connect_filler (&address, &connected);

  if (connected) {
    g_test_skip ("this kernel does not drop SYNs when a backlog is full");
  } else {
    g_autofree gchar *url = g_strdup_printf ("http://127.0.0.1:%u/x",
        ntohs (address.sin_port));
    Stopwatch watch;
    g_autoptr (KocrRequest) request = ask_url (url, &watch);

    assert_timed_out (request, &watch);
    g_assert_cmpuint (request->transfer.attempts, ==, 0);
  }
  while (n_fillers > 0)
    close (fillers[--n_fillers]);
  close (listener);
}

static void
row_05_tls_stall (void)
{
  FaultScript script = { NULL, question_hang_at_once };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autofree gchar *url = g_strdup_printf ("https://127.0.0.1:%u/x",
      fault_server_get_port (server));
  Stopwatch watch;
  g_autoptr (KocrRequest) request = ask_url (url, &watch);

  assert_timed_out (request, &watch);
}

/* Asks with a key. The first connection loads the system's authorities, which
 * takes its time. */
static void
start_tls_client (ClientFixture * f, TlsServer * server, gboolean with_ca)
{
  client_fixture_init (f, server->url);
  f->config.api_key = KEY;
  f->config.timeout = 15 * GST_SECOND;
  f->config.ca_file = with_ca ? server->ca_file : NULL;
  client_fixture_start (f);
}

static void
assert_certificate_refused (const gchar * address, gboolean with_ca)
{
  g_autoptr (KocrRequest) request = NULL;
  TlsServer server;
  ClientFixture f;

  tls_server_init (&server, address, 0);
  start_tls_client (&f, &server, with_ca);
  request = client_fixture_ask (&f);
  question_assert_latched (&f, request, KOCR_ERROR_CERTIFICATE);
  client_fixture_clear (&f);
  tls_server_stop (&server);
  g_assert_cmpuint (server.n_requests, ==, 0);
  tls_server_clear (&server);
}

static void
row_06_certificate_of_unknown_authority (void)
{
  assert_certificate_refused ("127.0.0.1", FALSE);
}

static void
row_06_certificate_of_another_host (void)
{
  assert_certificate_refused ("127.0.0.2", TRUE);
}

static void
assert_not_started (const gchar * url, const gchar * ca_file,
    const gchar * says)
{
  static const KocrClientCallbacks callbacks;
  KocrClientConfig config = { .endpoint = url,
    .api_key = KEY,
    .ca_file = ca_file,
    .max_in_flight = 1,
    .timeout = GST_SECOND };
  g_autoptr (GError) error = NULL;

  g_assert_null (kocr_client_user_new (&config, &callbacks, NULL, &error));
  g_assert_error (error, KOCR_ERROR, KOCR_ERROR_CERTIFICATE);
  g_assert_nonnull (strstr (error->message, says));
}

static void
row_07_ca_file_missing (void)
{
  assert_not_started ("https://ocr.example/x", "/nonexistent.pem", "ca-file");
}

static void
row_07_glib_networking_missing (void)
{
  if (g_test_subprocess ()) {
    assert_not_started ("https://ocr.example/x", NULL, "glib-networking");
    return;
  }
  /* GIO's own stand-in for a system without a TLS module. */
  g_setenv ("GIO_USE_TLS", "dummy", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_unsetenv ("GIO_USE_TLS");
  g_test_trap_assert_passed ();
}

static void
row_08_server_prefers_h2_and_closes (void)
{
  g_autoptr (KocrRequest) request = NULL;
  TlsServer server;
  ClientFixture f;

  tls_server_init (&server, "127.0.0.1", 1);
  start_tls_client (&f, &server, TRUE);
  request = client_fixture_ask (&f);
  g_assert_no_error (request->outcome.error);
  g_assert_cmpuint (request->transfer.retried, ==, 1);
  client_fixture_clear (&f);
  tls_server_stop (&server);
  g_assert_cmpuint (server.n_requests, ==, 2);
  g_assert_cmpstr (server.protocol, ==, "http/1.1");
  tls_server_clear (&server);
}

int
main (int argc, char **argv)
{
  /* libproxy asks the name service too, and throws when there is none, which
   * the address sanitizer does not survive in a program in C. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  ADD (row_01_dns_failure);
  ADD (row_02_dns_hang);
  ADD (row_03_refused_connection);
  ADD (row_04_syn_black_hole);
  ADD (row_05_tls_stall);
  ADD (row_06_certificate_of_unknown_authority);
  ADD (row_06_certificate_of_another_host);
  ADD (row_07_ca_file_missing);
  ADD (row_07_glib_networking_missing);
  ADD (row_08_server_prefers_h2_and_closes);
  return g_test_run ();
}
