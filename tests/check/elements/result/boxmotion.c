/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Box motion: results arrive in the order in which they were offered, and few
 * wait however fast they come.
 */
#include <string.h>

#include "result/boxmotion.h"
#include "result/sample.h"

#define WIDTH 320
#define HEIGHT 240
/* What a worker that is not waited for would be late by. */
#define LATE (50 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  KocrBoxMotion *boxes;
  GstVideoInfo info;
  GPtrArray *requests;          /* KocrRequest, number n of serial n + 1 */

  GMutex lock;
  GCond cond;

  /* lock */
  GArray *arrived, *overtaken;  /* of guint64: serials */
  gboolean with_motion;         /* the one that arrived last */
  gboolean held;                /* nobody leaves arrived() */
  gboolean freed;               /* boxes */
  gboolean released;            /* the frame of a request */
} Fixture;

static void
arrived (KocrRequest * request, KocrMotion * motion, gpointer data)
{
  Fixture *f = data;

  g_mutex_lock (&f->lock);
  g_array_append_val (f->arrived, request->asked.serial);
  f->with_motion = motion != NULL;
  g_cond_broadcast (&f->cond);
  while (f->held)
    g_cond_wait (&f->cond, &f->lock);
  g_mutex_unlock (&f->lock);
}

static void
overtaken (KocrRequest * request, gpointer data)
{
  Fixture *f = data;

  g_mutex_lock (&f->lock);
  g_array_append_val (f->overtaken, request->asked.serial);
  g_mutex_unlock (&f->lock);
}

static void
set_up (Fixture * f, gconstpointer unused)
{
  static const KocrBoxMotionCallbacks callbacks = { arrived, overtaken };

  g_mutex_init (&f->lock);
  g_cond_init (&f->cond);
  f->arrived = g_array_new (FALSE, FALSE, sizeof (guint64));
  f->overtaken = g_array_new (FALSE, FALSE, sizeof (guint64));
  f->requests = g_ptr_array_new_with_free_func ((GDestroyNotify)
      kocr_request_unref);
  gst_video_info_set_format (&f->info, GST_VIDEO_FORMAT_GRAY8, WIDTH, HEIGHT);
  f->boxes = kocr_box_motion_new (&callbacks, f);
  kocr_box_motion_set_up (f->boxes, &f->info, TRUE);
}

static void
hold (Fixture * f, gboolean held)
{
  g_mutex_lock (&f->lock);
  f->held = held;
  g_cond_broadcast (&f->cond);
  g_mutex_unlock (&f->lock);
}

static void
tear_down (Fixture * f, gconstpointer unused)
{
  hold (f, FALSE);
  g_clear_pointer (&f->boxes, kocr_box_motion_free);
  g_ptr_array_unref (f->requests);
  g_array_unref (f->arrived);
  g_array_unref (f->overtaken);
  g_cond_clear (&f->cond);
  g_mutex_clear (&f->lock);
}

/* The next frame, of noise that stands still, is a sample. */
static KocrRequest *
sample (Fixture * f)
{
  GRand *random = g_rand_new_with_seed (1);
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, f->info.size, NULL);
  const KocrAsked asked = {.serial = f->requests->len + 1 };
  KocrRequest *request = kocr_sample_new (&asked, NULL);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (gsize i = 0; i < map.size; i++)
    map.data[i] = g_rand_int_range (random, 0, 256);
  gst_buffer_unmap (buffer, &map);
  g_ptr_array_add (f->requests, request);
  kocr_box_motion_begin_frame (f->boxes, buffer, TRUE);
  kocr_box_motion_expect (f->boxes, request->asked.serial);
  kocr_box_motion_follow (f->boxes, NULL);
  gst_buffer_unref (buffer);
  g_rand_free (random);
  return request;
}

/* @like: the serial of the one that it is unchanged from; 0: it is new. */
static void
offer (Fixture * f, KocrRequest * request, guint n_regions, guint64 like)
{
  GstKakaoOcrRegion region = { .text = (gchar *)"EXIT",
    .page = 1,
    .box = { 40, 40, 200, 40, 200, 100, 40, 100 } };

  request->outcome.duplicate_of = like;
  request->outcome.match = like ? KOCR_PICTURE_UNCHANGED : KOCR_PICTURE_NEW;
  kocr_sample_publish (request, gst_kakao_ocr_result_new (0, WIDTH, HEIGHT,
          &region, n_regions, FALSE, 0));
  kocr_box_motion_offer (f->boxes, request);
}

static void
wait_for_arrivals (Fixture * f, guint n)
{
  g_mutex_lock (&f->lock);
  while (f->arrived->len < n)
    g_cond_wait (&f->cond, &f->lock);
  g_mutex_unlock (&f->lock);
}

static void
assert_serials (const GArray * serials, const guint64 * expected, guint n)
{
  g_assert_cmpmem (serials->data, serials->len * sizeof *expected, expected,
      n * sizeof *expected);
}

#define ASSERT_SERIALS(serials, ...) G_STMT_START { \
    const guint64 expected[] = { __VA_ARGS__ }; \
    assert_serials (serials, expected, G_N_ELEMENTS (expected)); \
  } G_STMT_END

/* The first one is on its way, and held there. */
static void
send_first (Fixture * f)
{
  hold (f, TRUE);
  offer (f, sample (f), 1, 0);
  wait_for_arrivals (f, 1);
}

static void
a_result_arrives_with_its_motion (Fixture * f, gconstpointer unused)
{
  KocrRequest *request = sample (f);

  offer (f, request, 1, 0);
  kocr_box_motion_wait (f->boxes, request);
  ASSERT_SERIALS (f->arrived, 1);
  g_assert_true (f->with_motion);
}

static void
a_newer_result_takes_the_place_of_one_that_waits (Fixture * f,
    gconstpointer unused)
{
  KocrRequest *second, *third;

  send_first (f);
  second = sample (f);
  third = sample (f);
  offer (f, second, 1, 0);
  offer (f, third, 1, 0);
  kocr_box_motion_wait (f->boxes, second);
  ASSERT_SERIALS (f->overtaken, 2);
  hold (f, FALSE);
  kocr_box_motion_wait (f->boxes, third);
  ASSERT_SERIALS (f->arrived, 1, 3);
}

static void
a_later_sight_takes_the_place_of_an_earlier_one (Fixture * f,
    gconstpointer unused)
{
  send_first (f);
  offer (f, sample (f), 1, 0);
  for (guint i = 3; i <= 1000; i++)
    offer (f, sample (f), 1, 2);
  g_assert_cmpuint (f->overtaken->len, ==, 997);
  hold (f, FALSE);
  wait_for_arrivals (f, 3);
  /* The result that was seen again comes before that. */
  ASSERT_SERIALS (f->arrived, 1, 2, 1000);
}

static void
a_result_without_regions_does_not_overtake_on_its_way (Fixture * f,
    gconstpointer unused)
{
  send_first (f);
  offer (f, sample (f), 0, 0);
  g_assert_cmpuint (f->arrived->len, ==, 1);
  hold (f, FALSE);
  wait_for_arrivals (f, 2);
  ASSERT_SERIALS (f->arrived, 1, 2);
  g_assert_false (f->with_motion);
}

static void
an_older_result_does_not_wait_behind_a_newer_one (Fixture * f,
    gconstpointer unused)
{
  KocrRequest *second, *third;

  send_first (f);
  second = sample (f);
  third = sample (f);
  offer (f, third, 1, 0);
  offer (f, second, 1, 0);
  ASSERT_SERIALS (f->overtaken, 2);
  hold (f, FALSE);
  kocr_box_motion_wait (f->boxes, third);
  ASSERT_SERIALS (f->arrived, 1, 3);
}

static void
what_is_forgotten_arrives_without_motion (Fixture * f, gconstpointer unused)
{
  KocrRequest *second;

  send_first (f);
  second = sample (f);
  offer (f, second, 1, 0);
  kocr_box_motion_forget (f->boxes);
  kocr_box_motion_wait (f->boxes, second);
  hold (f, FALSE);
  wait_for_arrivals (f, 2);
  ASSERT_SERIALS (f->arrived, 1, 2);
  g_assert_false (f->with_motion);
}

/* Of the frame: takes its time, unless nobody waits for that. */
static void
release (gpointer data)
{
  Fixture *f = data;
  gint64 end = g_get_monotonic_time () + LATE;

  g_mutex_lock (&f->lock);
  while (!f->freed && g_cond_wait_until (&f->cond, &f->lock, end));
  f->released = TRUE;
  g_cond_broadcast (&f->cond);
  g_mutex_unlock (&f->lock);
}

/* A worker that has a frame after the pipeline has stopped keeps its pool. */
static void
nothing_holds_a_frame_once_it_is_freed (Fixture * f, gconstpointer unused)
{
  KocrRequest *request = sample (f);
  gboolean released;

  request->transfer.buffer = gst_buffer_new ();
  gst_mini_object_set_qdata (GST_MINI_OBJECT_CAST (request->transfer.buffer),
      g_quark_from_static_string ("boxmotion"), f, release);
  hold (f, TRUE);
  offer (f, request, 1, 0);
  wait_for_arrivals (f, 1);
  g_ptr_array_set_size (f->requests, 0);
  hold (f, FALSE);
  g_clear_pointer (&f->boxes, kocr_box_motion_free);

  g_mutex_lock (&f->lock);
  released = f->released;
  f->freed = TRUE;
  g_cond_broadcast (&f->cond);
  while (!f->released)
    g_cond_wait (&f->cond, &f->lock);
  g_mutex_unlock (&f->lock);
  g_assert_true (released);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
#define ADD(test) \
    g_test_add ("/boxmotion/" #test, Fixture, NULL, set_up, test, tear_down)
  ADD (a_result_arrives_with_its_motion);
  ADD (a_newer_result_takes_the_place_of_one_that_waits);
  ADD (a_later_sight_takes_the_place_of_an_earlier_one);
  ADD (a_result_without_regions_does_not_overtake_on_its_way);
  ADD (an_older_result_does_not_wait_behind_a_newer_one);
  ADD (what_is_forgotten_arrives_without_motion);
  ADD (nothing_holds_a_frame_once_it_is_freed);
  return g_test_run ();
}
