/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: the signal `result`.
 */
#include "heldservice.h"
#include "ocrharness.h"

#include "../../testrows.h"

#define TESTS "/kakaoocr/signal/"

typedef struct
{
  GThread *streaming;
  GMutex lock;
  GCond cond;

  /* lock */
  guint n_begun;
  gboolean held;                /* handlers wait */
  GString *order;
  guint n;
} Heard;

static void
hear (GstElement * element, GstKakaoOcrResult * result, gpointer data)
{
  Heard *heard = data;
  GstStructure *stats;
  GstState state;

  g_assert_true (g_thread_self () != heard->streaming);
  /* No lock of the element's is held. */
  g_object_get (element, "stats", &stats, NULL);
  gst_structure_free (stats);
  g_object_set (element, "quality", 80, NULL);
  gst_element_get_state (element, &state, NULL, 0);

  g_mutex_lock (&heard->lock);
  heard->n_begun++;
  g_cond_broadcast (&heard->cond);
  while (heard->held)
    g_cond_wait (&heard->cond, &heard->lock);
  g_string_append_printf (heard->order, "%s ",
      gst_kakao_ocr_result_get_region (result, 0)->text);
  heard->n++;
  g_cond_broadcast (&heard->cond);
  g_mutex_unlock (&heard->lock);
}

static GstHarness *
set_up_hearing (Heard * heard, HeldService * service)
{
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=0 emit-signals=true post-messages=false");

  *heard = (Heard) {
  g_thread_self ()};
  g_mutex_init (&heard->lock);
  g_cond_init (&heard->cond);
  heard->order = g_string_new (NULL);
  g_signal_connect (h->element, "result", G_CALLBACK (hear), heard);
  return h;
}

/* Waits for two, which must be @order. */
static void
assert_heard (Heard * heard, const gchar * order)
{
  g_mutex_lock (&heard->lock);
  while (heard->n < 2)
    g_cond_wait (&heard->cond, &heard->lock);
  g_assert_cmpstr (heard->order->str, ==, order);
  g_mutex_unlock (&heard->lock);
}

static void
tear_down_hearing (Heard * heard, GstHarness * h)
{
  ocr_harness_free (h);
  g_string_free (heard->order, TRUE);
  g_cond_clear (&heard->cond);
  g_mutex_clear (&heard->lock);
}

static void
results_are_signalled_in_order_without_messages (void)
{
  HeldService *service = held_service_new ();
  Heard heard;
  GstHarness *h = set_up_hearing (&heard, service);

  ocr_harness_pass (h, 0);
  ocr_harness_pass (h, 1);
  held_service_answer (service, 1);
  held_service_answer (service, 0);
  assert_heard (&heard, "0 1 ");
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_ELEMENT));
  tear_down_hearing (&heard, h);
  held_service_free (service);
}

/* The handler of the first result holds up the second until after the flush. */
static void
a_flush_discards_results_that_were_not_told_yet (void)
{
  HeldService *service = held_service_new ();
  Heard heard;
  GstHarness *h = set_up_hearing (&heard, service);
  GstSegment segment;

  held_service_open (service);
  heard.held = TRUE;
  ocr_harness_pass (h, 0);
  g_mutex_lock (&heard.lock);
  while (heard.n_begun == 0)
    g_cond_wait (&heard.cond, &heard.lock);
  g_mutex_unlock (&heard.lock);
  ocr_harness_pass (h, 1);
  ocr_wait_stat (h->element, "recognized", 2);
  gst_harness_push_event (h, gst_event_new_flush_start ());
  gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  g_mutex_lock (&heard.lock);
  heard.held = FALSE;
  g_cond_broadcast (&heard.cond);
  g_mutex_unlock (&heard.lock);
  ocr_harness_pass (h, 50);
  assert_heard (&heard, "0 50 ");
  tear_down_hearing (&heard, h);
  held_service_free (service);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (results_are_signalled_in_order_without_messages);
  ADD (a_flush_discards_results_that_were_not_told_yet);
  return g_test_run ();
}
