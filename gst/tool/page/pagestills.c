/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "page/pagestills.h"

#include "page/still.h"

/* A page asks for one; so many people may do so at once. */
#define MAX_WAITING 16

struct _PageStills
{
  GMainContext *context;
  GThreadPool *maker;
  guint n_waiting; /* the context's thread */
};

typedef struct
{
  PageStills *stills;
  SoupServerMessage *message;
  gchar *path;
  guint64 time;
  GBytes *still; /* nullable: none could be made */
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_object_unref (self->message);
  g_free (self->path);
  g_clear_pointer (&self->still, g_bytes_unref);
  g_free (self);
}

/* Whoever asked may have gone: then it goes nowhere. */
static gboolean
answer (gpointer data)
{
  Request *self = data;

  self->stills->n_waiting--;
  if (self->still) {
    gsize size;
    gconstpointer jpeg = g_bytes_get_data (self->still, &size);

    soup_server_message_set_status (self->message, SOUP_STATUS_OK, NULL);
    soup_server_message_set_response (
        self->message, "image/jpeg", SOUP_MEMORY_COPY, jpeg, size);
  } else {
    soup_server_message_set_status (self->message, SOUP_STATUS_NOT_FOUND, NULL);
  }
  soup_server_message_unpause (self->message);
  return G_SOURCE_REMOVE;
}

static void
make (gpointer data, gpointer user_data)
{
  Request *self = data;
  g_autoptr (GError) error = NULL;

  self->still = still_make (self->path, self->time, &error);
  g_main_context_invoke_full (
      self->stills->context, G_PRIORITY_DEFAULT, answer, self, request_free);
}

PageStills *
page_stills_new (void)
{
  PageStills *self = g_new0 (PageStills, 1);

  self->context = g_main_context_ref_thread_default ();
  self->maker = g_thread_pool_new (make, NULL, 1, FALSE, NULL);
  return self;
}

void
page_stills_free (PageStills *self)
{
  g_thread_pool_free (self->maker, TRUE, TRUE);
  g_main_context_unref (self->context);
  g_free (self);
}

void
page_stills_answer (PageStills *self, SoupServerMessage *message,
    const gchar *path, guint64 time)
{
  Request *request;

  if (self->n_waiting >= MAX_WAITING) {
    soup_server_message_set_status (
        message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
    return;
  }
  self->n_waiting++;
  request = g_new0 (Request, 1);
  request->stills = self;
  request->message = g_object_ref (message);
  request->path = g_strdup (path);
  request->time = time;
  soup_server_message_pause (message);
  g_thread_pool_push (self->maker, request, NULL);
}
