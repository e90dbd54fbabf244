/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: what has not changed is not sent, nor what comes back.
 */
#include "gate.h"

#include "../../testrows.h"

#define TESTS "/kakaoocr/gate/"

/* Waits until all that was shown has been compared; in latest. */
static void
compare (Gate * gate)
{
  GstQuery *query = gst_query_new_drain ();

  gst_pad_peer_query (gate->h->srcpad, query);
  gst_query_unref (query);
}

/* Shows it and takes the frame out. */
static void
pass (Gate * gate, guint at, guint picture)
{
  gate_show (gate, at, picture);
  compare (gate);
  ocr_harness_pull (gate->h);
}

static gboolean
is_idle (gpointer element)
{
  return ocr_get_stat (element, "in-flight") == 0;
}

/* The same, and waits for the result that it brings. */
static void
pass_new (Gate * gate, guint at, guint picture)
{
  pass (gate, at, picture);
  held_service_answer (gate->service, picture);
  g_assert_cmpint (ocr_harness_wait_result (gate->h), ==, picture);
  /* Its thread may still publish what comes next. */
  ocr_wait_until (is_idle, gate->h->element);
}

static void
an_unchanged_picture_costs_no_request (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest");
  pass_new (&gate, 0, A);
  for (guint i = 1; i < 50; i++)
    pass (&gate, i, i % 2 ? A_BRIGHTER : A);
  gate_assert_stat (&gate, "sampled", 50);
  gate_assert_stat (&gate, "unchanged", 49);
  gate_assert_n_pictures (&gate, 1);
  g_assert_null (ocr_harness_pop_message (gate.h, GST_MESSAGE_ELEMENT));
  gate_tear_down (&gate);
}

static void
it_renews_the_result_and_says_when_it_was_seen (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest result-lifetime=100");
  pass_new (&gate, 0, A);
  for (guint i = 1; i < 20; i++) {
    gate_show (&gate, i, A);
    compare (&gate);
    gate_assert_carries (&gate, A, 0, i - 1);
  }
  /* Also when its time was over. */
  pass (&gate, 40, A);
  gate_show (&gate, 41, A);
  gate_assert_carries (&gate, A, 0, 40);
  gate_tear_down (&gate);
}

static void
a_picture_in_flight_counts (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest");
  pass (&gate, 0, A);
  for (guint i = 1; i < 10; i++)
    pass (&gate, i, A);
  gate_assert_n_pictures (&gate, 1);
  gate_assert_stat (&gate, "in-flight", 1);
  gate_assert_stat (&gate, "skipped-busy", 0);
  held_service_answer (gate.service, A);
  g_assert_cmpint (ocr_harness_wait_result (gate.h), ==, A);
  pass (&gate, 10, A);
  gate_show (&gate, 11, A);
  gate_assert_carries (&gate, A, 0, 10);
  gate_assert_n_pictures (&gate, 1);
  gate_tear_down (&gate);
}

static void
a_failure_opens_again (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest");
  pass (&gate, 0, A);
  pass (&gate, 1, A);
  held_service_refuse (gate.service, A, 413, "EXCEED_MAX_PAGES");
  gst_structure_free (ocr_harness_wait_problem (gate.h, GST_MESSAGE_WARNING,
          "pages"));
  gate_assert_stat (&gate, "failed", 1);
  pass_new (&gate, 2, A);
  gate_assert_n_pictures (&gate, 2);
  gate_tear_down (&gate);
}

static void
a_picture_that_comes_back_is_remembered (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest");
  pass_new (&gate, 0, A);
  pass_new (&gate, 1, B);
  for (guint i = 2; i < 12; i++) {
    pass (&gate, i, i % 2 ? B : A);
    /* A result like any other, with its own time. */
    g_assert_cmpint (ocr_harness_wait_result (gate.h), ==, i % 2 ? B : A);
  }
  gate_show (&gate, 12, B);
  compare (&gate);
  gate_assert_carries (&gate, B, 11, 11);
  gate_assert_stat (&gate, "remembered", 10);
  gate_assert_n_pictures (&gate, 2);
  gate_tear_down (&gate);
}

static void
without_memory_it_is_sent_again (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest memory=0");
  pass_new (&gate, 0, A);
  pass_new (&gate, 1, B);
  pass_new (&gate, 2, A);
  pass (&gate, 3, A);
  gate_assert_stat (&gate, "unchanged", 1);
  gate_assert_n_pictures (&gate, 3);
  gate_tear_down (&gate);
}

static void
the_oldest_picture_is_forgotten (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest memory=2");
  pass_new (&gate, 0, A);
  pass_new (&gate, 1, B);
  pass_new (&gate, 2, C);
  pass (&gate, 3, B);
  g_assert_cmpint (ocr_harness_wait_result (gate.h), ==, B);
  pass_new (&gate, 4, A);
  gate_assert_n_pictures (&gate, 4);
  gate_tear_down (&gate);
}

static void
answers_in_another_order_are_kept_apart (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest");
  pass (&gate, 0, A);
  pass (&gate, 1, B);
  held_service_answer (gate.service, B);
  pass (&gate, 2, B);
  held_service_answer (gate.service, A);
  g_assert_cmpint (ocr_harness_wait_result (gate.h), ==, A);
  g_assert_cmpint (ocr_harness_wait_result (gate.h), ==, B);
  pass (&gate, 3, B);
  gate_show (&gate, 4, B);
  gate_assert_carries (&gate, B, 1, 3);
  pass (&gate, 5, A);
  g_assert_cmpint (ocr_harness_wait_result (gate.h), ==, A);
  gate_assert_n_pictures (&gate, 2);
  gate_tear_down (&gate);
}

static void
a_picture_is_sent_again_after_the_refresh_interval (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest refresh-interval=400");
  pass_new (&gate, 0, A);
  for (guint i = 1; i < 10; i++)
    pass (&gate, i, A);
  pass_new (&gate, 10, A);
  pass (&gate, 11, A);
  gate_assert_n_pictures (&gate, 2);
  /* What is remembered grows old likewise. */
  pass_new (&gate, 12, B);
  pass_new (&gate, 20, A);
  gate_assert_n_pictures (&gate, 4);
  gate_tear_down (&gate);
}

static void
recognize_sends_what_is_unchanged (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest");
  pass_new (&gate, 0, A);
  pass (&gate, 1, A);
  g_signal_emit_by_name (gate.h->element, "recognize");
  pass_new (&gate, 2, A);
  pass (&gate, 3, A);
  gate_assert_stat (&gate, "unchanged", 2);
  gate_assert_n_pictures (&gate, 2);
  gate_tear_down (&gate);
}

/* There is no text in any of these. */
static void
with_gate_text_another_ground_costs_no_request (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest gate=text");
  pass_new (&gate, 0, A);
  for (guint i = 1; i < 10; i++)
    pass (&gate, i, i % 2 ? B : A);
  gate_assert_stat (&gate, "unchanged", 9);
  gate_assert_stat (&gate, "gated-text", 5);
  gate_show (&gate, 10, C);
  compare (&gate);
  gate_assert_carries (&gate, A, 0, 9);
  gate_assert_n_pictures (&gate, 1);
  gate_tear_down (&gate);
}

static void
a_failure_opens_the_gate_for_text_again (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest gate=text");
  pass (&gate, 0, A);
  pass (&gate, 1, B);
  gate_assert_n_pictures (&gate, 1);
  held_service_refuse (gate.service, A, 413, "EXCEED_MAX_PAGES");
  gst_structure_free (ocr_harness_wait_problem (gate.h, GST_MESSAGE_WARNING,
          "pages"));
  pass_new (&gate, 2, B);
  gate_assert_n_pictures (&gate, 2);
  gate_tear_down (&gate);
}

/* What the finder cannot see is read then. Frames are 40 ms apart. */
static void
with_gate_text_a_ground_that_moves_is_sent_every_ten_seconds (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest gate=text memory=0");
  pass_new (&gate, 0, A);
  pass (&gate, 200, B);
  /* A picture in which nothing has changed shows no other text. */
  pass (&gate, 260, A);
  gate_assert_n_pictures (&gate, 1);
  pass_new (&gate, 270, B);
  pass (&gate, 280, A);
  gate_assert_n_pictures (&gate, 2);
  g_object_set (gate.h->element, "refresh-interval", 400, NULL);
  pass_new (&gate, 290, A);
  gate_tear_down (&gate);
}

static void
the_gate_may_change_while_playing (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest gate=text memory=0");
  pass_new (&gate, 0, A);
  pass (&gate, 1, B);
  gst_util_set_object_arg (G_OBJECT (gate.h->element), "gate", "picture");
  pass_new (&gate, 2, B);
  gst_util_set_object_arg (G_OBJECT (gate.h->element), "gate", "text");
  /* It has not seen what was sent last. */
  pass_new (&gate, 3, A);
  pass (&gate, 4, C);
  gate_assert_n_pictures (&gate, 3);
  gate_tear_down (&gate);
}

static void
threshold_0_sends_every_sample (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=latest change-threshold=0");
  for (guint i = 0; i < 5; i++)
    pass_new (&gate, i, A);
  gate_assert_n_pictures (&gate, 5);
  gate_tear_down (&gate);
}

/* What makes another picture of the same frames. */
static const gchar *const others[] = {
  "region=<0,0,32,32>", "quality=50", "max-dimension=32", NULL
};

static void
other_settings_forget_all (void)
{
  Gate gate;
  guint n = 0;

  gate_set_up (&gate, "timing=latest");
  pass_new (&gate, n++, A);
  for (guint i = 0; others[i]; i++) {
    ocr_set_properties (gate.h->element, others[i]);
    pass_new (&gate, n++, A);
  }
  gst_harness_set_src_caps_str (gate.h,
      TEST_FRAME_CAPS ",pixel-aspect-ratio=2/1");
  pass_new (&gate, n++, A);
  gate_assert_n_pictures (&gate, n);
  gate_tear_down (&gate);
}

/* What says less of the pixels than of when they come, or how they look. */
static const gchar *const same_pixels[] = {
  "framerate=24/1", "framerate=25/1,colorimetry=bt709",
  "framerate=25/1,chroma-site=mpeg2"
};

static void
caps_of_the_same_pixels_forget_nothing (void)
{
  Gate gate;
  guint n = 0;

  gate_set_up (&gate, "timing=latest");
  pass_new (&gate, n++, A);
  for (guint i = 0; i < G_N_ELEMENTS (same_pixels); i++) {
    g_autofree gchar *description =
        g_strconcat ("video/x-raw,format=I420,width=64,height=48,",
        same_pixels[i], NULL);
    GstCaps *caps = gst_caps_from_string (description);

    g_assert_true (gst_harness_push_event (gate.h, gst_event_new_caps (caps)));
    gst_caps_unref (caps);
    gate_show (&gate, n, A);
    compare (&gate);
    gate_assert_carries (&gate, A, 0, 0);
    n++;
  }
  ocr_wait_stat (gate.h->element, "unchanged", n - 1);
  gate_assert_n_pictures (&gate, 1);
  gate_tear_down (&gate);
}

static void
only_the_region_is_compared (void)
{
  Gate gate;
  GstBuffer *buffer;

  gate_set_up (&gate, "timing=latest region=<0,0,32,48>");
  pass_new (&gate, 0, A);
  buffer = test_frame_new (A);
  GST_BUFFER_PTS (buffer) = TEST_FRAME_DURATION;
  for (guint y = 0; y < TEST_FRAME_HEIGHT; y++)
    gst_buffer_memset (buffer, y * TEST_FRAME_WIDTH + 32, 200, 32);
  g_assert_cmpint (gst_harness_push (gate.h, buffer), ==, GST_FLOW_OK);
  compare (&gate);
  gate_assert_stat (&gate, "unchanged", 1);
  gate_assert_n_pictures (&gate, 1);
  gate_tear_down (&gate);
}

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
  ADD (with_gate_text_another_ground_costs_no_request);
  ADD (a_failure_opens_the_gate_for_text_again);
  ADD (with_gate_text_a_ground_that_moves_is_sent_every_ten_seconds);
  ADD (the_gate_may_change_while_playing);
  ADD (threshold_0_sends_every_sample);
  ADD (other_settings_forget_all);
  ADD (caps_of_the_same_pixels_forget_nothing);
  ADD (only_the_region_is_compared);
  return g_test_run ();
}
