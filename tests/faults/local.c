/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The service of this machine under whole pipelines. Stopped in the middle, as
 * by SIGSTOP, it takes connections and never answers: it is replaced, a live
 * picture is read again, and where nothing may be lost nothing is. And it has no
 * limit of regions, and the languages that are asked for.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "../check/stopwatch.h"
#include "ocrharness.h"
#include "service.h"

#define TIMEOUT_MS 2000
/* After the stop, the service is silent for 5 s at least; what is in flight
 * then, and what it takes to start another one. */
#define READ_AGAIN (2 * TIMEOUT_MS * G_TIME_SPAN_MILLISECOND \
    + 10 * G_TIME_SPAN_SECOND)

#define N_REGIONS 500

typedef struct
{
  gchar *answer, *program;
  gchar *starts;                /* a line a process: its pid and arguments */
} Fixture;

static void
set_up (Fixture * f, gconstpointer unused)
{
  g_autofree gchar *script = NULL;
  g_autoptr (GString) answer =
      g_string_new ("{\"responses\":[{\"page\":1,\"results\":[");

  for (guint i = 0; i < N_REGIONS; i++)
    g_string_append_printf (answer, "%s{\"box\":[[%u,4],[%u,4],[%u,12],[%u,12]],"
        "\"recognized_word\":[\"word\"]}", i ? "," : "", i % 50, i % 50 + 9,
        i % 50 + 9, i % 50);
  g_string_append (answer, "]}]}");
  f->answer = service_write_file (answer->str, 0600);
  f->starts = service_write_file ("", 0600);
  script = g_strdup_printf ("#!/bin/sh\necho \"$$ $*\" >> '%s'\n"
      "exec '%s' \"$@\" --engine replay:'%s' --latency 50\n", f->starts,
      g_getenv (SERVICE_VARIABLE), f->answer);
  f->program = service_write_file (script, 0700);
  g_setenv ("KAKAOOCR_SERVER", f->program, TRUE);
}

static void
tear_down (Fixture * f, gconstpointer unused)
{
  service_remove_file (f->answer);
  service_remove_file (f->starts);
  service_remove_file (f->program);
}

/* How many processes there were; the last one is stopped. */
static guint
stop_service (Fixture * f, gboolean stop)
{
  g_autofree gchar *text = NULL;
  g_auto (GStrv) starts = NULL;
  guint n;

  g_assert_true (g_file_get_contents (f->starts, &text, NULL, NULL));
  starts = g_strsplit (g_strstrip (text), "\n", 0);
  n = g_strv_length (starts);
  if (stop)
    g_assert_cmpint (kill (atoi (starts[n - 1]), SIGSTOP), ==, 0);
  return n;
}

static GstElement *
play (const gchar * source, const gchar * timing)
{
  g_autofree gchar *line = g_strdup_printf ("%s ! " TEST_FRAME_CAPS
      " ! kakaoocr name=ocr endpoint=local timing=%s interval=200 timeout=%d "
      "change-threshold=0 memory=0 ! fakesink", source, timing, TIMEOUT_MS);
  GstElement *pipeline = gst_parse_launch (line, NULL);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  return pipeline;
}

static void
wait_for (GstElement * pipeline, GstMessageType type, const gchar * name)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  gboolean found = FALSE;

  while (!found) {
    GstMessage *message = gst_bus_timed_pop_filtered (bus,
        GST_CLOCK_TIME_NONE, type | GST_MESSAGE_ERROR);

    g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, type);
    found = !name || gst_message_has_name (message, name);
    gst_message_unref (message);
  }
}

static void
drop_messages (GstElement * pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);

  gst_bus_set_flushing (bus, TRUE);
  gst_bus_set_flushing (bus, FALSE);
}

static void
a_live_picture_is_read_again (Fixture * f, gconstpointer unused)
{
  GstElement *pipeline = play ("videotestsrc is-live=true", "latest");
  Stopwatch stopped;

  wait_for (pipeline, GST_MESSAGE_ELEMENT, "kakaoocr-result");
  g_assert_cmpuint (stop_service (f, TRUE), ==, 1);
  stopped = stopwatch_start ();
  drop_messages (pipeline);
  wait_for (pipeline, GST_MESSAGE_ELEMENT, "kakaoocr-result");
  /* One that was answered just before may come first. */
  while (stop_service (f, FALSE) == 1)
    wait_for (pipeline, GST_MESSAGE_ELEMENT, "kakaoocr-result");
  g_assert_cmpint (stopwatch_stop (&stopped), <, READ_AGAIN);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

static void
exact_loses_no_sample (Fixture * f, gconstpointer unused)
{
  GstElement *pipeline = play ("videotestsrc num-buffers=100", "exact");
  g_autoptr (GstElement) ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");

  wait_for (pipeline, GST_MESSAGE_ELEMENT, "kakaoocr-result");
  stop_service (f, TRUE);
  wait_for (pipeline, GST_MESSAGE_EOS, NULL);
  g_assert_cmpuint (stop_service (f, FALSE), ==, 2);
  g_assert_cmpuint (ocr_get_stat (ocr, "failed"), ==, 0);
  g_assert_cmpuint (ocr_get_stat (ocr, "recognized"), ==,
      ocr_get_stat (ocr, "sampled"));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

static void
a_crowded_page_is_one_request (Fixture * f, gconstpointer unused)
{
  GstElement *pipeline = play ("videotestsrc num-buffers=1", "exact");
  g_autoptr (GstElement) ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");

  wait_for (pipeline, GST_MESSAGE_EOS, NULL);
  g_assert_cmpuint (ocr_get_stat (ocr, "submitted"), ==, 1);
  g_assert_cmpuint (ocr_get_stat (ocr, "regions"), ==, N_REGIONS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

static void
it_reads_the_languages_that_are_set (Fixture * f, gconstpointer unused)
{
  GstElement *pipeline = gst_parse_launch ("videotestsrc num-buffers=1 ! "
      TEST_FRAME_CAPS " ! kakaoocr endpoint=local local-languages=eng ! "
      "fakesink", NULL);
  g_autofree gchar *start = NULL;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  wait_for (pipeline, GST_MESSAGE_EOS, NULL);
  g_assert_true (g_file_get_contents (f->starts, &start, NULL, NULL));
  g_assert_nonnull (strstr (start, "--lang eng "));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

int
main (int argc, char **argv)
{
  const gchar *server = g_getenv ("KAKAOOCR_SERVER");

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  if (!server || !g_file_test (server, G_FILE_TEST_IS_EXECUTABLE))
    return 77;
  g_setenv (SERVICE_VARIABLE, server, TRUE);
#define ADD(test) g_test_add ("/faults/local/" #test, Fixture, NULL, set_up, \
    test, tear_down)
  ADD (a_live_picture_is_read_again);
  ADD (exact_loses_no_sample);
  ADD (a_crowded_page_is_one_request);
  ADD (it_reads_the_languages_that_are_set);
#undef ADD
  return g_test_run ();
}
