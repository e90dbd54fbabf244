/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "estimate/stubservice.h"

#include <libsoup/soup.h>
#include <string.h>

#include "estimate/standin.h"

struct _StubService
{
  GMainContext *context;        /* the server's, which one thread runs */
  GMainLoop *loop;
  GThread *thread;
  StandIn *stand_in; /* thread */
  SoupServer *server;
  gchar *url;
};

/* The one part that a request has. (transfer full) (nullable). @media_type:
 * (transfer full) (nullable) */
static GBytes *
take_picture (SoupServerMessage *message, gchar **media_type)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (
      soup_server_message_get_request_body (message));
  SoupMultipart *parts = soup_multipart_new_from_message (
      soup_server_message_get_request_headers (message), body);
  SoupMessageHeaders *headers;
  GBytes *picture = NULL;

  *media_type = NULL;
  if (parts && soup_multipart_get_part (parts, 0, &headers, &picture)) {
    g_bytes_ref (picture);
    *media_type = g_strdup (soup_message_headers_get_content_type (
        headers, NULL));
  }
  g_clear_pointer (&parts, soup_multipart_free);
  return picture;
}

static void
on_request (SoupServer * server, SoupServerMessage * message,
    const char *path, GHashTable * query, gpointer data)
{
  StubService *self = data;
  g_autofree gchar *media_type = NULL;
  g_autoptr (GBytes) picture = take_picture (message, &media_type);
  gchar *answer;

  if (!picture || !media_type) {
    soup_server_message_set_status (message, SOUP_STATUS_BAD_REQUEST, NULL);
    return;
  }
  answer = stand_in_answer (self->stand_in, media_type, picture);
  if (!answer) {
    soup_server_message_set_status (
        message, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, NULL);
    return;
  }
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (
      message, "application/json", SOUP_MEMORY_TAKE, answer, strlen (answer));
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
  self->stand_in = stand_in_new ();
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
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
  stand_in_free (self->stand_in);
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
