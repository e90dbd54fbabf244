/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/attempt.h"

#include <string.h>

#include "base/clock.h"
#include "http/bodystream.h"
#include "http/response.h"
#include "http/retryafter.h"

#define STALL (10 * (gint64) G_USEC_PER_SEC)
#define READ_BYTES (64 * 1024)
/* What says more than the status stands in the first 4 KiB; a connection is
 * worth reading a little on, to be used again. */
#define MAX_ERROR_BYTES (64 * 1024)
#define MAX_ERROR_TIME (2 * (gint64) G_USEC_PER_SEC)
/* libsoup calls back at once after a cancellation. When it does not it has
 * lost the request. */
#define WATCHDOG (5 * (gint64) G_USEC_PER_SEC)

struct _KocrAttempt
{
  KocrNetwork *network;
  SoupMessage *message;
  GCancellable *cancellable;
  GInputStream *stream;
  guint8 *buffer;
  KocrAnswer answer;
  KocrAttemptFunc done;
  gint64 (*prolong) (gpointer data);    /* nullable */
  gpointer data;

  GSource *timer;
  gint64 timer_time;            /* when it comes: at the deadlines or before */
  gint64 deadline;
  gint64 stall_deadline;        /* G_MAXINT64: it may wait for the answer */
  gboolean finished;            /* done was called, or never will be */
  gboolean pending;             /* a callback of libsoup is still to come */
};

static void
kocr_attempt_clear (KocrAttempt * self)
{
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_object_unref (self->message);
  g_object_unref (self->cancellable);
  g_clear_object (&self->stream);
  g_byte_array_unref (self->answer.body);
  g_clear_error (&self->answer.error);
  g_free (self->buffer);
}

void
kocr_attempt_unref (KocrAttempt * self)
{
  g_rc_box_release_full (self, (GDestroyNotify) kocr_attempt_clear);
}

static gint64
get_next_deadline (const KocrAttempt * self)
{
  return MIN (self->deadline, self->stall_deadline);
}

static void
arm_timer (KocrAttempt * self)
{
  self->timer_time = get_next_deadline (self);
  g_source_set_ready_time (self->timer,
      kocr_clock_to_ready_time (self->timer_time));
}

/* A timer that comes too early is armed anew then. To do so here, with each
 * piece of the body, cost three system calls a piece: more than its sending. */
static void
set_stall_deadline (KocrAttempt * self, gint64 stall_deadline)
{
  self->stall_deadline = stall_deadline;
  if (get_next_deadline (self) < self->timer_time)
    arm_timer (self);
}

/* From here on only libsoup's callback is waited for. */
static void
finish (KocrAttempt * self)
{
  if (self->finished)
    return;
  self->finished = TRUE;
  self->deadline = kocr_clock_now () + WATCHDOG;
  set_stall_deadline (self, G_MAXINT64);
  self->done (&self->answer, self->data);
}

/* The last callback of libsoup has come, or is not waited for any more. */
static void
end_pending (KocrAttempt * self)
{
  if (!self->pending)
    return;
  self->pending = FALSE;
  kocr_network_end (self->network);
  g_source_destroy (self->timer);
  finish (self);
  kocr_attempt_unref (self);
}

static void
stream_closed (GObject * source, GAsyncResult * result, gpointer data)
{
  KocrAttempt *self = data;

  g_input_stream_close_finish (G_INPUT_STREAM (source), result, NULL);
  end_pending (self);
  kocr_attempt_unref (self);
}

/* A stream that is dropped without this would be closed, with waiting, by its
 * finalizer. When it was cancelled, or libsoup would still have to send, the
 * connection is closed; else it is used again. */
static void
close_stream (KocrAttempt * self)
{
  if (!self->answer.whole || !self->answer.all_sent)
    g_cancellable_cancel (self->cancellable);
  g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT,
      self->cancellable, stream_closed, g_rc_box_acquire (self));
}

static void
fail (KocrAttempt * self, GError * error)
{
  self->answer.error = error;
  finish (self);
}

static void read_on (KocrAttempt * self);

static gsize
body_limit (const KocrAttempt * self)
{
  return self->answer.status / 100 == 2 ? KOCR_RESPONSE_MAX_BYTES : MAX_ERROR_BYTES;
}

static void
stream_read (GObject * source, GAsyncResult * result, gpointer data)
{
  KocrAttempt *self = data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result,
      &error);

  if (self->finished) {
    close_stream (self);
  } else if (n < 0) {
    fail (self, g_steal_pointer (&error));
    close_stream (self);
  } else if (n == 0) {
    self->answer.whole = TRUE;
    close_stream (self);
  } else if (self->answer.body->len + (gsize) n > body_limit (self)) {
    fail (self, g_error_new (KOCR_ERROR, KOCR_ERROR_ANSWER,
            "The service's answer is not usable: it has too many bytes. Check "
            "that `endpoint` is a General OCR API."));
    close_stream (self);
  } else {
    g_byte_array_append (self->answer.body, self->buffer, n);
    set_stall_deadline (self, kocr_clock_now () + STALL);
    read_on (self);
  }
  kocr_attempt_unref (self);
}

static void
read_on (KocrAttempt * self)
{
  g_input_stream_read_async (self->stream, self->buffer, READ_BYTES,
      G_PRIORITY_DEFAULT, self->cancellable, stream_read,
      g_rc_box_acquire (self));
}

static gboolean
is_encoded (SoupMessageHeaders * headers)
{
  const gchar *encoding = soup_message_headers_get_list (headers,
      "Content-Encoding");

  return encoding && g_ascii_strcasecmp (encoding, "identity") != 0;
}

static void
read_head (KocrAttempt * self)
{
  SoupMessageHeaders *headers =
      soup_message_get_response_headers (self->message);

  self->answer.status = soup_message_get_status (self->message);
  self->answer.encoded = is_encoded (headers);
  self->answer.retry_after =
      kocr_retry_after_parse (soup_message_headers_get_one (headers,
          "Retry-After"), soup_message_headers_get_one (headers, "Date"),
      g_get_real_time () / G_USEC_PER_SEC);
  self->answer.unread =
      soup_message_headers_get_one (headers, "X-Unread-Lines") != NULL;
}

static void
message_sent (GObject * source, GAsyncResult * result, gpointer data)
{
  KocrAttempt *self = data;
  g_autoptr (GError) error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result,
      &error);
  if (!self->stream) {
    /* With a status got_headers() has cut it. */
    if (!self->finished && self->answer.status == 0)
      self->answer.error = g_steal_pointer (&error);
    end_pending (self);
  } else if (self->finished) {
    close_stream (self);
  } else {
    gint64 now = kocr_clock_now ();

    read_head (self);
    if (self->answer.status / 100 != 2)
      self->deadline = MIN (self->deadline, now + MAX_ERROR_TIME);
    set_stall_deadline (self, now + STALL);
    if (self->answer.encoded) {
      finish (self);
      close_stream (self);
    } else {
      self->buffer = g_malloc (READ_BYTES);
      read_on (self);
    }
  }
  kocr_attempt_unref (self);
}

/* Once it is finished the deadline is the watchdog's. */
static void
prolong (KocrAttempt *self)
{
  if (self->prolong && !self->finished && self->answer.status == 0
      && kocr_clock_now () >= self->deadline)
    self->deadline = self->prolong (self->data);
}

static gboolean
time_is_up (gpointer data)
{
  KocrAttempt *self = data;

  prolong (self);
  if (kocr_clock_now () < get_next_deadline (self)) {
    arm_timer (self);
    return G_SOURCE_CONTINUE;
  }
  if (self->finished) {
    kocr_network_replace_session (self->network);
    end_pending (self);
    return G_SOURCE_REMOVE;
  }
  g_rc_box_acquire (self);
  /* An answer that is not a success says all by its status. */
  if (!self->answer.whole
      && (self->answer.status == 0 || self->answer.status / 100 == 2))
    self->answer.error = g_error_new_literal (G_IO_ERROR,
        G_IO_ERROR_TIMED_OUT, "Timed out");
  finish (self);
  arm_timer (self);
  g_cancellable_cancel (self->cancellable);
  kocr_attempt_unref (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
timer_dispatch (GSource * timer, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs timer_funcs = { NULL, NULL, timer_dispatch, NULL };

static void
starting (SoupMessage * message, KocrAttempt * self)
{
  if (!self->finished)
    set_stall_deadline (self, kocr_clock_now () + STALL);
}

static void
wrote_headers (SoupMessage * message, KocrAttempt * self)
{
  self->answer.on_wire = TRUE;
}

static void
wrote_body_data (SoupMessage * message, guint n_bytes, KocrAttempt * self)
{
  self->answer.bytes_sent += n_bytes;
  if (!self->finished)
    set_stall_deadline (self, kocr_clock_now () + STALL);
}

static void
wrote_body (SoupMessage * message, KocrAttempt * self)
{
  self->answer.all_sent = TRUE;
  if (!self->finished)
    set_stall_deadline (self, G_MAXINT64);
}

/* Absent, or one number. */
static gboolean
has_valid_length (SoupMessage * message)
{
  const gchar *length =
      soup_message_headers_get_list (soup_message_get_response_headers
      (message), "Content-Length");

  return !length || (length[0] != '\0'
      && strspn (length, "0123456789") == strlen (length));
}

static void
got_headers (SoupMessage * message, KocrAttempt * self)
{
  if (self->finished)
    return;
  if (soup_message_get_status (message) == SOUP_STATUS_MISDIRECTED_REQUEST) {
    /* libsoup gathers the body of this one in memory, without a limit. */
    read_head (self);
    g_cancellable_cancel (self->cancellable);
  } else if (!has_valid_length (message)) {
    /* libsoup makes something of two lengths, or of less than nothing. */
    read_head (self);
    self->answer.error = g_error_new (KOCR_ERROR, KOCR_ERROR_ANSWER,
        "The service's answer is not usable: it has no valid length. Check "
        "that `endpoint` is a General OCR API.");
    g_cancellable_cancel (self->cancellable);
  }
}

/* The system's trust was asked before. */
static gboolean
accept_certificate (SoupMessage * message, GTlsCertificate * certificate,
    GTlsCertificateFlags errors, KocrAttempt * self)
{
  g_autoptr (GSocketConnectable) host = NULL;
  GTlsDatabase *ca = kocr_network_get_ca (self->network);
  GUri *uri = soup_message_get_uri (message);

  if (!ca)
    return FALSE;
  host = g_network_address_new (g_uri_get_host (uri), g_uri_get_port (uri));
  return g_tls_database_verify_chain (ca, certificate,
      G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, host, NULL,
      G_TLS_DATABASE_VERIFY_NONE, self->cancellable, NULL) == 0;
}

#if !SOUP_CHECK_VERSION (3, 4, 0)
static void
network_event (SoupMessage * message, GSocketClientEvent event,
    GIOStream * connection, KocrAttempt * self)
{
  static const gchar *const protocols[] = { "http/1.1", NULL };

  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection),
        protocols);
}
#endif

/* HTTP/2 of libsoup 3.2 can lose a request for ever. */
static void
force_http1 (KocrAttempt * self)
{
#if SOUP_CHECK_VERSION (3, 4, 0)
  soup_message_set_force_http1 (self->message, TRUE);
#else
  g_signal_connect (self->message, "network-event",
      G_CALLBACK (network_event), self);
#endif
}

static SoupMessage *
create_message (KocrNetwork * network, const KocrPost * post)
{
  g_autoptr (GInputStream) body = kocr_body_stream_new (post->picture->body,
      kocr_network_get_turn (network));
  SoupMessage *message = soup_message_new_from_uri (SOUP_METHOD_POST,
      post->uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  /* A redirect would take the key along to another host. Idempotent: without
   * it each POST gets a new connection; libsoup does not repeat it for that. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT |
      SOUP_MESSAGE_IDEMPOTENT);
  /* It would gather the bodies of 401 and 407 in memory, without a limit. */
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);
  if (post->key)
    soup_message_headers_replace (headers, "x-api-key", post->key);
  soup_message_headers_replace (headers, "Accept", "application/json");
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  soup_message_headers_replace (headers, "X-Request-Id", post->id);
  soup_message_set_request_body (message, post->picture->content_type, body,
      g_bytes_get_size (post->picture->body));
  return message;
}

KocrAttempt *
kocr_attempt_start (KocrNetwork * network, const KocrPost * post,
    KocrAttemptFunc done, gpointer data)
{
  KocrAttempt *self = g_rc_box_new0 (KocrAttempt);

  self->network = network;
  self->done = done;
  self->prolong = post->prolong;
  self->data = data;
  self->deadline = post->deadline;
  self->answer.body = g_byte_array_new ();
  self->cancellable = g_cancellable_new ();
  self->message = create_message (network, post);
  force_http1 (self);
  g_signal_connect (self->message, "starting", G_CALLBACK (starting), self);
  g_signal_connect (self->message, "wrote-headers",
      G_CALLBACK (wrote_headers), self);
  g_signal_connect (self->message, "wrote-body-data",
      G_CALLBACK (wrote_body_data), self);
  g_signal_connect (self->message, "wrote-body", G_CALLBACK (wrote_body), self);
  g_signal_connect (self->message, "got-headers", G_CALLBACK (got_headers),
      self);
  g_signal_connect (self->message, "accept-certificate",
      G_CALLBACK (accept_certificate), self);

  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_callback (self->timer, time_is_up, self, NULL);
  self->timer_time = G_MAXINT64;
  set_stall_deadline (self, kocr_clock_now () + STALL);
  kocr_network_attach (network, self->timer);

  self->pending = TRUE;
  g_rc_box_acquire (self);
  kocr_network_begin (network);
  soup_session_send_async (kocr_network_get_session (network), self->message,
      G_PRIORITY_DEFAULT, self->cancellable, message_sent,
      g_rc_box_acquire (self));
  return self;
}

const KocrAnswer *
kocr_attempt_get_answer (const KocrAttempt * self)
{
  return &self->answer;
}

void
kocr_attempt_cancel (KocrAttempt * self)
{
  self->finished = TRUE;
  self->deadline = kocr_clock_now () + WATCHDOG;
  set_stall_deadline (self, G_MAXINT64);
  g_cancellable_cancel (self->cancellable);
}
