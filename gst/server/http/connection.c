/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/connection.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "bounds.h"
#include "http/chunks.h"
#include "http/listensocket.h"
#include "http/refusal.h"

#define BUFFER_BYTES 65536

struct _Connection
{
  GIOStream *stream;            /* TLS, or the socket's own */
  GSocket *socket;
  gchar *peer;
  gboolean is_local;
  GInputStream *input;
  GOutputStream *output;
  GCancellable *cancellable;    /* cancelled once: deadline or shutdown */
  GSource *deadline;
  /* What was read and not used: buffer[start..end) */
  gsize start, end;
  gchar buffer[BUFFER_BYTES];
};

static gboolean
on_deadline (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* From now on all that follows must be done in @seconds; 0: no more limit.
 * The timer runs in the main thread. */
static void
set_deadline (Connection * self, guint seconds)
{
  if (self->deadline != NULL) {
    g_source_destroy (self->deadline);
    g_clear_pointer (&self->deadline, g_source_unref);
  }
  if (seconds == 0)
    return;
  self->deadline = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (self->deadline, on_deadline,
      g_object_ref (self->cancellable), g_object_unref);
  g_source_attach (self->deadline, NULL);
}

static GIOStream *
wrap_tls (GSocketConnection * stream, GTlsCertificate * certificate,
    GError ** error)
{
  static const gchar *const protocols[] = { "http/1.1", NULL };
  GIOStream *tls = g_tls_server_connection_new (G_IO_STREAM (stream),
      certificate, error);

  if (tls != NULL) {
    /* Many clients just close; lengths tell whether a request is whole. */
    g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (tls),
        protocols);
  }
  return tls;
}

/* A socket whose other side is gone already has no address, and no local one. */
static void
look_at_peer (Connection * self)
{
  g_autoptr (GSocketAddress) address =
      g_socket_get_remote_address (self->socket, NULL);

  self->is_local = address != NULL && listen_socket_is_local (address);
  self->peer = G_IS_INET_SOCKET_ADDRESS (address)
      ? g_inet_address_to_string (g_inet_socket_address_get_address
      (G_INET_SOCKET_ADDRESS (address))) : g_strdup ("");
}

Connection *
connection_new (GSocketConnection * stream, GTlsCertificate * certificate,
    GError ** error)
{
  g_autoptr (GIOStream) io = certificate != NULL
      ? wrap_tls (stream, certificate, error)
      : g_object_ref (G_IO_STREAM (stream));
  Connection *self;

  if (io == NULL)
    return NULL;
  self = g_new (Connection, 1);
  self->stream = g_steal_pointer (&io);
  self->socket = g_object_ref (g_socket_connection_get_socket (stream));
  self->input = g_io_stream_get_input_stream (self->stream);
  self->output = g_io_stream_get_output_stream (self->stream);
  self->cancellable = g_cancellable_new ();
  self->deadline = NULL;
  self->start = self->end = 0;
  look_at_peer (self);
  return self;
}

void
connection_free (Connection * self)
{
  /* What a client sees the end of is wiped. */
  explicit_bzero (self->buffer, sizeof self->buffer);
  set_deadline (self, LIMIT_LINGER_SECONDS);
  g_io_stream_close (self->stream, self->cancellable, NULL);
  set_deadline (self, 0);
  g_object_unref (self->stream);
  g_object_unref (self->socket);
  g_object_unref (self->cancellable);
  g_free (self->peer);
  g_free (self);
}

const gchar *
connection_get_peer (Connection * self)
{
  return self->peer;
}

gboolean
connection_is_local (Connection * self)
{
  return self->is_local;
}

void
connection_cancel (Connection * self)
{
  g_cancellable_cancel (self->cancellable);
}

gboolean
connection_open (Connection * self)
{
  if (!G_IS_TLS_CONNECTION (self->stream))
    return TRUE;
  set_deadline (self, LIMIT_HEAD_SECONDS);
  return g_tls_connection_handshake (G_TLS_CONNECTION (self->stream),
      self->cancellable, NULL);
}

/* Reads something more behind what is in the buffer, which has room. */
static gboolean
fill (Connection * self)
{
  gssize n;

  if (self->start == self->end)
    self->start = self->end = 0;
  if (self->end == BUFFER_BYTES) {
    memmove (self->buffer, self->buffer + self->start, self->end - self->start);
    self->end -= self->start;
    self->start = 0;
  }
  n = g_input_stream_read (self->input, self->buffer + self->end,
      BUFFER_BYTES - self->end, self->cancellable, NULL);
  if (n <= 0)
    return FALSE;
  self->end += n;
  return TRUE;
}

static gsize
buffered (Connection * self)
{
  return self->end - self->start;
}

ReadResult
connection_read_head (Connection * self, RequestHead ** head)
{
  gsize size;

  set_deadline (self, LIMIT_IDLE_SECONDS);
  /* Clients may send an empty line after a body (RFC 9112, 2.2). */
  do {
    while (buffered (self) > 0 && (self->buffer[self->start] == '\r'
            || self->buffer[self->start] == '\n'))
      self->start++;
    if (buffered (self) == 0 && !fill (self))
      return READ_ENDED;
  }
  while (self->buffer[self->start] == '\r'
      || self->buffer[self->start] == '\n');

  set_deadline (self, LIMIT_HEAD_SECONDS);
  while ((size = request_head_find_end (self->buffer + self->start,
              buffered (self))) == 0) {
    if (buffered (self) > LIMIT_HEAD_BYTES)
      return READ_MALFORMED;
    if (!fill (self))
      return READ_ENDED;
  }
  if (size > LIMIT_HEAD_BYTES)
    return READ_MALFORMED;
  *head = request_head_parse (self->buffer + self->start, size);
  /* There is a key in it. */
  explicit_bzero (self->buffer + self->start, size);
  self->start += size;
  return *head != NULL ? READ_DONE : READ_MALFORMED;
}

/* Moves @length bytes to @body (NULL: nowhere). */
static ReadResult
read_bytes (Connection * self, guint64 length, GByteArray * body)
{
  while (length > 0) {
    gsize n;

    if (buffered (self) == 0 && !fill (self))
      return READ_ENDED;
    n = MIN (length, buffered (self));
    if (body != NULL)
      g_byte_array_append (body, (guint8 *) self->buffer + self->start, n);
    self->start += n;
    length -= n;
  }
  return READ_DONE;
}

static ReadResult
read_chunks (Connection * self, GByteArray * body)
{
  ChunkDecoder decoder = { 0 };
  ChunksResult result = CHUNKS_MORE;
  gsize used;

  while (result == CHUNKS_MORE) {
    if (buffered (self) == 0 && !fill (self))
      return READ_ENDED;
    result = chunk_decoder_feed (&decoder, self->buffer + self->start,
        buffered (self), &used, body);
    self->start += used;
  }
  if (result == CHUNKS_DONE)
    return READ_DONE;
  return result == CHUNKS_TOO_LARGE ? READ_TOO_LARGE : READ_MALFORMED;
}

static gboolean
write_text (Connection * self, const gchar * text, gsize length)
{
  return g_output_stream_write_all (self->output, text, length, NULL,
      self->cancellable, NULL);
}

ReadResult
connection_read_body (Connection * self, const RequestHead * head,
    GBytes ** body)
{
  static const gchar go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
  g_autoptr (GByteArray) bytes = NULL;
  ReadResult result;

  if (head->has_length && head->content_length > LIMIT_REQUEST_BYTES)
    return READ_TOO_LARGE;
  set_deadline (self, LIMIT_BODY_SECONDS);
  if (head->expects_continue && buffered (self) == 0
      && !write_text (self, go_on, strlen (go_on)))
    return READ_ENDED;
  /* Room for all of it, which is not touched before it comes. */
  if (body != NULL)
    bytes = g_byte_array_sized_new (head->content_length);
  result = head->chunked ? read_chunks (self, bytes)
      : read_bytes (self, head->content_length, bytes);
  if (result == READ_DONE && body != NULL)
    *body = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return result;
}

gboolean
connection_wait (Connection * self, gint fd, gint64 until)
{
  GPollFD cancelled;
  gboolean gone = FALSE, done = FALSE;

  set_deadline (self, 0);
  if (!g_cancellable_make_pollfd (self->cancellable, &cancelled))
    return FALSE;
  while (!gone && !done) {
    struct pollfd fds[] = {
      {g_socket_get_fd (self->socket), POLLRDHUP, 0},
      {cancelled.fd, POLLIN, 0},
      {fd, POLLIN, 0},
    };
    gint64 left = MAX (until - g_get_monotonic_time (), 0);
    struct timespec timeout = { left / G_USEC_PER_SEC,
      left % G_USEC_PER_SEC * 1000
    };

    if (ppoll (fds, G_N_ELEMENTS (fds), until < 0 ? NULL : &timeout, NULL) < 0
        && errno != EINTR)
      break;
    gone = fds[0].revents != 0 || fds[1].revents != 0;
    done = fds[2].revents != 0
        || (until >= 0 && g_get_monotonic_time () >= until);
  }
  g_cancellable_release_fd (self->cancellable);
  return done && !gone;
}

gboolean
connection_write (Connection * self, const Answer * answer,
    gboolean keep_alive, gboolean without_body)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree gchar *date =
      g_date_time_format (now, "%a, %d %b %Y %H:%M:%S GMT");
  gsize size;
  const gchar *body = g_bytes_get_data (answer->body, &size);

  g_string_printf (text, "HTTP/1.1 %u %s\r\nDate: %s\r\n"
      "Server: kakaoocr-server\r\nContent-Type: %s\r\n"
      "Content-Length: %" G_GSIZE_FORMAT "\r\n", answer->status,
      status_get_phrase (answer->status), date, answer->type, size);
  if (answer->status == 405)
    g_string_append (text, "Allow: POST\r\n");
  if (answer->retry_after > 0)
    g_string_append_printf (text, "Retry-After: %u\r\n", answer->retry_after);
  if (answer->n_unread > 0)
    g_string_append_printf (text, "X-Unread-Lines: %u\r\n", answer->n_unread);
  g_string_append_printf (text, "Connection: %s\r\n\r\n",
      keep_alive ? "keep-alive" : "close");
  if (!without_body)
    g_string_append_len (text, body, size);
  set_deadline (self, LIMIT_WRITE_SECONDS);
  return write_text (self, text->str, text->len);
}

void
connection_linger (Connection * self)
{
  gsize n_bytes = 0;

  set_deadline (self, LIMIT_LINGER_SECONDS);
  if (!G_IS_TLS_CONNECTION (self->stream))
    g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  do {
    n_bytes += buffered (self);
    self->start = self->end = 0;
  }
  while (n_bytes < LIMIT_LINGER_BYTES && fill (self));
}
