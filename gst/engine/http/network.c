/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/network.h"

/* How long the thread waits, at its end, for callbacks of what it cancelled.
 * They come at once; this is for a libsoup that lost one, and leaves a stop the
 * rest of its half second. */
#define MAX_END_WAIT (400 * G_TIME_SPAN_MILLISECOND)

struct _KocrNetwork
{
  GMainContext *context;
  GThread *thread;
  gboolean loopback;
  GTlsDatabase *ca;

  /* The thread's own. */
  SoupSession *session;
  GSocketConnectable *remote;   /* nullable */
  guint pending;
  guint turns;                  /* given so far */
  gboolean ending;
};

static SoupSession *
create_session (KocrNetwork * self)
{
  SoupSession *session =
      soup_session_new_with_options ("max-conns", KOCR_NETWORK_MAX_CONNECTIONS,
      "max-conns-per-host", KOCR_NETWORK_MAX_CONNECTIONS,
      "user-agent", "gst-kakaoocr",
      /* Deadlines are ours: libsoup's time-out starts anew with each byte. */
      "timeout", 0, "remote-connectable", self->remote, NULL);

  /* It stacks, it bursts, and it takes a truncated stream for a whole one. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  /* A key to this machine goes over plain http to no other. */
  if (self->loopback)
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

static gpointer
network_thread (gpointer data)
{
  KocrNetwork *self = data;
  gint64 deadline;

  g_main_context_push_thread_default (self->context);
  while (!self->ending)
    g_main_context_iteration (self->context, TRUE);

  if (self->session)
    soup_session_abort (self->session);
  deadline = g_get_monotonic_time () + MAX_END_WAIT;
  while (self->pending > 0 && g_get_monotonic_time () < deadline) {
    if (!g_main_context_iteration (self->context, FALSE))
      g_usleep (G_TIME_SPAN_MILLISECOND);
  }
  g_clear_object (&self->session);
  while (g_main_context_iteration (self->context, FALSE));
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

KocrNetwork *
kocr_network_new (const KocrEndpoint * endpoint)
{
  KocrNetwork *self = g_new0 (KocrNetwork, 1);

  self->context = g_main_context_new ();
  self->loopback = endpoint->loopback;
  if (endpoint->ca)
    self->ca = g_object_ref (endpoint->ca);
  self->thread = g_thread_new ("kakaoocr-net", network_thread, self);
  return self;
}

static void
end_thread (gpointer data)
{
  KocrNetwork *self = data;

  self->ending = TRUE;
}

void
kocr_network_free (KocrNetwork * self)
{
  kocr_network_post (self, end_thread, self);
  g_thread_join (self->thread);
  g_clear_object (&self->ca);
  g_clear_object (&self->remote);
  g_main_context_unref (self->context);
  g_free (self);
}

typedef struct
{
  GSourceOnceFunc function;
  gpointer data;
} Post;

static gboolean
call_post (gpointer data)
{
  Post *post = data;

  post->function (post->data);
  return G_SOURCE_REMOVE;
}

void
kocr_network_post (KocrNetwork * self, GSourceOnceFunc function, gpointer data)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Post *post = g_new (Post, 1);

  post->function = function;
  post->data = data;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, call_post, post, g_free);
  g_source_attach (source, self->context);
}

void
kocr_network_attach (KocrNetwork * self, GSource * source)
{
  g_source_attach (source, self->context);
}

void
kocr_network_set_remote (KocrNetwork * self, GSocketConnectable * remote)
{
  if (!self->remote)
    self->remote = g_object_ref (remote);
}

SoupSession *
kocr_network_get_session (KocrNetwork * self)
{
  if (!self->session)
    self->session = create_session (self);
  return self->session;
}

gint
kocr_network_get_turn (KocrNetwork * self)
{
  return G_PRIORITY_DEFAULT + 1 + self->turns++ % (G_MAXINT - 1);
}

GTlsDatabase *
kocr_network_get_ca (KocrNetwork * self)
{
  return self->ca;
}

void
kocr_network_begin (KocrNetwork * self)
{
  self->pending++;
}

void
kocr_network_end (KocrNetwork * self)
{
  self->pending--;
}

guint
kocr_network_get_pending (KocrNetwork * self)
{
  return self->pending;
}

void
kocr_network_replace_session (KocrNetwork * self)
{
  if (self->session)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
}
