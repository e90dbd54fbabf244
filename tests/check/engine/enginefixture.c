/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "enginefixture.h"

static void
completed (KocrRequest *request, gpointer data)
{
  EngineFixture *f = data;

  g_assert_true (kocr_request_is_settled (request));
  g_assert_cmpint (
      !request->outcome.result, ==, request->outcome.error != NULL);
  g_mutex_lock (&f->lock);
  g_ptr_array_add (f->completed, kocr_request_ref (request));
  g_cond_broadcast (&f->cond);
  while (f->held)
    g_cond_wait (&f->cond, &f->lock);
  g_mutex_unlock (&f->lock);
}

void
engine_fixture_hold_completed (EngineFixture *f, gboolean held)
{
  g_mutex_lock (&f->lock);
  f->held = held;
  g_cond_broadcast (&f->cond);
  g_mutex_unlock (&f->lock);
}

static void
state_changed (KocrState state, const GError *error, guint http_status,
    const gchar *code, gpointer data)
{
  EngineFixture *f = data;

  g_mutex_lock (&f->lock);
  f->state = state;
  g_cond_broadcast (&f->cond);
  g_mutex_unlock (&f->lock);
}

static const KocrClientCallbacks callbacks = { completed, state_changed };

void
engine_fixture_start (EngineFixture *f, gboolean lossless, guint max_in_flight)
{
  KocrClientConfig config = {
    .endpoint = held_service_get_url (f->service),
    .max_in_flight = max_in_flight,
    .timeout = TIMEOUT,
    .max_outage = TIMEOUT,
  };
  g_autoptr (GError) error = NULL;

  f->engine = kocr_engine_new (&config, &callbacks, f, &error);
  g_assert_no_error (error);
  kocr_engine_set_lossless (f->engine, lossless);
}

void
engine_fixture_set_up (EngineFixture *f, gconstpointer lossless)
{
  g_mutex_init (&f->lock);
  g_cond_init (&f->cond);
  f->submitted
      = g_ptr_array_new_with_free_func ((GDestroyNotify)kocr_request_unref);
  f->completed
      = g_ptr_array_new_with_free_func ((GDestroyNotify)kocr_request_unref);
  gst_video_info_set_format (
      &f->info, GST_VIDEO_FORMAT_I420, TEST_FRAME_WIDTH, TEST_FRAME_HEIGHT);
  f->service = held_service_new ();
  engine_fixture_start (f, lossless != NULL, 4);
}

void
engine_fixture_tear_down (EngineFixture *f, gconstpointer unused)
{
  g_clear_pointer (&f->engine, kocr_engine_free);
  held_service_free (f->service);
  g_ptr_array_unref (f->submitted);
  g_ptr_array_unref (f->completed);
  g_cond_clear (&f->cond);
  g_mutex_clear (&f->lock);
}

KocrRequest *
engine_fixture_submit_reserved (EngineFixture *f, guint id, GstBuffer *buffer)
{
  const KocrAsked asked = { .serial = f->submitted->len + 1,
    .pts = id * TEST_FRAME_DURATION,
    .info = f->info,
    .settings = { .max_dimension = 4096, .quality = 90 },
    .gate = f->gate };
  KocrRequest *request = kocr_request_new (&asked);

  g_ptr_array_add (f->submitted, request);
  kocr_engine_submit (f->engine, request, buffer);
  gst_buffer_unref (buffer);
  return request;
}

KocrRequest *
engine_fixture_submit_buffer (EngineFixture *f, guint id, GstBuffer *buffer)
{
  g_assert_cmpint (kocr_engine_reserve (f->engine), ==, KOCR_DENIAL_NONE);
  return engine_fixture_submit_reserved (f, id, buffer);
}

KocrRequest *
engine_fixture_submit (EngineFixture *f, guint id)
{
  return engine_fixture_submit_buffer (f, id, test_frame_new (id));
}

void
engine_fixture_wait_for_completed (EngineFixture *f, guint n)
{
  g_mutex_lock (&f->lock);
  while (f->completed->len < n)
    g_cond_wait (&f->cond, &f->lock);
  g_assert_cmpuint (f->completed->len, ==, n);
  g_mutex_unlock (&f->lock);
}

void
engine_fixture_assert_stats (
    EngineFixture *f, guint64 recognized, guint64 failed, guint64 cancelled)
{
  KocrEngineStats stats;

  kocr_engine_get_stats (f->engine, &stats);
  g_assert_cmpuint (stats.requests.recognized, ==, recognized);
  g_assert_cmpuint (stats.requests.failed, ==, failed);
  g_assert_cmpuint (stats.requests.cancelled, ==, cancelled);
}
