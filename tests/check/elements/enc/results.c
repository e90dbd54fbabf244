/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrenc: results on frames in, a line of JSON for each out.
 */
#include <string.h>

#include "../../testrows.h"
#include "encharness.h"

#define TESTS "/enc/results/"

static void
assert_line (GstHarness * h, const gchar * part)
{
  g_autofree gchar *line = enc_harness_pull_line (h, NULL);

  enc_assert_contains (line, part);
}

static void
writes_each_result_once (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) one = enc_result_new_line (0, "하나");
  g_autoptr (GstKakaoOcrResult) two =
      enc_result_new_line (4 * ENC_FRAME_DURATION, "둘");

  enc_harness_push (h, enc_frame_new (0, one, 1));
  enc_harness_push (h, enc_frame_new (ENC_FRAME_DURATION, one, 1));
  enc_harness_push (h, enc_frame_new (2 * ENC_FRAME_DURATION, NULL, 1));
  enc_harness_push (h, enc_frame_new (3 * ENC_FRAME_DURATION, one, 1));
  enc_harness_push (h, enc_frame_new (4 * ENC_FRAME_DURATION, two, 1));
  enc_harness_push (h, enc_frame_new (5 * ENC_FRAME_DURATION, two, 1));

  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 2);
  assert_line (h, "\"text\":\"하나\"");
  assert_line (h, "\"text\":\"둘\"");
  gst_harness_teardown (h);
}

static void
equal_results_are_still_two (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GstKakaoOcrResult) result = enc_result_new_line (0, "same");

    enc_harness_push (h, enc_frame_new (i * ENC_FRAME_DURATION, result, 1));
  }
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 2);
  gst_harness_teardown (h);
}

/* The n-th frame of @result, which has three lines, as it comes from another
 * process: what differs on it is in a result of its own, and nobody knows its
 * producer. @lost: the line that is out of sight, or -1. */
static GstBuffer *
create_foreign_frame (GstKakaoOcrResult * result, guint n, gint lost)
{
  g_autoptr (GstBuffer) sent = enc_frame_new (n * ENC_FRAME_DURATION, result,
      1);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (sent);
  const gdouble x = 20.0 + n;
  const gdouble boxes[] = { x, 12, x + 10, 12, x + 10, 16, x, 16,
    x, 32, x + 10, 32, x + 10, 36, x, 36,
    x, 52, x + 10, 52, x + 10, 56, x, 56
  };
  const gboolean are_lost[] = { lost == 0, lost == 1, lost == 2 };
  g_autoptr (GstKakaoOcrResult) own = NULL;

  gst_kakao_ocr_meta_set_boxes (meta, boxes, are_lost);
  own = gst_kakao_ocr_meta_dup_result (meta);
  return enc_frame_new (n * ENC_FRAME_DURATION, own, 0);
}

static void
a_result_of_another_process_is_one_on_all_frames (void)
{
  const EncLine lines[] = {
    {"one", 20, 12}, {"two", 20, 32}, {"three", 20, 52}
  };
  /* The camera pans to and fro. */
  const gint lost[] = { -1, 2, 0, 1, 2, -1 };

  for (guint granularity = 0; granularity < 2; granularity++) {
    GstHarness *h = enc_harness_new (ENC_NDJSON);
    g_autoptr (GstKakaoOcrResult) result = enc_result_new (0, lines, 3);
    g_autofree gchar *all = NULL;

    gst_harness_set (h, "kakaoocrenc", "granularity", granularity, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (lost); i++)
      enc_harness_push (h, create_foreign_frame (result, i, lost[i]));
    enc_harness_push_eos (h);
    /* The result, or the tracks of its three lines. */
    g_assert_cmpuint (gst_harness_buffers_received (h), ==,
        granularity ? 3 : 1);
    all = enc_harness_pull_all (h);
    enc_assert_contains (all, granularity ? "\"samples\":1," :
        "\"text\":\"one\\ntwo\\nthree\"");
    gst_harness_teardown (h);
  }
}

typedef struct
{
  const gchar *name;
  GstClockTime pts, latency;
  const gchar *text;
  guint64 track;
} ForeignCase;

/* What differs from another result of the first row. */
static const ForeignCase foreign_cases[] = {
  {"time", 2, 5, "same", 1},
  {"latency", 1, 6, "same", 1},
  {"text", 1, 5, "other", 1},
  {"track", 1, 5, "same", 2},
  {"no-time", GST_CLOCK_TIME_NONE, 5, "same", 1},
};

static GstBuffer *
create_foreign_reading (const ForeignCase * row)
{
  GstKakaoOcrRegion region = { (gchar *) row->text, NULL,
    {10, 10, 90, 10, 90, 30, 10, 30}, 1, row->track
  };
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new (row->pts,
      640, 480, &region, 1, FALSE, row->latency);

  return enc_frame_new (0, result, 0);
}

static void
another_result_of_another_process_is_another (gconstpointer data)
{
  const ForeignCase *row = data;
  const ForeignCase first = { "", GST_CLOCK_TIME_IS_VALID (row->pts) ? 1
        : row->pts, 5, "same", 1
  };
  GstHarness *h = enc_harness_new (ENC_NDJSON);

  enc_harness_push (h, create_foreign_reading (&first));
  enc_harness_push (h, create_foreign_reading (row));
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 2);
  gst_harness_teardown (h);
}

static void
writes_the_results_of_every_producer (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) left = enc_result_new_line (0, "left");
  g_autoptr (GstKakaoOcrResult) right = enc_result_new_line (0, "right");
  g_autoptr (GstKakaoOcrResult) later =
      enc_result_new_line (ENC_FRAME_DURATION, "later");

  for (guint i = 0; i < 3; i++) {
    GstBuffer *frame = enc_frame_new (i * ENC_FRAME_DURATION, left, 1);

    gst_kakao_ocr_meta_set_producer (gst_buffer_add_kakao_ocr_meta (frame,
            i < 2 ? right : later), 2);
    enc_harness_push (h, frame);
  }
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 3);
  assert_line (h, "\"text\":\"left\"");
  assert_line (h, "\"text\":\"right\"");
  assert_line (h, "\"text\":\"later\"");
  gst_harness_teardown (h);
}

static void
boxes_are_those_of_the_frame (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) result = enc_result_new_line (0, "moved");
  GstBuffer *frame = enc_frame_new (0, result, 1);
  const gdouble moved[] = { 21, 12, 31, 12, 31, 16, 21, 16 };

  gst_kakao_ocr_meta_set_boxes (gst_buffer_get_kakao_ocr_meta (frame), moved,
      NULL);
  enc_harness_push (h, frame);
  assert_line (h, "\"box\":[[21,12],[31,12],[31,16],[21,16]]");
  gst_harness_teardown (h);
}

static void
times_follow_the_segment (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) result =
      enc_result_new_line (12 * GST_SECOND, "t");
  g_autofree gchar *line = NULL;
  GstClockTime pts;

  enc_harness_push_segment (h, 10 * GST_SECOND, 100 * GST_SECOND,
      5 * GST_SECOND);
  enc_harness_push (h, enc_frame_new (13 * GST_SECOND, result, 1));
  line = enc_harness_pull_line (h, &pts);
  g_assert_cmpuint (pts, ==, 12 * GST_SECOND);
  enc_assert_contains (line, "\"pts\":12000000000,\"stream_time\":102000000000,"
      "\"running_time\":7000000000,\"utc\":null");
  gst_harness_teardown (h);
}

static void
frames_without_time_still_make_lines (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) result =
      enc_result_new_line (GST_CLOCK_TIME_NONE, "timeless");
  GstBuffer *frame = enc_frame_new (GST_CLOCK_TIME_NONE, result, 1);

  gst_harness_set_src_caps_str (h, "video/x-raw,format=I420,width=640,"
      "height=480,framerate=0/1");
  GST_BUFFER_DURATION (frame) = GST_CLOCK_TIME_NONE;
  enc_harness_push (h, frame);
  assert_line (h, "\"pts\":null,\"stream_time\":null,\"running_time\":null");
  gst_harness_teardown (h);
}

static void
frames_without_time_count_by_their_rate (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) first =
      enc_result_new_line (GST_CLOCK_TIME_NONE, "first");
  g_autoptr (GstKakaoOcrResult) second =
      enc_result_new_line (GST_CLOCK_TIME_NONE, "second");

  enc_harness_push (h, enc_frame_new (GST_CLOCK_TIME_NONE, first, 1));
  assert_line (h, "\"pts\":null,\"stream_time\":0,\"running_time\":0");
  enc_harness_push (h, enc_frame_new (GST_CLOCK_TIME_NONE, first, 1));
  enc_harness_push (h, enc_frame_new (GST_CLOCK_TIME_NONE, second, 1));
  assert_line (h, "\"pts\":null,\"stream_time\":80000000,"
      "\"running_time\":80000000");
  gst_harness_teardown (h);
}

static void
a_segment_in_bytes_counts_from_zero (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) result = enc_result_new_line (0, "bytes");
  const GstSegment *out;
  GstSegment bytes;
  GstEvent *event;

  gst_segment_init (&bytes, GST_FORMAT_BYTES);
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&bytes)));
  enc_harness_push (h, enc_frame_new (0, result, 1));
  assert_line (h, "\"pts\":0,\"stream_time\":0,\"running_time\":0");
  event = gst_pad_get_sticky_event (h->sinkpad, GST_EVENT_SEGMENT, 0);
  gst_event_parse_segment (event, &out);
  g_assert_cmpint (out->format, ==, GST_FORMAT_TIME);
  gst_event_unref (event);
  gst_harness_teardown (h);
}

/* A clip follows another one; its first frames still carry the last result of
 * the one before, whose PTS would be another moment in the new segment. */
static void
a_result_of_the_segment_before_keeps_its_times (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) before =
      enc_result_new_line (9 * GST_SECOND, "old");
  g_autoptr (GstKakaoOcrResult) after = enc_result_new_line (0, "new");
  g_autofree gchar *line = NULL;
  GstClockTime pts;

  enc_harness_push (h, enc_frame_new (9 * GST_SECOND, NULL, 1));
  enc_harness_push_segment (h, 0, 0, 10 * GST_SECOND);
  enc_harness_push (h, enc_frame_new (0, before, 1));
  line = enc_harness_pull_line (h, &pts);
  g_assert_cmpuint (pts, ==, 0);
  enc_assert_contains (line, "\"pts\":9000000000,\"stream_time\":9000000000,"
      "\"running_time\":9000000000");
  enc_harness_push (h, enc_frame_new (ENC_FRAME_DURATION, after, 1));
  assert_line (h, "\"pts\":0,\"stream_time\":0,\"running_time\":10000000000");
  gst_harness_teardown (h);
}

static void
after_a_flush_results_are_new (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) result = enc_result_new_line (0, "again");

  enc_harness_push (h, enc_frame_new (0, result, 1));
  enc_harness_flush (h);
  enc_harness_push_segment (h, 0, 0, 0);
  enc_harness_push (h, enc_frame_new (0, result, 1));
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 2);
  gst_harness_teardown (h);
}

static void
source_names_the_video (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) one = enc_result_new_line (0, "1");
  g_autoptr (GstKakaoOcrResult) two = enc_result_new_line (0, "2");

  enc_harness_push (h, enc_frame_new (0, one, 1));
  assert_line (h, "\"source\":null");
  gst_harness_set (h, "kakaoocrenc", "source", "문 \"A\"", NULL);
  enc_harness_push (h, enc_frame_new (0, two, 1));
  assert_line (h, "\"source\":\"문 \\\"A\\\"\"");
  gst_harness_teardown (h);
}

typedef struct
{
  const gchar *name;
  const gchar *caps;
  GstClockTime timestamp;       /* of the frame at 2 s */
  const gchar *expected;        /* of the result at 1.5 s */
} ReferenceCase;

static const ReferenceCase reference_cases[] = {
  {"unix", "timestamp/x-unix", 1700000000 * GST_SECOND,
      "\"utc\":\"2023-11-14T22:13:19.500000Z\""},
  {"ntp", "timestamp/x-ntp", (G_GUINT64_CONSTANT (2208988800) + 1700000000)
      * GST_SECOND, "\"utc\":\"2023-11-14T22:13:19.500000Z\""},
  {"ntp-before-1970", "timestamp/x-ntp", 5 * GST_SECOND, "\"utc\":null"},
  {"other", "timestamp/x-other", 5 * GST_SECOND, "\"utc\":null"},
};

static void
absolute_time_is_that_of_the_camera (gconstpointer data)
{
  const ReferenceCase *row = data;
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple (row->caps);
  g_autoptr (GstKakaoOcrResult) result =
      enc_result_new_line (1500 * GST_MSECOND, "now");
  GstBuffer *frame = enc_frame_new (2 * GST_SECOND, result, 1);

  gst_element_set_clock (h->element, NULL);
  gst_harness_set (h, "kakaoocrenc", "absolute-time", TRUE, NULL);
  gst_buffer_add_reference_timestamp_meta (frame, caps, row->timestamp,
      GST_CLOCK_TIME_NONE);
  enc_harness_push (h, frame);
  assert_line (h, row->expected);
  gst_harness_teardown (h);
}

static GDateTime *
pull_utc (GstHarness * h)
{
  g_autofree gchar *line = enc_harness_pull_line (h, NULL);
  const gchar *utc = strstr (line, "\"utc\":\"");
  g_autofree gchar *iso = NULL;
  GDateTime *time;

  g_assert_nonnull (utc);
  utc += strlen ("\"utc\":\"");
  iso = g_strndup (utc, strchr (utc, '"') - utc);
  time = g_date_time_new_from_iso8601 (iso, NULL);
  g_assert_nonnull (time);
  return time;
}

/* Ten seconds of a file are read in a moment; nobody knows when they were. */
static void
a_file_has_no_absolute_time (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) result =
      enc_result_new_line (10 * GST_SECOND, "then");

  gst_harness_set_live (h, FALSE);
  gst_harness_use_systemclock (h);
  gst_element_set_base_time (h->element,
      gst_clock_get_time (GST_ELEMENT_CLOCK (h->element)));
  gst_harness_set (h, "kakaoocrenc", "absolute-time", TRUE, NULL);
  enc_harness_push (h, enc_frame_new (10 * GST_SECOND, result, 1));
  assert_line (h, "\"utc\":null");
  gst_harness_teardown (h);
}

typedef struct
{
  const gchar *name;
  const gchar *form;
  guint granularity;
  gboolean live;
  gboolean warns;
} WordCase;

static const WordCase word_cases[] = {
  {"live-results", ENC_NDJSON, 0, TRUE, FALSE},
  {"results-of-a-file", ENC_NDJSON, 0, FALSE, TRUE},
  {"tracks", ENC_NDJSON, 1, TRUE, TRUE},
  {"subtitles", ENC_VTT, 0, TRUE, TRUE},
};

static void
absolute_time_is_not_ignored_without_a_word (gconstpointer data)
{
  const WordCase *row = data;
  GstHarness *h = enc_harness_new (row->form);
  g_autoptr (GstBus) bus = gst_bus_new ();
  guint n_warnings = 0;

  gst_element_set_bus (h->element, bus);
  gst_harness_set_live (h, row->live);
  gst_harness_set (h, "kakaoocrenc", "absolute-time", TRUE, "granularity",
      row->granularity, NULL);
  for (guint i = 0; i < 2; i++)
    enc_harness_push (h, enc_frame_new (i * ENC_FRAME_DURATION, NULL, 1));
  while (TRUE) {
    g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus,
        GST_MESSAGE_WARNING);

    if (!message)
      break;
    n_warnings++;
  }
  g_assert_cmpuint (n_warnings, ==, row->warns);
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
}

static void
absolute_time_is_never_later_than_now (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) result =
      enc_result_new_line (10 * GST_SECOND, "soon");
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) then = NULL;

  gst_harness_use_systemclock (h);
  gst_element_set_base_time (h->element,
      gst_clock_get_time (GST_ELEMENT_CLOCK (h->element)));
  gst_harness_set (h, "kakaoocrenc", "absolute-time", TRUE, NULL);
  enc_harness_push (h, enc_frame_new (10 * GST_SECOND, result, 1));
  now = g_date_time_new_now_utc ();
  then = pull_utc (h);
  g_assert_cmpint (g_date_time_compare (then, now), <=, 0);
  gst_harness_teardown (h);
}

static void
absolute_time_falls_back_on_the_clock (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) result = enc_result_new_line (0, "now");
  g_autoptr (GDateTime) before = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = NULL;

  gst_harness_use_systemclock (h);
  gst_element_set_base_time (h->element,
      gst_clock_get_time (GST_ELEMENT_CLOCK (h->element)));
  gst_harness_set (h, "kakaoocrenc", "absolute-time", TRUE, NULL);
  enc_harness_push (h, enc_frame_new (0, result, 1));
  then = pull_utc (h);
  g_assert_cmpint (ABS (g_date_time_difference (then, before)), <,
      10 * G_TIME_SPAN_SECOND);
  gst_harness_teardown (h);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (writes_each_result_once);
  ADD (equal_results_are_still_two);
  ADD (a_result_of_another_process_is_one_on_all_frames);
  ADD_ROWS (another_result_of_another_process_is_another, foreign_cases);
  ADD (writes_the_results_of_every_producer);
  ADD (boxes_are_those_of_the_frame);
  ADD (times_follow_the_segment);
  ADD (frames_without_time_still_make_lines);
  ADD (frames_without_time_count_by_their_rate);
  ADD (a_segment_in_bytes_counts_from_zero);
  ADD (a_result_of_the_segment_before_keeps_its_times);
  ADD (after_a_flush_results_are_new);
  ADD (source_names_the_video);
  ADD_ROWS (absolute_time_is_that_of_the_camera, reference_cases);
  ADD_ROWS (absolute_time_is_not_ignored_without_a_word, word_cases);
  ADD (a_file_has_no_absolute_time);
  ADD (absolute_time_is_never_later_than_now);
  ADD (absolute_time_falls_back_on_the_clock);
  return g_test_run ();
}
