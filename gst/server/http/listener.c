/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/listener.h"

#include "bounds.h"

struct _Listener
{
  GSocket *socket;
  ListenerFunc func;
  ListenerFullFunc on_full;
  gpointer user_data;

  GMutex lock;
  GCond left;
  /* Under the lock */
  guint n_connections;
  GSource *source;              /* NULL: it does not accept now */
  gboolean stopped;
};

typedef struct
{
  Listener *listener;
  GSocket *socket;
} Accepted;

static gboolean on_acceptable (GSocket * socket, GIOCondition condition,
    gpointer data);

/* Under the lock; from any thread. */
static void
start_accepting (Listener * self)
{
  if (self->source != NULL || self->stopped)
    return;
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_acceptable), self,
      NULL);
  g_source_attach (self->source, NULL);
}

/* Under the lock; in the main thread. */
static void
pause_accepting (Listener * self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static gpointer
run (gpointer data)
{
  Accepted *accepted = data;
  Listener *self = accepted->listener;
  g_autoptr (GSocketConnection) stream =
      g_socket_connection_factory_create_connection (accepted->socket);

  g_clear_object (&accepted->socket);
  g_free (accepted);
  self->func (stream, self->user_data);
  g_clear_object (&stream);

  g_mutex_lock (&self->lock);
  self->n_connections--;
  start_accepting (self);
  g_cond_signal (&self->left);
  g_mutex_unlock (&self->lock);
  return NULL;
}

static gboolean
on_acceptable (GSocket * socket, GIOCondition condition, gpointer data)
{
  Listener *self = data;
  Accepted *accepted;
  GThread *thread;
  gboolean is_full;
  g_autoptr (GSocket) client = g_socket_accept (socket, NULL, NULL);

  g_mutex_lock (&self->lock);
  if (client != NULL) {
    accepted = g_new0 (Accepted, 1);
    accepted->listener = self;
    accepted->socket = g_steal_pointer (&client);
    thread = g_thread_try_new ("connection", run, accepted, NULL);
    if (thread != NULL) {
      g_thread_unref (thread);
      self->n_connections++;
    } else {
      g_object_unref (accepted->socket);
      g_free (accepted);
    }
  } else if (self->n_connections > 0) {
    /* Out of descriptors, most likely: when a connection ends there are some,
     * and until then this would be called without end. */
    pause_accepting (self);
  }
  is_full = self->n_connections == LIMIT_CONNECTIONS;
  if (is_full)
    pause_accepting (self);
  g_mutex_unlock (&self->lock);
  if (is_full)
    self->on_full (self->user_data);
  return G_SOURCE_CONTINUE;
}

Listener *
listener_new (GSocket * socket, ListenerFunc func, ListenerFullFunc on_full,
    gpointer user_data)
{
  Listener *self = g_new0 (Listener, 1);

  self->socket = g_object_ref (socket);
  self->func = func;
  self->on_full = on_full;
  self->user_data = user_data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->left);
  g_mutex_lock (&self->lock);
  start_accepting (self);
  g_mutex_unlock (&self->lock);
  return self;
}

void
listener_stop (Listener * self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  pause_accepting (self);
  g_mutex_unlock (&self->lock);
  g_socket_close (self->socket, NULL);
}

void
listener_free (Listener * self)
{
  g_mutex_lock (&self->lock);
  while (self->n_connections > 0)
    g_cond_wait (&self->left, &self->lock);
  g_mutex_unlock (&self->lock);
  g_object_unref (self->socket);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->left);
  g_free (self);
}
