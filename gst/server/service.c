/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "service.h"

#include "connection.h"
#include "jobs.h"
#include "listener.h"
#include "listensocket.h"
#include "router.h"
#include "tokenbucket.h"
#include "upload.h"

struct _Service
{
  const Settings *settings;
  RouterConfig router;
  Jobs *jobs;
  Listener *listener;
  gchar *url;

  GMutex lock;
  /* Under the lock */
  TokenBucket bucket;
  GHashTable *connections;      /* that are served now */
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

static void
serve_connection (Service * self, Connection * connection)
{
  gboolean alive;

  g_mutex_lock (&self->lock);
  alive = !self->stopping;
  g_hash_table_add (self->connections, connection);
  g_mutex_unlock (&self->lock);

  alive = alive && connection_open (connection);
  while (alive)
    alive = serve (self, connection);

  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->connections, connection);
  g_mutex_unlock (&self->lock);
  connection_free (connection);
}

static void
on_connection (GSocketConnection * stream, gpointer data)
{
  Service *self = data;
  g_autoptr (GError) error = NULL;
  Connection *connection = connection_new (stream,
      self->settings->certificate, &error);

  if (connection != NULL)
    serve_connection (self, connection);
  else
    g_printerr ("kakaoocr-server: %s\n", error->message);
}

Service *
service_new (const Settings * settings, GError ** error)
{
  JobsConfig config = { settings->jobs, settings->max_side,
    settings->max_pixels, settings->max_regions, settings->read_seconds,
    settings->languages, settings->replay
  };
  g_autoptr (GSocket) socket = listen_socket_open (settings, error);
  Jobs *jobs = socket != NULL ? jobs_new (&config, error) : NULL;
  Service *self;

  if (jobs == NULL)
    return NULL;
  self = g_new0 (Service, 1);
  self->settings = settings;
  self->router.signature = settings->signature;
  self->router.key = settings->key;
  self->jobs = jobs;
  g_mutex_init (&self->lock);
  self->connections = g_hash_table_new (NULL, NULL);
  token_bucket_init (&self->bucket, settings->rate, g_get_monotonic_time ());
  self->listener = listener_new (socket, on_connection, self);
  self->url = listen_socket_build_url (socket, settings);
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
  listener_stop (self->listener);
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_hash_table_foreach (self->connections, cancel_connection, NULL);
  g_mutex_unlock (&self->lock);
  listener_free (self->listener);
  jobs_free (self->jobs);
  g_hash_table_unref (self->connections);
  g_mutex_clear (&self->lock);
  g_free (self->url);
  g_free (self);
}

const gchar *
service_get_url (Service * self)
{
  return self->url;
}
