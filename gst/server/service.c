/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "service.h"

#include <netinet/in.h>

#include "connection.h"
#include "jobs.h"
#include "bounds.h"
#include "router.h"
#include "tokenbucket.h"
#include "upload.h"

struct _Service
{
  const Settings *settings;
  RouterConfig router;
  Jobs *jobs;
  GSocketService *socket_service;
  gchar *url;

  GMutex lock;
  GCond left;
  /* Under the lock */
  TokenBucket bucket;
  guint n_connections;          /* accepted and not ended */
  GHashTable *connections;      /* those of them that can be cancelled */
  gboolean stopping;
};

static gboolean
take_token (Service * self, guint * retry_after)
{
  gboolean taken;

  g_mutex_lock (&self->lock);
  taken = token_bucket_take (&self->bucket, g_get_monotonic_time (),
      retry_after);
  g_mutex_unlock (&self->lock);
  return taken;
}

static Answer *
throttle (guint retry_after)
{
  Answer *answer = answer_new_refusal (REFUSAL_TOO_MANY_REQUESTS);

  answer->retry_after = retry_after;
  return answer;
}

/* Has the form's picture read. NULL: the client is gone. */
static Answer *
read_upload (Service * self, Connection * connection,
    const gchar * content_type, GBytes * body)
{
  g_autofree gchar *boundary = upload_parse_boundary (content_type);
  g_autoptr (GBytes) image = upload_get_image (body, boundary);
  g_autoptr (Job) job = NULL;

  if (image == NULL)
    return answer_new_refusal (REFUSAL_NO_IMAGE);
  job = jobs_submit (self->jobs, image);
  if (job == NULL)
    return throttle (1);
  if (!connection_wait (connection, job_get_fd (job), -1))
    return NULL;
  return job_take_answer (job);
}

/* What a whole request is answered, when its latency has passed. NULL: the
 * client is gone. (transfer full) @body: it is freed before the wait. */
static Answer *
respond (Service * self, Connection * connection, const RequestHead * head,
    GBytes * body)
{
  gint64 start = g_get_monotonic_time (), latency;
  g_autoptr (Answer) answer = NULL;
  guint retry_after;

  if (!take_token (self, &retry_after)) {
    g_bytes_unref (body);
    return throttle (retry_after);
  }
  answer = faults_draw (self->settings->faults, &latency);
  if (answer == NULL)
    answer = read_upload (self, connection, head->content_type, body);
  g_bytes_unref (body);
  if (answer == NULL || !connection_wait (connection, -1, start + latency))
    return NULL;
  return g_steal_pointer (&answer);
}

/* Answers a request that was refused by its head. FALSE: close. */
static gboolean
refuse (Connection * connection, const RequestHead * head, Refusal refusal)
{
  g_autoptr (Answer) answer = answer_new_refusal (refusal);
  gboolean without_body = g_str_equal (head->method, "HEAD");
  ReadResult result = READ_TOO_LARGE;

  /* A client that waits for 100 is spared its upload, and then nobody knows
   * where the next request would start. */
  if (!head->expects_continue)
    result = connection_read_body (connection, head, NULL);
  if (result == READ_ENDED)
    return FALSE;
  if (result == READ_DONE)
    return connection_write (connection, answer, head->keep_alive,
        without_body) && head->keep_alive;
  if (connection_write (connection, answer, FALSE, without_body))
    connection_linger (connection);
  return FALSE;
}

/* Answers when no more can be read from the connection. */
static void
give_up (Connection * connection, Refusal refusal)
{
  g_autoptr (Answer) answer = answer_new_refusal (refusal);

  if (connection_write (connection, answer, FALSE, FALSE))
    connection_linger (connection);
}

/* One request. FALSE: the connection ends. */
static gboolean
serve (Service * self, Connection * connection)
{
  g_autoptr (RequestHead) head = NULL;
  g_autoptr (Answer) answer = NULL;
  GBytes *body = NULL;
  Refusal refusal;

  switch (connection_read_head (connection, &head)) {
    case READ_DONE:
      break;
    case READ_MALFORMED:
      give_up (connection, REFUSAL_BAD_REQUEST);
      return FALSE;
    default:
      return FALSE;
  }
  if (!router_admit (&self->router, head, &refusal))
    return refuse (connection, head, refusal);

  switch (connection_read_body (connection, head, &body)) {
    case READ_DONE:
      break;
    case READ_MALFORMED:
      give_up (connection, REFUSAL_BAD_REQUEST);
      return FALSE;
    case READ_TOO_LARGE:
      give_up (connection, REFUSAL_TOO_LARGE);
      return FALSE;
    case READ_ENDED:
      return FALSE;
  }
  answer = respond (self, connection, head, body);
  return answer != NULL
      && connection_write (connection, answer, head->keep_alive, FALSE)
      && head->keep_alive;
}

/* In the main thread, before the connection has a thread: what is counted here
 * is what service_free() waits for. */
static gboolean
on_incoming (GSocketService * socket_service, GSocketConnection * stream,
    GObject * source, gpointer data)
{
  Service *self = data;

  g_mutex_lock (&self->lock);
  self->n_connections++;
  g_mutex_unlock (&self->lock);
  return FALSE;
}

static void
serve_connection (Service * self, Connection * connection)
{
  gboolean alive;

  g_mutex_lock (&self->lock);
  alive = !self->stopping;
  g_hash_table_add (self->connections, connection);
  g_mutex_unlock (&self->lock);

  while (alive)
    alive = serve (self, connection);

  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->connections, connection);
  g_mutex_unlock (&self->lock);
  connection_free (connection);
}

/* In a thread of the connection's own. */
static gboolean
on_run (GThreadedSocketService * socket_service, GSocketConnection * stream,
    GObject * source, gpointer data)
{
  Service *self = data;
  g_autoptr (GError) error = NULL;
  Connection *connection = connection_new (stream,
      self->settings->certificate,
      &error);

  if (connection != NULL)
    serve_connection (self, connection);
  else
    g_printerr ("kakaoocr-server: %s\n", error->message);

  g_mutex_lock (&self->lock);
  self->n_connections--;
  g_cond_signal (&self->left);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static gchar *
build_url (const Settings * settings, guint port)
{
  gboolean is_v6 = strchr (settings->address, ':') != NULL;

  return g_strdup_printf ("%s://%s%s%s:%u%s%s",
      settings->certificate != NULL ? "https" : "http",
      is_v6 ? "[" : "", settings->address,
      is_v6 ? "]" : "", port, ROUTER_PATH, settings->signature);
}

static gboolean
listen_on (Service * self, GError ** error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string
      (self->settings->address, self->settings->port);
  g_autoptr (GSocketAddress) bound = NULL;

  if (address == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "--address: \"%s\" is not an IP address", self->settings->address);
    return FALSE;
  }
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER
          (self->socket_service), address,
          G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, error))
    return FALSE;
  self->url = build_url (self->settings,
      g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  return TRUE;
}

Service *
service_new (const Settings * settings, GError ** error)
{
  JobsConfig config = { settings->jobs, settings->max_side,
    settings->languages, settings->replay
  };
  Jobs *jobs = jobs_new (&config, error);
  Service *self;

  if (jobs == NULL)
    return NULL;
  self = g_new0 (Service, 1);
  self->settings = settings;
  self->router.signature = settings->signature;
  self->router.key = settings->key;
  self->jobs = jobs;
  g_mutex_init (&self->lock);
  g_cond_init (&self->left);
  self->connections = g_hash_table_new (NULL, NULL);
  token_bucket_init (&self->bucket, settings->rate, g_get_monotonic_time ());
  self->socket_service = g_threaded_socket_service_new (LIMIT_CONNECTIONS);
  g_signal_connect (self->socket_service, "incoming",
      G_CALLBACK (on_incoming), self);
  g_signal_connect (self->socket_service, "run", G_CALLBACK (on_run), self);
  if (!listen_on (self, error)) {
    service_free (self);
    return NULL;
  }
  return self;
}

static void
cancel_connection (gpointer key, gpointer value, gpointer data)
{
  connection_cancel (key);
}

void
service_free (Service * self)
{
  g_socket_service_stop (self->socket_service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->socket_service));

  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_hash_table_foreach (self->connections, cancel_connection, NULL);
  while (self->n_connections > 0)
    g_cond_wait (&self->left, &self->lock);
  g_mutex_unlock (&self->lock);

  g_object_unref (self->socket_service);
  jobs_free (self->jobs);
  g_hash_table_unref (self->connections);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->left);
  g_free (self->url);
  g_free (self);
}

const gchar *
service_get_url (Service * self)
{
  return self->url;
}
