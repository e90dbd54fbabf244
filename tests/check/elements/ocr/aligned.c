/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr timing=aligned: frames wait for the result of their own sample, and
 * no longer than the latency.
 */
#include "heldservice.h"
#include "ocrharness.h"

#include "../../testrows.h"

#define TESTS "/kakaoocr/aligned/"

/* Longer than any test: only results let frames go. */
#define PATIENT "timing=aligned latency=3600000 "
/* How late a thread may be that is to wake at a deadline. */
#define SLACK GST_SECOND

static gboolean
answer_latency (GstPad * pad, GstObject * parent, GstQuery * query)
{
  if (GST_QUERY_TYPE (query) != GST_QUERY_LATENCY)
    return gst_pad_query_default (pad, parent, query);
  gst_query_set_latency (query, TRUE, 20 * GST_MSECOND, 80 * GST_MSECOND);
  return TRUE;
}

static void
assert_latency (GstHarness * h, GstClockTime min, GstClockTime max)
{
  GstQuery *query = gst_query_new_latency ();
  GstClockTime got_min, got_max;
  gboolean live;

  g_assert_true (gst_pad_peer_query (h->sinkpad, query));
  gst_query_parse_latency (query, &live, &got_min, &got_max);
  g_assert_true (live);
  g_assert_cmpuint (got_min, ==, min);
  g_assert_cmpuint (got_max, ==, max);
  gst_query_unref (query);
}

static void
latency_grows_by_the_latency (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=aligned latency=500");

  gst_pad_set_query_function (h->srcpad, answer_latency);
  assert_latency (h, 520 * GST_MSECOND, 580 * GST_MSECOND);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
an_endless_maximum_stays_endless (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=aligned latency=500");

  gst_harness_set_upstream_latency (h, 7 * GST_MSECOND);
  assert_latency (h, 507 * GST_MSECOND, GST_CLOCK_TIME_NONE);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
changing_the_latency_posts_a_message (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=aligned latency=500");
  GstMessage *message;

  gst_message_unref (ocr_harness_wait_message (h, GST_MESSAGE_LATENCY));
  while ((message = ocr_harness_pop_message (h, GST_MESSAGE_LATENCY)))
    gst_message_unref (message);

  g_object_set (h->element, "latency", 500, NULL);
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_LATENCY));
  g_object_set (h->element, "latency", 700, NULL);
  gst_message_unref (ocr_harness_wait_message (h, GST_MESSAGE_LATENCY));
  gst_harness_set_upstream_latency (h, 0);
  assert_latency (h, 700 * GST_MSECOND, GST_CLOCK_TIME_NONE);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
every_frame_carries_its_own_samples_result (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      PATIENT "interval=80");

  /* Two samples are in flight at a time; the second is answered first. */
  for (guint i = 0; i < 20; i += 4) {
    for (guint j = i; j < i + 4; j++)
      ocr_harness_push (h, j);
    held_service_answer (service, i + 2);
    g_assert_cmpuint (gst_harness_buffers_received (h), ==, i);
    held_service_answer (service, i);
    for (guint j = i; j < i + 4; j++)
      g_assert_cmpint (ocr_harness_pull (h), ==, j / 2 * 2);
    ocr_harness_wait_result (h);
    ocr_harness_wait_result (h);
  }
  g_assert_cmpuint (ocr_get_stat (h->element, "sampled"), ==, 10);
  g_assert_cmpuint (ocr_get_stat (h->element, "late"), ==, 0);
  ocr_harness_free (h);
  held_service_free (service);
}

/* A frame that fails leaves the next ones without, too: their sample is it. */
static void
a_failed_sample_lets_its_frames_go_without (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      PATIENT "interval=80");

  for (guint i = 0; i < 4; i++)
    ocr_harness_push (h, i);
  held_service_refuse (service, 0, 501, NULL);
  g_assert_cmpint (ocr_harness_pull (h), ==, -1);
  g_assert_cmpint (ocr_harness_pull (h), ==, -1);
  held_service_answer (service, 2);
  g_assert_cmpint (ocr_harness_pull (h), ==, 2);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
assert_leaves_at_deadline (GstHarness * h, guint id, GstClockTime latency)
{
  GstClockTime start = gst_util_get_timestamp (), stay;

  g_assert_cmpint (ocr_harness_pass (h, id), ==, -1);
  stay = gst_util_get_timestamp () - start;
  g_assert_cmpuint (stay, >=, latency);
  g_assert_cmpuint (stay, <, latency + SLACK);
}

static void
a_held_frame_leaves_by_its_deadline_when_input_stalls (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=aligned latency=100");

  assert_leaves_at_deadline (h, 0, 100 * GST_MSECOND);
  g_assert_cmpuint (ocr_get_stat (h->element, "late"), ==, 1);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
a_held_frame_leaves_by_its_deadline_in_paused (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=aligned latency=100");

  g_assert_cmpint (gst_element_set_state (h->element, GST_STATE_PAUSED), !=,
      GST_STATE_CHANGE_FAILURE);
  assert_leaves_at_deadline (h, 0, 100 * GST_MSECOND);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
deadlines_are_the_same_when_not_live (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=aligned latency=100");

  assert_leaves_at_deadline (h, 0, 100 * GST_MSECOND);
  ocr_harness_free (h);
  held_service_free (service);
}

/* The deadline of each frame is its own: a late answer still serves those that
 * came last. */
static void
a_late_result_is_carried_by_frames_that_still_wait (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=aligned latency=100 interval=60000");

  g_assert_cmpint (ocr_harness_pass (h, 0), ==, -1);
  g_object_set (h->element, "latency", 3600000, NULL);
  ocr_harness_push (h, 1);
  held_service_answer (service, 0);
  g_assert_cmpint (ocr_harness_pull (h), ==, 0);
  ocr_harness_free (h);
  held_service_free (service);
}

/* Three frames of 64x48 I420 fit. */
static void
a_full_queue_lets_its_head_go (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      PATIENT "max-size-bytes=14000 interval=60000");

  for (guint i = 0; i < 4; i++)
    ocr_harness_push (h, i);
  g_assert_cmpint (ocr_harness_pull (h), ==, -1);
  g_assert_cmpuint (ocr_get_stat (h->element, "late"), ==, 1);
  held_service_answer (service, 0);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpint (ocr_harness_pull (h), ==, 0);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
events_keep_their_place_between_frames (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      PATIENT "interval=60000");
  g_autofree gchar *record = NULL;

  ocr_harness_record (h);
  ocr_harness_push (h, 0);
  gst_harness_push_event (h, gst_event_new_gap (40 * GST_MSECOND,
          40 * GST_MSECOND));
  ocr_harness_push (h, 2);
  gst_harness_push_event (h,
      gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM,
          gst_structure_new_empty ("mark")));
  ocr_harness_push (h, 3);
  /* Out of band, ahead of all. */
  gst_harness_push_event (h,
      gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM_OOB,
          gst_structure_new_empty ("mark")));
  held_service_answer (service, 0);
  ocr_harness_wait_frames (h, 3);
  record = ocr_harness_get_record (h);
  g_assert_cmpstr (record, ==,
      "custom-downstream-oob 0:0 gap 2:0 custom-downstream 3:0");
  ocr_harness_free (h);
  held_service_free (service);
}

static gpointer
query_drain (gpointer data)
{
  GstHarness *h = data;
  GstQuery *query = gst_query_new_drain ();

  gst_pad_peer_query (h->srcpad, query);
  gst_query_unref (query);
  return NULL;
}

static void
a_serialized_query_waits_its_turn (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      PATIENT "interval=60000");
  g_autofree gchar *record = NULL;
  GThread *upstream;

  ocr_harness_record (h);
  ocr_harness_push (h, 0);
  ocr_harness_push (h, 1);
  held_service_wait (service, 1);
  upstream = g_thread_new ("upstream", query_drain, h);
  held_service_answer (service, 0);
  g_thread_join (upstream);
  record = ocr_harness_get_record (h);
  g_assert_cmpstr (record, ==, "0:0 1:0 drain");
  ocr_harness_free (h);
  held_service_free (service);
}

static void
eos_leaves_after_the_frames (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=aligned latency=100 interval=60000");
  g_autofree gchar *record = NULL;

  ocr_harness_record (h);
  ocr_harness_push (h, 0);
  ocr_harness_push (h, 1);
  gst_harness_push_event (h, gst_event_new_eos ());
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  record = ocr_harness_get_record (h);
  g_assert_cmpstr (record, ==, "0: 1: eos");
  ocr_harness_free (h);
  held_service_free (service);
}

static void
qos_goes_upstream (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=aligned");

  g_assert_true (ocr_harness_passes_qos (h));
  ocr_harness_free (h);
  held_service_free (service);
}

static void
the_frame_that_comes_out_is_the_one_that_went_in (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      PATIENT "interval=0");
  GstBuffer *in = test_frame_new (0), *out;
  GstMemory *memory = gst_memory_ref (gst_buffer_peek_memory (in, 0));

  g_assert_cmpint (gst_harness_push (h, in), ==, GST_FLOW_OK);
  held_service_answer (service, 0);
  out = gst_harness_pull (h);
  g_assert_true (gst_buffer_peek_memory (out, 0) == memory);
  g_assert_cmpint (test_frame_get_result_id (out), ==, 0);
  gst_buffer_unref (out);
  gst_memory_unref (memory);
  ocr_harness_free (h);
  held_service_free (service);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (latency_grows_by_the_latency);
  ADD (an_endless_maximum_stays_endless);
  ADD (changing_the_latency_posts_a_message);
  ADD (every_frame_carries_its_own_samples_result);
  ADD (a_failed_sample_lets_its_frames_go_without);
  ADD (a_held_frame_leaves_by_its_deadline_when_input_stalls);
  ADD (a_held_frame_leaves_by_its_deadline_in_paused);
  ADD (deadlines_are_the_same_when_not_live);
  ADD (a_late_result_is_carried_by_frames_that_still_wait);
  ADD (a_full_queue_lets_its_head_go);
  ADD (events_keep_their_place_between_frames);
  ADD (a_serialized_query_waits_its_turn);
  ADD (eos_leaves_after_the_frames);
  ADD (qos_goes_upstream);
  ADD (the_frame_that_comes_out_is_the_one_that_went_in);
  return g_test_run ();
}
