/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: a result tells with which frame its texts came and those before it
 * went.
 */
#include "gate.h"

#include "../../testrows.h"

#define TESTS "/kakaoocr/edges/"

/* Frame @at shows the text of @picture. */
static void
show (Gate * gate, guint at, guint picture)
{
  GstBuffer *buffer = test_frame_new_written (picture);

  GST_BUFFER_PTS (buffer) = at * TEST_FRAME_DURATION;
  g_assert_cmpint (gst_harness_push (gate->h, buffer), ==, GST_FLOW_OK);
}

/* The result of the frame that comes out next, and on which frame the text of
 * @picture came or went, or -1; the same for all its texts. */
static gint
pull_edge (Gate * gate, gint picture)
{
  g_autoptr (GstBuffer) buffer = gst_harness_pull (gate->h);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);
  guint64 track;
  GstClockTime pts;
  gint edge = -1;

  g_assert_cmpint (test_frame_get_result_id (buffer), ==, picture);
  for (guint i = 0; i < gst_kakao_ocr_result_get_n_edges (meta->result); i++) {
    gst_kakao_ocr_result_get_edge (meta->result, i, &track, &pts);
    g_assert_cmpuint (track, >, 0);
    if (!GST_CLOCK_TIME_IS_VALID (pts))
      continue;
    g_assert_true (edge < 0 || edge == (gint) (pts / TEST_FRAME_DURATION));
    edge = pts / TEST_FRAME_DURATION;
  }
  return edge;
}

/* Shows @from up to frame @edge and then @to; each frame @interval (ms) is a
 * sample, and @last is one: frames carry what they show. What the result of the
 * last one tells. */
static gint
find_edge (const gchar * settings, guint edge, guint last)
{
  Gate gate;
  gint found = -1;

  gate_set_up (&gate, settings);
  for (guint i = 0; i <= last; i++)
    show (&gate, i, i < edge ? A : B);
  held_service_answer (gate.service, A);
  held_service_answer (gate.service, B);
  for (guint i = 0; i <= last; i++)
    found = pull_edge (&gate, i < edge ? A : B);
  gate_tear_down (&gate);
  return found;
}

static void
a_text_changes_on_the_frame_that_shows_it (void)
{
  static const guint edges[] = { 1, 7, 13, 24, 25 };

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    g_assert_cmpint (find_edge ("timing=exact interval=1000", edges[i], 25),
        ==, edges[i]);
}

/* Nothing lies between the samples: it is the second one. */
static void
where_each_frame_is_a_sample_it_changes_on_its_frame (void)
{
  g_assert_cmpint (find_edge ("timing=exact interval=0", 1, 1), ==, 1);
}

static void
slides_change_when_they_change (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=exact interval=1000");
  show (&gate, 0, A);
  show (&gate, 250, B);
  held_service_answer (gate.service, A);
  held_service_answer (gate.service, B);
  g_assert_cmpint (pull_edge (&gate, A), ==, -1);
  g_assert_cmpint (pull_edge (&gate, B), ==, 250);
  gate_tear_down (&gate);
}

/* Nothing can be compared, but nothing lies between them either. */
static void
slides_of_another_size_change_when_they_change (void)
{
  Gate gate;
  GstVideoInfo info;
  GstBuffer *larger;

  gate_set_up (&gate, "timing=exact interval=1000");
  gate_show (&gate, 0, A);
  gst_harness_set_src_caps_str (gate.h,
      "video/x-raw,format=I420,width=96,height=72,framerate=25/1");
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, 96, 72);
  larger = test_frame_new_full (B, &info);
  GST_BUFFER_PTS (larger) = 250 * TEST_FRAME_DURATION;
  g_assert_cmpint (gst_harness_push (gate.h, larger), ==, GST_FLOW_OK);
  held_service_answer (gate.service, A);
  held_service_answer (gate.service, B);
  g_assert_cmpint (pull_edge (&gate, A), ==, -1);
  g_assert_cmpint (pull_edge (&gate, B), ==, 250);
  gate_tear_down (&gate);
}

/* The sample in between was the same picture, and costs nothing. */
static void
an_unchanged_sample_brings_it_nearer (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=exact interval=200");
  for (guint i = 0; i <= 10; i++)
    show (&gate, i, i < 8 ? A : B);
  held_service_answer (gate.service, A);
  held_service_answer (gate.service, B);
  for (guint i = 0; i < 10; i++)
    pull_edge (&gate, i < 8 ? A : B);
  g_assert_cmpint (pull_edge (&gate, B), ==, 8);
  gate_assert_n_pictures (&gate, 2);
  gate_tear_down (&gate);
}

/* --- What frames wait for the next sample for --- */

/* Shows A and then, from frame 3 on, B; frame 10 would be the next sample. */
static void
show_first (Gate * gate, const gchar * settings)
{
  gate_set_up (gate, settings);
  held_service_open (gate->service);
  for (guint i = 0; i < 6; i++)
    show (gate, i, i < 3 ? A : B);
}

static void
assert_first_carry (Gate * gate, gint changed)
{
  for (guint i = 0; i < 6; i++)
    pull_edge (gate, i < 3 ? A : changed);
}

static void
the_end_of_the_stream_is_not_waited_for (void)
{
  Gate gate;

  show_first (&gate, "timing=exact interval=400");
  gst_harness_push_event (gate.h, gst_event_new_eos ());
  assert_first_carry (&gate, A);
  ocr_harness_wait_event (gate.h, GST_EVENT_EOS);
  gate_tear_down (&gate);
}

static void
nor_is_what_upstream_asks_for (void)
{
  Gate gate;
  GstQuery *query = gst_query_new_drain ();

  show_first (&gate, "timing=exact interval=400");
  gst_pad_peer_query (gate.h->srcpad, query);
  assert_first_carry (&gate, A);
  gst_query_unref (query);
  gate_tear_down (&gate);
}

/* An application that pushes a frame when it has got one. */
static void
nor_an_upstream_that_waits_itself (void)
{
  Gate gate;

  show_first (&gate, "timing=exact interval=400");
  assert_first_carry (&gate, A);
  gate_tear_down (&gate);
}

/* 4 kB a frame: the third one waits for room. */
static void
nor_a_queue_that_is_full (void)
{
  Gate gate;

  show_first (&gate, "timing=exact interval=400 max-size-bytes=10000");
  /* More than there is room for have gone in, so that the first are out. */
  ocr_harness_wait_frames (gate.h, 4);
  gate_tear_down (&gate);
}

/* What frames carry nowhere needs no waiting. */
static void
nor_what_nobody_is_shown (void)
{
  Gate gate;

  show_first (&gate, "timing=exact interval=400 attach=0");
  ocr_harness_wait_frames (gate.h, 6);
  gate_tear_down (&gate);
}

static void
the_next_segment_is_another_story (void)
{
  Gate gate;
  GstSegment segment;

  show_first (&gate, "timing=exact interval=400");
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (gate.h, gst_event_new_segment (&segment));
  assert_first_carry (&gate, A);
  gate_tear_down (&gate);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (a_text_changes_on_the_frame_that_shows_it);
  ADD (where_each_frame_is_a_sample_it_changes_on_its_frame);
  ADD (slides_change_when_they_change);
  ADD (slides_of_another_size_change_when_they_change);
  ADD (an_unchanged_sample_brings_it_nearer);
  ADD (the_end_of_the_stream_is_not_waited_for);
  ADD (nor_is_what_upstream_asks_for);
  ADD (nor_an_upstream_that_waits_itself);
  ADD (nor_a_queue_that_is_full);
  ADD (nor_what_nobody_is_shown);
  ADD (the_next_segment_is_another_story);
  return g_test_run ();
}
