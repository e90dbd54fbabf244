/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Row 36 of the fault table: the service answers 503 for ten minutes. The
 * element's client runs a hundred times as fast.
 */
#include "question.h"

#include "elements.h"
#include "ocrharness.h"

#define SPEED 100
#define OUTAGE (600 * (gint64) G_USEC_PER_SEC)
/* Of the breaker, which probes each 30, 60, 120, 240, 300 s give or take a
 * fifth, and of what goes before it opens. */
#define MAX_REQUESTS 30
/* The engine counts a frame's deadline on the system's clock, so that it must
 * be beyond all that the client's clock will show. */
#define TIMEOUT "86400000"
#define CAMERA_PACE 10000       /* us */
#define N_FRAMES 10

typedef struct
{
  gint64 start;                 /* of the first request; 0: none yet */
  gint n_refused;
} Outage;

/* Requests come in several threads. */
static GMutex outage_lock;

static gboolean
answer_after_outage (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  Outage *outage = data;
  gboolean over;

  g_mutex_lock (&outage_lock);
  if (!outage->start)
    outage->start = kocr_clock_now ();
  over = kocr_clock_now () - outage->start >= OUTAGE;
  if (!over)
    outage->n_refused++;
  g_mutex_unlock (&outage_lock);
  if (!over)
    return fault_connection_answer (c, 503, NULL, "INTERNAL ERROR");
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static void
row_36_unavailable_for_10_minutes_live (void)
{
  Outage outage = { 0 };
  FaultScript script = { answer_after_outage };
  g_autoptr (FaultServer) server = fault_server_new (&script, &outage);
  GstHarness *h = ocr_harness_new (fault_server_get_url (server),
      "timing=latest interval=0 timeout=" TIMEOUT);
  GstMessage *message;
  guint n_warnings = 0;
  gint carried = -1;
  guint i;

  /* A frame that goes in comes out before the next goes in. */
  for (i = 0; carried < 0; i++) {
    carried = ocr_harness_pass (h, i);
    g_usleep (CAMERA_PACE);
  }
  g_assert_cmpint (kocr_clock_now () - outage.start, >=, OUTAGE);
  g_assert_cmpint (outage.n_refused, <, MAX_REQUESTS);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING,
          "internal error"));
  while ((message = ocr_harness_pop_message (h, GST_MESSAGE_WARNING))) {
    n_warnings++;
    gst_message_unref (message);
  }
  /* That there is an outage and that it is over; none a frame. */
  g_assert_cmpuint (n_warnings, <=, 2);
  g_assert_cmpuint (ocr_get_stat (h->element, "failed"), >, 0);
  ocr_harness_free (h);
}

static gpointer
push_all (gpointer data)
{
  GstHarness *h = data;
  guint i;

  for (i = 0; i < N_FRAMES; i++)
    ocr_harness_push (h, i);
  gst_harness_push_event (h, gst_event_new_eos ());
  return NULL;
}

static void
row_36_unavailable_for_10_minutes_exact (void)
{
  Outage outage = { 0 };
  FaultScript script = { answer_after_outage };
  g_autoptr (FaultServer) server = fault_server_new (&script, &outage);
  GstHarness *h = ocr_harness_new_not_live (fault_server_get_url (server),
      "timing=exact interval=0 timeout=" TIMEOUT
      " max-outage=0 change-threshold=0 " "memory=0");
  GThread *upstream = g_thread_new ("upstream", push_all, h);
  guint i;

  for (i = 0; i < N_FRAMES; i++)
    g_assert_cmpint (ocr_harness_pull (h), >=, 0);
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  g_thread_join (upstream);
  g_assert_cmpint (kocr_clock_now () - outage.start, >=, OUTAGE);
  g_assert_cmpint (outage.n_refused, <, MAX_REQUESTS);
  g_assert_cmpuint (ocr_get_stat (h->element, "recognized"), ==, N_FRAMES);
  g_assert_cmpuint (ocr_get_stat (h->element, "failed"), ==, 0);
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, N_FRAMES);
  ocr_harness_free (h);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  kocr_clock_set_speed (SPEED);
  g_assert_true (GST_ELEMENT_REGISTER (kakaoocr, NULL));

#define ADD(name) g_test_add_func ("/faults/" #name, name)
  ADD (row_36_unavailable_for_10_minutes_live);
  ADD (row_36_unavailable_for_10_minutes_exact);
#undef ADD
  return g_test_run ();
}
