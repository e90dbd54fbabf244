/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "clientfixture.h"

#include <string.h>

/* Only what is broken takes so long. */
#define WAIT_SECONDS 100

gboolean
client_fixture_answer (
    FaultConnection *c, const gchar *head, guint number, gpointer data)
{
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

gboolean
client_fixture_hang (
    FaultConnection *c, const gchar *head, guint number, gpointer data)
{
  fault_connection_hang (c);
  return FALSE;
}

static gint64
wait_end (void)
{
  return g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
}

static void
completed (KocrRequest * request, gpointer data)
{
  ClientFixture *f = data;

  g_assert_true (!request->outcome.result != !request->outcome.error);
  g_mutex_lock (&f->lock);
  g_queue_push_tail (&f->completed, kocr_request_ref (request));
  f->n_completed++;
  g_cond_broadcast (&f->cond);
  g_mutex_unlock (&f->lock);
}

static void
state_changed (KocrState state, const GError * error, guint http_status,
    const gchar * code, gpointer data)
{
  ClientFixture *f = data;
  StateChange change = { state, error ? g_error_copy (error) : NULL,
    http_status, g_strdup (code)
  };

  g_mutex_lock (&f->lock);
  g_array_append_val (f->changes, change);
  g_cond_broadcast (&f->cond);
  g_mutex_unlock (&f->lock);
}

static void
state_change_clear (gpointer data)
{
  StateChange *change = data;

  g_clear_error (&change->error);
  g_free (change->code);
}

void
client_fixture_init (ClientFixture * f, const gchar * endpoint)
{
  memset (f, 0, sizeof *f);
  f->config.endpoint = endpoint;
  f->config.max_in_flight = 4;
  f->config.timeout = 2 * GST_SECOND;
  f->config.max_outage = 300 * GST_SECOND;
  g_mutex_init (&f->lock);
  g_cond_init (&f->cond);
  g_queue_init (&f->completed);
  f->changes = g_array_new (FALSE, FALSE, sizeof (StateChange));
  g_array_set_clear_func (f->changes, state_change_clear);
}

void
client_fixture_start (ClientFixture * f)
{
  static const KocrClientCallbacks callbacks = { completed, state_changed };
  g_autoptr (GError) error = NULL;

  f->user = kocr_client_user_new (&f->config, &callbacks, f, &error);
  g_assert_no_error (error);
}

void
client_fixture_stop (ClientFixture * f)
{
  g_clear_pointer (&f->user, kocr_client_user_free);
}

void
client_fixture_clear (ClientFixture * f)
{
  client_fixture_stop (f);
  g_queue_clear_full (&f->completed, (GDestroyNotify) kocr_request_unref);
  g_array_unref (f->changes);
  g_cond_clear (&f->cond);
  g_mutex_clear (&f->lock);
}

KocrPicture *
client_fixture_picture (gsize size)
{
  KocrPicture *picture = g_atomic_rc_box_new0 (KocrPicture);

  picture->body = g_bytes_new_take (g_malloc0 (size), size);
  picture->content_type = g_strdup ("multipart/form-data; boundary=b");
  picture->format = KOCR_IMAGE_JPEG;
  picture->width = 320;
  picture->height = 240;
  picture->to_frame.scale_x = picture->to_frame.scale_y = 2;
  picture->frame_width = 640;
  picture->frame_height = 480;
  return picture;
}

KocrRequest *
client_fixture_request (ClientFixture * f, gsize size)
{
  KocrRequest *request = kocr_request_new (NULL);

  /* A large one takes a while, and its time begins when it is there. */
  request->transfer.picture = client_fixture_picture (size);
  request->taken = kocr_clock_now ();
  request->deadline = f->config.lossless ? G_MAXINT64 :
      request->taken + (gint64) (f->config.timeout / GST_USECOND);
  return request;
}

void
client_fixture_send (ClientFixture * f)
{
  g_autoptr (KocrRequest) request = client_fixture_request (f, 2000);

  kocr_client_user_send (f->user, request, FALSE);
}

gboolean
client_fixture_reserve_and_send (ClientFixture * f)
{
  g_autoptr (KocrRequest) request = NULL;

  if (kocr_client_user_reserve (f->user) != KOCR_DENIAL_NONE)
    return FALSE;
  request = client_fixture_request (f, 2000);
  kocr_client_user_send (f->user, request, TRUE);
  return TRUE;
}

KocrRequest *
client_fixture_wait (ClientFixture * f)
{
  gint64 end = wait_end ();
  KocrRequest *request;

  g_mutex_lock (&f->lock);
  while (!(request = g_queue_pop_head (&f->completed)))
    g_assert_true (g_cond_wait_until (&f->cond, &f->lock, end));
  g_mutex_unlock (&f->lock);
  return request;
}

void
client_fixture_wait_changes (ClientFixture * f, guint n)
{
  gint64 end = wait_end ();

  g_mutex_lock (&f->lock);
  while (f->changes->len < n)
    g_assert_true (g_cond_wait_until (&f->cond, &f->lock, end));
  g_mutex_unlock (&f->lock);
}

KocrRequest *
client_fixture_ask (ClientFixture * f)
{
  client_fixture_send (f);
  return client_fixture_wait (f);
}
