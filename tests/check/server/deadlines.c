/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A client that goes on sending, but slowly, is cut off all the same. This
 * takes as long as the shortest of the service's deadlines.
 */
#include <gio/gio.h>

#include "bounds.h"
#include "httpexchange.h"
#include "serverprocess.h"

/* For a machine under load. */
#define TOLERANCE_SECONDS 30

/* Sends a byte of @text each second, over and over, until the other side
 * closes; the seconds that it took. */
static gint
dribble (GIOStream * stream, const gchar * text)
{
  GSocket *socket =
      g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream));
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  const gchar *p = text;

  g_socket_set_timeout (socket, 1);
  for (;;) {
    gchar c;
    gssize n = g_input_stream_read (g_io_stream_get_input_stream (stream), &c,
        1, NULL, &error);

    if (n == 0 || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
      return (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
    g_clear_error (&error);
    http_send (stream, p, 1);
    p = p[1] != '\0' ? p + 1 : text;
  }
}

static void
a_head_must_be_there_in_its_time (void)
{
  ServerProcess *server = server_process_start ("--engine replay:/dev/null",
      NULL, NULL);
  g_autoptr (GIOStream) stream = http_connect (server->port);
  gint seconds;

  http_send_text (stream, "POST / HTTP/1.1\r\n");
  seconds = dribble (stream, "a: b\r\n");
  g_assert_cmpint (seconds, >=, LIMIT_HEAD_SECONDS - 1);
  g_assert_cmpint (seconds, <, LIMIT_HEAD_SECONDS + TOLERANCE_SECONDS);
  server_process_free (server);
}

static void
a_handshake_must_be_done_in_its_time (void)
{
  ServerProcess *server;
  g_autoptr (GIOStream) stream = NULL;
  gint seconds;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ())) {
    g_test_skip ("glib-networking is not installed");
    return;
  }
  server = server_process_start ("--engine replay:/dev/null --tls-cert "
      TEST_DIR "/localhost.pem --tls-key " TEST_DIR "/localhost-key.pem", NULL,
      NULL);
  stream = http_connect (server->port);
  /* The start of a ClientHello of 16 KiB */
  http_send (stream, "\x16\x03\x01\x3f\xff\x01\x00\x3f\xfb", 9);
  seconds = dribble (stream, "\x03");
  g_assert_cmpint (seconds, >=, LIMIT_HEAD_SECONDS - 1);
  g_assert_cmpint (seconds, <, LIMIT_HEAD_SECONDS + TOLERANCE_SECONDS);
  server_process_free (server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadlines/a_head_must_be_there_in_its_time",
      a_head_must_be_there_in_its_time);
  g_test_add_func ("/deadlines/a_handshake_must_be_done_in_its_time",
      a_handshake_must_be_done_in_its_time);
  return g_test_run ();
}
