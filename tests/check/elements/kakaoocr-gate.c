/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: what has not changed is not sent, nor what comes back, and each
 * sample has its result all the same.
 */
#include "heldservice.h"
#include "ocrharness.h"

/* Pictures that differ, and one that is A but a little brighter. */
#define A 0
#define A_BRIGHTER 2
#define B 20
#define C 40

typedef struct
{
  HeldService *service;
  GstHarness *h;
  guint n_followers;            /* waited for */
} Fixture;

static void
set_up (Fixture * f, const gchar * settings)
{
  gboolean live = !g_str_has_prefix (settings, "timing=exact");
  /* Without motion a result is on frames as soon as it is settled. */
  g_autofree gchar *all = g_strconcat ("change-threshold=12 interval=0 "
      "track-motion=false ", settings, NULL);

  f->service = held_service_new ();
  f->h = live ? ocr_harness_new (held_service_get_url (f->service), all)
      : ocr_harness_new_not_live (held_service_get_url (f->service), all);
}

static void
tear_down (Fixture * f)
{
  ocr_harness_free (f->h);
  held_service_free (f->service);
}

/* Frame @at shows @picture. */
static void
show (Fixture * f, guint at, guint picture)
{
  GstBuffer *buffer = test_frame_new (picture);

  GST_BUFFER_PTS (buffer) = at * TEST_FRAME_DURATION;
  g_assert_cmpint (gst_harness_push (f->h, buffer), ==, GST_FLOW_OK);
}

/* Waits until all that was shown has been compared; in latest. */
static void
compare (Fixture * f)
{
  GstQuery *query = gst_query_new_drain ();

  gst_pad_peer_query (f->h->srcpad, query);
  gst_query_unref (query);
}

/* Shows it and takes the frame out. */
static void
pass (Fixture * f, guint at, guint picture)
{
  show (f, at, picture);
  compare (f);
  ocr_harness_pull (f->h);
}

/* The same, and waits for the result that it brings. */
static void
pass_new (Fixture * f, guint at, guint picture)
{
  pass (f, at, picture);
  held_service_answer (f->service, picture);
  g_assert_cmpint (ocr_harness_wait_result (f->h), ==, picture);
  /* Its thread may still publish what comes next. */
  while (ocr_get_stat (f->h->element, "in-flight") > 0)
    g_thread_yield ();
}

/* Of the frame that comes out next: whose result it carries, of when it is and
 * when it was last seen, in frames; or later, if its own sample was already
 * compared. */
static void
assert_carries (Fixture * f, gint picture, guint at, guint last_seen)
{
  g_autoptr (GstBuffer) buffer = gst_harness_pull (f->h);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);

  g_assert_cmpint (test_frame_get_result_id (buffer), ==, picture);
  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (meta->result), ==,
      at * TEST_FRAME_DURATION);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_last_seen (meta), >=,
      last_seen * TEST_FRAME_DURATION);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_last_seen (meta), <=,
      GST_BUFFER_PTS (buffer));
}

static void
assert_stat (Fixture * f, const gchar * name, guint64 value)
{
  g_assert_cmpuint (ocr_get_stat (f->h->element, name), ==, value);
}

static void
assert_n_pictures (Fixture * f, guint n)
{
  held_service_wait (f->service, n);
  g_assert_cmpuint (held_service_get_n_pictures (f->service), ==, n);
}

static gboolean
followers_are_there (gpointer data)
{
  Fixture *f = data;

  return ocr_get_stat (f->h->element, "sampled")
      - ocr_get_stat (f->h->element, "in-flight") == f->n_followers;
}

/* Waits until @n samples wait for the answer to another one. */
static void
wait_for_followers (Fixture * f, guint n)
{
  f->n_followers = n;
  ocr_wait_until (followers_are_there, f);
}

static void
end (Fixture * f)
{
  gst_harness_push_event (f->h, gst_event_new_eos ());
  ocr_harness_wait_event (f->h, GST_EVENT_EOS);
  assert_stat (f, "sampled", ocr_get_stat (f->h->element, "unchanged")
      + ocr_get_stat (f->h->element, "remembered")
      + ocr_get_stat (f->h->element, "recognized")
      + ocr_get_stat (f->h->element, "failed"));
}

/* latest */

static void
an_unchanged_picture_costs_no_request (void)
{
  Fixture f;

  set_up (&f, "timing=latest");
  pass_new (&f, 0, A);
  for (guint i = 1; i < 50; i++)
    pass (&f, i, i % 2 ? A_BRIGHTER : A);
  assert_stat (&f, "sampled", 50);
  assert_stat (&f, "unchanged", 49);
  assert_n_pictures (&f, 1);
  g_assert_null (ocr_harness_pop_message (f.h, GST_MESSAGE_ELEMENT));
  tear_down (&f);
}

static void
it_renews_the_result_and_says_when_it_was_seen (void)
{
  Fixture f;

  set_up (&f, "timing=latest result-lifetime=100");
  pass_new (&f, 0, A);
  for (guint i = 1; i < 20; i++) {
    show (&f, i, A);
    compare (&f);
    assert_carries (&f, A, 0, i - 1);
  }
  /* Also when its time was over. */
  pass (&f, 40, A);
  show (&f, 41, A);
  assert_carries (&f, A, 0, 40);
  tear_down (&f);
}

static void
a_picture_in_flight_counts (void)
{
  Fixture f;

  set_up (&f, "timing=latest");
  pass (&f, 0, A);
  for (guint i = 1; i < 10; i++)
    pass (&f, i, A);
  assert_n_pictures (&f, 1);
  assert_stat (&f, "in-flight", 1);
  assert_stat (&f, "skipped-busy", 0);
  held_service_answer (f.service, A);
  g_assert_cmpint (ocr_harness_wait_result (f.h), ==, A);
  pass (&f, 10, A);
  show (&f, 11, A);
  assert_carries (&f, A, 0, 10);
  assert_n_pictures (&f, 1);
  tear_down (&f);
}

static void
a_failure_opens_again (void)
{
  Fixture f;

  set_up (&f, "timing=latest");
  pass (&f, 0, A);
  pass (&f, 1, A);
  held_service_refuse (f.service, A, 413, "EXCEED_MAX_PAGES");
  gst_structure_free (ocr_harness_wait_problem (f.h, GST_MESSAGE_WARNING,
          "pages"));
  assert_stat (&f, "failed", 1);
  pass_new (&f, 2, A);
  assert_n_pictures (&f, 2);
  tear_down (&f);
}

static void
a_picture_that_comes_back_is_remembered (void)
{
  Fixture f;

  set_up (&f, "timing=latest");
  pass_new (&f, 0, A);
  pass_new (&f, 1, B);
  for (guint i = 2; i < 12; i++) {
    pass (&f, i, i % 2 ? B : A);
    /* A result like any other, with its own time. */
    g_assert_cmpint (ocr_harness_wait_result (f.h), ==, i % 2 ? B : A);
  }
  show (&f, 12, B);
  compare (&f);
  assert_carries (&f, B, 11, 11);
  assert_stat (&f, "remembered", 10);
  assert_n_pictures (&f, 2);
  tear_down (&f);
}

static void
without_memory_it_is_sent_again (void)
{
  Fixture f;

  set_up (&f, "timing=latest memory=0");
  pass_new (&f, 0, A);
  pass_new (&f, 1, B);
  pass_new (&f, 2, A);
  pass (&f, 3, A);
  assert_stat (&f, "unchanged", 1);
  assert_n_pictures (&f, 3);
  tear_down (&f);
}

static void
the_oldest_picture_is_forgotten (void)
{
  Fixture f;

  set_up (&f, "timing=latest memory=2");
  pass_new (&f, 0, A);
  pass_new (&f, 1, B);
  pass_new (&f, 2, C);
  pass (&f, 3, B);
  g_assert_cmpint (ocr_harness_wait_result (f.h), ==, B);
  pass_new (&f, 4, A);
  assert_n_pictures (&f, 4);
  tear_down (&f);
}

static void
answers_in_another_order_are_kept_apart (void)
{
  Fixture f;

  set_up (&f, "timing=latest");
  pass (&f, 0, A);
  pass (&f, 1, B);
  held_service_answer (f.service, B);
  pass (&f, 2, B);
  held_service_answer (f.service, A);
  g_assert_cmpint (ocr_harness_wait_result (f.h), ==, A);
  g_assert_cmpint (ocr_harness_wait_result (f.h), ==, B);
  pass (&f, 3, B);
  show (&f, 4, B);
  assert_carries (&f, B, 1, 3);
  pass (&f, 5, A);
  g_assert_cmpint (ocr_harness_wait_result (f.h), ==, A);
  assert_n_pictures (&f, 2);
  tear_down (&f);
}

static void
a_picture_is_sent_again_after_the_refresh_interval (void)
{
  Fixture f;

  set_up (&f, "timing=latest refresh-interval=400");
  pass_new (&f, 0, A);
  for (guint i = 1; i < 10; i++)
    pass (&f, i, A);
  pass_new (&f, 10, A);
  pass (&f, 11, A);
  assert_n_pictures (&f, 2);
  /* What is remembered grows old likewise. */
  pass_new (&f, 12, B);
  pass_new (&f, 20, A);
  assert_n_pictures (&f, 4);
  tear_down (&f);
}

static void
recognize_sends_what_is_unchanged (void)
{
  Fixture f;

  set_up (&f, "timing=latest");
  pass_new (&f, 0, A);
  pass (&f, 1, A);
  g_signal_emit_by_name (f.h->element, "recognize");
  pass_new (&f, 2, A);
  pass (&f, 3, A);
  assert_stat (&f, "unchanged", 2);
  assert_n_pictures (&f, 2);
  tear_down (&f);
}

static void
threshold_0_sends_every_sample (void)
{
  Fixture f;

  set_up (&f, "timing=latest change-threshold=0");
  for (guint i = 0; i < 5; i++)
    pass_new (&f, i, A);
  assert_n_pictures (&f, 5);
  tear_down (&f);
}

/* What makes another picture of the same frames. */
static const gchar *const others[] = {
  "region=<0,0,32,32>", "quality=50", "max-dimension=32", NULL
};

static void
other_settings_forget_all (void)
{
  Fixture f;
  guint n = 0;

  set_up (&f, "timing=latest");
  pass_new (&f, n++, A);
  for (guint i = 0; others[i]; i++) {
    ocr_set_properties (f.h->element, others[i]);
    pass_new (&f, n++, A);
  }
  gst_harness_set_src_caps_str (f.h, TEST_FRAME_CAPS ",pixel-aspect-ratio=2/1");
  pass_new (&f, n++, A);
  assert_n_pictures (&f, n);
  tear_down (&f);
}

static void
only_the_region_is_compared (void)
{
  Fixture f;
  GstBuffer *buffer;

  set_up (&f, "timing=latest region=<0,0,32,48>");
  pass_new (&f, 0, A);
  buffer = test_frame_new (A);
  GST_BUFFER_PTS (buffer) = TEST_FRAME_DURATION;
  for (guint y = 0; y < TEST_FRAME_HEIGHT; y++)
    gst_buffer_memset (buffer, y * TEST_FRAME_WIDTH + 32, 200, 32);
  g_assert_cmpint (gst_harness_push (f.h, buffer), ==, GST_FLOW_OK);
  compare (&f);
  assert_stat (&f, "unchanged", 1);
  assert_n_pictures (&f, 1);
  tear_down (&f);
}

/* aligned */

static void
aligned_frames_wait_for_the_answer_that_is_out (void)
{
  Fixture f;

  set_up (&f, "timing=aligned latency=60000");
  /* It takes a slot until it has been compared. */
  for (guint i = 0; i < 5; i++) {
    show (&f, i, A);
    wait_for_followers (&f, i);
  }
  held_service_answer (f.service, A);
  for (guint i = 0; i < 5; i++)
    assert_carries (&f, A, 0, i);
  assert_stat (&f, "unchanged", 4);
  assert_n_pictures (&f, 1);
  tear_down (&f);
}

/* exact */

static void
every_sample_of_exact_has_its_result (void)
{
  static const guint shown[] = { A, A, A, B, B, A_BRIGHTER, A, C, C, B };
  static const guint results[] = { A, A, A, B, B, A, A, C, C, B };
  static const guint told[] = { 0, 0, 0, 3, 3, 5, 5, 7, 7, 9 };
  Fixture f;

  set_up (&f, "timing=exact");
  held_service_open (f.service);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    show (&f, i, shown[i]);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    assert_carries (&f, results[i], told[i], i);
  end (&f);
  assert_stat (&f, "unchanged", 5);
  assert_stat (&f, "remembered", 2);
  assert_stat (&f, "recognized", 3);
  assert_n_pictures (&f, 3);
  for (guint i = 0; i < 5; i++)
    gst_message_unref (ocr_harness_wait_message (f.h, GST_MESSAGE_ELEMENT));
  g_assert_null (ocr_harness_pop_message (f.h, GST_MESSAGE_ELEMENT));
  tear_down (&f);
}

static void
what_waits_for_a_failure_is_sent_itself (void)
{
  Fixture f;

  set_up (&f, "timing=exact");
  for (guint i = 0; i < 3; i++)
    show (&f, i, A);
  wait_for_followers (&f, 2);
  held_service_refuse (f.service, A, 413, "EXCEED_MAX_PAGES");
  g_assert_cmpint (ocr_harness_pull (f.h), ==, -1);
  held_service_answer (f.service, A);
  held_service_answer (f.service, A);
  assert_carries (&f, A, 1, 1);
  assert_carries (&f, A, 2, 2);
  end (&f);
  assert_stat (&f, "failed", 1);
  assert_stat (&f, "recognized", 2);
  tear_down (&f);
}

static void
what_came_back_in_flight_waits_too (void)
{
  Fixture f;

  set_up (&f, "timing=exact");
  show (&f, 0, A);
  show (&f, 1, B);
  show (&f, 2, A);
  show (&f, 3, A);
  wait_for_followers (&f, 2);
  held_service_answer (f.service, B);
  held_service_answer (f.service, A);
  assert_carries (&f, A, 0, 0);
  assert_carries (&f, B, 1, 1);
  assert_carries (&f, A, 2, 2);
  assert_carries (&f, A, 2, 3);
  end (&f);
  assert_stat (&f, "remembered", 1);
  assert_stat (&f, "unchanged", 1);
  assert_n_pictures (&f, 2);
  tear_down (&f);
}

static void
a_flush_discards_what_waits (void)
{
  GstSegment segment;
  Fixture f;

  set_up (&f, "timing=exact");
  for (guint i = 0; i < 3; i++)
    show (&f, i, A);
  wait_for_followers (&f, 2);
  held_service_wait (f.service, 1);
  gst_harness_push_event (f.h, gst_event_new_flush_start ());
  gst_harness_push_event (f.h, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (f.h, gst_event_new_segment (&segment));
  /* What was in flight answers nothing any more. */
  show (&f, 10, A);
  held_service_wait (f.service, 2);
  held_service_open (f.service);
  assert_carries (&f, A, 10, 10);
  end (&f);
  assert_stat (&f, "sampled", 1);
  assert_stat (&f, "recognized", 1);
  tear_down (&f);
}

static void
after_a_seek_a_picture_is_told_anew (void)
{
  GstSegment segment;
  Fixture f;

  set_up (&f, "timing=exact");
  held_service_open (f.service);
  show (&f, 0, A);
  assert_carries (&f, A, 0, 0);
  g_assert_cmpint (ocr_harness_wait_result (f.h), ==, A);
  gst_harness_push_event (f.h, gst_event_new_flush_start ());
  gst_harness_push_event (f.h, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (f.h, gst_event_new_segment (&segment));
  show (&f, 10, A);
  assert_carries (&f, A, 10, 10);
  g_assert_cmpint (ocr_harness_wait_result (f.h), ==, A);
  end (&f);
  assert_stat (&f, "remembered", 1);
  assert_n_pictures (&f, 1);
  tear_down (&f);
}

static void
a_stop_settles_what_waits (void)
{
  Fixture f;

  set_up (&f, "timing=exact max-in-flight=8");
  for (guint i = 0; i < 8; i++)
    show (&f, i, i == 4 ? B : A);
  wait_for_followers (&f, 6);
  tear_down (&f);
}

static void
the_budget_is_for_what_is_sent (void)
{
  Fixture f;

  set_up (&f, "timing=exact max-requests=2");
  held_service_open (f.service);
  for (guint i = 0; i < 20; i++)
    show (&f, i, i / 5 % 2 ? B : A);
  ocr_harness_wait_frames (f.h, 20);
  end (&f);
  assert_stat (&f, "submitted", 2);
  g_assert_null (ocr_harness_pop_message (f.h,
          GST_MESSAGE_ERROR | GST_MESSAGE_WARNING));
  tear_down (&f);
}

#define ADD(test) g_test_add_func ("/kakaoocr/gate/" #test, test)

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (an_unchanged_picture_costs_no_request);
  ADD (it_renews_the_result_and_says_when_it_was_seen);
  ADD (a_picture_in_flight_counts);
  ADD (a_failure_opens_again);
  ADD (a_picture_that_comes_back_is_remembered);
  ADD (without_memory_it_is_sent_again);
  ADD (the_oldest_picture_is_forgotten);
  ADD (answers_in_another_order_are_kept_apart);
  ADD (a_picture_is_sent_again_after_the_refresh_interval);
  ADD (recognize_sends_what_is_unchanged);
  ADD (threshold_0_sends_every_sample);
  ADD (other_settings_forget_all);
  ADD (only_the_region_is_compared);
  ADD (aligned_frames_wait_for_the_answer_that_is_out);
  ADD (every_sample_of_exact_has_its_result);
  ADD (what_waits_for_a_failure_is_sent_itself);
  ADD (what_came_back_in_flight_waits_too);
  ADD (a_flush_discards_what_waits);
  ADD (after_a_seek_a_picture_is_told_anew);
  ADD (a_stop_settles_what_waits);
  ADD (the_budget_is_for_what_is_sent);
  return g_test_run ();
}
