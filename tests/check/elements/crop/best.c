/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrcrop: of all sights of a text its picture is the best one, and comes
 * when the text is gone or has been waited for long enough.
 */
#include <string.h>

#include "../common/loglines.h"
#include "../../testrows.h"
#include "cropharness.h"

#define TESTS "/kakaoocrcrop/best/"

#define INTERVAL (500 * GST_MSECOND)

static GstHarness *
setup (void)
{
  GstHarness *h = setup_crop (CAPS ("GRAY8"));

  gst_harness_set (h, "kakaoocrcrop", "best-shot", TRUE, "padding", 4,
      NULL);
  return h;
}

/* The n-th sample: its light box in @percent of its brightness, and a result
 * with @text on it, or with none. */
static GstBuffer *
create_sample (GstHarness * h, guint n, guint percent, const gchar * text)
{
  GstBuffer *frame = create_frame (h, 0);
  const GstKakaoOcrRegion region = create_region (text ? text : "", 1);
  GstMapInfo map;

  g_assert_true (gst_buffer_map (frame, &map, GST_MAP_WRITE));
  for (gsize i = 0; i < map.size; i++)
    map.data[i] = map.data[i] * percent / 100;
  gst_buffer_unmap (frame, &map);
  GST_BUFFER_PTS (frame) = n * INTERVAL;
  return add_result (frame, &region, text ? 1 : 0);
}

typedef struct
{
  guint percent;                /* 0: the last one */
  const gchar *text;
} Sight;

typedef struct
{
  const gchar *name;
  Sight sights[10];
  guint best;                   /* of sights */
} BestCase;

static const BestCase best_cases[] = {
  {"fade-in", {{20, "EXIT"}, {60, "EXIT"}, {100, "EXIT"}, {100, "EXIT"}}, 2},
  {"fade-out", {{60, "EXIT"}, {100, "EXIT"}, {60, "EXIT"}, {20, "EXIT"}}, 1},
  {"fade-in-misread", {{20, "E"}, {40, "EX1"}, {60, "EXIT"}, {90, "EXIT"}}, 3},
  {"sharpest-is-misread",
      {{50, "EXIT"}, {100, "E?IT"}, {60, "EXIT"}, {50, "EXIT"}}, 2},
  {"many-misreadings", {{90, "a"}, {91, "b"}, {92, "c"}, {93, "d"}, {94, "e"},
          {50, "EXIT"}, {60, "EXIT"}, {50, "EXIT"}}, 6},
  {"word-by-word", {{100, "the"}, {100, "the"}, {100, "the"},
          {90, "the train"}, {80, "the train leaves"},
          {80, "the train leaves"}}, 4},
  {"one-sight", {{40, "EXIT"}}, 0},
};

static void
a_picture_is_of_the_best_sight (gconstpointer data)
{
  const BestCase *row = data;
  GstHarness *h = setup ();
  g_autoptr (GstBuffer) picture = NULL;
  const Sight *best = &row->sights[row->best];
  guint8 pixel;

  for (guint i = 0; row->sights[i].percent > 0; i++) {
    g_assert_cmpint (gst_harness_push (h, create_sample (h, i,
                row->sights[i].percent, row->sights[i].text)), ==,
        GST_FLOW_OK);
    g_assert_cmpuint (gst_harness_buffers_received (h), ==, 0);
  }
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 1);
  picture = gst_harness_pull (h);
  g_assert_cmpuint (GST_BUFFER_PTS (picture), ==, row->best * INTERVAL);
  g_assert_cmpstr (gst_kakao_ocr_result_get_text
      (gst_buffer_get_kakao_ocr_meta (picture)->result), ==, best->text);
  gst_buffer_extract (picture, 3 * (14 * 68 + 34), &pixel, 1);
  g_assert_cmpint (ABS (pixel - 2 * (gint) best->percent), <=, 3);
  gst_harness_teardown (h);
}

/* An unchanged picture brings no new result, only a later time at which the old
 * one was seen. */
static void
a_sight_may_be_of_a_picture_that_did_not_change (void)
{
  GstHarness *h = setup ();
  g_autoptr (GstBuffer) first = create_sample (h, 0, 50, "EXIT");
  g_autoptr (GstBuffer) picture = NULL;
  GstKakaoOcrResult *result = gst_buffer_get_kakao_ocr_meta (first)->result;

  g_assert_cmpint (gst_harness_push (h, gst_buffer_ref (first)), ==,
      GST_FLOW_OK);
  for (guint i = 1; i < 4; i++) {
    GstBuffer *frame = create_sample (h, i, i == 2 ? 100 : 90, NULL);

    gst_buffer_remove_meta (frame, (GstMeta *)
        gst_buffer_get_kakao_ocr_meta (frame));
    gst_kakao_ocr_meta_set_last_seen (gst_buffer_add_kakao_ocr_meta (frame,
            result), GST_BUFFER_PTS (frame));
    g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
  }
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  picture = gst_harness_pull (h);
  g_assert_cmpuint (GST_BUFFER_PTS (picture), ==, 2 * INTERVAL);
  gst_harness_teardown (h);
}

static void
a_picture_comes_when_its_text_is_gone (void)
{
  GstHarness *h = setup ();
  const gchar *texts[] = { "EXIT", "EXIT", NULL, "EXIT", NULL, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_texts (h, create_sample (h, i, 100, texts[i]),
        i < G_N_ELEMENTS (texts) - 1 ? "" : "EXIT");
  gst_harness_teardown (h);
}

static void
a_text_that_stands_on_is_waited_for_so_long (void)
{
  GstHarness *h = setup ();

  gst_harness_set (h, "kakaoocrcrop", "max-wait", 2000, NULL);
  for (guint i = 0; i < 12; i++)
    assert_texts (h, create_sample (h, i, 100, "EXIT"), i == 4 ? "EXIT" : "");
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 0);
  gst_harness_teardown (h);
}

static void
a_segment_ends_the_wait (void)
{
  GstHarness *h = setup ();
  GstSegment segment;

  assert_texts (h, create_sample (h, 0, 100, "EXIT"), "");
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.base = GST_SECOND;
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  assert_texts (h, create_frame (h, 0), "EXIT");
  gst_harness_teardown (h);
}

static void
after_a_flush_there_is_nothing_to_wait_for (void)
{
  GstHarness *h = setup ();

  assert_texts (h, create_sample (h, 0, 100, "EXIT"), "");
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_start ()));
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 0);
  gst_harness_teardown (h);
}

/* The box is 60 by 20. */
static void
a_tenth_of_the_height_goes_around (void)
{
  GstHarness *h = setup ();
  GstVideoInfo info;

  gst_harness_set (h, "kakaoocrcrop", "padding", -1, NULL);
  g_assert_cmpint (gst_harness_push (h, create_sample (h, 0, 100, "EXIT")), ==,
      GST_FLOW_OK);
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  info = info_of_pad (h->sinkpad);
  g_assert_cmpint (info.width, ==, 64);
  g_assert_cmpint (info.height, ==, 24);
  gst_harness_teardown (h);
}

static void
defaults_are_those_of_the_documents (void)
{
  g_autoptr (GstElement) crop =
      gst_element_factory_make ("kakaoocrcrop", NULL);
  gboolean best_shot;
  guint max_wait;
  gint padding;

  g_object_get (crop, "best-shot", &best_shot, "max-wait", &max_wait, "padding",
      &padding, NULL);
  g_assert_true (best_shot);
  g_assert_cmpuint (max_wait, ==, 5000);
  g_assert_cmpint (padding, ==, -1);
}

/* What a picture said is not in the log. */
static void
the_log_says_when_a_picture_comes_and_why (void)
{
  GstHarness *h = setup ();
  static const gchar *const parts[] = {
    "track 1: a sight at 0:00:00.000000000, until its best one is known\n",
    "track 1: picture of 0:00:00.500000000 pushed, ",
    ": its text is gone\n",
  };
  static const gchar *const texts[] = { "EXIT", "EXIT", NULL, NULL };
  g_autofree gchar *log = NULL;

  log_lines_start ("kakaoocrcrop");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    gst_harness_push (h, create_sample (h, i, i ? 100 : 50, texts[i]));
  log = log_lines_stop ();
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_assert_nonnull (strstr (log, parts[i]));
  g_assert_null (strstr (log, "EXIT"));
  gst_harness_teardown (h);
}

int
main (int argc, char **argv)
{
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (a_picture_is_of_the_best_sight, best_cases);
  ADD (a_sight_may_be_of_a_picture_that_did_not_change);
  ADD (a_picture_comes_when_its_text_is_gone);
  ADD (a_text_that_stands_on_is_waited_for_so_long);
  ADD (a_segment_ends_the_wait);
  ADD (after_a_flush_there_is_nothing_to_wait_for);
  ADD (a_tenth_of_the_height_goes_around);
  ADD (defaults_are_those_of_the_documents);
  ADD (the_log_says_when_a_picture_comes_and_why);
  ret = g_test_run ();
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
