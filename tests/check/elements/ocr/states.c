/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: every wait ends when the pipeline does.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "../../stopwatch.h"
#include "heldservice.h"
#include "ocrharness.h"
#include "../../sanitized.h"
#include "../../testrows.h"
#include "../../patience.h"
#include "service.h"

#define TESTS "/kakaoocr/states/"

#define STOP_TIME (500 * G_TIME_SPAN_MILLISECOND * SANITIZED_TIMES)
#define N_STOPS 20

#define SMALL "video/x-raw,format=I420,width=64,height=48,framerate=25/1"
#define LARGE "video/x-raw,format=I420,width=3840,height=2160,framerate=25/1"

typedef enum
{
  HELD,                         /* a service that never answers */
  REFUSED,                      /* nobody listens */
  LOCAL                         /* a program that never says where */
} Endpoint;

/* Where a pipeline is when it is stopped. */
static const struct
{
  const gchar *name, *source, *caps, *settings;
  Endpoint endpoint;
  GstState state;
  guint pictures;               /* that have come to the service */
  const gchar *stat;            /* nullable: or this counter is not 0 */
} phases[] = {
  {"at_once", "videotestsrc", SMALL, "timing=exact interval=0", HELD,
      GST_STATE_PLAYING, 0, NULL},
  {"while_a_large_frame_is_encoded", "videotestsrc", LARGE,
      "timing=exact", HELD, GST_STATE_PLAYING, 0, "sampled"},
  {"with_answers_outstanding_in_latest", "videotestsrc is-live=true", SMALL,
      "timing=latest interval=0", HELD, GST_STATE_PLAYING, 2, NULL},
  {"with_frames_held_in_aligned", "videotestsrc is-live=true", SMALL,
      "timing=aligned latency=3600000", HELD, GST_STATE_PLAYING, 1, NULL},
  {"in_the_preroll_of_exact", "videotestsrc", SMALL,
      "timing=exact interval=60000", HELD, GST_STATE_PAUSED, 1, NULL},
  {"with_all_slots_taken_in_exact", "videotestsrc", SMALL,
        "timing=exact interval=0 max-in-flight=1", HELD, GST_STATE_PLAYING, 1,
      NULL},
  {"with_a_full_queue_in_exact", "videotestsrc", SMALL,
        "timing=exact interval=60000 max-size-bytes=1", HELD, GST_STATE_PLAYING,
      1, NULL},
  {"while_exact_drains_at_eos", "videotestsrc num-buffers=2", SMALL,
      "timing=exact interval=0", HELD, GST_STATE_PLAYING, 2, NULL},
  {"while_latest_drains_at_eos", "videotestsrc num-buffers=2", SMALL,
      "timing=latest interval=0", HELD, GST_STATE_PLAYING, 2, NULL},
  {"in_paused_with_latest", "videotestsrc", SMALL, "timing=latest interval=0",
      HELD, GST_STATE_PAUSED, 1, NULL},
  {"between_attempts", "videotestsrc", SMALL, "timing=exact interval=0",
      REFUSED, GST_STATE_PLAYING, 0, "in-flight"},
  {"while_the_local_service_starts", "videotestsrc", SMALL,
      "timing=exact interval=0", LOCAL, GST_STATE_PLAYING, 0, "in-flight"},
};

static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

/* Threads of ours: those of the process's pools have other names. */
static guint
count_threads (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  const gchar *task;
  guint n = 0;

  while ((task = g_dir_read_name (dir))) {
    g_autofree gchar *path = g_strdup_printf ("/proc/self/task/%s/comm", task);
    g_autofree gchar *name = NULL;

    if (g_file_get_contents (path, &name, NULL, NULL)
        && (g_str_has_prefix (name, "kakaoocr-net")
            || g_str_has_prefix (name, "kakaoocr-results")))
      n++;
  }
  return n;
}

static gboolean
no_threads (gpointer data)
{
  return count_threads () == 0;
}

static gboolean
no_more_files (gpointer before)
{
  return count_files () <= *(guint *) before;
}

static GstElement *
create_pipeline (guint phase, const gchar * url)
{
  g_autofree gchar *line = g_strdup_printf ("%s ! %s ! kakaoocr name=ocr "
      "endpoint=%s %s ! fakesink",
      phases[phase].source,
      phases[phase].caps,
      url, phases[phase].settings);
  GstElement *pipeline = gst_parse_launch (line, NULL);

  g_assert_nonnull (pipeline);
  return pipeline;
}

static void
stop_in_phase (guint phase, const gchar * url, HeldService * service)
{
  GstElement *pipeline = create_pipeline (phase, url);
  GstElement *ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");
  guint before = service ? held_service_get_n_pictures (service) : 0;
  Stopwatch watch;
  gint64 took;

  gst_element_set_state (pipeline, phases[phase].state);
  if (service)
    held_service_wait (service, before + phases[phase].pictures);
  if (phases[phase].stat)
    ocr_wait_stat (ocr, phases[phase].stat, 1);

  watch = stopwatch_start ();
  gst_element_set_state (pipeline, GST_STATE_NULL);
  took = stopwatch_stop (&watch);
  if (took >= STOP_TIME)
    g_error ("stopping took %" G_GINT64_FORMAT " us", took);
  /* A thread that was joined is listed for a moment more. */
  ocr_wait_until (no_threads, NULL);
  gst_object_unref (ocr);
  gst_object_unref (pipeline);
}

static void
stop_often (guint phase, guint n)
{
  HeldService *service =
      phases[phase].endpoint == HELD ? held_service_new () : NULL;
  const gchar *url = service ? held_service_get_url (service)
      : phases[phase].endpoint == REFUSED ? SERVICE_REFUSING_URL : "local";

  for (guint i = 0; i < n; i++)
    stop_in_phase (phase, url, service);
  if (service)
    held_service_free (service);
}

static void
stops_soon_in_phase (gconstpointer data)
{
  guint phase = GPOINTER_TO_UINT (data);
  guint files;

  stop_often (phase, 1);
  files = count_files ();
  stop_often (phase, N_STOPS);
  /* The local service is waited for in the background. */
  if (phases[phase].endpoint == LOCAL)
    ocr_wait_until (no_more_files, &files);
  /* GLib opens one or two for the whole process, when it comes to it. */
  g_assert_cmpuint (count_files (), <, files + N_STOPS / 2);
}

/* States. */

static void
one_that_stops_leaves_the_other_its_results (void)
{
  HeldService *service = held_service_new ();
  const gchar *url = held_service_get_url (service);
  GstHarness *stopped = ocr_harness_new (url, "timing=latest");
  GstHarness *other = ocr_harness_new_not_live (url, "timing=exact interval=0");

  ocr_harness_push (stopped, 30);
  ocr_harness_push (other, 0);
  held_service_wait (service, 2);
  ocr_harness_push (other, 1);
  ocr_harness_free (stopped);
  held_service_open (service);
  g_assert_cmpint (ocr_harness_pull (other), ==, 0);
  g_assert_cmpint (ocr_harness_pull (other), ==, 1);
  ocr_harness_free (other);
  held_service_free (service);
}

static void
a_paused_pipeline_shows_its_result (void)
{
  HeldService *service = held_service_new ();
  g_autofree gchar *line = g_strdup_printf ("videotestsrc ! " SMALL " ! "
      "kakaoocr endpoint=%s ! fakesink name=sink",
      held_service_get_url (service));
  GstElement *pipeline = gst_parse_launch (line, NULL);
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  GstSample *sample;

  held_service_open (service);
  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  g_assert_cmpint (gst_element_get_state (pipeline, NULL, NULL,
          PATIENCE), ==, GST_STATE_CHANGE_SUCCESS);
  g_object_get (sink, "last-sample", &sample, NULL);
  g_assert_nonnull (gst_buffer_get_kakao_ocr_meta (gst_sample_get_buffer
          (sample)));
  gst_sample_unref (sample);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (sink);
  gst_object_unref (pipeline);
  held_service_free (service);
}

static void
a_run_starts_anew_and_the_last_ones_stats_stay (void)
{
  HeldService *service = held_service_new ();
  g_autofree gchar *line = g_strdup_printf ("videotestsrc num-buffers=5 ! "
      SMALL " ! kakaoocr name=ocr interval=40 endpoint=%s ! fakesink",
      held_service_get_url (service));
  GstElement *pipeline = gst_parse_launch (line, NULL);
  GstElement *ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");
  static const gchar *timings[] = { "exact", "latest", "aligned" };

  held_service_open (service);
  for (guint i = 0; i < G_N_ELEMENTS (timings); i++) {
    g_autofree gchar *timing = NULL;

    gst_util_set_object_arg (G_OBJECT (ocr), "timing", timings[i]);
    ocr_run_to_eos (pipeline);
    g_assert_cmpuint (ocr_get_stat (ocr, "frames"), ==, 5);
    gst_element_set_state (pipeline, GST_STATE_READY);
    g_assert_cmpuint (ocr_get_stat (ocr, "frames"), ==, 5);
    g_assert_cmpuint (ocr_get_stat (ocr, "recognized"), >, 0);
    timing = ocr_get_stat_string (ocr, "timing");
    g_assert_cmpstr (timing, ==, timings[i]);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (ocr);
  gst_object_unref (pipeline);
  held_service_free (service);
}

/* Whoever draws them needs no other case for the time before. */
static void
stats_are_all_there_before_the_first_run (void)
{
  static const gchar *const names[] = { "frames", "encode-p50", "encode-p95",
    "queue-p50", "queue-p95", "service-p50", "service-p95", "sampled", "unchanged",
    "remembered", "skipped-busy", "submitted", "recognized", "failed", "late",
    "retried", "throttled", "bytes-sent", "regions", "regions-dropped", "gated-text",
    "in-flight", "window", "latency-p50", "latency-p95", "carry-p50", "carry-p95"
  };
  GstElement *element = gst_element_factory_make ("kakaoocr", NULL);
  g_autofree gchar *timing = ocr_get_stat_string (element, "timing");
  g_autofree gchar *state = ocr_get_stat_string (element, "state");
  g_autofree gchar *error = ocr_get_stat_string (element, "last-error");
  GstStructure *stats;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpuint (ocr_get_stat (element, names[i]), ==, 0);
  g_assert_cmpstr (timing, ==, "auto");
  g_assert_cmpstr (state, ==, "ok");
  g_assert_null (error);
  g_object_get (element, "stats", &stats, NULL);
  g_assert_cmpint (gst_structure_n_fields (stats), ==,
      G_N_ELEMENTS (names) + 3);
  gst_structure_free (stats);
  gst_object_unref (element);
}

static void
flushes_and_queries_are_harmless_without_a_run (void)
{
  GstElement *element = gst_element_factory_make ("kakaoocr", NULL);
  GstPad *pad = gst_element_get_static_pad (element, "sink");
  GstCaps *caps = gst_caps_from_string (SMALL);
  GstQuery *queries[] = { gst_query_new_drain (), gst_query_new_latency (),
    gst_query_new_allocation (caps, TRUE)
  };

  gst_element_set_state (element, GST_STATE_READY);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    gst_pad_query (pad, queries[i]);
    gst_query_unref (queries[i]);
  }
  gst_pad_send_event (pad, gst_event_new_flush_start ());
  gst_pad_send_event (pad, gst_event_new_flush_stop (TRUE));
  g_signal_emit_by_name (element, "recognize");
  gst_element_set_state (element, GST_STATE_NULL);
  gst_caps_unref (caps);
  gst_object_unref (pad);
  gst_object_unref (element);
}

static gpointer
stop (gpointer element)
{
  gst_element_set_state (element, GST_STATE_NULL);
  return NULL;
}

static GThread *stopping;

static gboolean
is_inactive (gpointer pad)
{
  return !gst_pad_is_active (pad);
}

/* Upstream is asked while the caps decide the timing. */
static gboolean
stop_meanwhile (GstPad * pad, GstObject * parent, GstQuery * query)
{
  GstPad *sinkpad = gst_pad_get_peer (pad);

  if (GST_QUERY_TYPE (query) == GST_QUERY_LATENCY && !stopping) {
    stopping = g_thread_new ("stop", stop, GST_PAD_PARENT (sinkpad));
    ocr_wait_until (is_inactive, sinkpad);
  }
  gst_object_unref (sinkpad);
  return FALSE;
}

static void
caps_that_come_with_the_stop_start_no_task (void)
{
  GstHarness *h = ocr_harness_new_without_caps (SERVICE_REFUSING_URL,
      "timing=aligned");
  GstPad *srcpad = gst_element_get_static_pad (h->element, "src");
  GstCaps *caps = gst_caps_from_string (SMALL);

  gst_pad_set_query_function (h->srcpad, stop_meanwhile);
  gst_harness_push_event (h, gst_event_new_stream_start ("race"));
  gst_harness_push_event (h, gst_event_new_caps (caps));
  g_thread_join (stopping);
  g_assert_cmpint (gst_pad_get_task_state (srcpad), ==, GST_TASK_STOPPED);
  gst_caps_unref (caps);
  gst_object_unref (srcpad);
  ocr_harness_free (h);
}

static void
any_element_takes_states_in_any_order (void)
{
  GList *features = gst_registry_get_feature_list_by_plugin (gst_registry_get
      (), "kakaoocr");
  guint n = 0;

  for (GList * l = features; l; l = l->next) {
    GstElement *element;

    if (!GST_IS_ELEMENT_FACTORY (l->data))
      continue;
    element = gst_element_factory_create (l->data, NULL);
    g_assert_nonnull (element);
    for (guint i = 0; i < 100; i++)
      gst_element_set_state (element, g_test_rand_int_range (GST_STATE_NULL,
              GST_STATE_PLAYING + 1));
    gst_element_set_state (element, GST_STATE_NULL);
    gst_object_unref (element);
    n++;
  }
  g_assert_cmpuint (n, >=, 3);
  gst_plugin_feature_list_free (features);
}

static void
a_running_pipeline_takes_states_in_any_order (void)
{
  HeldService *service = held_service_new ();
  g_autofree gchar *line = g_strdup_printf ("videotestsrc ! " SMALL " ! "
      "kakaoocr name=ocr interval=40 endpoint=%s ! kakaoocroverlay ! tee "
      "name=t ! queue ! fakesink t. ! queue ! kakaoocrenc ! fakesink async="
      "false",
      held_service_get_url (service));
  GstElement *pipeline = gst_parse_launch (line, NULL);
  GstElement *ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");
  static const gchar *timings[] = { "latest", "aligned", "exact", "auto" };

  held_service_open (service);
  for (guint i = 0; i < 100; i++) {
    GstState state = g_test_rand_int_range (GST_STATE_NULL,
        GST_STATE_PLAYING + 1);

    g_assert_cmpint (gst_element_set_state (pipeline, state), !=,
        GST_STATE_CHANGE_FAILURE);
    if (state <= GST_STATE_READY)
      gst_util_set_object_arg (G_OBJECT (ocr), "timing",
          timings[g_test_rand_int_range (0, G_N_ELEMENTS (timings))]);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (ocr);
  gst_object_unref (pipeline);
  held_service_free (service);
}

int
main (int argc, char **argv)
{
  gchar *mute = service_write_file ("#!/bin/sh\nexec cat >/dev/null\n", 0700);
  int status;

  g_setenv ("KAKAOOCR_SERVER", mute, TRUE);
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (phases); i++) {
    g_autofree gchar *path = g_strconcat ("/kakaoocr/states/stops_soon_",
        phases[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), stops_soon_in_phase);
  }
  ADD (one_that_stops_leaves_the_other_its_results);
  ADD (a_paused_pipeline_shows_its_result);
  ADD (a_run_starts_anew_and_the_last_ones_stats_stay);
  ADD (stats_are_all_there_before_the_first_run);
  ADD (flushes_and_queries_are_harmless_without_a_run);
  ADD (caps_that_come_with_the_stop_start_no_task);
  ADD (any_element_takes_states_in_any_order);
  ADD (a_running_pipeline_takes_states_in_any_order);
  status = g_test_run ();
  service_remove_file (mute);
  return status;
}
