/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tlsserver.h"

#include <string.h>

#include "faultserver.h"

#define CERTIFICATE_FILE TEST_DIR "/../check/server/localhost.pem"
#define KEY_FILE TEST_DIR "/../check/server/localhost-key.pem"

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
  if (++server->n_requests > server->n_closed)
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

void
tls_server_init (TlsServer * server, const gchar * address, guint n_closed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) any_port =
      g_inet_socket_address_new_from_string (address, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  memset (server, 0, sizeof *server);
  server->n_closed = n_closed;
  server->ca_file = CERTIFICATE_FILE;
  server->listener = g_socket_listener_new ();
  server->cancellable = g_cancellable_new ();
  server->certificate = g_tls_certificate_new_from_files (CERTIFICATE_FILE,
      KEY_FILE, &error);
  g_assert_no_error (error);
  g_socket_listener_add_address (server->listener, any_port,
      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  server->url = g_strdup_printf ("https://%s:%u/ai/OCR/signature", address,
      g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  server->thread = g_thread_new ("tls", tls_server_thread, server);
}

void
tls_server_stop (TlsServer * server)
{
  g_cancellable_cancel (server->cancellable);
  g_thread_join (g_steal_pointer (&server->thread));
}

void
tls_server_clear (TlsServer * server)
{
  g_object_unref (server->listener);
  g_object_unref (server->cancellable);
  g_object_unref (server->certificate);
  g_free (server->url);
  g_free (server->protocol);
}
