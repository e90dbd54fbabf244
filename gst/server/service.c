/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "service.h"

#include "http/admission.h"
#include "http/connection.h"
#include "http/listener.h"
#include "http/listensocket.h"
#include "http/tokenbucket.h"
#include "http/upload.h"
#include "metrics.h"
#include "readqueue.h"

/* A connection that is served. */
typedef struct
{
  Connection *connection;
  guint64 number;               /* they are counted as they come */
  /* Under the service's lock */
  gboolean is_known;            /* it sent a request that was let in */
  gboolean is_busy;             /* with a request */
} Client;

struct _Service
{
  const Settings *settings;
  Admission admission;
  FileReader reader;
  ReadQueue *queue;
  Metrics *metrics;
  Listener *listener;
  gchar *url;
  GSourceFunc on_drained;
  gpointer user_data;

  GMutex lock;
  /* Under the lock */
  TokenBucket bucket;
  GHashTable *clients;          /* set of Client */
  guint64 n_clients;            /* since the start */
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
  g_autoptr (ReadJob) job = NULL;

  if (image == NULL)
    return answer_new_refusal (REFUSAL_NO_IMAGE);
  job = read_queue_submit (self->queue, image);
  if (job == NULL)
    return throttle (1);
  if (!connection_wait (connection, read_job_get_fd (job), -1))
    return NULL;
  return read_job_take_answer (job);
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

static gboolean
is_stopping (Service * self)
{
  gboolean stopping;

  g_mutex_lock (&self->lock);
  stopping = self->stopping;
  g_mutex_unlock (&self->lock);
  return stopping;
}

/* FALSE: the connection ends. */
static gboolean
write_answer (Service * self, Connection * connection,
    const RequestHead * head, const Answer * answer, gboolean keep_alive)
{
  keep_alive = keep_alive && head->keep_alive && !is_stopping (self);
  metrics_count_answer (self->metrics, answer->status);
  return connection_write (connection, answer, keep_alive,
      g_str_equal (head->method, "HEAD")) && keep_alive;
}

/* Answers a request that its head alone decides. FALSE: close. */
static gboolean
answer_by_head (Service * self, Connection * connection,
    const RequestHead * head, const Answer * answer)
{
  ReadResult result = READ_TOO_LARGE;

  /* A client that waits for 100 is spared its upload, and then nobody knows
   * where the next request would start. */
  if (!head->expects_continue)
    result = connection_read_body (connection, head, NULL);
  if (result == READ_ENDED)
    return FALSE;
  if (result == READ_DONE)
    return write_answer (self, connection, head, answer, TRUE);
  write_answer (self, connection, head, answer, FALSE);
  connection_linger (connection);
  return FALSE;
}

/* What is asked about the service itself: by anybody on this machine, from
 * elsewhere with the key. NULL: it is another request. */
static Answer *
answer_about_itself (Service * self, Connection * connection,
    const RequestHead * head)
{
  gboolean health = g_str_equal (head->path, "/healthz");
  ReadQueueState state;
  guint n_connections;

  if ((!health && !g_str_equal (head->path, "/metrics"))
      || (!g_str_equal (head->method, "GET")
          && !g_str_equal (head->method, "HEAD")))
    return NULL;
  if (!connection_is_local (connection)
      && !admission_check_key (&self->admission, head->api_key))
    return answer_new_refusal (REFUSAL_AUTHENTICATION);
  if (health)
    return answer_new_json (g_strdup ("{\"status\":\"ok\"}"));
  read_queue_get_state (self->queue, &state);
  g_mutex_lock (&self->lock);
  n_connections = g_hash_table_size (self->clients);
  g_mutex_unlock (&self->lock);
  return metrics_render (self->metrics, n_connections, &state);
}

/* Answers when no more can be read from the connection. */
static void
give_up (Service * self, Connection * connection, Refusal refusal)
{
  g_autoptr (Answer) answer = answer_new_refusal (refusal);

  metrics_count_answer (self->metrics, answer->status);
  if (connection_write (connection, answer, FALSE, FALSE))
    connection_linger (connection);
}

static void
mark (Service * self, gboolean * flag, gboolean value)
{
  g_mutex_lock (&self->lock);
  *flag = value;
  g_mutex_unlock (&self->lock);
}

/* The rest of a request that its head let in. FALSE: the connection ends. */
static gboolean
serve_upload (Service * self, Connection * connection,
    const RequestHead * head)
{
  g_autoptr (Answer) answer = NULL;
  GBytes *body = NULL;

  switch (connection_read_body (connection, head, &body)) {
    case READ_DONE:
      break;
    case READ_MALFORMED:
      give_up (self, connection, REFUSAL_BAD_REQUEST);
      return FALSE;
    case READ_TOO_LARGE:
      give_up (self, connection, REFUSAL_TOO_LARGE);
      return FALSE;
    case READ_ENDED:
      return FALSE;
  }
  answer = respond (self, connection, head, body);
  return answer != NULL && write_answer (self, connection, head, answer, TRUE);
}

/* One request. FALSE: the connection ends. */
static gboolean
serve (Service * self, Client * client)
{
  Connection *connection = client->connection;
  g_autoptr (RequestHead) head = NULL;
  g_autoptr (Answer) answer = NULL;
  Refusal refusal;

  switch (connection_read_head (connection, &head)) {
    case READ_DONE:
      break;
    case READ_MALFORMED:
      give_up (self, connection, REFUSAL_BAD_REQUEST);
      return FALSE;
    default:
      return FALSE;
  }
  mark (self, &client->is_busy, TRUE);
  answer = answer_about_itself (self, connection, head);
  if (answer == NULL && !admission_check (&self->admission, head, &refusal))
    answer = answer_new_refusal (refusal);
  if (answer != NULL)
    return answer_by_head (self, connection, head, answer);
  mark (self, &client->is_known, TRUE);
  return serve_upload (self, connection, head);
}

/* Under the lock; all of them are gone. */
static void
tell_drained (Service * self)
{
  if (self->on_drained != NULL)
    g_idle_add (self->on_drained, self->user_data);
  self->on_drained = NULL;
}

static void
serve_client (Service * self, Client * client)
{
  gboolean alive;

  g_mutex_lock (&self->lock);
  alive = !self->stopping;
  client->number = self->n_clients++;
  g_hash_table_add (self->clients, client);
  g_mutex_unlock (&self->lock);

  alive = alive && connection_open (client->connection);
  while (alive) {
    alive = serve (self, client);
    mark (self, &client->is_busy, FALSE);
    alive = alive && !is_stopping (self);
  }

  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->clients, client);
  if (g_hash_table_size (self->clients) == 0)
    tell_drained (self);
  g_mutex_unlock (&self->lock);
  connection_free (client->connection);
}

/* Under the lock. How many strangers have the address of @client's. */
static guint
count_strangers (Service * self, const Client * client)
{
  const gchar *peer = connection_get_peer (client->connection);
  GHashTableIter iter;
  gpointer key;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    const Client *other = key;

    n += !other->is_known
        && g_str_equal (connection_get_peer (other->connection), peer);
  }
  return n;
}

/* All places are taken: who has not sent a request that is let in yields his,
 * first those of the address that has the most of them, and of these the one
 * that came first. So places cannot be held without a key. */
static void
on_full (gpointer data)
{
  Service *self = data;
  Client *chosen = NULL;
  GHashTableIter iter;
  gpointer key;
  guint most = 0;

  g_mutex_lock (&self->lock);
  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    Client *client = key;
    guint n = client->is_known ? 0 : count_strangers (self, client);

    if (n > most || (n > 0 && n == most && client->number < chosen->number)) {
      chosen = client;
      most = n;
    }
  }
  if (chosen != NULL)
    connection_cancel (chosen->connection);
  g_mutex_unlock (&self->lock);
}

static void
on_connection (GSocketConnection * stream, gpointer data)
{
  Service *self = data;
  g_autoptr (GError) error = NULL;
  Client client = { 0 };

  client.connection = connection_new (stream, self->settings->certificate,
      &error);
  if (client.connection != NULL)
    serve_client (self, &client);
  else
    g_printerr ("kakaoocr-server: %s\n", error->message);
}

/* One that can be reached from beyond this machine is refused without a key and
 * TLS, unless the settings allow it. */
static GSocket *
open_socket (const Settings * settings, GError ** error)
{
  g_autoptr (GSocket) socket = settings->listen_fd >= 0
      ? listen_socket_take (settings->listen_fd, error)
      : listen_socket_open (settings->address, settings->port, error);

  if (socket != NULL && !settings->insecure
      && (settings->key == NULL || settings->certificate == NULL)
      && !listen_socket_is_private (socket)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "an address that other machines reach needs a key (--api-key-file) "
        "and TLS (--tls-cert, --tls-key); --insecure does without");
    return NULL;
  }
  return g_steal_pointer (&socket);
}

Service *
service_new (const Settings * settings, GError ** error)
{
  g_autoptr (GSocket) socket = open_socket (settings, error);
  g_autofree gchar *path = g_strconcat (API_PATH, settings->signature, NULL);
  EnginePool *engines = NULL;
  Service *self;

  if (socket == NULL)
    return NULL;
  if (settings->replay == NULL) {
    engines = engine_pool_new (settings->languages, settings->tessdata,
        settings->command, error);
    if (engines == NULL)
      return NULL;
  }
  self = g_new0 (Service, 1);
  self->settings = settings;
  self->admission.signature = settings->signature;
  self->admission.key = settings->key;
  self->reader.max_side = settings->max_side;
  self->reader.max_pixels = settings->max_pixels;
  self->reader.max_regions = settings->max_regions;
  self->reader.read_seconds = settings->read_seconds;
  self->reader.engines = engines;
  self->reader.replay = settings->replay;
  self->queue = read_queue_new (&self->reader, settings->jobs);
  g_mutex_init (&self->lock);
  self->clients = g_hash_table_new (NULL, NULL);
  self->metrics = metrics_new ();
  token_bucket_init (&self->bucket, settings->rate, g_get_monotonic_time ());
  self->listener = listener_new (socket, on_connection, on_full, self);
  self->url = listen_socket_build_url (socket,
      settings->certificate != NULL ? "https" : "http", path);
  return self;
}

/* Accepts no more, and ends those that are idle, or all. */
static void
stop (Service * self, gboolean all)
{
  GHashTableIter iter;
  gpointer key;

  listener_stop (self->listener);
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    Client *client = key;

    if (all || !client->is_busy)
      connection_cancel (client->connection);
  }
  if (g_hash_table_size (self->clients) == 0)
    tell_drained (self);
  g_mutex_unlock (&self->lock);
}

void
service_drain (Service * self, GSourceFunc on_drained, gpointer user_data)
{
  g_mutex_lock (&self->lock);
  self->on_drained = on_drained;
  self->user_data = user_data;
  g_mutex_unlock (&self->lock);
  stop (self, FALSE);
}

void
service_free (Service * self)
{
  stop (self, TRUE);
  listener_free (self->listener);
  read_queue_free (self->queue);
  g_clear_pointer (&self->reader.engines, engine_pool_free);
  metrics_free (self->metrics);
  g_hash_table_unref (self->clients);
  g_mutex_clear (&self->lock);
  g_free (self->url);
  g_free (self);
}

const gchar *
service_get_url (Service * self)
{
  return self->url;
}
