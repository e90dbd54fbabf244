/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "estimate/stubservice.h"

#include <libsoup/soup.h>

#define ANSWER "{\"responses\":[{\"page\":1,\"results\":[]}]}"

struct _StubService
{
  GMainContext *context;        /* the server's, which one thread runs */
  GMainLoop *loop;
  GThread *thread;
  SoupServer *server;
  gchar *url;
};

static void
on_request (SoupServer * server, SoupServerMessage * message,
    const char *path, GHashTable * query, gpointer data)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json",
      SOUP_MEMORY_STATIC, ANSWER, sizeof ANSWER - 1);
}

static gpointer
serve (gpointer data)
{
  StubService *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gchar *
listen_on_loopback (SoupServer * server, GError ** error)
{
  GSList *uris;
  gchar *url;

  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY,
          error))
    return NULL;
  uris = soup_server_get_uris (server);
  url = g_strdup_printf ("http://127.0.0.1:%d/ai/OCR/estimate",
      g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return url;
}

StubService *
stub_service_new (GError ** error)
{
  StubService *self = g_new0 (StubService, 1);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, NULL, NULL);
  self->url = listen_on_loopback (self->server, error);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("stub service", serve, self);
  if (self->url)
    return self;
  stub_service_free (self);
  return NULL;
}

void
stub_service_free (StubService * self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->url);
  g_free (self);
}

const gchar *
stub_service_get_url (const StubService * self)
{
  return self->url;
}
