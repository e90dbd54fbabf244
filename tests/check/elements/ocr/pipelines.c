/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr in real pipelines: files, seeks, tees and muxers, playbin.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "../../testrows.h"
#include "../../patience.h"
#include "ocrharness.h"
#include "service.h"

#define TESTS "/kakaoocr/pipelines/"

#define CLIP_FRAMES 50
#define CLIP_CAPS "video/x-raw,format=I420,width=64,height=48,framerate=25/1"

static gchar *directory, *clip, *clip_uri;
static Service *service;

static GstElement *create_pipeline (const gchar * format, ...)
    G_GNUC_PRINTF (1, 2);

static GstElement *
create_pipeline (const gchar * format, ...)
{
  g_autofree gchar *line = NULL;
  g_autoptr (GError) error = NULL;
  GstElement *pipeline;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  pipeline = gst_parse_launch (line, &error);
  g_assert_no_error (error);
  return pipeline;
}

static void
wait_for_eos (GstElement * pipeline)
{
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *end = gst_bus_timed_pop_filtered (bus, PATIENCE,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

  g_assert_nonnull (end);
  if (GST_MESSAGE_TYPE (end) == GST_MESSAGE_ERROR) {
    g_autoptr (GError) error = NULL;

    gst_message_parse_error (end, &error, NULL);
    g_error ("%s", error->message);
  }
  gst_message_unref (end);
  gst_object_unref (bus);
}

static void
wait_for_preroll (GstElement * pipeline)
{
  g_assert_cmpint (gst_element_get_state (pipeline, NULL, NULL, PATIENCE), ==,
      GST_STATE_CHANGE_SUCCESS);
}

static void
run (GstElement * pipeline)
{
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  wait_for_eos (pipeline);
}

static void
end (GstElement * pipeline)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

static GstElement *
get_element (GstElement * pipeline, const gchar * name)
{
  GstElement *element = gst_bin_get_by_name (GST_BIN (pipeline), name);

  g_assert_nonnull (element);
  gst_object_unref (element);
  return element;
}

static gsize
get_size (const gchar * path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_size;
}

/* A tee behind, and one before, with muxers that wait for all their pads. */

/* What is not live is over before the first result, in latest. */
static const struct
{
  const gchar *timing;
  gboolean live;
} tees[] = {
  {"latest", TRUE}, {"aligned", FALSE}, {"exact", FALSE},
};

static void
a_muxer_and_an_encoder_behind_a_tee_end (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autofree gchar *video = g_build_filename (directory, "out.mkv", NULL);
  g_autofree gchar *text = g_build_filename (directory, "out.jsonl", NULL);
  GstElement *pipeline = create_pipeline ("videotestsrc num-buffers=%u "
      "is-live=%d ! " CLIP_CAPS " ! kakaoocr name=ocr endpoint=%s "
      "interval=200 timing=%s ! tee name=t "
      "t. ! queue ! jpegenc ! matroskamux ! filesink location=%s "
      "t. ! queue ! kakaoocrenc ! filesink async=false location=%s",
      CLIP_FRAMES, tees[row].live, service->url, tees[row].timing, video, text);

  run (pipeline);
  g_assert_cmpuint (ocr_get_stat (get_element (pipeline, "ocr"), "frames"), ==,
      CLIP_FRAMES);
  g_assert_cmpuint (ocr_get_stat (get_element (pipeline, "ocr"), "recognized"),
      >, 0);
  end (pipeline);
  g_assert_cmpuint (get_size (video), >, 10000);
  g_assert_cmpuint (get_size (text), >, 100);
}

static void
a_muxer_that_waits_for_the_other_branch_ends (void)
{
  GstElement *pipeline = create_pipeline ("videotestsrc num-buffers=%u ! "
      CLIP_CAPS " ! tee name=t matroskamux name=mux ! fakesink "
      "t. ! queue ! kakaoocr name=ocr endpoint=%s timing=exact interval=80 ! "
      "jpegenc ! mux. t. ! queue ! jpegenc ! mux.", CLIP_FRAMES, service->url);

  run (pipeline);
  g_assert_cmpuint (ocr_get_stat (get_element (pipeline, "ocr"), "recognized"),
      ==, CLIP_FRAMES / 2);
  end (pipeline);
}

/* A sink that has enough. */

static void
a_sink_that_has_enough_ends_the_pipeline (gconstpointer timing)
{
  GstElement *pipeline = create_pipeline ("videotestsrc ! " CLIP_CAPS " ! "
      "kakaoocr name=ocr endpoint=%s interval=0 timing=%s ! "
      "fakesink num-buffers=5", service->url, (const gchar *) timing);

  run (pipeline);
  end (pipeline);
}

static GstPadProbeReturn
have_enough (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  gst_buffer_unref (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_PAD_PROBE_INFO_FLOW_RETURN (info) = GST_FLOW_EOS;
  return GST_PAD_PROBE_HANDLED;
}

static void
a_new_segment_goes_on_after_enough (void)
{
  GstHarness *h = ocr_harness_new_not_live (service->url,
      "timing=exact interval=0");
  GstFlowReturn flow = GST_FLOW_OK;
  GstSegment segment;
  gulong probe;

  probe = gst_pad_add_probe (h->sinkpad, GST_PAD_PROBE_TYPE_BUFFER, have_enough,
      NULL, NULL);
  for (guint i = 0; flow == GST_FLOW_OK; i++)
    flow = gst_harness_push (h, test_frame_new (i));
  g_assert_cmpint (flow, ==, GST_FLOW_EOS);
  g_assert_cmpint (gst_harness_push (h, test_frame_new (50)), ==,
      GST_FLOW_EOS);

  gst_pad_remove_probe (h->sinkpad, probe);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (h, gst_event_new_segment (&segment));
  g_assert_cmpint (ocr_harness_pass (h, 0), ==, 0);
  ocr_harness_free (h);
}

/* Files. */

static void
playbin_takes_it_as_a_video_filter (void)
{
  GstElement *playbin = gst_element_factory_make ("playbin", NULL);
  GstElement *ocr = gst_element_factory_make ("kakaoocr", NULL);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  if (!playbin) {
    g_test_skip ("there is no playbin");
    gst_object_unref (gst_object_ref_sink (ocr));
    gst_object_unref (gst_object_ref_sink (sink));
    return;
  }
  gst_object_ref_sink (ocr);
  g_object_set (ocr, "endpoint", service->url, "interval", 200, NULL);
  g_object_set (playbin, "uri", clip_uri, "video-filter", ocr, "video-sink",
      sink, NULL);
  run (playbin);
  g_assert_cmpuint (ocr_get_stat (ocr, "frames"), ==, CLIP_FRAMES);
  g_assert_cmpuint (ocr_get_stat (ocr, "recognized"), ==, CLIP_FRAMES / 5);
  end (playbin);
  gst_object_unref (ocr);
}

static void
assert_preroll_is (GstElement * pipeline, GstClockTime position)
{
  GstSample *sample;
  GstBuffer *buffer;
  GstKakaoOcrMeta *meta;

  wait_for_preroll (pipeline);
  g_object_get (get_element (pipeline, "sink"), "last-sample", &sample, NULL);
  buffer = gst_sample_get_buffer (sample);
  meta = gst_buffer_get_kakao_ocr_meta (buffer);
  g_assert_nonnull (meta);
  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (meta->result), ==,
      GST_BUFFER_PTS (buffer));
  if (GST_CLOCK_TIME_IS_VALID (position))
    g_assert_cmpuint (GST_BUFFER_PTS (buffer), ==, position);
  gst_sample_unref (sample);
}

static void
a_seek_shows_the_result_of_the_frame_it_went_to (void)
{
  GstElement *pipeline = create_pipeline ("filesrc location=%s ! decodebin ! "
      "kakaoocr name=ocr endpoint=%s ! fakesink name=sink", clip,
      service->url);
  static const guint frames[] = { 25, 40, 5, 30 };

  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  assert_preroll_is (pipeline, 0);
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++) {
    g_assert_true (gst_element_seek_simple (pipeline, GST_FORMAT_TIME,
            GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
            frames[i] * TEST_FRAME_DURATION));
    assert_preroll_is (pipeline, frames[i] * TEST_FRAME_DURATION);
  }
  end (pipeline);
}

static const struct
{
  const gchar *name, *settings;
  gdouble rate;
  GstSeekFlags flags;
} seeks[] = {
  {"exact_forwards", "timing=exact", 1, GST_SEEK_FLAG_FLUSH},
  {"exact_fast", "timing=exact", 4, GST_SEEK_FLAG_FLUSH},
  {"exact_backwards", "timing=exact", -1, GST_SEEK_FLAG_FLUSH},
  {"exact_by_segment_without_flush", "timing=exact", 1, 0},
  {"aligned_forwards", "timing=aligned", 1, GST_SEEK_FLAG_FLUSH},
  {"latest_backwards", "timing=latest", -1, GST_SEEK_FLAG_FLUSH},
  {"latest_with_key_units", "timing=latest", 8,
      GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_TRICKMODE_KEY_UNITS},
};

/* While it plays, then to the end. */
static void
a_seek_plays_on (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  GstElement *pipeline = create_pipeline ("filesrc location=%s ! decodebin ! "
      "kakaoocr name=ocr interval=80 endpoint=%s %s ! fakesink name=sink", clip,
      service->url, seeks[row].settings);
  gboolean backwards = seeks[row].rate < 0;
  GstElement *ocr = get_element (pipeline, "ocr");

  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  wait_for_preroll (pipeline);
  g_assert_true (gst_element_seek (pipeline, seeks[row].rate, GST_FORMAT_TIME,
          seeks[row].flags, GST_SEEK_TYPE_SET,
          backwards ? 0 : 20 * TEST_FRAME_DURATION, GST_SEEK_TYPE_SET,
          backwards ? 30 * TEST_FRAME_DURATION : GST_CLOCK_TIME_NONE));
  run (pipeline);
  g_assert_cmpuint (ocr_get_stat (ocr, "sampled"), >, 0);
  g_assert_cmpuint (ocr_get_stat (ocr, "sampled"), ==,
      ocr_get_stat (ocr, "recognized") + ocr_get_stat (ocr, "unchanged")
      + ocr_get_stat (ocr, "remembered") + ocr_get_stat (ocr, "failed"));
  g_assert_cmpuint (ocr_get_stat (ocr, "failed"), ==, 0);
  end (pipeline);
}

/* Live. */

#define SAMPLE_INTERVAL (200 * GST_MSECOND)

static GstPadProbeReturn
check_arrival (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  guint *n_frames = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);
  GstClockTime pts = GST_BUFFER_PTS (buffer), sample;

  (*n_frames)++;
  g_assert_nonnull (meta);
  sample = gst_kakao_ocr_result_get_pts (meta->result);
  g_assert_cmpuint (sample, <=, pts);
  g_assert_cmpuint (pts - sample, <, SAMPLE_INTERVAL);
  return GST_PAD_PROBE_OK;
}

static void
aligned_frames_of_a_live_picture_carry_their_own (void)
{
  GstElement *pipeline = create_pipeline ("videotestsrc is-live=true "
      "num-buffers=30 ! " CLIP_CAPS " ! kakaoocr name=ocr endpoint=%s "
      "timing=aligned latency=2000 interval=200 ! fakesink name=sink "
      "sync=true", service->url);
  guint n_frames = 0;
  GstPad *pad = gst_element_get_static_pad (get_element (pipeline, "sink"),
      "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, check_arrival, &n_frames,
      NULL);
  gst_object_unref (pad);
  run (pipeline);
  g_assert_cmpuint (n_frames, ==, 30);
  g_assert_cmpuint (ocr_get_stat (get_element (pipeline, "ocr"), "late"), ==,
      0);
  end (pipeline);
}

static void
set_up (void)
{
  GstElement *pipeline;

  directory = g_dir_make_tmp ("kakaoocr-XXXXXX", NULL);
  g_assert_nonnull (directory);
  clip = g_build_filename (directory, "clip.avi", NULL);
  clip_uri = g_strconcat ("file://", clip, NULL);
  pipeline = create_pipeline ("videotestsrc num-buffers=%u ! " CLIP_CAPS
      " ! jpegenc ! avimux ! filesink location=%s", CLIP_FRAMES, clip);
  run (pipeline);
  end (pipeline);
  service = service_new (service_answer, "--latency 20");
}

static void
tear_down (void)
{
  static const gchar *names[] = { "clip.avi", "out.mkv", "out.jsonl" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree gchar *path = g_build_filename (directory, names[i], NULL);

    g_unlink (path);
  }
  g_rmdir (directory);
  g_free (directory);
  g_free (clip);
  g_free (clip_uri);
  service_free (service);
}

int
main (int argc, char **argv)
{
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  set_up ();

  for (guint i = 0; i < G_N_ELEMENTS (tees); i++) {
    g_autofree gchar *path = g_strconcat ("/kakaoocr/pipelines/"
        "a_muxer_and_an_encoder_behind_a_tee_end_in_", tees[i].timing, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i),
        a_muxer_and_an_encoder_behind_a_tee_end);
  }
  for (guint i = 0; i < G_N_ELEMENTS (tees); i++) {
    g_autofree gchar *path = g_strconcat ("/kakaoocr/pipelines/"
        "a_sink_that_has_enough_ends_the_pipeline_in_", tees[i].timing, NULL);

    g_test_add_data_func (path, tees[i].timing,
        a_sink_that_has_enough_ends_the_pipeline);
  }
  ADD (a_new_segment_goes_on_after_enough);
  ADD (a_muxer_that_waits_for_the_other_branch_ends);
  ADD (playbin_takes_it_as_a_video_filter);
  ADD (a_seek_shows_the_result_of_the_frame_it_went_to);
  for (guint i = 0; i < G_N_ELEMENTS (seeks); i++) {
    g_autofree gchar *path = g_strconcat ("/kakaoocr/pipelines/"
        "a_seek_plays_on_", seeks[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), a_seek_plays_on);
  }
  ADD (aligned_frames_of_a_live_picture_carry_their_own);
  status = g_test_run ();
  tear_down ();
  return status;
}
