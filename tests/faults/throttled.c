/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Row 33 of the fault table where it matters to all who share a key: an order
 * to wait that one element got holds back the others, too.
 */
#include "../check/stopwatch.h"
#include "faultserver.h"
#include "ocrharness.h"

#define ORDERED (3 * G_TIME_SPAN_SECOND)
/* Of both elements, when they may ask again. */
#define N_REQUESTS 8

static gboolean
throttle_first (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  if (number == 1)
    return fault_connection_answer (c, 429, "Retry-After: 3\r\n", "");
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

/* One request at a time, so that none is out when the order comes. */
static GstElement *
play (FaultServer * server, const gchar * timing)
{
  gboolean live = !g_str_equal (timing, "exact");
  g_autofree gchar *line = g_strdup_printf ("videotestsrc is-live=%d ! "
      TEST_FRAME_CAPS " ! kakaoocr name=ocr endpoint=%s api-key=shared "
      "timing=%s interval=0 max-in-flight=1 ! fakesink", live,
      fault_server_get_url (server), timing);
  GstElement *pipeline = gst_parse_launch (line, NULL);
  g_autoptr (GstElement) ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");

  ocr_set_properties (ocr, "change-threshold=0 memory=0");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  return pipeline;
}

static void
stop (GstElement * pipeline)
{
  g_autoptr (GstElement) ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");

  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_cmpuint (ocr_get_stat (ocr, "recognized"), >, 0);
  gst_object_unref (pipeline);
}

static void
row_33_retry_after_holds_back_every_element (gconstpointer timing)
{
  FaultScript script = { throttle_first };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  GstElement *first = play (server, timing), *second;
  g_autoptr (GstBus) bus = gst_element_get_bus (first);
  GstMessage *warning = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE,
      GST_MESSAGE_WARNING);
  gint64 begin = fault_server_get_request_time (server, 1);
  guint i;

  gst_message_unref (warning);
  second = play (server, timing);
  fault_server_wait_requests (server, N_REQUESTS);
  for (i = 2; i <= N_REQUESTS; i++)
    g_assert_cmpint (fault_server_get_request_time (server, i), >=,
        begin + ORDERED);
  g_assert_cmpint (fault_server_get_request_time (server, 2), <,
      begin + ORDERED + stopwatch_get_room (ORDERED));
  stop (first);
  stop (second);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(timing) g_test_add_data_func ("/faults/" \
    "row_33_retry_after_holds_back_every_element/" timing, timing, \
    row_33_retry_after_holds_back_every_element)
  ADD ("latest");
  ADD ("exact");
#undef ADD
  return g_test_run ();
}
