/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr with kakaoocrenc behind it, on streams as other people's are: times
 * that jump, results that come when the video is over, samples that are far
 * apart, frames that change their size, two that recognise.
 */
#include <string.h>

#include "heldservice.h"
#include "ocrharness.h"
#include "service.h"
#include "../../patience.h"

#define CLIP "videotestsrc num-buffers=100 ! video/x-raw,format=I420," \
    "width=64,height=48,framerate=25/1"
#define TRACKS "application/x-ndjson"
#define VTT "application/x-subtitle-vtt"

/* A pipeline, and what its sink "out" got. */
typedef struct
{
  GstElement *pipeline;
  GString *text;
} Run;

static void
take_text (GstElement * sink, GstBuffer * buffer, GstPad * pad, gpointer text)
{
  GstMapInfo map;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_string_append_len (text, (const gchar *) map.data, map.size);
  gst_buffer_unmap (buffer, &map);
}

static GstElement *
get_element (Run * run, const gchar * name)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (run->pipeline), name);

  g_assert_nonnull (element);
  gst_object_unref (element);
  return element;
}

static void run_set_up (Run * run, const gchar * format, ...)
    G_GNUC_PRINTF (2, 3);

static void
run_set_up (Run * run, const gchar * format, ...)
{
  g_autofree gchar *line = NULL;
  g_autoptr (GError) error = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  run->pipeline = gst_parse_launch (line, &error);
  g_assert_no_error (error);
  run->text = g_string_new (NULL);
  g_object_set (get_element (run, "out"), "signal-handoffs", TRUE, "sync",
      FALSE, NULL);
  g_signal_connect (get_element (run, "out"), "handoff",
      G_CALLBACK (take_text), run->text);
}

static void
run_tear_down (Run * run)
{
  gst_element_set_state (run->pipeline, GST_STATE_NULL);
  gst_object_unref (run->pipeline);
  g_string_free (run->text, TRUE);
}

static guint
count (const gchar * text, const gchar * part)
{
  guint n = 0;

  while ((text = strstr (text, part))) {
    text += strlen (part);
    n++;
  }
  return n;
}

/* Times that jump. */

/* What becomes of frame @n of a clip. */
typedef GstClockTime (*StampFunc) (guint n, GstClockTime pts);

static GstPadProbeReturn
stamp (GstPad * pad, GstPadProbeInfo * info, gpointer func)
{
  GstBuffer *buffer =
      gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  guint n = GST_BUFFER_PTS (buffer) / TEST_FRAME_DURATION;

  GST_BUFFER_PTS (buffer) =
      ((StampFunc) func) (n, GST_BUFFER_PTS (buffer));
  info->data = buffer;
  return GST_PAD_PROBE_OK;
}

static GstClockTime
one_is_hours_away (guint n, GstClockTime pts)
{
  return n == 50 ? pts + 37600 * GST_SECOND : pts;
}

static GstClockTime
some_are_of_past_and_future (guint n, GstClockTime pts)
{
  pts += 20000 * GST_SECOND;
  if (n % 30 == 10)
    return pts - 9800 * GST_SECOND;
  return n % 30 == 25 ? pts + 37600 * GST_SECOND : pts;
}

static GstClockTime
time_falls_back (guint n, GstClockTime pts)
{
  return n < 50 ? pts + 60 * GST_SECOND : pts - 2 * GST_SECOND;
}

static GstClockTime
nobody_knows (guint n, GstClockTime pts)
{
  return GST_CLOCK_TIME_NONE;
}

static const struct
{
  const gchar *name;
  StampFunc func;
  guint n_tracks;
} jumps[] = {
  {"one_frame_hours_away_costs_no_text", one_is_hours_away, 1},
  {"frames_of_past_and_future_cost_no_text", some_are_of_past_and_future, 1},
  {"time_that_falls_back_ends_a_text_where_it_ended", time_falls_back, 2},
  {"frames_without_time_stamps_count_by_their_rate", nobody_knows, 1},
};

/* 4 s of a text that stands, sampled every 200 ms. */
static void
jumps_as_in_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  Service *service = service_new (service_answer, NULL);
  g_autoptr (GstPad) pad = NULL;
  g_auto (GStrv) lines = NULL;
  guint64 length = 0;
  Run run;

  run_set_up (&run, CLIP " ! kakaoocr name=ocr endpoint=%s timing=exact "
      "interval=200 change-threshold=0 ! kakaoocrenc granularity=track ! "
      TRACKS " ! fakesink name=out", service->url);
  pad = gst_element_get_static_pad (get_element (&run, "ocr"), "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, stamp,
      (gpointer) jumps[row].func, NULL);
  ocr_run_to_eos (run.pipeline);
  g_test_message ("%s", run.text->str);
  g_assert_cmpuint (ocr_get_stat (get_element (&run, "ocr"), "sampled"), <=,
      21);
  lines = g_strsplit (g_strchomp (run.text->str), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, jumps[row].n_tracks);
  for (guint i = 0; lines[i]; i++) {
    guint64 start = g_ascii_strtoull (strstr (lines[i], "\"start\":") + 8, NULL,
        10);

    length += g_ascii_strtoull (strstr (lines[i], "\"end\":") + 6, NULL, 10) -
        start;
  }
  /* A sample or two of it may be lost at a break. */
  g_assert_cmpuint (length, <=, 4 * GST_SECOND);
  g_assert_cmpuint (length, >=, 3 * GST_SECOND);
  run_tear_down (&run);
  service_free (service);
}

/* Frames that nobody stamped. */

#define RAW_FRAME (64 * 48 * 3 / 2)

/* A file of four seconds of raw pictures. */
static gchar *
write_raw_file (void)
{
  g_autofree gchar *pictures = g_malloc0 (100 * RAW_FRAME);
  gchar *path = service_write_file ("", 0600);

  g_assert_true (g_file_set_contents (path, pictures, 100 * RAW_FRAME, NULL));
  return path;
}

static const struct
{
  const gchar *name;
  const gchar *rate;
  const gchar *form;
  const gchar *expected;        /* NULL: a WARNING */
} raw_files[] = {
  {"raw_pictures_make_cues_by_their_rate", "25/1", VTT, "00:00:00.000 --> 00:00:04.000"},
  {"raw_pictures_make_tracks_by_their_rate", "25/1", TRACKS, "\"start\":0,\"end\":4000000000"},
  {"raw_pictures_without_a_rate_are_warned_of", "0/1", VTT, NULL},
};

static void
raw_pictures_as_in_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  Service *service = service_new (service_answer, NULL);
  gchar *path = write_raw_file ();
  g_autoptr (GstBus) bus = NULL;
  guint n_warnings = 0;
  gboolean ended = FALSE;
  Run run;

  run_set_up (&run, "filesrc location=%s blocksize=%d ! video/x-raw,"
      "format=I420,width=64,height=48,framerate=%s ! kakaoocr endpoint=%s "
      "timing=exact interval=500 ! kakaoocrenc granularity=track ! %s ! "
      "fakesink name=out", path, RAW_FRAME, raw_files[row].rate, service->url,
      raw_files[row].form);
  bus = gst_element_get_bus (run.pipeline);
  gst_element_set_state (run.pipeline, GST_STATE_PLAYING);
  while (!ended) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
        PATIENCE,
        GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_WARNING);

    g_assert_nonnull (message);
    g_assert_cmpint (GST_MESSAGE_TYPE (message), !=, GST_MESSAGE_ERROR);
    ended = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
    n_warnings += !ended;
  }
  g_test_message ("%s", run.text->str);
  if (raw_files[row].expected)
    g_assert_nonnull (strstr (run.text->str, raw_files[row].expected));
  g_assert_cmpuint (n_warnings, ==, raw_files[row].expected ? 0 : 1);
  run_tear_down (&run);
  service_remove_file (path);
  service_free (service);
}

/* Results that come when the video is over. */

static const struct
{
  const gchar *name, *form;
} forms[] = {
  {"results", "kakaoocrenc ! " TRACKS},
  {"tracks", "kakaoocrenc granularity=track ! " TRACKS},
  {"subtitles", "kakaoocrenc ! " VTT},
};

static void
what_comes_at_eos_is_written (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  Service *service = service_new (service_answer, "--latency 500");
  Run run;

  run_set_up (&run, CLIP " ! kakaoocr name=ocr endpoint=%s timing=latest "
      "interval=1000 change-threshold=0 ! %s ! fakesink name=out",
      service->url, forms[row].form);
  ocr_run_to_eos (run.pipeline);
  g_test_message ("%s", run.text->str);
  g_assert_cmpuint (count (run.text->str, "EXIT"), >, 0);
  run_tear_down (&run);
  service_free (service);
}

/* Samples that are far apart. */

static void
push_at (GstHarness * h, guint second)
{
  ocr_harness_push (h, second * 25);
}

/* The result that the frame at @second carries, which goes on to @enc. */
static gint
pass_at (GstHarness * h, guint second, GstHarness * enc)
{
  GstBuffer *buffer;
  gint id;

  push_at (h, second);
  buffer = gst_harness_pull (h);
  id = test_frame_get_result_id (buffer);
  g_assert_cmpint (gst_harness_push (enc, buffer), ==, GST_FLOW_OK);
  return id;
}

static void
where_samples_are_far_apart_texts_stand_between_them (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=20000 track-motion=false");
  GstHarness *enc = gst_harness_new ("kakaoocrenc");
  g_autoptr (GString) text = g_string_new (NULL);
  GstBuffer *buffer;

  gst_harness_set_caps_str (enc, TEST_FRAME_CAPS, VTT);
  g_assert_cmpint (pass_at (h, 0, enc), ==, -1);
  held_service_answer (service, 0);
  ocr_harness_wait_result (h);
  for (guint second = 1; second <= 20; second++)
    g_assert_cmpint (pass_at (h, second, enc), ==, 0);
  /* The next one is late, and the one after it does not come. */
  for (guint second = 21; second <= 35; second++)
    g_assert_cmpint (pass_at (h, second, enc), ==, 0);
  held_service_answer (service, 500 % TEST_FRAME_IDS);
  ocr_harness_wait_result (h);
  for (guint second = 36; second <= 60; second++)
    g_assert_cmpint (pass_at (h, second, enc), ==, 500 % TEST_FRAME_IDS);
  gst_harness_push_event (enc, gst_event_new_eos ());
  while ((buffer = gst_harness_try_pull (enc))) {
    take_text (NULL, buffer, NULL, text);
    gst_buffer_unref (buffer);
  }
  g_test_message ("%s", text->str);
  g_assert_nonnull (strstr (text->str, "00:00:10.000"));
  g_assert_cmpuint (count (text->str, "-->"), >=, 2);
  ocr_harness_free (h);
  gst_harness_teardown (enc);
  held_service_free (service);
}

/* Frames that change their size. */

#define LARGE "video/x-raw,format=I420,width=128,height=96,framerate=25/1"
#define ANSWER(x0, y0, x1, y1) "{\"responses\":[{\"page\":1,\"results\":[" \
    "{\"box\":[[" #x0 "," #y0 "],[" #x1 "," #y0 "],[" #x1 "," #y1 "],[" #x0 \
    "," #y1 "]],\"recognized_word\":[\"EXIT\"]}]}]}"

static guint64
pull_track (GstHarness * h)
{
  g_autoptr (GstBuffer) buffer = gst_harness_pull (h);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);

  g_assert_nonnull (meta);
  return gst_kakao_ocr_meta_get_track (meta, 0);
}

static void
a_text_goes_on_when_frames_change_their_size (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new_not_live (held_service_get_url (service),
      "timing=exact interval=40");
  GstCaps *caps = gst_caps_from_string (LARGE);
  GstVideoInfo info;
  guint64 track;

  ocr_harness_push (h, 0);
  held_service_answer_with (service, 0, ANSWER (40, 20, 60, 30));
  track = pull_track (h);
  g_assert_true (gst_video_info_from_caps (&info, caps));
  g_assert_true (gst_harness_push_event (h, gst_event_new_caps (caps)));
  gst_caps_unref (caps);
  gst_harness_push (h, test_frame_new_full (1, &info));
  held_service_answer_with (service, 1, ANSWER (80, 40, 120, 60));
  g_assert_cmpuint (pull_track (h), ==, track);
  ocr_harness_free (h);
  held_service_free (service);
}

/* Two that recognise. */

static void
lines_of_two_elements_tell_whose_they_are (gconstpointer granularity)
{
  Service *service = service_new (service_answer, NULL);
  g_auto (GStrv) lines = NULL;
  Run run;

  run_set_up (&run, CLIP " ! kakaoocr name=one endpoint=%s timing=exact "
      "! kakaoocr name=two endpoint=%s timing=exact interval=500 ! "
      "kakaoocrenc granularity=%s ! " TRACKS " ! fakesink name=out",
      service->url, service->url, (const gchar *) granularity);
  ocr_run_to_eos (run.pipeline);
  g_test_message ("%s", run.text->str);
  g_assert_cmpuint (count (run.text->str, "\"producer\":\"one\""), >, 0);
  g_assert_cmpuint (count (run.text->str, "\"producer\":\"two\""), >, 0);
  lines = g_strsplit (g_strchomp (run.text->str), "\n", -1);
  for (guint i = 0; lines[i]; i++)
    for (guint j = 0; j < i; j++) {
      const gchar *a = strstr (lines[i], "\"track\":");
      const gchar *b = strstr (lines[j], "\"track\":");

      if (!strstr (lines[i], "\"one\"") != !strstr (lines[j], "\"one\""))
        g_assert_cmpuint (g_ascii_strtoull (a + 8, NULL, 10), !=,
            g_ascii_strtoull (b + 8, NULL, 10));
    }
  run_tear_down (&run);
  service_free (service);
}

#define PATH "/kakaoocr/timelines/"
#define ADD(test) g_test_add_func (PATH #test, test)

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (jumps); i++) {
    g_autofree gchar *path = g_strconcat (PATH, jumps[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), jumps_as_in_row);
  }
  for (guint i = 0; i < G_N_ELEMENTS (raw_files); i++) {
    g_autofree gchar *path = g_strconcat (PATH, raw_files[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i),
        raw_pictures_as_in_row);
  }
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree gchar *path = g_strconcat (PATH "what_comes_at_eos_is_written_"
        "as_", forms[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i),
        what_comes_at_eos_is_written);
  }
  ADD (where_samples_are_far_apart_texts_stand_between_them);
  ADD (a_text_goes_on_when_frames_change_their_size);
  g_test_add_data_func (PATH "lines_of_two_elements_tell_whose_they_are",
      "result", lines_of_two_elements_tell_whose_they_are);
  g_test_add_data_func (PATH "tracks_of_two_elements_tell_whose_they_are",
      "track", lines_of_two_elements_tell_whose_they_are);
  return g_test_run ();
}
