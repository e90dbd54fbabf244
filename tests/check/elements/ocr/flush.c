/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: a flush ends every wait, and nothing of before comes after it.
 */
#include "../../stopwatch.h"
#include "heldservice.h"
#include "ocrharness.h"
#include "../../sanitized.h"
#include "../../testrows.h"

#define TESTS "/kakaoocr/flush/"

#define FLUSH_TIME (100 * G_TIME_SPAN_MILLISECOND * SANITIZED_TIMES)

static void
a_flush_ends_the_wait_for_a_slot (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=0 max-in-flight=4");
  GThread *upstream =
      g_thread_new ("upstream", ocr_harness_push_until_refused, h);
  Stopwatch watch;

  ocr_wait_stat (h->element, "in-flight", 4);
  held_service_wait (service, 2);
  watch = stopwatch_start ();
  gst_harness_push_event (h, gst_event_new_flush_start ());
  g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (upstream)), ==,
      GST_FLOW_FLUSHING);
  g_assert_cmpint (stopwatch_stop (&watch), <, FLUSH_TIME);

  /* And nothing of before comes after it. */
  ocr_harness_flush_stop (h);
  ocr_harness_push (h, 50);
  held_service_answer (service, 50);
  g_assert_cmpint (ocr_harness_pull (h), ==, 50);
  g_assert_cmpint (ocr_harness_wait_result (h), ==, 50);
  g_assert_cmpuint (ocr_get_stat (h->element, "sampled"), ==, 1);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
a_flush_ends_the_wait_for_room (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=60000 max-size-bytes=1");
  GThread *upstream =
      g_thread_new ("upstream", ocr_harness_push_until_refused, h);
  Stopwatch watch;

  held_service_wait (service, 1);
  watch = stopwatch_start ();
  gst_harness_push_event (h, gst_event_new_flush_start ());
  g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (upstream)), ==,
      GST_FLOW_FLUSHING);
  g_assert_cmpint (stopwatch_stop (&watch), <, FLUSH_TIME);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
a_flush_drops_held_frames (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=aligned latency=3600000");

  ocr_harness_push (h, 0);
  ocr_harness_push (h, 1);
  held_service_wait (service, 1);
  gst_harness_push_event (h, gst_event_new_flush_start ());
  ocr_harness_flush_stop (h);
  ocr_harness_push (h, 20);
  held_service_answer (service, 20);
  g_assert_cmpint (ocr_harness_pull (h), ==, 20);
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 1);
  ocr_harness_free (h);
  held_service_free (service);
}

/* Upstream has sent them and does not send them again. */
static void
a_flush_keeps_what_the_stream_is_like (gconstpointer settings)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      settings);
  g_autoptr (GstCaps) caps =
      gst_caps_from_string (TEST_FRAME_CAPS ",pixel-aspect-ratio=2/1");
  g_autoptr (GstCaps) seen = NULL;
  g_autofree gchar *record = NULL;
  GstSegment segment;

  ocr_harness_record (h);
  ocr_harness_push (h, 0);
  held_service_wait (service, 1);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (h, gst_event_new_caps (caps));
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  gst_harness_push_event (h,
      gst_event_new_tag (gst_tag_list_new (GST_TAG_TITLE, "held", NULL)));
  gst_harness_push_event (h, gst_event_new_eos ());
  gst_harness_push_event (h, gst_event_new_flush_start ());
  ocr_harness_flush_stop (h);
  ocr_harness_push (h, 20);
  held_service_answer (service, 20);
  g_assert_cmpint (ocr_harness_pull (h), ==, 20);

  record = ocr_harness_get_record (h);
  g_assert_cmpstr (record, ==, "caps segment tag 20:20");
  seen = gst_pad_get_current_caps (h->sinkpad);
  g_assert_true (gst_caps_is_equal (seen, caps));
  ocr_harness_free (h);
  held_service_free (service);
}

static void
a_flush_forgets_results_in_latest (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=80");

  ocr_harness_pass (h, 0);
  held_service_answer (service, 0);
  ocr_harness_wait_result (h);
  g_assert_cmpint (ocr_harness_pass (h, 1), ==, 0);
  ocr_harness_pass (h, 2);
  held_service_wait (service, 2);
  gst_harness_push_event (h, gst_event_new_flush_start ());
  ocr_harness_flush_stop (h);
  g_assert_cmpint (ocr_harness_pass (h, 3), ==, -1);
  held_service_answer (service, 3);
  g_assert_cmpint (ocr_harness_wait_result (h), ==, 3);
  g_assert_cmpint (ocr_harness_pass (h, 4), ==, 3);
  ocr_harness_free (h);
  held_service_free (service);
}

static gboolean flushed;

/* Upstream is asked while the caps decide the timing. */
static gboolean
flush_meanwhile (GstPad * pad, GstObject * parent, GstQuery * query)
{
  if (GST_QUERY_TYPE (query) == GST_QUERY_LATENCY && !flushed) {
    flushed = TRUE;
    gst_pad_push_event (pad, gst_event_new_flush_start ());
  }
  return FALSE;
}

static void
caps_that_come_with_the_flush_start_no_task (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_without_caps (held_service_get_url (service),
      "timing=exact");
  GstPad *srcpad = gst_element_get_static_pad (h->element, "src");
  GstCaps *caps = gst_caps_from_string (TEST_FRAME_CAPS);

  held_service_open (service);
  gst_pad_set_query_function (h->srcpad, flush_meanwhile);
  gst_harness_push_event (h, gst_event_new_stream_start ("race"));
  gst_harness_push_event (h, gst_event_new_caps (caps));
  g_assert_true (flushed);
  g_assert_cmpint (gst_pad_get_task_state (srcpad), !=, GST_TASK_STARTED);

  ocr_harness_flush_stop (h);
  g_assert_cmpint (gst_pad_get_task_state (srcpad), ==, GST_TASK_STARTED);
  gst_harness_set_src_caps_str (h, TEST_FRAME_CAPS);
  g_assert_cmpint (ocr_harness_pass (h, 0), ==, 0);
  gst_caps_unref (caps);
  gst_object_unref (srcpad);
  ocr_harness_free (h);
  held_service_free (service);
}

#define ADD_WITH(test, suffix, settings) \
    g_test_add_data_func ("/kakaoocr/flush/" #test suffix, settings, test)

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (a_flush_ends_the_wait_for_a_slot);
  ADD (a_flush_ends_the_wait_for_room);
  ADD (a_flush_drops_held_frames);
  ADD_WITH (a_flush_keeps_what_the_stream_is_like, "_in_aligned",
      "timing=aligned latency=3600000");
  ADD_WITH (a_flush_keeps_what_the_stream_is_like, "_in_exact", "timing=exact");
  ADD (a_flush_forgets_results_in_latest);
  ADD (caps_that_come_with_the_flush_start_no_task);
  return g_test_run ();
}
