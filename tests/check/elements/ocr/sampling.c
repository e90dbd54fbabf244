/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: which frames of a stream are sampled. In timing=exact a frame that
 * carries its own result was; one that carries another's was not.
 */
#include <stdlib.h>
#include <string.h>

#include "../../testrows.h"
#include "heldservice.h"
#include "ocrharness.h"

#define TESTS "/kakaoocr/sampling/"

#define SMALL "video/x-raw,format=I420,width=64,height=48,framerate=25/1"
#define WIDE "video/x-raw,format=I420,width=128,height=48,framerate=25/1"
#define SLOWER "video/x-raw,format=I420,width=64,height=48,framerate=24/1," \
    "colorimetry=bt709"
#define PICTURES "video/x-raw,format=I420,width=64,height=48,framerate=0/1"
#define FIELDS "video/x-raw(format:Interlaced),format=I420,width=64," \
    "height=48,framerate=25/1,interlace-mode=alternate"

/* What comes in: "3" frame 3, at 40 ms each; "-3" the same without a time;
 * "d3" with DISCONT, "c3" CORRUPTED, "s3" of a smaller size; other words as in
 * do_word(). */
static const struct
{
  const gchar *name, *caps, *settings, *in, *out;
} rows[] = {
  { "one_frame_an_interval", SMALL, "interval=120", "0 1 2 3 4 5 6",
      "0:0 1:0 2:0 3:3 4:3 5:3 6:6" },
  { "every_frame_with_interval_0", SMALL, "interval=0", "0 1 2",
      "0:0 1:1 2:2" },
  { "the_first_frame_wherever_it_is", SMALL, "interval=120", "7 8 9 10",
      "7:7 8:7 9:7 10:10" },
  { "no_frame_for_a_discontinuity_flag", SMALL, "interval=120",
      "d0 d1 d2 d3 d4 d5", "0:0 1:0 2:0 3:3 4:3 5:3" },
  { "no_frame_for_a_discontinuity_flag_in_reverse", SMALL, "interval=120",
      "reverse d9 d8 d7 d6 d5 d4", "segment 9:9 8:9 7:9 6:6 5:6 4:6" },
  { "no_corrupted_frame_but_the_next_clean_one", SMALL, "interval=120",
      "0 1 2 c3 c4 5 6 7 8", "0:0 1:0 2:0 3:0 4:0 5:5 6:5 7:5 8:8" },
  { "no_corrupted_frame_with_interval_0", SMALL, "interval=0", "0 c1 2",
      "0:0 1:0 2:2" },
  { "no_frame_of_another_size_than_its_caps", SMALL, "interval=120",
      "0 1 2 s3 4 5 6 7", "0:0 1:0 2:0 3:0 4:4 5:4 6:4 7:7" },
  { "no_frame_of_another_size_with_interval_0", SMALL, "interval=0", "0 s1 2",
      "0:0 1:0 2:2" },
  { "the_first_frame_of_a_segment", SMALL, "interval=120", "0 1 segment 2 3",
      "0:0 1:0 segment 2:2 3:2" },
  { "the_first_frame_of_a_segment_that_is_far_ahead", SMALL, "interval=120",
      "0 1 ahead 2 3", "0:0 1:0 segment 2:2 3:2" },
  { "a_gap_changes_nothing", SMALL, "interval=120", "0 gap 2 gap 4",
      "0:0 gap 2:0 gap 4:4" },
  { "reverse_by_the_distance", SMALL, "interval=120", "reverse 9 8 7 6 5 4 3",
      "segment 9:9 8:9 7:9 6:6 5:6 4:6 3:3" },
  { "trick_rates_by_stream_time", SMALL, "interval=400", "fast 0 8 16 24 32",
      "segment 0:0 8:0 16:16 24:16 32:32" },
  { "a_segment_that_starts_later_by_stream_time", SMALL, "interval=120",
      "late 20 21 22 23", "segment 20:20 21:20 22:20 23:23" },
  { "no_frame_outside_the_segment", SMALL, "interval=0", "late 10 11 20",
      "segment 10: 11: 20:20" },
  { "frames_without_time_by_arrival", SMALL, "interval=120",
      "-0 -1 -2 -3 -4 -5 -6", "-:0 -:0 -:0 -:3 -:3 -:3 -:6" },
  { "every_picture_of_a_row_of_pictures", PICTURES, "interval=120", "-0 -1 -2",
      "-:0 -:1 -:2" },
  { "pictures_with_times_by_times", PICTURES, "interval=120", "0 1 2 3 4",
      "0:0 1:0 2:0 3:3 4:3" },
  { "nothing_while_inactive", SMALL, "interval=60000", "0 1 off 2 3 on 4 5",
      "0:0 1:0 2: 3: 4:4 5:4" },
  { "a_frame_that_is_asked_for", SMALL, "interval=60000", "0 1 recognize 2 3 4",
      "0:0 1:0 2:2 3:2 4:2" },
  { "no_frame_that_is_asked_for_while_inactive", SMALL,
      "interval=60000 active=false", "recognize 0 1", "0: 1:" },
  { "a_shorter_interval_at_once", SMALL, "interval=60000", "0 1 often 2 3",
      "0:0 1:0 2:2 3:3" },
  { "no_frame_for_another_rate_or_colorimetry", SMALL, "interval=60000",
      "0 1 slower 2 3", "0:0 1:0 caps 2:0 3:0" },
  { "the_first_frame_of_another_size", SMALL, "interval=60000", "0 1 wide 2 3",
      "0:0 1:0 caps 2:2 3:2" },
};

/* The same where one WARNING tells that something is wrong with the stream. */
static const struct
{
  const gchar *name, *caps, *settings, *in, *out;
} warned[] = {
  {"an_outlier_changes_nothing", SMALL, "interval=120",
      "0 1 2 900000 3 4 5 6", "0:0 1:0 2:0 900000:0 3:3 4:3 5:3 6:6"},
  {"outliers_now_and_then_change_nothing", SMALL, "interval=120",
      "0 900000 1 2 3 800000 4 5 6", "0:0 900000:0 1:0 2:0 3:3 800000:3 4:3 "
        "5:3 6:6"},
  {"an_outlier_of_the_past_changes_nothing", SMALL, "interval=120",
      "40 41 0 42 43 44", "40:40 41:40 0:40 42:40 43:43 44:43"},
  {"every_frame_with_interval_0_outliers_too", SMALL, "interval=0",
      "0 1 900050 2", "0:0 1:1 900050:32 2:2"},
  {"one_frame_where_time_falls_back", SMALL, "interval=400",
      "40 41 0 1 2 3 11 12", "40:40 41:40 0:40 1:1 2:1 3:1 11:11 12:11"},
  {"one_frame_where_time_jumps_ahead", SMALL, "interval=400",
      "0 1 9000 9001 9002 9011 9012", "0:0 1:0 9000:0 9001:37 9002:37 "
        "9011:47 9012:47"},
  {"no_alternating_field", FIELDS, "interval=0", "0 1 2", "0: 1: 2:"},
  {"a_loop_that_is_shorter_than_the_interval", SMALL, "interval=1000",
      "0 10 20 0 10 20 0 10 20", "0:0 10:0 20:0 0:0 10:10 20:10 0:10 10:10 "
        "20:10"},
};

typedef struct
{
  GstHarness *h;
  GstVideoInfo info;
} Stream;

static void
push_segment (Stream * stream, gdouble rate, GstClockTime start)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.rate = rate;
  segment.start = start;
  /* A reverse segment has its end at what is played first. */
  if (rate < 0)
    segment.stop = 10 * TEST_FRAME_DURATION;
  segment.time = start;
  g_assert_true (gst_harness_push_event (stream->h,
          gst_event_new_segment (&segment)));
}

/* Whose running time begins at @base. */
static void
push_segment_at (Stream * stream, GstClockTime base)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.base = base;
  g_assert_true (gst_harness_push_event (stream->h,
          gst_event_new_segment (&segment)));
}

static void
set_caps (Stream * stream, const gchar * description)
{
  GstCaps *caps = gst_caps_from_string (description);
  GstVideoInfo info;

  g_assert_true (gst_video_info_from_caps (&info, caps));
  stream->info = info;
  g_assert_true (gst_harness_push_event (stream->h, gst_event_new_caps (caps)));
  gst_caps_unref (caps);
}

static void
push_frame (Stream * stream, const gchar * word)
{
  GstBuffer *frame =
      test_frame_new_full (atoi (word + !g_ascii_isdigit (*word)),
      &stream->info);

  if (*word == '-')
    GST_BUFFER_PTS (frame) = GST_CLOCK_TIME_NONE;
  if (*word == 'd')
    GST_BUFFER_FLAG_SET (frame, GST_BUFFER_FLAG_DISCONT);
  if (*word == 'c')
    GST_BUFFER_FLAG_SET (frame, GST_BUFFER_FLAG_CORRUPTED);
  if (*word == 's')
    gst_buffer_add_video_meta (frame, GST_VIDEO_FRAME_FLAG_NONE,
        GST_VIDEO_INFO_FORMAT (&stream->info), 16, 16);
  g_assert_cmpint (gst_harness_push (stream->h, frame), ==, GST_FLOW_OK);
}

static void
do_word (Stream * stream, const gchar * word)
{
  GstElement *element = stream->h->element;

  if (strcmp (word, "segment") == 0)
    push_segment (stream, 1, 0);
  else if (strcmp (word, "ahead") == 0)
    push_segment_at (stream, 24 * 3600 * GST_SECOND);
  else if (strcmp (word, "late") == 0)
    push_segment (stream, 1, 20 * TEST_FRAME_DURATION);
  else if (strcmp (word, "reverse") == 0)
    push_segment (stream, -1, 0);
  else if (strcmp (word, "fast") == 0)
    push_segment (stream, 4, 0);
  else if (strcmp (word, "wide") == 0)
    set_caps (stream, WIDE);
  else if (strcmp (word, "slower") == 0)
    set_caps (stream, SLOWER);
  else if (strcmp (word, "gap") == 0)
    gst_harness_push_event (stream->h, gst_event_new_gap (0, GST_MSECOND));
  else if (strcmp (word, "on") == 0 || strcmp (word, "off") == 0)
    g_object_set (element, "active", strcmp (word, "on") == 0, NULL);
  else if (strcmp (word, "often") == 0)
    g_object_set (element, "interval", 0, NULL);
  else if (strcmp (word, "recognize") == 0)
    g_signal_emit_by_name (element, "recognize");
  else
    push_frame (stream, word);
}

static void
check_samples (const gchar * caps, const gchar * own_settings,
    const gchar * in, const gchar * out, gboolean warns)
{
  HeldService *service = held_service_new ();
  g_auto (GStrv) words = g_strsplit (in, " ", -1);
  g_autofree gchar *settings = g_strconcat ("timing=exact ", own_settings,
      NULL);
  Stream stream =
      { ocr_harness_new_without_caps (held_service_get_url (service),
        settings)
  };
  g_autofree gchar *record = NULL;
  g_autofree gchar *expected = g_strconcat ("caps ", out, " eos", NULL);
  GstMessage *warning;

  held_service_open (service);
  gst_harness_set_live (stream.h, FALSE);
  gst_harness_set_src_caps_str (stream.h, caps);
  ocr_harness_record (stream.h);
  set_caps (&stream, caps);
  for (guint i = 0; words[i]; i++)
    do_word (&stream, words[i]);
  gst_harness_push_event (stream.h, gst_event_new_eos ());
  ocr_harness_wait_event (stream.h, GST_EVENT_EOS);
  record = ocr_harness_get_record (stream.h);
  g_assert_cmpstr (record, ==, expected);
  warning = ocr_harness_pop_message (stream.h, GST_MESSAGE_WARNING);
  g_assert_true ((warning != NULL) == warns);
  g_clear_pointer (&warning, gst_message_unref);
  g_assert_null (ocr_harness_pop_message (stream.h, GST_MESSAGE_WARNING));
  ocr_harness_free (stream.h);
  held_service_free (service);
}

static void
samples_as_in_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);

  check_samples (rows[row].caps, rows[row].settings, rows[row].in,
      rows[row].out, FALSE);
}

static void
samples_with_a_warning (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);

  check_samples (warned[row].caps, warned[row].settings, warned[row].in,
      warned[row].out, TRUE);
}

static void
a_result_of_another_size_is_not_carried (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest");
  GstVideoInfo info;
  GstBuffer *buffer;

  ocr_harness_pass (h, 0);
  held_service_wait (service, 1);
  gst_harness_set_src_caps_str (h, WIDE);
  held_service_answer (service, 0);
  ocr_harness_wait_result (h);

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, 128, 48);
  g_assert_cmpint (gst_harness_push (h, test_frame_new_full (1, &info)), ==,
      GST_FLOW_OK);
  g_assert_cmpint (ocr_harness_pull (h), ==, -1);
  held_service_answer (service, 1);
  ocr_harness_wait_result (h);
  gst_harness_push (h, test_frame_new_full (2, &info));
  buffer = gst_harness_pull (h);
  g_assert_cmpint (gst_kakao_ocr_result_get_width
      (gst_buffer_get_kakao_ocr_meta (buffer)->result), ==, 128);
  gst_buffer_unref (buffer);
  ocr_harness_free (h);
  held_service_free (service);
}

static void
switching_off_ends_the_carrying_in_latest (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=60000");

  ocr_harness_pass (h, 0);
  held_service_answer (service, 0);
  ocr_harness_wait_result (h);
  g_assert_cmpint (ocr_harness_pass (h, 1), ==, 0);
  g_object_set (h->element, "active", FALSE, NULL);
  g_assert_cmpint (ocr_harness_pass (h, 2), ==, -1);
  g_object_set (h->element, "active", TRUE, NULL);
  g_assert_cmpint (ocr_harness_pass (h, 3), ==, -1);
  held_service_answer (service, 3);
  ocr_harness_wait_result (h);
  g_assert_cmpint (ocr_harness_pass (h, 4), ==, 3);
  ocr_harness_free (h);
  held_service_free (service);
}

/* The request stays until a slot is free. */
static void
a_frame_that_is_asked_for_waits_for_a_slot (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=60000 max-in-flight=1");

  ocr_harness_pass (h, 0);
  g_signal_emit_by_name (h->element, "recognize");
  ocr_harness_pass (h, 1);
  g_assert_cmpuint (ocr_get_stat (h->element, "sampled"), ==, 1);
  held_service_answer (service, 0);
  ocr_harness_wait_result (h);
  while (ocr_get_stat (h->element, "sampled") < 2)
    ocr_harness_pass (h, 2);
  held_service_answer (service, 2);
  g_assert_cmpint (ocr_harness_wait_result (h), ==, 2);
  ocr_harness_pass (h, 3);
  g_assert_cmpuint (ocr_get_stat (h->element, "sampled"), ==, 2);
  ocr_harness_free (h);
  held_service_free (service);
}

/* Auto. */

static gboolean
refuse_query (GstPad * pad, GstObject * parent, GstQuery * query)
{
  return GST_QUERY_TYPE (query) == GST_QUERY_LATENCY ? FALSE
      : gst_pad_query_default (pad, parent, query);
}

static void
assert_auto_is (GstHarness * h, const gchar * timing)
{
  g_autofree gchar *got = NULL;

  gst_harness_set_src_caps_str (h, SMALL);
  got = ocr_get_stat_string (h->element, "timing");
  g_assert_cmpstr (got, ==, timing);
}

static void
auto_follows_upstream (void)
{
  HeldService *service = held_service_new ();
  const gchar *url = held_service_get_url (service);
  GstHarness *live = ocr_harness_new_without_caps (url, NULL);
  GstHarness *file = ocr_harness_new_without_caps (url, NULL);
  GstHarness *mute = ocr_harness_new_without_caps (url, NULL);
  g_autofree gchar *undecided = ocr_get_stat_string (live->element, "timing");

  g_assert_cmpstr (undecided, ==, "auto");
  gst_harness_set_live (file, FALSE);
  gst_pad_set_query_function (mute->srcpad, refuse_query);
  assert_auto_is (live, "latest");
  assert_auto_is (file, "exact");
  assert_auto_is (mute, "latest");

  /* Decided until READY, whatever comes. */
  gst_harness_set_live (live, FALSE);
  gst_harness_set_src_caps_str (live, WIDE);
  assert_auto_is (live, "latest");
  ocr_harness_free (live);
  ocr_harness_free (file);
  ocr_harness_free (mute);
  held_service_free (service);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path = g_strconcat ("/kakaoocr/sampling/samples_",
        rows[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), samples_as_in_row);
  }
  for (guint i = 0; i < G_N_ELEMENTS (warned); i++) {
    g_autofree gchar *path = g_strconcat ("/kakaoocr/sampling/samples_",
        warned[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), samples_with_a_warning);
  }
  ADD (a_result_of_another_size_is_not_carried);
  ADD (switching_off_ends_the_carrying_in_latest);
  ADD (a_frame_that_is_asked_for_waits_for_a_slot);
  ADD (auto_follows_upstream);
  return g_test_run ();
}
