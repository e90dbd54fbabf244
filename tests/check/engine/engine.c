/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Engine: each frame that is submitted is settled once, whatever happens, and
 * nobody's buffer is kept longer than it takes to encode it.
 */
#include "enginefixture.h"
#include "http/statuses.h"

#define NEVER G_MAXINT64

static void
a_frame_becomes_a_result (EngineFixture * f, gconstpointer unused)
{
  KocrRequest *request = engine_fixture_submit (f, 7);
  const GstKakaoOcrRegion *region;
  KocrEngineStats stats;

  held_service_answer (f->service, 7);
  engine_fixture_wait_for_completed (f, 1);
  g_assert_true (g_ptr_array_index (f->completed, 0) == request);
  g_assert_no_error (request->outcome.error);
  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (request->outcome.result), ==,
      7 * TEST_FRAME_DURATION);
  region = gst_kakao_ocr_result_get_region (request->outcome.result, 0);
  g_assert_cmpstr (region->text, ==, "7");
  g_assert_cmpfloat (region->box[0], ==, 8);
  g_assert_true (kocr_engine_drain (f->engine, NEVER));

  kocr_engine_get_stats (f->engine, &stats);
  g_assert_cmpuint (stats.requests.submitted, ==, 1);
  g_assert_cmpuint (stats.in_flight, ==, 0);
  g_assert_cmpuint (stats.requests.regions, ==, 2);
  g_assert_cmpuint (stats.requests.bytes_sent, >, 0);
  g_assert_cmpuint (stats.requests.latencies.n_added, >, 0);
  g_assert_cmpint (stats.state, ==, KOCR_STATE_OK);
  engine_fixture_assert_stats (f, 1, 0, 0);
}

static void
a_refused_frame_fails (EngineFixture * f, gconstpointer unused)
{
  KocrRequest *request = engine_fixture_submit (f, 1);

  held_service_refuse (f->service, 1, 413, "EXCEED_MAX_PAGES");
  engine_fixture_wait_for_completed (f, 1);
  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_REFUSED);
  g_assert_cmpuint (request->outcome.http_status, ==, 413);
  g_assert_cmpstr (request->outcome.fault->code, ==, "EXCEED_MAX_PAGES");
  engine_fixture_assert_stats (f, 0, 1, 0);
}

static void
a_frame_that_cannot_be_read_fails_and_frees_its_slot (EngineFixture * f,
    gconstpointer unused)
{
  for (guint i = 0; i < 10; i++) {
    KocrRequest *request
        = engine_fixture_submit_buffer (f, i, gst_buffer_new ());

    engine_fixture_wait_for_completed (f, i + 1);
    g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_PICTURE);
    g_assert_true (kocr_engine_drain (f->engine, NEVER));
  }
  engine_fixture_assert_stats (f, 0, 10, 0);
  g_assert_cmpuint (held_service_get_n_pictures (f->service), ==, 0);
}

static void
no_slot_is_told_at_once (EngineFixture * f, gconstpointer unused)
{
  KocrDenial result = KOCR_DENIAL_NONE;

  for (guint i = 0; i <= 4 && result == KOCR_DENIAL_NONE; i++) {
    result = kocr_engine_reserve (f->engine);
    if (result == KOCR_DENIAL_NONE)
      engine_fixture_submit_reserved (f, i, test_frame_new (i));
  }
  if (result != KOCR_DENIAL_ENCODER_BUSY)
    g_assert_cmpint (result, ==, KOCR_DENIAL_WINDOW_FULL);
  g_assert_cmpuint (f->submitted->len, >, 0);
}

static gpointer
reserve (gpointer data)
{
  return GINT_TO_POINTER (kocr_engine_reserve (data));
}

static void
lossless_waits_for_a_slot (EngineFixture * f, gconstpointer unused)
{
  GThread *streaming;

  for (guint i = 0; i < 4; i++)
    engine_fixture_submit (f, i);
  streaming = g_thread_new ("streaming", reserve, f->engine);
  held_service_open (f->service);
  g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (streaming)), ==,
      KOCR_DENIAL_NONE);
  engine_fixture_submit_reserved (f, 4, test_frame_new (4));
  engine_fixture_wait_for_completed (f, 5);
  engine_fixture_assert_stats (f, 5, 0, 0);
}

static gpointer
reserve_all (gpointer data)
{
  KocrDenial result;

  while ((result = kocr_engine_reserve (data)) == KOCR_DENIAL_NONE);
  return GINT_TO_POINTER (result);
}

static void
a_flush_ends_the_wait_for_a_slot (EngineFixture * f, gconstpointer unused)
{
  KocrRequest *requests[4];
  GThread *streaming;

  for (guint i = 0; i < 4; i++)
    requests[i] = engine_fixture_submit (f, i);
  streaming = g_thread_new ("streaming", reserve_all, f->engine);
  kocr_engine_set_flushing (f->engine, TRUE);
  g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (streaming)), ==,
      KOCR_DENIAL_FLUSHING);
  g_assert_cmpint (kocr_engine_reserve (f->engine), ==, KOCR_DENIAL_FLUSHING);
  engine_fixture_wait_for_completed (f, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_error (
        requests[i]->outcome.error, KOCR_ERROR, KOCR_ERROR_CANCELLED);
  engine_fixture_assert_stats (f, 0, 0, 4);
}

static void
after_a_flush_it_goes_on (EngineFixture * f, gconstpointer unused)
{
  KocrRequest *before = engine_fixture_submit (f, 1), *after;

  held_service_wait (f->service, 1);
  kocr_engine_set_flushing (f->engine, TRUE);
  kocr_engine_set_flushing (f->engine, FALSE);
  engine_fixture_wait_for_completed (f, 1);
  after = engine_fixture_submit (f, 2);
  held_service_answer (f->service, 2);
  engine_fixture_wait_for_completed (f, 2);
  g_assert_error (before->outcome.error, KOCR_ERROR, KOCR_ERROR_CANCELLED);
  g_assert_no_error (after->outcome.error);
  engine_fixture_assert_stats (f, 1, 0, 1);
}

static void
note_freed (gpointer freed, GstMiniObject * object)
{
  g_atomic_int_set ((gint *) freed, TRUE);
}

static void
no_buffer_is_kept_while_the_answer_is_out (
    EngineFixture *f, gconstpointer unused)
{
  GstBuffer *buffer = test_frame_new (1);
  KocrRequest *request;
  gint freed = FALSE;

  gst_mini_object_weak_ref (GST_MINI_OBJECT_CAST (buffer), note_freed, &freed);
  request = engine_fixture_submit_buffer (f, 1, buffer);
  kocr_engine_release_buffers (f->engine);
  g_assert_true (g_atomic_int_get (&freed));
  g_assert_false (kocr_request_is_settled (request));
}

static void
a_flush_returns_when_no_buffer_is_kept (EngineFixture * f, gconstpointer unused)
{
  gint freed[4] = { FALSE, };

  /* Large, so that workers are still at it. */
  gst_video_info_set_format (&f->info, GST_VIDEO_FORMAT_I420, 3840, 2160);
  for (guint i = 0; i < 4; i++) {
    GstBuffer *buffer = test_frame_new_full (i, &f->info);

    gst_mini_object_weak_ref (GST_MINI_OBJECT_CAST (buffer), note_freed,
        &freed[i]);
    engine_fixture_submit_buffer (f, i, buffer);
  }
  kocr_engine_set_flushing (f->engine, TRUE);
  for (guint i = 0; i < 4; i++)
    g_assert_true (g_atomic_int_get (&freed[i]));
}

static void
a_drain_ends_at_its_deadline (EngineFixture * f, gconstpointer unused)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_TIME_SPAN_MILLISECOND;

  engine_fixture_submit (f, 1);
  g_assert_false (kocr_engine_drain (f->engine, deadline));
  g_assert_cmpint (g_get_monotonic_time (), >=, deadline);
  held_service_answer (f->service, 1);
  g_assert_true (kocr_engine_drain (f->engine, NEVER));
  engine_fixture_wait_for_completed (f, 1);
}

static gpointer
drain (gpointer data)
{
  return GINT_TO_POINTER (kocr_engine_drain (data, NEVER));
}

static void
a_flush_ends_a_drain (EngineFixture * f, gconstpointer unused)
{
  GThread *streaming;

  engine_fixture_submit (f, 1);
  streaming = g_thread_new ("streaming", drain, f->engine);
  held_service_wait (f->service, 1);
  kocr_engine_set_flushing (f->engine, TRUE);
  g_thread_join (streaming);
  engine_fixture_wait_for_completed (f, 1);
}

static void
stopping_settles_what_is_out_and_calls_no_more (EngineFixture * f,
    gconstpointer unused)
{
  for (guint i = 0; i < 20; i++) {
    KocrRequest *one = engine_fixture_submit (f, 1),
                *two = engine_fixture_submit (f, 2);

    /* At once, and with both out. */
    if (i % 2 == 1)
      held_service_wait (f->service, 2 * (i / 2 + 1));
    g_clear_pointer (&f->engine, kocr_engine_free);
    g_assert_cmpuint (f->completed->len, ==, 2 * (i + 1));
    g_assert_true (kocr_request_is_settled (one));
    g_assert_true (kocr_request_is_settled (two));
    engine_fixture_start (f, TRUE, 4);
  }
}

/* One that waited for the answer to a picture like its own, which failed while
 * all was flushed; the flush may be over by then. */
static void
a_follower_is_not_sent_after_a_flush (EngineFixture * f, gconstpointer unused)
{
  f->gate.threshold = 12;
  for (guint ended = 0; ended < 2; ended++) {
    KocrRequest *follower;

    engine_fixture_submit (f, 1);
    follower = engine_fixture_submit (f, 1);
    kocr_engine_release_buffers (f->engine);
    engine_fixture_hold_completed (f, TRUE);
    held_service_refuse (f->service, 1, 413, "EXCEED_MAX_PAGES");
    engine_fixture_wait_for_completed (f, 2 * ended + 1);
    kocr_engine_set_flushing (f->engine, TRUE);
    if (ended)
      kocr_engine_set_flushing (f->engine, FALSE);
    engine_fixture_hold_completed (f, FALSE);
    engine_fixture_wait_for_completed (f, 2 * ended + 2);
    kocr_engine_set_flushing (f->engine, FALSE);
    g_assert_error (follower->outcome.error, KOCR_ERROR, KOCR_ERROR_CANCELLED);
    g_assert_cmpuint (held_service_get_n_pictures (f->service), ==, ended + 1);
  }
  engine_fixture_assert_stats (f, 0, 2, 2);
}

/* Behind a service that takes for ever, a live picture that stands. */
static void
followers_of_a_live_picture_are_bounded (EngineFixture *f, gconstpointer unused)
{
  KocrEngineStats stats;

  f->gate.threshold = 12;
  for (guint i = 0; i < 1 + 1024 + 10; i++) {
    engine_fixture_submit (f, 1);
    kocr_engine_release_buffers (f->engine);
  }
  engine_fixture_wait_for_completed (f, 10);
  held_service_answer (f->service, 1);
  engine_fixture_wait_for_completed (f, 1 + 1024 + 10);
  kocr_engine_get_stats (f->engine, &stats);
  g_assert_cmpuint (stats.requests.unchanged, ==, 1024);
  engine_fixture_assert_stats (f, 1, 0, 10);
}

/* As a decoder's are, whose planes have rows that the caps leave out. */
static void
a_frame_larger_than_its_caps_is_another_picture (EngineFixture * f,
    gconstpointer unused)
{
  GstVideoInfo larger;
  GstBuffer *buffer;

  f->gate.threshold = 12;
  gst_video_info_set_format (&larger, GST_VIDEO_FORMAT_I420, TEST_FRAME_WIDTH,
      TEST_FRAME_HEIGHT + 16);
  buffer = test_frame_new_full (1, &larger);
  gst_buffer_add_video_meta (buffer, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_FORMAT_I420, larger.width, larger.height);
  engine_fixture_submit_buffer (f, 1, buffer);
  held_service_answer (f->service, 1);
  engine_fixture_wait_for_completed (f, 1);
  engine_fixture_submit (f, 1);
  held_service_answer (f->service, 1);
  engine_fixture_wait_for_completed (f, 2);
  engine_fixture_assert_stats (f, 2, 0, 0);
}

static void
a_latch_is_told (EngineFixture * f, gconstpointer unused)
{
  KocrRequest *request = engine_fixture_submit (f, 1);

  held_service_refuse (f->service, 1, 401, NULL);
  engine_fixture_wait_for_completed (f, 1);
  g_mutex_lock (&f->lock);
  while (f->state != KOCR_STATE_LATCHED)
    g_cond_wait (&f->cond, &f->lock);
  g_mutex_unlock (&f->lock);
  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_CREDENTIALS);
}

#define LIVE NULL
#define LOSSLESS "lossless"
/* Who is told of the last one may end the stream: the sums are right then. */
static void
what_is_told_is_in_flight_no_more (EngineFixture * f, gconstpointer lossless)
{
  KocrEngineStats stats;

  f->gate.threshold = 12;
  f->gate.memory = 1;
  engine_fixture_hold_completed (f, TRUE);
  engine_fixture_submit (f, 1);
  held_service_wait (f->service, 1);
  engine_fixture_submit (f, 1);
  kocr_engine_release_buffers (f->engine);
  held_service_answer (f->service, 1);
  g_mutex_lock (&f->lock);
  while (f->completed->len < 1)
    g_cond_wait (&f->cond, &f->lock);
  g_mutex_unlock (&f->lock);

  kocr_engine_get_stats (f->engine, &stats);
  g_assert_cmpuint (stats.in_flight, ==, 0);
  g_assert_cmpuint (stats.requests.recognized, ==, 1);
  engine_fixture_hold_completed (f, FALSE);
  g_assert_true (kocr_engine_drain (f->engine, NEVER));
  kocr_engine_get_stats (f->engine, &stats);
  g_assert_cmpuint (stats.in_flight, ==, 0);
  g_assert_cmpuint (stats.requests.unchanged, ==, 1);
}

/* What a latency is made of adds up to it. */
static void
parts_of_a_latency_are_told (EngineFixture * f, gconstpointer lossless)
{
  KocrEngineStats stats;
  GstClockTime sum;

  engine_fixture_submit (f, 1);
  held_service_wait (f->service, 1);
  held_service_answer (f->service, 1);
  g_assert_true (kocr_engine_drain (f->engine, NEVER));
  kocr_engine_get_stats (f->engine, &stats);
  g_assert_cmpuint (
      kocr_latencies_get_percentile (&stats.requests.encode, 50), >, 0);
  g_assert_cmpuint (
      kocr_latencies_get_percentile (&stats.requests.service, 50), >, 0);
  sum = kocr_latencies_get_percentile (&stats.requests.encode, 50)
      + kocr_latencies_get_percentile (&stats.requests.queue, 50)
      + kocr_latencies_get_percentile (&stats.requests.service, 50);
  g_assert_cmpuint (
      sum, ==, kocr_latencies_get_percentile (&stats.requests.latencies, 50));
}

#define ADD(test, mode) \
  g_test_add ("/engine/" #test, EngineFixture, mode, engine_fixture_set_up, \
      test, engine_fixture_tear_down)

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (a_frame_becomes_a_result, LIVE);
  ADD (a_refused_frame_fails, LIVE);
  ADD (a_frame_that_cannot_be_read_fails_and_frees_its_slot, LIVE);
  ADD (no_slot_is_told_at_once, LIVE);
  ADD (lossless_waits_for_a_slot, LOSSLESS);
  ADD (a_flush_ends_the_wait_for_a_slot, LOSSLESS);
  ADD (after_a_flush_it_goes_on, LIVE);
  ADD (no_buffer_is_kept_while_the_answer_is_out, LIVE);
  ADD (a_flush_returns_when_no_buffer_is_kept, LOSSLESS);
  ADD (a_drain_ends_at_its_deadline, LIVE);
  ADD (a_flush_ends_a_drain, LIVE);
  ADD (stopping_settles_what_is_out_and_calls_no_more, LOSSLESS);
  ADD (a_follower_is_not_sent_after_a_flush, LOSSLESS);
  ADD (followers_of_a_live_picture_are_bounded, LIVE);
  ADD (a_frame_larger_than_its_caps_is_another_picture, LIVE);
  ADD (a_latch_is_told, LIVE);
  ADD (what_is_told_is_in_flight_no_more, LIVE);
  ADD (parts_of_a_latency_are_told, LIVE);
  return g_test_run ();
}
