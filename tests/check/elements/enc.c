/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrenc: results on frames in, lines of JSON out.
 */
#include <gst/check/gstharness.h>
#include <gst/kakaoocr/kakaoocr.h>
#include <gst/video/video.h>
#include <glib/gstdio.h>
#include <string.h>

#define FRAME_CAPS "video/x-raw,format=I420,width=64,height=48,framerate=25/1"
#define FRAME_DURATION (40 * GST_MSECOND)

static GstHarness *
setup_enc (void)
{
  GstHarness *h = gst_harness_new ("kakaoocrenc");

  gst_harness_set_src_caps_str (h, FRAME_CAPS);
  return h;
}

static GstKakaoOcrResult *
create_result (GstClockTime pts, const gchar * text)
{
  gchar *words[] = { (gchar *) text, NULL };
  GstKakaoOcrRegion region = { (gchar *) text, words,
    {1, 2, 11, 2, 11, 6, 1, 6}, 1, 0
  };

  return gst_kakao_ocr_result_new (pts, 64, 48, &region, 1, FALSE,
      5 * GST_MSECOND);
}

/* The memory is never mapped, so it need not be there. */
static GstBuffer *
create_frame (GstClockTime pts, GstKakaoOcrResult * result, guint producer)
{
  GstBuffer *frame = gst_buffer_new ();

  GST_BUFFER_PTS (frame) = pts;
  GST_BUFFER_DURATION (frame) = FRAME_DURATION;
  if (result)
    gst_kakao_ocr_meta_set_producer (gst_buffer_add_kakao_ocr_meta (frame,
            result), producer);
  return frame;
}

static void
push (GstHarness * h, GstBuffer * frame)
{
  g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
}

static void
push_segment (GstHarness * h, GstClockTime start, GstClockTime time,
    GstClockTime base)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = segment.position = start;
  segment.time = time;
  segment.base = base;
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
}

/* The next line, whole, with its newline taken off. */
static gchar *
pull_line (GstHarness * h, GstClockTime * pts)
{
  g_autoptr (GstBuffer) buffer = gst_harness_try_pull (h);
  GstMapInfo map;
  gchar *line;

  g_assert_nonnull (buffer);
  if (pts)
    *pts = GST_BUFFER_PTS (buffer);
  g_assert_false (GST_BUFFER_DURATION_IS_VALID (buffer));
  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_assert_cmpuint (map.size, >, 1);
  g_assert_cmpint (map.data[map.size - 1], ==, '\n');
  line = g_strndup ((gchar *) map.data, map.size - 1);
  gst_buffer_unmap (buffer, &map);
  g_assert_null (strchr (line, '\n'));
  return line;
}

static void
assert_contains (const gchar * line, const gchar * part)
{
  if (!strstr (line, part))
    g_error ("no %s in %s", part, line);
}

static void
assert_line (GstHarness * h, const gchar * part)
{
  g_autofree gchar *line = pull_line (h, NULL);

  assert_contains (line, part);
}

static void
writes_each_result_once (void)
{
  GstHarness *h = setup_enc ();
  g_autoptr (GstKakaoOcrResult) one = create_result (0, "하나");
  g_autoptr (GstKakaoOcrResult) two = create_result (4 * FRAME_DURATION, "둘");

  push (h, create_frame (0, one, 1));
  push (h, create_frame (FRAME_DURATION, one, 1));
  push (h, create_frame (2 * FRAME_DURATION, NULL, 1));
  push (h, create_frame (3 * FRAME_DURATION, one, 1));
  push (h, create_frame (4 * FRAME_DURATION, two, 1));
  push (h, create_frame (5 * FRAME_DURATION, two, 1));

  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 2);
  assert_line (h, "\"text\":\"하나\"");
  assert_line (h, "\"text\":\"둘\"");
  gst_harness_teardown (h);
}

static void
equal_results_are_still_two (void)
{
  GstHarness *h = setup_enc ();

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GstKakaoOcrResult) result = create_result (0, "same");

    push (h, create_frame (i * FRAME_DURATION, result, 1));
  }
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 2);
  gst_harness_teardown (h);
}

static void
writes_the_results_of_every_producer (void)
{
  GstHarness *h = setup_enc ();
  g_autoptr (GstKakaoOcrResult) left = create_result (0, "left");
  g_autoptr (GstKakaoOcrResult) right = create_result (0, "right");
  g_autoptr (GstKakaoOcrResult) later = create_result (FRAME_DURATION, "later");

  for (guint i = 0; i < 3; i++) {
    GstBuffer *frame = create_frame (i * FRAME_DURATION, left, 1);

    gst_kakao_ocr_meta_set_producer (gst_buffer_add_kakao_ocr_meta (frame,
            i < 2 ? right : later), 2);
    push (h, frame);
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
  GstHarness *h = setup_enc ();
  g_autoptr (GstKakaoOcrResult) result = create_result (0, "moved");
  GstBuffer *frame = create_frame (0, result, 1);
  const gdouble moved[] = { 21, 12, 31, 12, 31, 16, 21, 16 };

  gst_kakao_ocr_meta_set_boxes (gst_buffer_get_kakao_ocr_meta (frame), moved,
      NULL);
  push (h, frame);
  assert_line (h, "\"box\":[[21,12],[31,12],[31,16],[21,16]]");
  gst_harness_teardown (h);
}

static void
times_follow_the_segment (void)
{
  GstHarness *h = setup_enc ();
  g_autoptr (GstKakaoOcrResult) result = create_result (12 * GST_SECOND, "t");
  g_autofree gchar *line = NULL;
  GstClockTime pts;

  push_segment (h, 10 * GST_SECOND, 100 * GST_SECOND, 5 * GST_SECOND);
  push (h, create_frame (13 * GST_SECOND, result, 1));
  line = pull_line (h, &pts);
  g_assert_cmpuint (pts, ==, 12 * GST_SECOND);
  assert_contains (line, "\"pts\":12000000000,\"stream_time\":102000000000,"
      "\"running_time\":7000000000,\"utc\":null");
  gst_harness_teardown (h);
}

static void
frames_without_time_still_make_lines (void)
{
  GstHarness *h = setup_enc ();
  g_autoptr (GstKakaoOcrResult) result = create_result (GST_CLOCK_TIME_NONE,
      "timeless");

  push (h, create_frame (GST_CLOCK_TIME_NONE, result, 1));
  assert_line (h, "\"pts\":null,\"stream_time\":null,\"running_time\":null");
  gst_harness_teardown (h);
}

static void
a_segment_in_bytes_gives_no_times (void)
{
  GstHarness *h = setup_enc ();
  g_autoptr (GstKakaoOcrResult) result = create_result (0, "bytes");
  const GstSegment *out;
  GstSegment bytes;
  GstEvent *event;

  gst_segment_init (&bytes, GST_FORMAT_BYTES);
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&bytes)));
  push (h, create_frame (0, result, 1));
  assert_line (h, "\"pts\":0,\"stream_time\":null,\"running_time\":null");
  event = gst_pad_get_sticky_event (h->sinkpad, GST_EVENT_SEGMENT, 0);
  gst_event_parse_segment (event, &out);
  g_assert_cmpint (out->format, ==, GST_FORMAT_TIME);
  gst_event_unref (event);
  gst_harness_teardown (h);
}

/* A clip follows another one; its first frames still carry the last result of
 * the one before, whose PTS would be another moment in the new segment. */
static void
a_result_of_the_segment_before_gets_no_wrong_times (void)
{
  GstHarness *h = setup_enc ();
  g_autoptr (GstKakaoOcrResult) before = create_result (9 * GST_SECOND, "old");
  g_autoptr (GstKakaoOcrResult) after = create_result (0, "new");
  g_autofree gchar *line = NULL;
  GstClockTime pts;

  push (h, create_frame (9 * GST_SECOND, NULL, 1));
  push_segment (h, 0, 0, 10 * GST_SECOND);
  push (h, create_frame (0, before, 1));
  line = pull_line (h, &pts);
  g_assert_cmpuint (pts, ==, 0);
  assert_contains (line, "\"pts\":9000000000,\"stream_time\":null,"
      "\"running_time\":null");
  push (h, create_frame (FRAME_DURATION, after, 1));
  assert_line (h, "\"pts\":0,\"stream_time\":0,\"running_time\":10000000000");
  gst_harness_teardown (h);
}

static void
stream_is_announced_at_once (void)
{
  GstHarness *h = gst_harness_new ("kakaoocrenc");
  const GstEventType order[] = { GST_EVENT_STREAM_START, GST_EVENT_CAPS,
    GST_EVENT_SEGMENT, GST_EVENT_GAP
  };

  gst_harness_set_src_caps_str (h, FRAME_CAPS);
  for (guint i = 0; i < G_N_ELEMENTS (order);) {
    g_autoptr (GstEvent) event = gst_harness_try_pull_event (h);
    GstStreamFlags flags;
    GstCaps *caps;

    g_assert_nonnull (event);
    if (GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE)
      continue;
    g_assert_cmpstr (GST_EVENT_TYPE_NAME (event), ==,
        gst_event_type_get_name (order[i++]));
    if (GST_EVENT_TYPE (event) == GST_EVENT_STREAM_START) {
      gst_event_parse_stream_flags (event, &flags);
      g_assert_cmpint (flags, ==, GST_STREAM_FLAG_SPARSE);
    } else if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
      gst_event_parse_caps (event, &caps);
      g_assert_true (gst_structure_has_name (gst_caps_get_structure (caps, 0),
              "application/x-ndjson"));
    }
  }
  gst_harness_teardown (h);
}

static GstEvent *
pull_last_gap (GstHarness * h)
{
  GstEvent *event, *gap = NULL;

  while ((event = gst_harness_try_pull_event (h))) {
    if (GST_EVENT_TYPE (event) == GST_EVENT_GAP)
      gst_event_replace (&gap, event);
    gst_event_unref (event);
  }
  return gap;
}

static void
gaps_follow_the_video (void)
{
  GstHarness *h = setup_enc ();

  for (guint i = 0; i < 3; i++) {
    g_autoptr (GstEvent) gap = NULL;
    GstClockTime timestamp, duration;

    push (h, create_frame (i * FRAME_DURATION, NULL, 1));
    gap = pull_last_gap (h);
    g_assert_nonnull (gap);
    gst_event_parse_gap (gap, &timestamp, &duration);
    g_assert_cmpuint (timestamp, ==, i * FRAME_DURATION);
    g_assert_cmpuint (duration, ==, FRAME_DURATION);
  }
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 0);
  gst_harness_teardown (h);
}

static void
after_a_flush_results_are_new (void)
{
  GstHarness *h = setup_enc ();
  g_autoptr (GstKakaoOcrResult) result = create_result (0, "again");

  push (h, create_frame (0, result, 1));
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_start ()));
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  push_segment (h, 0, 0, 0);
  push (h, create_frame (0, result, 1));
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 2);
  gst_harness_teardown (h);
}

static void
a_caps_change_goes_unseen (void)
{
  GstHarness *h = setup_enc ();
  g_autoptr (GstCaps) caps = gst_caps_from_string
      ("video/x-raw,format=NV12,width=32,height=32");
  g_autoptr (GstEvent) event = NULL;

  push (h, create_frame (0, NULL, 1));
  while ((event = gst_harness_try_pull_event (h)))
    g_clear_pointer (&event, gst_event_unref);
  g_assert_true (gst_harness_push_event (h, gst_event_new_caps (caps)));
  while ((event = gst_harness_try_pull_event (h))) {
    g_assert_cmpint (GST_EVENT_TYPE (event), !=, GST_EVENT_CAPS);
    g_clear_pointer (&event, gst_event_unref);
  }
  gst_harness_teardown (h);
}

static void
source_names_the_video (void)
{
  GstHarness *h = setup_enc ();
  g_autoptr (GstKakaoOcrResult) one = create_result (0, "1");
  g_autoptr (GstKakaoOcrResult) two = create_result (0, "2");

  push (h, create_frame (0, one, 1));
  assert_line (h, "\"source\":null");
  gst_harness_set (h, "kakaoocrenc", "source", "문 \"A\"", NULL);
  push (h, create_frame (0, two, 1));
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
  GstHarness *h = setup_enc ();
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple (row->caps);
  g_autoptr (GstKakaoOcrResult) result = create_result (1500 * GST_MSECOND,
      "now");
  GstBuffer *frame = create_frame (2 * GST_SECOND, result, 1);

  gst_element_set_clock (h->element, NULL);
  gst_harness_set (h, "kakaoocrenc", "absolute-time", TRUE, NULL);
  gst_buffer_add_reference_timestamp_meta (frame, caps, row->timestamp,
      GST_CLOCK_TIME_NONE);
  push (h, frame);
  assert_line (h, row->expected);
  gst_harness_teardown (h);
}

static void
absolute_time_falls_back_on_the_clock (void)
{
  GstHarness *h = setup_enc ();
  g_autoptr (GstKakaoOcrResult) result = create_result (0, "now");
  g_autoptr (GDateTime) before = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = NULL;
  g_autofree gchar *line = NULL;
  const gchar *utc;
  g_autofree gchar *iso = NULL;

  gst_harness_use_systemclock (h);
  gst_element_set_base_time (h->element,
      gst_clock_get_time (GST_ELEMENT_CLOCK (h->element)));
  gst_harness_set (h, "kakaoocrenc", "absolute-time", TRUE, NULL);
  push (h, create_frame (0, result, 1));
  line = pull_line (h, NULL);
  utc = strstr (line, "\"utc\":\"");
  g_assert_nonnull (utc);
  utc += strlen ("\"utc\":\"");
  iso = g_strndup (utc, strchr (utc, '"') - utc);
  then = g_date_time_new_from_iso8601 (iso, NULL);
  g_assert_nonnull (then);
  g_assert_cmpint (ABS (g_date_time_difference (then, before)), <,
      10 * G_TIME_SPAN_SECOND);
  gst_harness_teardown (h);
}

static void
offers_every_layout_of_frames (void)
{
  GstHarness *h = setup_enc ();
  g_autoptr (GstCaps) caps = gst_caps_from_string (FRAME_CAPS);
  GstQuery *query = gst_query_new_allocation (caps, FALSE);

  g_assert_true (gst_pad_peer_query (h->srcpad, query));
  g_assert_true (gst_query_find_allocation_meta (query,
          GST_VIDEO_META_API_TYPE, NULL));
  gst_query_unref (query);
  gst_harness_teardown (h);
}

static void
latency_passes (void)
{
  GstHarness *h = setup_enc ();

  gst_harness_set_upstream_latency (h, 70 * GST_MSECOND);
  g_assert_cmpuint (gst_harness_query_latency (h), ==, 70 * GST_MSECOND);
  gst_harness_teardown (h);
}

static void
tags_of_the_video_stay_behind (void)
{
  GstHarness *h = setup_enc ();
  GstTagList *codec = gst_tag_list_new (GST_TAG_VIDEO_CODEC, "H.264", NULL);
  GstTagList *title = gst_tag_list_new (GST_TAG_TITLE, "Seoul", NULL);
  guint n_tags = 0;
  GstEvent *event;

  gst_tag_list_set_scope (title, GST_TAG_SCOPE_GLOBAL);
  g_assert_true (gst_harness_push_event (h, gst_event_new_tag (codec)));
  g_assert_true (gst_harness_push_event (h, gst_event_new_tag (title)));
  while ((event = gst_harness_try_pull_event (h))) {
    n_tags += GST_EVENT_TYPE (event) == GST_EVENT_TAG;
    gst_event_unref (event);
  }
  g_assert_cmpuint (n_tags, ==, 1);
  gst_harness_teardown (h);
}

static void
refuses_what_downstream_does_not_take (void)
{
  GstHarness *h = gst_harness_new ("kakaoocrenc");

  gst_harness_set_sink_caps_str (h, "text/x-other");
  gst_harness_set_src_caps_str (h, FRAME_CAPS);
  g_assert_cmpint (gst_harness_push (h, create_frame (0, NULL, 1)), ==,
      GST_FLOW_NOT_NEGOTIATED);
  gst_harness_teardown (h);
}

static void
wait_for_eos (GstElement * pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
      60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

  g_assert_nonnull (message);
  g_assert_cmpstr (GST_MESSAGE_TYPE_NAME (message), ==, "eos");
}

static void
a_video_without_text_makes_an_empty_file (void)
{
  g_autofree gchar *dir = g_dir_make_tmp ("kakaoocrenc-XXXXXX", NULL);
  g_autofree gchar *path = g_build_filename (dir, "text.jsonl", NULL);
  g_autofree gchar *line = g_strdup_printf ("videotestsrc num-buffers=10 ! "
      "kakaoocrenc ! filesink location=\"%s\"", path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, NULL);
  GStatBuf info;

  g_assert_nonnull (pipeline);
  /* Prerolls on the first GAP alone. */
  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  g_assert_cmpint (gst_element_get_state (pipeline, NULL, NULL,
          60 * GST_SECOND), ==, GST_STATE_CHANGE_SUCCESS);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  wait_for_eos (pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 0);
  g_unlink (path);
  g_rmdir (dir);
}

static void
survives_an_unlinked_source (void)
{
  GstHarness *h = gst_harness_new_with_padnames ("kakaoocrenc", "sink", NULL);
  g_autoptr (GstKakaoOcrResult) result = create_result (0, "lost");

  gst_harness_set_src_caps_str (h, FRAME_CAPS);
  g_assert_cmpint (gst_harness_push (h, create_frame (0, NULL, 1)), ==,
      GST_FLOW_OK);
  g_assert_cmpint (gst_harness_push (h, create_frame (0, result, 1)), ==,
      GST_FLOW_NOT_LINKED);
  gst_harness_teardown (h);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/enc/" #name, name)
  ADD (writes_each_result_once);
  ADD (equal_results_are_still_two);
  ADD (writes_the_results_of_every_producer);
  ADD (boxes_are_those_of_the_frame);
  ADD (times_follow_the_segment);
  ADD (frames_without_time_still_make_lines);
  ADD (a_segment_in_bytes_gives_no_times);
  ADD (a_result_of_the_segment_before_gets_no_wrong_times);
  ADD (stream_is_announced_at_once);
  ADD (gaps_follow_the_video);
  ADD (after_a_flush_results_are_new);
  ADD (a_caps_change_goes_unseen);
  ADD (source_names_the_video);
  for (guint i = 0; i < G_N_ELEMENTS (reference_cases); i++) {
    g_autofree gchar *path = g_strdup_printf
        ("/enc/absolute_time_is_that_of_the_camera/%s",
        reference_cases[i].name);

    g_test_add_data_func (path, &reference_cases[i],
        absolute_time_is_that_of_the_camera);
  }
  ADD (absolute_time_falls_back_on_the_clock);
  ADD (offers_every_layout_of_frames);
  ADD (latency_passes);
  ADD (tags_of_the_video_stay_behind);
  ADD (refuses_what_downstream_does_not_take);
  ADD (a_video_without_text_makes_an_empty_file);
  ADD (survives_an_unlinked_source);
  return g_test_run ();
}
