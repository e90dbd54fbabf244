/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr timing=latest: no frame waits, results are carried as long as they
 * live.
 */
#include <sys/resource.h>
#include <time.h>
#include <stdlib.h>

#include "../../testrows.h"
#include "heldservice.h"
#include "ocrharness.h"
#include "service.h"

#define TESTS "/kakaoocr/latest/"

static void
frames_leave_while_the_service_thinks (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=0");

  for (guint i = 0; i < 10; i++)
    g_assert_cmpint (ocr_harness_pass (h, i), ==, -1);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
later_frames_carry_the_result (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest");

  g_assert_cmpint (ocr_harness_pass (h, 0), ==, -1);
  g_assert_cmpint (ocr_harness_pass (h, 1), ==, -1);
  held_service_answer (service, 0);
  g_assert_cmpint (ocr_harness_wait_result (h), ==, 0);
  g_assert_cmpuint (ocr_get_stat (h->element, "carry-p50"), ==, 0);
  g_assert_cmpint (ocr_harness_pass (h, 2), ==, 0);
  g_assert_cmpuint (ocr_get_stat (h->element, "carry-p50"), >, 0);
  g_assert_cmpuint (ocr_get_stat (h->element, "carry-p95"), >, 0);
  g_assert_cmpint (ocr_harness_pass (h, 3), ==, 0);
  ocr_harness_free (h);
  held_service_free (service);
}

/* 120 ms are three frames, from the first that carries the result on. The next
 * sample is not answered. */
static void
a_result_lives_from_its_first_frame (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=60 result-lifetime=120 max-in-flight=1");

  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (ocr_harness_pass (h, i), ==, -1);
  held_service_answer (service, 0);
  ocr_harness_wait_result (h);
  for (guint i = 20; i < 26; i++)
    g_assert_cmpint (ocr_harness_pass (h, i), ==, i < 23 ? 0 : -1);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
a_lifetime_of_0_carries_nothing (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest result-lifetime=0");

  ocr_harness_pass (h, 0);
  held_service_answer (service, 0);
  ocr_harness_wait_result (h);
  g_assert_cmpint (ocr_harness_pass (h, 1), ==, -1);
  ocr_harness_free (h);
  held_service_free (service);
}

/* Two intervals are four frames. */
static void
a_newer_result_takes_over_and_lives_anew (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=80 result-lifetime=120");

  ocr_harness_pass (h, 0);
  held_service_answer (service, 0);
  ocr_harness_wait_result (h);
  g_assert_cmpint (ocr_harness_pass (h, 1), ==, 0);
  g_assert_cmpint (ocr_harness_pass (h, 2), ==, 0);
  held_service_answer (service, 2);
  ocr_harness_wait_result (h);
  /* Frames 4 and 6 are samples too, and are not answered. */
  for (guint i = 3; i < 8; i++)
    g_assert_cmpint (ocr_harness_pass (h, i), ==, i < 7 ? 2 : -1);
  ocr_harness_free (h);
  held_service_free (service);
}

/* One slot: what comes while it is taken is not queued, and the newest frame
 * takes it when it is free. */
static void
a_busy_service_gets_the_newest_frame (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=0 max-in-flight=1");

  for (guint i = 0; i < 8; i++)
    ocr_harness_pass (h, i);
  g_assert_cmpuint (ocr_get_stat (h->element, "sampled"), ==, 1);
  g_assert_cmpuint (ocr_get_stat (h->element, "skipped-busy"), ==, 7);
  held_service_answer (service, 0);
  ocr_harness_wait_result (h);

  /* The slot is free just after the result. */
  for (guint i = 8; ocr_get_stat (h->element, "sampled") < 2; i++)
    ocr_harness_pass (h, 8);
  held_service_answer (service, 8);
  g_assert_cmpint (ocr_harness_wait_result (h), ==, 8);
  g_assert_cmpuint (held_service_get_n_pictures (service), ==, 2);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
a_sample_that_waits_is_skipped_once (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=200 max-in-flight=1");

  /* Due: 0, taken; 5 and, an interval later, 10: busy. */
  for (guint i = 0; i < 14; i++)
    ocr_harness_pass (h, i);
  g_assert_cmpuint (ocr_get_stat (h->element, "skipped-busy"), ==, 2);
  g_assert_cmpuint (ocr_get_stat (h->element, "frames"), ==, 14);
  ocr_harness_free (h);
  held_service_free (service);
}

static gboolean
frames_carry_the_second (gpointer h)
{
  return ocr_harness_pass (h, 2) == 1;
}

static void
an_overtaken_result_is_posted_in_order_and_late (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=0");

  ocr_harness_pass (h, 0);
  ocr_harness_pass (h, 1);
  held_service_wait (service, 2);
  held_service_answer (service, 1);
  ocr_wait_until (frames_carry_the_second, h);
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_ELEMENT));

  held_service_answer (service, 0);
  g_assert_cmpint (ocr_harness_wait_result (h), ==, 0);
  g_assert_cmpint (ocr_harness_wait_result (h), ==, 1);
  g_assert_cmpint (ocr_harness_pass (h, 50), ==, 1);
  g_assert_cmpuint (ocr_get_stat (h->element, "late"), ==, 1);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
results_come_in_sample_order_under_jitter (void)
{
  Service *service = service_new (service_answer, "--latency 30+-30");
  GstHarness *h = ocr_harness_new (service->url,
      "timing=latest interval=0 max-in-flight=8");
  GstClockTime last = 0;
  guint n = 0;

  /* One is always on its way when a slot was free for a frame. */
  for (guint i = 0; n < 30; n++) {
    GstMessage *message;
    guint64 pts;

    for (guint end = i + 8; i < end; i++)
      ocr_harness_pass (h, i);
    message = ocr_harness_wait_message (h, GST_MESSAGE_ELEMENT);
    g_assert_true (gst_structure_get_uint64 (gst_message_get_structure
            (message), "timestamp", &pts));
    g_assert_true (n == 0 || pts > last);
    last = pts;
    gst_message_unref (message);
  }
  ocr_harness_free (h);
  service_free (service);
}

static void
eos_waits_for_the_results (void)
{
  Service *service = service_new (service_answer, "--latency 300");
  GstHarness *h = ocr_harness_new_not_live (service->url,
      "timing=latest interval=40");

  ocr_harness_pass (h, 0);
  ocr_harness_pass (h, 1);
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  for (guint i = 0; i < 2; i++) {
    GstMessage *message = ocr_harness_pop_message (h, GST_MESSAGE_ELEMENT);

    g_assert_nonnull (message);
    gst_message_unref (message);
  }
  g_assert_cmpuint (ocr_get_stat (h->element, "in-flight"), ==, 0);
  ocr_harness_free (h);
  service_free (service);
}

static void
the_frame_that_comes_out_is_the_one_that_went_in (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=0");

  held_service_open (service);
  for (guint i = 0; i < 20; i++) {
    GstBuffer *in = test_frame_new (i), *out;
    GstMemory *memory = gst_memory_ref (gst_buffer_peek_memory (in, 0));

    g_assert_cmpint (gst_harness_push (h, in), ==, GST_FLOW_OK);
    out = gst_harness_pull (h);
    g_assert_true (gst_buffer_peek_memory (out, 0) == memory);
    g_assert_cmpuint (GST_BUFFER_PTS (out), ==, i * TEST_FRAME_DURATION);
    g_assert_cmpuint (gst_buffer_n_memory (out), ==, 1);
    gst_memory_unref (memory);
    gst_buffer_unref (out);
  }
  ocr_harness_free (h);
  held_service_free (service);
}

static void
qos_goes_upstream (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest");

  g_assert_true (ocr_harness_passes_qos (h));
  ocr_harness_free (h);
  held_service_free (service);
}

static void
latency_is_not_added (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest latency=500");

  gst_harness_set_upstream_latency (h, 7 * GST_MSECOND);
  g_assert_cmpuint (gst_harness_query_latency (h), ==, 7 * GST_MSECOND);
  ocr_harness_free (h);
  held_service_free (service);
}

/* A live picture under a service of 3 s. Other programs take the processor for
 * longer than a frame may stay, so what counts is the streaming thread's own
 * time, and whether it gave the processor up. */

#define SERVICE_TIME (3 * G_TIME_SPAN_SECOND)
#define PROMPT (3 * G_TIME_SPAN_MILLISECOND)
#define N_LIVE_FRAMES 180

typedef struct
{
  gint64 wall, cpu;             /* us */
  glong waits;
} Moment;

typedef struct
{
  Moment entered;
  GArray *stays;                /* gint64: CPU time, us */
  gint64 longest;               /* on the clock */
  guint n_waiting;              /* frames: for a lock that is held, or longer */
  guint n_carrying;
} LiveRun;

static Moment
get_moment (void)
{
  struct rusage usage;
  struct timespec cpu;

  getrusage (RUSAGE_THREAD, &usage);
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &cpu);
  return (Moment) {
  g_get_monotonic_time (), cpu.tv_sec * G_USEC_PER_SEC + cpu.tv_nsec / 1000,
        usage.ru_nvcsw};
}

static GstPadProbeReturn
enter (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  LiveRun *run = data;

  run->entered = get_moment ();
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
leave (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  LiveRun *run = data;
  Moment now = get_moment ();
  gint64 stay = now.cpu - run->entered.cpu;

  g_array_append_val (run->stays, stay);
  run->longest = MAX (run->longest, now.wall - run->entered.wall);
  run->n_waiting += now.waits > run->entered.waits;
  if (gst_buffer_get_kakao_ocr_meta (GST_PAD_PROBE_INFO_BUFFER (info)))
    run->n_carrying++;
  return GST_PAD_PROBE_OK;
}

static void
add_probe (GstElement * element, const gchar * name, GstPadProbeCallback probe,
    LiveRun * run)
{
  GstPad *pad = gst_element_get_static_pad (element, name);

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, probe, run, NULL);
  gst_object_unref (pad);
}

static gint
compare_stays (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static void
no_frame_of_a_live_picture_waits_for_a_slow_service (void)
{
  Service *service = service_new (service_answer, "--latency 3000");
  g_autofree gchar *line = g_strdup_printf ("videotestsrc is-live=true "
      "num-buffers=%u ! video/x-raw,format=I420,width=1280,height=720,"
      "framerate=30/1 ! kakaoocr name=ocr endpoint=%s timing=latest ! "
      "fakesink sync=false", N_LIVE_FRAMES, service->url);
  GstElement *pipeline = gst_parse_launch (line, NULL);
  GstElement *ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");
  LiveRun run = {.stays = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  gint64 most;

  add_probe (ocr, "sink", enter, &run);
  add_probe (ocr, "src", leave, &run);
  ocr_run_to_eos (pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);

  g_assert_cmpuint (run.stays->len, ==, N_LIVE_FRAMES);
  /* Six seconds, of which all but the first three and a bit. */
  g_assert_cmpuint (run.n_carrying, >, N_LIVE_FRAMES / 3);
  g_array_sort (run.stays, compare_stays);
  most = g_array_index (run.stays, gint64, run.stays->len * 9 / 10);
  g_test_message ("9 of 10 frames take %" G_GINT64_FORMAT " us; the longest "
      "stays %" G_GINT64_FORMAT " us; %u gave up the processor", most,
      run.longest, run.n_waiting);
  g_assert_cmpint (most, <=, PROMPT);
  g_assert_cmpint (run.longest, <, SERVICE_TIME / 4);
  g_assert_cmpuint (run.n_waiting, <=, N_LIVE_FRAMES / 10);
  g_array_unref (run.stays);
  gst_object_unref (ocr);
  gst_object_unref (pipeline);
  service_free (service);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (frames_leave_while_the_service_thinks);
  ADD (later_frames_carry_the_result);
  ADD (a_result_lives_from_its_first_frame);
  ADD (a_lifetime_of_0_carries_nothing);
  ADD (a_newer_result_takes_over_and_lives_anew);
  ADD (a_busy_service_gets_the_newest_frame);
  ADD (a_sample_that_waits_is_skipped_once);
  ADD (an_overtaken_result_is_posted_in_order_and_late);
  ADD (results_come_in_sample_order_under_jitter);
  ADD (eos_waits_for_the_results);
  ADD (the_frame_that_comes_out_is_the_one_that_went_in);
  ADD (qos_goes_upstream);
  ADD (latency_is_not_added);
  ADD (no_frame_of_a_live_picture_waits_for_a_slow_service);
  return g_test_run ();
}
