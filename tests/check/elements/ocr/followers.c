/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: where frames wait, samples that are like one whose answer is not in
 * yet have their results all the same.
 */
#include "gate.h"

#include "../../testrows.h"

#define TESTS "/kakaoocr/followers/"

typedef struct
{
  Gate *gate;
  guint n;
} Followers;

static gboolean
followers_are_there (gpointer data)
{
  const Followers *wanted = data;
  GstElement *element = wanted->gate->h->element;

  return ocr_get_stat (element, "sampled")
      - ocr_get_stat (element, "in-flight") == wanted->n;
}

/* Waits until @n samples wait for the answer to another one. */
static void
wait_for_followers (Gate * gate, guint n)
{
  Followers wanted = { gate, n };

  ocr_wait_until (followers_are_there, &wanted);
}

static void
end (Gate * gate)
{
  gst_harness_push_event (gate->h, gst_event_new_eos ());
  ocr_harness_wait_event (gate->h, GST_EVENT_EOS);
  gate_assert_stat (gate, "sampled", ocr_get_stat (gate->h->element,
          "unchanged")
      + ocr_get_stat (gate->h->element, "remembered")
      + ocr_get_stat (gate->h->element, "recognized")
      + ocr_get_stat (gate->h->element, "failed"));
}

/* aligned */

static void
aligned_frames_wait_for_the_answer_that_is_out (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=aligned latency=60000");
  /* It takes a slot until it has been compared. */
  for (guint i = 0; i < 5; i++) {
    gate_show (&gate, i, A);
    wait_for_followers (&gate, i);
  }
  held_service_answer (gate.service, A);
  for (guint i = 0; i < 5; i++)
    gate_assert_carries (&gate, A, 0, i);
  gate_assert_stat (&gate, "unchanged", 4);
  gate_assert_n_pictures (&gate, 1);
  gate_tear_down (&gate);
}

/* exact */

static void
every_sample_of_exact_has_its_result (void)
{
  static const guint shown[] = { A, A, A, B, B, A_BRIGHTER, A, C, C, B };
  static const guint results[] = { A, A, A, B, B, A, A, C, C, B };
  static const guint told[] = { 0, 0, 0, 3, 3, 5, 5, 7, 7, 9 };
  Gate gate;

  gate_set_up (&gate, "timing=exact");
  held_service_open (gate.service);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    gate_show (&gate, i, shown[i]);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    gate_assert_carries (&gate, results[i], told[i], i);
  end (&gate);
  gate_assert_stat (&gate, "unchanged", 5);
  gate_assert_stat (&gate, "remembered", 2);
  gate_assert_stat (&gate, "recognized", 3);
  gate_assert_n_pictures (&gate, 3);
  for (guint i = 0; i < 5; i++)
    gst_message_unref (ocr_harness_wait_message (gate.h, GST_MESSAGE_ELEMENT));
  g_assert_null (ocr_harness_pop_message (gate.h, GST_MESSAGE_ELEMENT));
  gate_tear_down (&gate);
}

static void
what_waits_for_a_failure_is_sent_itself (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=exact");
  for (guint i = 0; i < 3; i++)
    gate_show (&gate, i, A);
  wait_for_followers (&gate, 2);
  held_service_refuse (gate.service, A, 413, "EXCEED_MAX_PAGES");
  g_assert_cmpint (ocr_harness_pull (gate.h), ==, -1);
  held_service_answer (gate.service, A);
  held_service_answer (gate.service, A);
  gate_assert_carries (&gate, A, 1, 1);
  gate_assert_carries (&gate, A, 2, 2);
  end (&gate);
  gate_assert_stat (&gate, "failed", 1);
  gate_assert_stat (&gate, "recognized", 2);
  gate_tear_down (&gate);
}

static void
what_came_back_in_flight_waits_too (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=exact");
  gate_show (&gate, 0, A);
  gate_show (&gate, 1, B);
  gate_show (&gate, 2, A);
  gate_show (&gate, 3, A);
  wait_for_followers (&gate, 2);
  held_service_answer (gate.service, B);
  held_service_answer (gate.service, A);
  gate_assert_carries (&gate, A, 0, 0);
  gate_assert_carries (&gate, B, 1, 1);
  gate_assert_carries (&gate, A, 2, 2);
  gate_assert_carries (&gate, A, 2, 3);
  end (&gate);
  gate_assert_stat (&gate, "remembered", 1);
  gate_assert_stat (&gate, "unchanged", 1);
  gate_assert_n_pictures (&gate, 2);
  gate_tear_down (&gate);
}

static void
a_flush_discards_what_waits (void)
{
  GstSegment segment;
  Gate gate;

  gate_set_up (&gate, "timing=exact");
  for (guint i = 0; i < 3; i++)
    gate_show (&gate, i, A);
  wait_for_followers (&gate, 2);
  held_service_wait (gate.service, 1);
  gst_harness_push_event (gate.h, gst_event_new_flush_start ());
  gst_harness_push_event (gate.h, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (gate.h, gst_event_new_segment (&segment));
  /* What was in flight answers nothing any more. */
  gate_show (&gate, 10, A);
  held_service_wait (gate.service, 2);
  held_service_open (gate.service);
  gate_assert_carries (&gate, A, 10, 10);
  end (&gate);
  gate_assert_stat (&gate, "sampled", 1);
  gate_assert_stat (&gate, "recognized", 1);
  gate_tear_down (&gate);
}

static void
after_a_seek_a_picture_is_told_anew (void)
{
  GstSegment segment;
  Gate gate;

  gate_set_up (&gate, "timing=exact");
  held_service_open (gate.service);
  gate_show (&gate, 0, A);
  gate_assert_carries (&gate, A, 0, 0);
  g_assert_cmpint (ocr_harness_wait_result (gate.h), ==, A);
  gst_harness_push_event (gate.h, gst_event_new_flush_start ());
  gst_harness_push_event (gate.h, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (gate.h, gst_event_new_segment (&segment));
  gate_show (&gate, 10, A);
  gate_assert_carries (&gate, A, 10, 10);
  g_assert_cmpint (ocr_harness_wait_result (gate.h), ==, A);
  end (&gate);
  gate_assert_stat (&gate, "remembered", 1);
  gate_assert_n_pictures (&gate, 1);
  gate_tear_down (&gate);
}

static void
a_stop_settles_what_waits (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=exact max-in-flight=8");
  for (guint i = 0; i < 8; i++)
    gate_show (&gate, i, i == 4 ? B : A);
  wait_for_followers (&gate, 6);
  gate_tear_down (&gate);
}

static void
the_budget_is_for_what_is_sent (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=exact max-requests=2");
  held_service_open (gate.service);
  for (guint i = 0; i < 20; i++)
    gate_show (&gate, i, i / 5 % 2 ? B : A);
  ocr_harness_wait_frames (gate.h, 20);
  end (&gate);
  gate_assert_stat (&gate, "submitted", 2);
  g_assert_null (ocr_harness_pop_message (gate.h,
          GST_MESSAGE_ERROR | GST_MESSAGE_WARNING));
  gate_tear_down (&gate);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

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
