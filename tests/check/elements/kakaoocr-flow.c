/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: what downstream says to a frame that has waited.
 */
#include "heldservice.h"
#include "ocrharness.h"

#define EXACT "timing=exact interval=0"

static gboolean
is_paused (gpointer pad)
{
  return gst_pad_get_task_state (pad) == GST_TASK_PAUSED;
}

/* Waits until downstream has refused a frame. */
static void
wait_for_the_end (GstHarness * h)
{
  g_autoptr (GstPad) srcpad = gst_element_get_static_pad (h->element, "src");

  ocr_wait_until (is_paused, srcpad);
}

/* EOS after an end that is not the stream's */

static GstFlowReturn refusal;

static GstFlowReturn
refuse (GstPad * pad, GstObject * parent, GstBuffer * buffer)
{
  gst_buffer_unref (buffer);
  return refusal;
}

/* One ERROR, and the EOS that downstream waits for. */
static void
assert_is_told_once (GstHarness * h)
{
  GstMessage *message;

  ocr_harness_wait_event (h, GST_EVENT_EOS);
  message = ocr_harness_pop_message (h, GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  gst_message_unref (message);
  /* Whoever else might tell has ended then. */
  gst_element_set_state (h->element, GST_STATE_READY);
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_ERROR));
  while (gst_harness_events_in_queue (h) > 0) {
    g_autoptr (GstEvent) event = gst_harness_pull_event (h);

    g_assert_cmpint (GST_EVENT_TYPE (event), !=, GST_EVENT_EOS);
  }
}

static void
eos_after_a_refused_frame_is_an_error (gconstpointer flow)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      EXACT);

  refusal = GPOINTER_TO_INT (flow);
  gst_pad_set_chain_function (h->sinkpad, refuse);
  held_service_open (service);
  ocr_harness_push (h, 0);
  wait_for_the_end (h);
  gst_harness_push_event (h, gst_event_new_eos ());
  assert_is_told_once (h);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
eos_that_comes_as_the_frame_is_refused_is_one_error (void)
{
  HeldService *service = held_service_new ();

  refusal = GST_FLOW_ERROR;
  held_service_open (service);
  for (guint i = 0; i < 100; i++) {
    GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
        "timing=exact active=false");

    gst_pad_set_chain_function (h->sinkpad, refuse);
    ocr_harness_push (h, 0);
    gst_harness_push_event (h, gst_event_new_eos ());
    assert_is_told_once (h);
    ocr_harness_free (h);
  }
  held_service_free (service);
}

static void
eos_after_a_failed_recognition_is_no_second_error (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      EXACT);

  ocr_harness_push (h, 0);
  held_service_refuse (service, 0, 400, "INVALID_SIGNATURE");
  wait_for_the_end (h);
  gst_harness_push_event (h, gst_event_new_eos ());
  assert_is_told_once (h);
  ocr_harness_free (h);
  held_service_free (service);
}

#define ADD(test) g_test_add_func ("/kakaoocr/flow/" #test, test)
#define ADD_WITH(test, suffix, data) \
    g_test_add_data_func ("/kakaoocr/flow/" #test suffix, data, test)

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD_WITH (eos_after_a_refused_frame_is_an_error, "_not_negotiated",
      GINT_TO_POINTER (GST_FLOW_NOT_NEGOTIATED));
  ADD_WITH (eos_after_a_refused_frame_is_an_error, "_error",
      GINT_TO_POINTER (GST_FLOW_ERROR));
  ADD_WITH (eos_after_a_refused_frame_is_an_error, "_not_linked",
      GINT_TO_POINTER (GST_FLOW_NOT_LINKED));
  ADD (eos_that_comes_as_the_frame_is_refused_is_one_error);
  ADD (eos_after_a_failed_recognition_is_no_second_error);
  return g_test_run ();
}
