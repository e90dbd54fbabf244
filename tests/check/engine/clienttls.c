/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The client and TLS: which certificates it takes, which protocol it speaks,
 * and that no key goes to whom it does not trust.
 */
#include "clientfixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* Made for these tests, good for nothing else: an authority, and a certificate
 * of it for the host "localhost", until 2126. */
static const gchar authority[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBfzCCASWgAwIBAgIUGUEEHTA14rtotPIEsFWrktoK73gwCgYIKoZIzj0EAwIw\n"
    "FDESMBAGA1UEAwwJdGVzdCBvbmx5MCAXDTI2MTEyMjIwMzAzMloYDzIxMjYxMDI5\n"
    "MjAzMDMyWjAUMRIwEAYDVQQDDAl0ZXN0IG9ubHkwWTATBgcqhkjOPQIBBggqhkjO\n"
    "PQMBBwNCAATfaS10zxlSVuuaqw4Kh/DRGjWN8ueYHlKQrtTt2T+Bp4LRphoCOlBH\n"
    "M0Uy3e71pqDTH+PO57XVh+u0hBsZaeN3o1MwUTAdBgNVHQ4EFgQUsmeFBGhNE9DR\n"
    "V+JB5+sJCzZ74sEwHwYDVR0jBBgwFoAUsmeFBGhNE9DRV+JB5+sJCzZ74sEwDwYD\n"
    "VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA/ymaO9vf7xDlEiFz4Ekk\n"
    "9Ysy60B2WG2AYfg83gksE6kCIHouBC90G3jmzbSEXWuiaXnJBcLHlI9RqshW3rzR\n"
    "oOpK\n" "-----END CERTIFICATE-----\n";

static const gchar identity[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBpDCCAUqgAwIBAgIUR19DdyF0/3FKBsQjSVOV8+XhW+swCgYIKoZIzj0EAwIw\n"
    "FDESMBAGA1UEAwwJdGVzdCBvbmx5MCAXDTI2MTEyMjIwMzAzM1oYDzIxMjYxMDI5\n"
    "MjAzMDMzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO\n"
    "PQMBBwNCAAQGfIqgFYChMNY2qwON0KafZ4lUNarqwC0QgPzGPgHs+MHhCDqzbQoO\n"
    "VOrr5zjBIOUIRnGLOTT+NC/sJixhFVZAo3gwdjAUBgNVHREEDTALgglsb2NhbGhv\n"
    "c3QwCQYDVR0TBAIwADATBgNVHSUEDDAKBggrBgEFBQcDATAdBgNVHQ4EFgQU5qEg\n"
    "BJHoGvCLTZYGAdVtEl2a1jIwHwYDVR0jBBgwFoAUsmeFBGhNE9DRV+JB5+sJCzZ7\n"
    "4sEwCgYIKoZIzj0EAwIDSAAwRQIhAISNJiBtGtJyzHHgexH5gtEGv++TiOYHr0UE\n"
    "lylwty6IAiBZsSEiXoXeyB9jq+sY2KkMIvRSeJkieOBude/XXEi/7g==\n"
    "-----END CERTIFICATE-----\n"
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgsVoNRjvWHRAMOvnQ\n"
    "WV0LtB9nzGBr3Hktg73EQHhAJWWhRANCAAQGfIqgFYChMNY2qwON0KafZ4lUNarq\n"
    "wC0QgPzGPgHs+MHhCDqzbQoOVOrr5zjBIOUIRnGLOTT+NC/sJixhFVZA\n"
    "-----END PRIVATE KEY-----\n";

/* Prefers HTTP/2, as a service may, and answers in HTTP/1.1. */
typedef struct
{
  GSocketListener *listener;
  GCancellable *cancellable;
  GTlsCertificate *certificate;
  GThread *thread;
  gchar *url, *ca_file;

  /* The thread's own, until it is joined. */
  guint n_requests;
  gchar *protocol;
} TlsServer;

static gboolean
read_request (GInputStream * in, GCancellable * cancellable)
{
  g_autoptr (GDataInputStream) data = g_data_input_stream_new (in);
  gsize length = 0;
  gchar *line;

  g_data_input_stream_set_newline_type (data, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (data),
      FALSE);
  while ((line = g_data_input_stream_read_line (data, NULL, cancellable,
              NULL)) && line[0]) {
    if (g_ascii_strncasecmp (line, "Content-Length:", 15) == 0)
      length = g_ascii_strtoull (line + 15, NULL, 10);
    g_free (line);
  }
  if (!line)
    return FALSE;
  g_free (line);
  return g_input_stream_skip (G_INPUT_STREAM (data), length, cancellable,
      NULL) >= 0;
}

static void
serve (TlsServer * server, GSocketConnection * connection)
{
  static const gchar *const protocols[] = { "h2", "http/1.1", NULL };
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (G_IO_STREAM
      (connection), server->certificate, NULL);
  g_autofree gchar *answer = g_strdup_printf ("HTTP/1.1 200 OK\r\n"
      "Connection: close\r\nContent-Length: %d\r\n\r\n%s",
      (gint) strlen (FAULT_SERVER_RESULT), FAULT_SERVER_RESULT);

  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (tls), protocols);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls),
          server->cancellable, NULL))
    return;
  g_free (server->protocol);
  server->protocol = g_strdup (g_tls_connection_get_negotiated_protocol
      (G_TLS_CONNECTION (tls)));
  if (!read_request (g_io_stream_get_input_stream (tls), server->cancellable))
    return;
  server->n_requests++;
  g_output_stream_write_all (g_io_stream_get_output_stream (tls), answer,
      strlen (answer), NULL, server->cancellable, NULL);
  g_io_stream_close (tls, NULL, NULL);
}

static gpointer
tls_server_thread (gpointer data)
{
  TlsServer *server = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (server->listener, NULL,
              server->cancellable, NULL))) {
    serve (server, connection);
    g_object_unref (connection);
  }
  return NULL;
}

static void
tls_server_init (TlsServer * server, const gchar * host)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback
      (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  gint fd;

  memset (server, 0, sizeof *server);
  server->listener = g_socket_listener_new ();
  server->cancellable = g_cancellable_new ();
  server->certificate = g_tls_certificate_new_from_pem (identity, -1, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_listener_add_address (server->listener, address,
          G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL));
  server->url = g_strdup_printf ("https://%s:%u/ai/OCR/signature", host,
      g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));

  fd = g_file_open_tmp ("kakaoocr-ca-XXXXXX", &server->ca_file, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (server->ca_file, authority, -1, NULL));
  server->thread = g_thread_new ("tls", tls_server_thread, server);
}

static void
tls_server_stop (TlsServer * server)
{
  g_cancellable_cancel (server->cancellable);
  g_thread_join (g_steal_pointer (&server->thread));
}

static void
tls_server_clear (TlsServer * server)
{
  g_unlink (server->ca_file);
  g_object_unref (server->listener);
  g_object_unref (server->cancellable);
  g_object_unref (server->certificate);
  g_free (server->url);
  g_free (server->ca_file);
  g_free (server->protocol);
}

static KocrRequest *
ask_tls (TlsServer * server, gboolean with_ca)
{
  KocrRequest *request;
  ClientFixture f;

  client_fixture_init (&f, server->url);
  f.config.api_key = "secret-key";
  /* The first connection loads the system's authorities. */
  f.config.timeout = 15 * GST_SECOND;
  f.config.ca_file = with_ca ? server->ca_file : NULL;
  client_fixture_start (&f);
  request = client_fixture_ask (&f);
  client_fixture_clear (&f);
  tls_server_stop (server);
  return request;
}

static void
private_service_is_trusted_with_its_ca (void)
{
  g_autoptr (KocrRequest) request = NULL;
  TlsServer server;

  tls_server_init (&server, "localhost");
  request = ask_tls (&server, TRUE);
  g_assert_no_error (request->error);
  tls_server_clear (&server);
}

static void
http_1_1_is_negotiated_where_http_2_is_offered (void)
{
  g_autoptr (KocrRequest) request = NULL;
  TlsServer server;

  tls_server_init (&server, "localhost");
  request = ask_tls (&server, TRUE);
  g_assert_cmpstr (server.protocol, ==, "http/1.1");
  tls_server_clear (&server);
}

static void
unknown_authority_latches_and_gets_no_key (void)
{
  g_autoptr (KocrRequest) request = NULL;
  TlsServer server;

  tls_server_init (&server, "localhost");
  request = ask_tls (&server, FALSE);
  g_assert_error (request->error, KOCR_ERROR, KOCR_ERROR_CERTIFICATE);
  g_assert_cmpint (request->fault->action, ==, KOCR_ACTION_LATCH);
  g_assert_cmpuint (server.n_requests, ==, 0);
  tls_server_clear (&server);
}

static void
certificate_of_another_host_latches_and_gets_no_key (void)
{
  g_autoptr (KocrRequest) request = NULL;
  TlsServer server;

  tls_server_init (&server, "127.0.0.1");
  request = ask_tls (&server, TRUE);
  g_assert_error (request->error, KOCR_ERROR, KOCR_ERROR_CERTIFICATE);
  g_assert_cmpuint (server.n_requests, ==, 0);
  tls_server_clear (&server);
}

static gboolean
hang (FaultConnection * c, guint number, gpointer data)
{
  fault_connection_hang (c);
  return FALSE;
}

static void
stalled_handshake_ends_at_the_deadline (void)
{
  FaultScript script = { NULL, hang };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autofree gchar *url = g_strdup_printf ("https://127.0.0.1:%u/x",
      fault_server_get_port (server));
  g_autoptr (KocrRequest) request = NULL;
  ClientFixture f;

  client_fixture_init (&f, url);
  f.config.timeout = 300 * GST_MSECOND;
  client_fixture_start (&f);
  request = client_fixture_ask (&f);
  g_assert_error (request->error, KOCR_ERROR, KOCR_ERROR_TIMEOUT);
  client_fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

#define ADD(name) g_test_add_func ("/client/tls/" #name, name)
  ADD (private_service_is_trusted_with_its_ca);
  ADD (http_1_1_is_negotiated_where_http_2_is_offered);
  ADD (unknown_authority_latches_and_gets_no_key);
  ADD (certificate_of_another_host_latches_and_gets_no_key);
  ADD (stalled_handshake_ends_at_the_deadline);
#undef ADD
  return g_test_run ();
}
