/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "httpexchange.h"

#include <string.h>

#include "serverprocess.h"

void
http_reply_free (HttpReply * reply)
{
  g_free (reply->head);
  g_free (reply->body);
  g_free (reply);
}

const gchar *
http_reply_get_code (HttpReply * reply)
{
  static const gchar member[] = "{\"code\":\"";
  static gchar code[64];
  const gchar *start = reply->body;

  if (start == NULL || !g_str_has_prefix (start, member))
    return "";
  start += strlen (member);
  g_strlcpy (code, start, MIN (sizeof code, strcspn (start, "\"") + 1));
  return code;
}

gchar *
http_reply_get_header (HttpReply * reply, const gchar * name)
{
  g_autofree gchar *mark = g_strdup_printf ("\r\n%s: ", name);
  const gchar *value = strstr (reply->head, mark);

  if (value == NULL)
    return NULL;
  value += strlen (mark);
  return g_strndup (value, strcspn (value, "\r"));
}

GIOStream *
http_connect_from (const gchar * address, guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) local =
      g_inet_socket_address_new_from_string (address, 0);
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_local_address (client, local);
  g_socket_client_set_timeout (client, TEST_TIMEOUT_SECONDS);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port,
      NULL, &error);
  g_assert_no_error (error);
  return G_IO_STREAM (connection);
}

GIOStream *
http_connect (guint16 port)
{
  return http_connect_from ("127.0.0.1", port);
}

gboolean
http_send (GIOStream * stream, const void *bytes, gsize length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (stream),
      bytes, length, NULL, NULL, NULL);
}

gboolean
http_send_text (GIOStream * stream, const gchar * text)
{
  return http_send (stream, text, strlen (text));
}

gboolean
http_send_bytes (GIOStream * stream, GBytes * bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return http_send (stream, data, size);
}

HttpReply *
http_read_reply_to_head (GIOStream * stream)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  HttpReply *reply = g_new0 (HttpReply, 1);
  g_autoptr (GString) head = g_string_new (NULL);
  gchar c;

  while (!g_str_has_suffix (head->str, "\r\n\r\n")
      && g_input_stream_read (input, &c, 1, NULL, NULL) == 1)
    g_string_append_c (head, c);
  if (g_str_has_prefix (head->str, "HTTP/1.1 "))
    reply->status = atoi (head->str + strlen ("HTTP/1.1 "));
  reply->head = g_strdup (head->str);
  return reply;
}

HttpReply *
http_read_reply (GIOStream * stream)
{
  HttpReply *reply = http_read_reply_to_head (stream);
  g_autofree gchar *length = http_reply_get_header (reply, "Content-Length");
  gsize n, size = length != NULL ? g_ascii_strtoull (length, NULL, 10) : 0;
  g_autoptr (GError) error = NULL;

  reply->body = g_malloc0 (size + 1);
  g_input_stream_read_all (g_io_stream_get_input_stream (stream), reply->body,
      size, &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, size);
  return reply;
}

HttpReply *
http_exchange (guint16 port, GBytes * request)
{
  g_autoptr (GIOStream) stream = http_connect (port);
  HttpReply *reply;

  http_send_bytes (stream, request);
  reply = http_read_reply (stream);
  g_io_stream_close (stream, NULL, NULL);
  return reply;
}

void
http_leave (GIOStream *stream)
{
  g_autoptr (GError) error = NULL;
  gchar more;
  gssize n;

  g_socket_shutdown (
      g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)), FALSE,
      TRUE, &error);
  g_assert_no_error (error);
  n = g_input_stream_read (
      g_io_stream_get_input_stream (stream), &more, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 0);
}

static GBytes *
concatenate (const gchar * before, GBytes * middle, const gchar * after)
{
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, (const guint8 *) before, strlen (before));
  if (middle != NULL)
    g_byte_array_append (all, g_bytes_get_data (middle, NULL),
        g_bytes_get_size (middle));
  g_byte_array_append (all, (const guint8 *) after, strlen (after));
  return g_byte_array_free_to_bytes (all);
}

GBytes *
http_build_form (const gchar * disposition, const gchar * type,
    GBytes * content)
{
  g_autoptr (GString) head = g_string_new (NULL);

  g_string_printf (head, "--" TEST_BOUNDARY "\r\n"
      "Content-Disposition: form-data%s\r\n", disposition);
  if (type != NULL)
    g_string_append_printf (head, "Content-Type: %s\r\n", type);
  g_string_append (head, "\r\n");
  return concatenate (head->str, content, "\r\n--" TEST_BOUNDARY "--\r\n");
}

GBytes *
http_build_upload (GBytes * picture)
{
  return http_build_form ("; name=\"image\"; filename=\"frame.png\"",
      "image/png", picture);
}

GBytes *
http_build_request (const gchar * method, const gchar * path,
    const gchar * key, const gchar * type, const gchar * extra, GBytes * body)
{
  g_autoptr (GString) head = g_string_new (NULL);

  g_string_printf (head, "%s %s HTTP/1.1\r\nHost: localhost\r\n", method, path);
  if (key != NULL)
    g_string_append_printf (head, "x-api-key: %s\r\n", key);
  if (type != NULL)
    g_string_append_printf (head, "Content-Type: %s\r\n", type);
  if (extra != NULL)
    g_string_append (head, extra);
  if (body != NULL)
    g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n",
        g_bytes_get_size (body));
  g_string_append (head, "\r\n");
  return concatenate (head->str, body, "");
}
