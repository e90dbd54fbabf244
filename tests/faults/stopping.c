/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rows 48 to 51 of the fault table: the pipeline flushes, ends or stops while
 * the service is asked.
 */
#include "../check/stopwatch.h"
#include "faultserver.h"
#include "heldservice.h"
#include "ocrharness.h"
#include "../check/sanitized.h"
#include "stall.h"
#include "usage.h"

#include <string.h>

#include "../check/testrows.h"

#define TESTS "/faults/"

#define FLUSH_TIME (100 * G_TIME_SPAN_MILLISECOND * SANITIZED_TIMES)
#define STOP_TIME (500 * G_TIME_SPAN_MILLISECOND * SANITIZED_TIMES)
#define N_WARM 2
#define N_STOPS 8
/* Of the heap, by a stop of three pipelines; for what GLib and GnuTLS keep. */
#define MAX_LEFT 10000
#define N_FLUSHES 50
#define N_IN_FLIGHT 4
/* The window grows with answers while more is waiting; six could do. */
#define N_ANSWERED 40
#define HOLD_STEP 5             /* ms */

static GstHarness *
exact_harness_new (const gchar * url)
{
  return ocr_harness_new_not_live (url, "timing=exact interval=0 "
      "change-threshold=0 memory=0 max-in-flight=4");
}

/* Answers N_ANSWERED and holds the others until *@data is not 0. */
static gboolean
answer_then_hold (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  while (number > N_ANSWERED && !g_atomic_int_get ((gint *) data)) {
    if (!fault_connection_wait (c, HOLD_STEP))
      return FALSE;
  }
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static void
row_48_flush_with_4_in_flight (void)
{
  FaultScript script = { answer_then_hold };
  gint released = 0;
  g_autoptr (FaultServer) server = fault_server_new (&script, &released);
  GstHarness *h = exact_harness_new (fault_server_get_url (server));
  GThread *upstream =
      g_thread_new ("upstream", ocr_harness_push_until_refused, h);
  Stopwatch watch;

  fault_server_wait_requests (server, N_ANSWERED + N_IN_FLIGHT);
  watch = stopwatch_start ();
  gst_harness_push_event (h, gst_event_new_flush_start ());
  g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (upstream)), ==,
      GST_FLOW_FLUSHING);
  g_assert_cmpint (stopwatch_stop (&watch), <, FLUSH_TIME);
  ocr_harness_free (h);
}

static gpointer
push_to_eos (gpointer data)
{
  GstHarness *h = data;
  guint i;

  for (i = 0; i < N_ANSWERED + N_IN_FLIGHT; i++)
    ocr_harness_push (h, i);
  gst_harness_push_event (h, gst_event_new_eos ());
  return NULL;
}

static void
row_49_eos_with_4_in_flight (void)
{
  FaultScript script = { answer_then_hold };
  gint released = 0;
  g_autoptr (FaultServer) server = fault_server_new (&script, &released);
  GstHarness *h = exact_harness_new (fault_server_get_url (server));
  g_autofree gchar *before = NULL, *record = NULL;
  GThread *upstream;

  ocr_harness_record (h);
  upstream = g_thread_new ("upstream", push_to_eos, h);
  fault_server_wait_requests (server, N_ANSWERED + N_IN_FLIGHT);
  g_thread_join (upstream);
  before = ocr_harness_get_record (h);
  g_assert_null (strstr (before, "eos"));
  g_atomic_int_set (&released, TRUE);
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  record = ocr_harness_get_record (h);
  g_assert_true (g_str_has_suffix (record, "40:0 41:0 42:0 43:0 eos"));
  g_assert_cmpuint (ocr_get_stat (h->element, "recognized"), ==,
      N_ANSWERED + N_IN_FLIGHT);
  ocr_harness_free (h);
}

/* Stops. */

/* The elements go, too: what is left of a run or of one of them shows. */
static void
stop_in_phase (StallPhase phase)
{
  static const gchar *const timings[] = { "latest", "aligned", "exact" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (timings); i++) {
    GstElement *pipeline = stall_pipeline_new (timings[i]);

    g_assert_cmpint (stall_cycle (pipeline, phase), <, STOP_TIME);
    gst_object_unref (pipeline);
  }
}

static void
row_50_null (gconstpointer data)
{
  StallPhase phase = GPOINTER_TO_UINT (data);
  Usage before, after;
  guint i;

  for (i = 0; i < N_WARM; i++)
    stop_in_phase (phase);
  usage_measure (&before);
  for (i = 0; i < N_STOPS; i++)
    stop_in_phase (phase);
  usage_measure (&after);
  g_test_message ("files %u to %u, heap %" G_GSIZE_FORMAT " to %"
      G_GSIZE_FORMAT, before.files, after.files, before.heap, after.heap);
  g_assert_cmpuint (after.files, <=, before.files);
  g_assert_cmpuint (after.heap, <, before.heap + N_STOPS * MAX_LEFT);
}

/* Late ones. */

/* The answer comes about when the flush does, before or after it. */
static void
row_51_late_callback_after_a_flush (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = exact_harness_new (held_service_get_url (service));
  guint i;

  held_service_open (service);
  for (i = 0; i < N_FLUSHES; i++) {
    guint id = 2 * i % (TEST_FRAME_IDS - 1);
    guint n_pictures = held_service_get_n_pictures (service);
    GstBuffer *frame;

    ocr_harness_push (h, id);
    if (i % 2)
      held_service_wait (service, n_pictures + 1);
    gst_harness_push_event (h, gst_event_new_flush_start ());
    ocr_harness_flush_stop (h);
    /* What had left before the flush. */
    while ((frame = gst_harness_try_pull (h)))
      gst_buffer_unref (frame);
    ocr_harness_push (h, id + 1);
    g_assert_cmpint (ocr_harness_pull (h), ==, id + 1);
    /* Frames tell; that of before may be posted until now. */
    while (ocr_harness_wait_result (h) != (gint) id + 1);
  }
  ocr_harness_free (h);
  held_service_free (service);
}

static void
row_51_late_callback_after_null (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = exact_harness_new (held_service_get_url (service));

  ocr_harness_push (h, 0);
  held_service_wait (service, 1);
  gst_element_set_state (h->element, GST_STATE_NULL);
  held_service_open (service);
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_ELEMENT));
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 0);
  ocr_harness_free (h);
  g_assert_cmpuint (held_service_get_n_pictures (service), ==, 1);
  held_service_free (service);
}

int
main (int argc, char **argv)
{
  guint i;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (row_48_flush_with_4_in_flight);
  ADD (row_49_eos_with_4_in_flight);
  for (i = 0; i < STALL_N_PHASES; i++) {
    g_autofree gchar *path = g_strconcat ("/faults/row_50_null_",
        stall_get_name (i), NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), row_50_null);
  }
  ADD (row_51_late_callback_after_a_flush);
  ADD (row_51_late_callback_after_null);
  return g_test_run ();
}
