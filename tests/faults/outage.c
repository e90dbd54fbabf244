/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Row 36 of the fault table: the service answers 503 for ten minutes, or a file
 * meets an outage in its middle. The element's client runs a hundred times as
 * fast; with `-m slow` the minute in the file is a real one.
 */
#include "question.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../check/testrows.h"
#include "elements.h"
#include "ocrharness.h"

#define TESTS "/faults/"

#define SPEED 100
#define OUTAGE (600 * (gint64) G_USEC_PER_SEC)
/* Of the breaker, which probes each 30, 60, 120, 240, 300 s give or take a
 * fifth, and of what goes before it opens. */
#define MAX_REQUESTS 30
/* The engine counts a frame's deadline on the system's clock, so that it must
 * be beyond all that the client's clock will show. */
#define TIMEOUT "86400000"
/* us. From one frame of the live stream to the next, which is what comes in;
 * nothing is waited for by it. */
#define CAMERA_PACE 10000
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

/* A file. */

#define N_FILE_FRAMES 60
#define N_BEFORE 20             /* requests until the outage */
#define FILE_OUTAGE (60 * (gint64) G_USEC_PER_SEC)
#define FILE_SETTINGS "timing=exact timeout=" TIMEOUT \
    " change-threshold=0 memory=0"

/* What a run of the file came to. */
typedef struct
{
  GArray *posted;               /* PTS of results, as they were posted */
  GArray *carried;              /* PTS of the frames that came with their own */
  guint64 resume_pts;           /* of the ERROR; NONE: there was none */
  guint64 lost;
} Run;

static gchar *file;

static void
create_file (void)
{
  g_autofree gchar *directory = g_dir_make_tmp ("kakaoocr-XXXXXX", NULL);
  g_autofree gchar *line = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstBus) bus = NULL;
  GstMessage *end;

  g_assert_nonnull (directory);
  file = g_build_filename (directory, "file.mkv", NULL);
  line = g_strdup_printf ("videotestsrc num-buffers=%d ! " TEST_FRAME_CAPS
      " ! jpegenc ! matroskamux ! filesink location=%s", N_FILE_FRAMES, file);
  pipeline = gst_parse_launch (line, NULL);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  end = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_cmpint (GST_MESSAGE_TYPE (end), ==, GST_MESSAGE_EOS);
  gst_message_unref (end);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static void
remove_file (void)
{
  g_autofree gchar *directory = g_path_get_dirname (file);

  g_unlink (file);
  g_rmdir (directory);
  g_free (file);
}

static GstPadProbeReturn
note_carried (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  GstBuffer *frame = GST_PAD_PROBE_INFO_BUFFER (info);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (frame);
  guint64 pts = GST_BUFFER_PTS (frame);
  Run *run = data;

  if (meta && gst_kakao_ocr_result_get_pts (meta->result) == pts)
    g_array_append_val (run->carried, pts);
  return GST_PAD_PROBE_OK;
}

/* TRUE: it is the last of the run. */
static gboolean
note_message (Run * run, GstMessage * message)
{
  const GstStructure *details;
  guint64 pts;

  switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_ELEMENT:
      g_assert_true (gst_structure_get_uint64 (gst_message_get_structure
              (message), "timestamp", &pts));
      g_array_append_val (run->posted, pts);
      return FALSE;
    case GST_MESSAGE_ERROR:
      gst_message_parse_error_details (message, &details);
      g_assert_true (gst_structure_get_uint64 (details, "resume-pts",
              &run->resume_pts));
      g_assert_true (gst_structure_get_uint64 (details, "frames-lost",
              &run->lost));
      return TRUE;
    default:
      return TRUE;
  }
}

/* The flush of the seek: what comes now is from its position on. */
static GstPadProbeReturn
activate (GstPad * pad, GstPadProbeInfo * info, gpointer ocr)
{
  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_FLUSH_STOP)
    return GST_PAD_PROBE_OK;
  g_object_set (ocr, "active", TRUE, NULL);
  return GST_PAD_PROBE_REMOVE;
}

static void
seek_to (GstElement * pipeline, GstElement * ocr, GstClockTime start)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (ocr, "sink");

  g_object_set (ocr, "active", FALSE, NULL);
  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  gst_element_get_state (pipeline, NULL, NULL, GST_CLOCK_TIME_NONE);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_FLUSH, activate, ocr, NULL);
  g_assert_true (gst_element_seek_simple (pipeline, GST_FORMAT_TIME,
          GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, start));
}

/* Runs the file through the element from @start on, to its end. */
static void
run_file (Run * run, FaultServer * server, const gchar * settings,
    GstClockTime start)
{
  g_autofree gchar *line = g_strdup_printf ("filesrc location=%s ! "
      "matroskademux ! jpegdec ! kakaoocr name=ocr endpoint=%s ! "
      "fakesink", file, fault_server_get_url (server));
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, NULL);
  g_autoptr (GstElement) ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (ocr, "src");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  gboolean ended = FALSE;

  run->posted = g_array_new (FALSE, FALSE, sizeof (guint64));
  run->carried = g_array_new (FALSE, FALSE, sizeof (guint64));
  run->resume_pts = GST_CLOCK_TIME_NONE;
  ocr_set_properties (ocr, FILE_SETTINGS);
  ocr_set_properties (ocr, settings);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, note_carried, run, NULL);
  if (start > 0)
    seek_to (pipeline, ocr, start);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (!ended) {
    GstMessage *message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE,
        GST_MESSAGE_ELEMENT | GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

    ended = note_message (run, message);
    gst_message_unref (message);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static void
run_clear (Run * run)
{
  g_array_unref (run->posted);
  g_array_unref (run->carried);
}

/* @first and then @second are the samples of the whole file, each once. */
static void
assert_whole (GArray * first, GArray * second, guint frames_a_sample)
{
  guint i;

  g_assert_cmpuint (first->len + (second ? second->len : 0), ==,
      N_FILE_FRAMES / frames_a_sample);
  for (i = 0; i < N_FILE_FRAMES / frames_a_sample; i++) {
    guint64 pts = i < first->len ? g_array_index (first, guint64, i) :
        g_array_index (second, guint64, i - first->len);

    g_assert_cmpuint (pts, ==, i * frames_a_sample * TEST_FRAME_DURATION);
  }
}

/* After N_BEFORE requests nobody listens, or nobody knows, by turns. */
static gboolean
break_in_the_middle (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  Outage *outage = data;
  gboolean over;

  g_mutex_lock (&outage_lock);
  if (!outage->start && number > N_BEFORE)
    outage->start = kocr_clock_now ();
  over = !outage->start || kocr_clock_now () - outage->start >= FILE_OUTAGE;
  if (!over)
    outage->n_refused++;
  g_mutex_unlock (&outage_lock);
  if (over)
    return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
  if (number % 2)
    return fault_connection_answer (c, 503, NULL, "INTERNAL ERROR");
  fault_connection_reset (c);
  return FALSE;
}

static void
row_36_a_minute_in_mid_file (void)
{
  Outage outage = { 0 };
  FaultScript script = { break_in_the_middle };
  gint64 start;
  Run run;

  kocr_clock_set_speed (g_test_slow ()? 1 : SPEED);
  start = g_get_monotonic_time ();
  {
    g_autoptr (FaultServer) server = fault_server_new (&script, &outage);

    run_file (&run, server, "interval=0", 0);
    g_assert_cmpint (kocr_clock_now () - outage.start, >=, FILE_OUTAGE);
  }
  kocr_clock_set_speed (SPEED);
  g_test_message ("%.1f s, %d requests failed",
      (g_get_monotonic_time () - start) / 1e6, outage.n_refused);
  g_assert_cmpuint (run.resume_pts, ==, GST_CLOCK_TIME_NONE);
  g_assert_cmpint (outage.n_refused, >, 0);
  assert_whole (run.posted, NULL, 1);
  assert_whole (run.carried, NULL, 1);
  run_clear (&run);
}

/* One picture is never answered, while a few after it are; then none is. */
typedef struct
{
  GMutex lock;
  gchar *victim;                /* lock: its id */
  guint n_after;                /* lock: that were answered after it */
} Choice;

#define N_AFTER 6
#define ID_HEADER "\r\nX-Request-Id: "

static gboolean
answer_around_one (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  const gchar *id = strcasestr (head, ID_HEADER);
  Choice *choice = data;
  gboolean answered;

  g_assert_nonnull (id);
  g_mutex_lock (&choice->lock);
  if (!choice->victim && number > N_BEFORE)
    choice->victim = g_strndup (id, strcspn (id + 2, "\r") + 2);
  answered = !choice->victim || (!g_str_has_prefix (id, choice->victim)
      && choice->n_after++ < N_AFTER);
  g_mutex_unlock (&choice->lock);
  if (answered)
    return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
  fault_connection_reset (c);
  return FALSE;
}

static gboolean
answer (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static void
row_36_a_run_goes_on_where_an_outage_ended_it (gconstpointer data)
{
  guint frames_a_sample = GPOINTER_TO_UINT (data);
  g_autofree gchar *settings = g_strdup_printf ("max-outage=20000 interval=%u",
      (guint) (frames_a_sample > 1 ? frames_a_sample * TEST_FRAME_DURATION
          / GST_MSECOND : 0));
  FaultScript breaking = { answer_around_one }, well = { answer };
  Choice choice = { 0 };
  g_autoptr (FaultServer) broken = NULL, repaired = NULL;
  Run first, second;

  g_mutex_init (&choice.lock);
  broken = fault_server_new (&breaking, &choice);
  repaired = fault_server_new (&well, NULL);
  run_file (&first, broken, settings, 0);
  g_assert_cmpuint (first.resume_pts, !=, GST_CLOCK_TIME_NONE);
  run_file (&second, repaired, settings, first.resume_pts);
  g_assert_cmpuint (second.resume_pts, ==, GST_CLOCK_TIME_NONE);
  g_test_message ("%u results, then from %" GST_TIME_FORMAT " on %u, %u lost",
      first.posted->len, GST_TIME_ARGS (first.resume_pts), second.posted->len,
      (guint) first.lost);
  assert_whole (first.posted, second.posted, frames_a_sample);
  assert_whole (first.carried, second.carried, frames_a_sample);
  /* With those that were answered and that the second run asks again. */
  g_assert_cmpuint (first.lost, >=, 1 + N_AFTER);
  run_clear (&first);
  run_clear (&second);
  g_free (choice.victim);
  g_mutex_clear (&choice.lock);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  kocr_clock_set_speed (SPEED);
  g_assert_true (GST_ELEMENT_REGISTER (kakaoocr, NULL));
  create_file ();

  ADD (row_36_unavailable_for_10_minutes_live);
  ADD (row_36_unavailable_for_10_minutes_exact);
  ADD (row_36_a_minute_in_mid_file);
  g_test_add_data_func ("/faults/row_36_a_run_goes_on_where_an_outage_ended_it/"
      "every_frame", GUINT_TO_POINTER (1),
      row_36_a_run_goes_on_where_an_outage_ended_it);
  g_test_add_data_func ("/faults/row_36_a_run_goes_on_where_an_outage_ended_it/"
      "every_second", GUINT_TO_POINTER (2),
      row_36_a_run_goes_on_where_an_outage_ended_it);
  status = g_test_run ();
  remove_file ();
  return status;
}
