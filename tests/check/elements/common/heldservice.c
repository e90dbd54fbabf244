/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "heldservice.h"

#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "loopbackserver.h"
#include "testframe.h"

typedef struct
{
  SoupServerMessage *message;
  guint id;
  guint width, height;
} Picture;

struct _HeldService
{
  LoopbackServer server;

  GMutex lock;
  GCond cond;

  /* lock */
  GQueue held;                  /* of Picture */
  guint n_pictures;
  gboolean open;
};

/* The multipart body holds one JPEG, which is found by its first bytes. */
static Picture *
read_picture (SoupServerMessage * message)
{
  static const guint8 start[] = { 0xff, 0xd8, 0xff };
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const guint8 *jpeg = memmem (body->data, body->length, start, sizeof start);
  struct jpeg_decompress_struct decoder;
  struct jpeg_error_mgr errors;
  g_autofree guint8 *row = NULL;
  Picture *picture = g_new0 (Picture, 1);

  g_assert_nonnull (jpeg);
  decoder.err = jpeg_std_error (&errors);
  jpeg_create_decompress (&decoder);
  jpeg_mem_src (&decoder, jpeg, (guint8 *) body->data + body->length - jpeg);
  g_assert_cmpint (jpeg_read_header (&decoder, TRUE), ==, JPEG_HEADER_OK);
  decoder.out_color_space = JCS_GRAYSCALE;
  jpeg_start_decompress (&decoder);
  row = g_malloc (decoder.output_width);
  jpeg_read_scanlines (&decoder, &row, 1);

  picture->message = g_object_ref (message);
  picture->id = test_frame_id_of_gray (row[0]);
  picture->width = decoder.output_width;
  picture->height = decoder.output_height;
  jpeg_destroy_decompress (&decoder);
  return picture;
}

static void
picture_free (Picture * picture)
{
  g_object_unref (picture->message);
  g_free (picture);
}

/* In the service's thread. */

static void
set_answer (Picture * picture, const gchar * answer)
{
  soup_server_message_set_status (picture->message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (picture->message, "application/json",
      SOUP_MEMORY_COPY, answer, strlen (answer));
}

static void
give_answer (Picture * picture)
{
  g_autofree gchar *answer =
      g_strdup_printf ("{\"responses\":[{\"page\":1,\"results\":["
      "{\"box\":[[8,4],[24,4],[24,12],[8,12]],\"recognized_word\":[\"%u\"]},"
      "{\"box\":[[8,16],[40,16],[40,24],[8,24]],"
      "\"recognized_word\":[\"%ux%u\"]}]}]}", picture->id, picture->width,
      picture->height);

  set_answer (picture, answer);
}

static void
post (SoupServer * server, SoupServerMessage * message, const char *path,
    GHashTable * query, gpointer user_data)
{
  HeldService *self = user_data;
  Picture *picture = read_picture (message);

  g_mutex_lock (&self->lock);
  self->n_pictures++;
  if (self->open) {
    give_answer (picture);
    picture_free (picture);
  } else {
    soup_server_message_pause (message);
    g_queue_push_tail (&self->held, picture);
  }
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static gboolean
go_on (gpointer data)
{
  soup_server_message_unpause (data);
  return G_SOURCE_REMOVE;
}

/* In the test's. */

HeldService *
held_service_new (void)
{
  HeldService *self = g_new0 (HeldService, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  g_queue_init (&self->held);
  loopback_server_start (&self->server, post, self);
  return self;
}

void
held_service_free (HeldService * self)
{
  loopback_server_stop (&self->server);
  g_queue_clear_full (&self->held, (GDestroyNotify)picture_free);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  g_free (self);
}

const gchar *
held_service_get_url (HeldService * self)
{
  return self->server.url;
}

void
held_service_wait (HeldService * self, guint n_pictures)
{
  g_mutex_lock (&self->lock);
  while (self->n_pictures < n_pictures)
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
}

guint
held_service_get_n_pictures (HeldService * self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_pictures;
  g_mutex_unlock (&self->lock);
  return n;
}

/* Takes @picture, whose answer is set. */
static void
release (HeldService * self, Picture * picture)
{
  g_main_context_invoke_full (self->server.context, G_PRIORITY_DEFAULT, go_on,
      g_object_ref (picture->message), g_object_unref);
  picture_free (picture);
}

static Picture *
take (HeldService * self, guint id)
{
  Picture *picture = NULL;

  g_mutex_lock (&self->lock);
  while (!picture) {
    for (GList * l = self->held.head; l && !picture; l = l->next) {
      if (((Picture *) l->data)->id == id)
        picture = l->data;
    }
    if (!picture)
      g_cond_wait (&self->cond, &self->lock);
  }
  g_queue_remove (&self->held, picture);
  g_mutex_unlock (&self->lock);
  return picture;
}

void
held_service_answer (HeldService * self, guint id)
{
  Picture *picture = take (self, id);

  give_answer (picture);
  release (self, picture);
}

void
held_service_answer_with (HeldService * self, guint id, const gchar * answer)
{
  Picture *picture = take (self, id);

  set_answer (picture, answer);
  release (self, picture);
}

void
held_service_refuse (HeldService * self, guint id, guint status,
    const gchar * code)
{
  Picture *picture = take (self, id);

  soup_server_message_set_status (picture->message, status, NULL);
  if (code)
    soup_server_message_set_response (picture->message, "text/plain",
        SOUP_MEMORY_COPY, code, strlen (code));
  release (self, picture);
}

void
held_service_open (HeldService * self)
{
  Picture *picture;

  g_mutex_lock (&self->lock);
  self->open = TRUE;
  while ((picture = g_queue_pop_head (&self->held))) {
    give_answer (picture);
    release (self, picture);
  }
  g_mutex_unlock (&self->lock);
}
