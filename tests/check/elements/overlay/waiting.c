/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frames and events that wait for what is to be masked on them: their order,
 * how long they wait, and what a flush or a stop leaves of them.
 */
#include "../../testrows.h"
#include "../../patience.h"
#include "heldharness.h"

static void
assert_latency (GstHarness *h, GstClockTime expected)
{
  GstQuery *query = gst_query_new_latency ();
  g_autoptr (GstPad) pad = gst_element_get_static_pad (h->element, "src");
  GstClockTime min, max;
  gboolean live;

  g_assert_true (gst_pad_query (pad, query));
  gst_query_parse_latency (query, &live, &min, &max);
  g_assert_cmpuint (min, ==, expected);
  gst_query_unref (query);
}

static void
delays_frames_by_the_hold_and_says_so (void)
{
  GstHarness *h = held_harness_new ("I420");
  guint i;

  assert_latency (h, 520 * GST_MSECOND);
  held_harness_count_messages (h, GST_MESSAGE_LATENCY);
  for (i = 0; i < 13; i++) {
    held_harness_push (h, i, LEFT, TRUE);
    g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 0);
  }
  held_harness_push (h, 13, LEFT, TRUE);
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 1);

  g_object_set (h->element, "hold", 200, NULL);
  g_assert_cmpuint (
      held_harness_count_messages (h, GST_MESSAGE_LATENCY), ==, 1);
  assert_latency (h, 200 * GST_MSECOND);
  held_harness_push (h, 14, LEFT, TRUE);
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 10);

  /* Nobody waits for what is not hidden. */
  gst_util_set_object_arg (G_OBJECT (h->element), "fill", "none");
  g_assert_cmpuint (
      held_harness_count_messages (h, GST_MESSAGE_LATENCY), ==, 1);
  assert_latency (h, 0);
  held_harness_push (h, 15, LEFT, TRUE);
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 16);
  held_harness_free (h);
}

static GstEvent *
create_mark (void)
{
  return gst_event_new_custom (
      GST_EVENT_CUSTOM_DOWNSTREAM, gst_structure_new_empty ("mark"));
}

/* How many frames came out before the event of @type. */
static guint
count_frames_before (GstHarness *h, GstEventType type)
{
  guint n = G_MAXUINT;
  GstEvent *event;

  while (n == G_MAXUINT && (event = gst_harness_try_pull_event (h))) {
    if (GST_EVENT_TYPE (event) == type)
      n = gst_harness_buffers_received (h);
    gst_event_unref (event);
  }
  return n;
}

static void
events_keep_their_place_between_frames (void)
{
  GstHarness *h = held_harness_new ("I420");
  guint i, seen = 0;

  for (i = 0; i < 40; i++) {
    held_harness_push (h, i, LEFT, TRUE);
    if (i == 4)
      g_assert_true (gst_harness_push_event (h, create_mark ()));
    if (seen == 0) {
      guint n = count_frames_before (h, GST_EVENT_CUSTOM_DOWNSTREAM);

      seen = n == G_MAXUINT ? 0 : n;
    }
  }
  g_assert_cmpuint (seen, ==, 5);
  held_harness_free (h);
}

/* Three frames and then @n GAPs in a row, each of a second. */
static GstHarness *
push_gaps (guint n)
{
  GstHarness *h = held_harness_new ("I420");
  guint i;

  for (i = 0; i < 3; i++)
    held_harness_push (h, i, LEFT, TRUE);
  for (i = 0; i < n; i++)
    g_assert_true (gst_harness_push_event (h,
            gst_event_new_gap (3 * FRAME + i * GST_SECOND, GST_SECOND)));
  return h;
}

/* Matroska's demuxer may send it before frames of a time before it. */
static void
a_gap_lets_no_frame_go (void)
{
  GstHarness *h = push_gaps (1);

  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 0);
  held_harness_push (h, 3, LEFT, TRUE);
  g_assert_true (gst_harness_push_event (h,
          gst_event_new_gap (4 * FRAME + GST_SECOND, GST_SECOND)));
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 0);
  held_harness_free (h);
}

/* Where nothing is shown for a while the frames before need not wait for it. */
static void
gaps_in_a_row_let_frames_go_and_keep_their_place (void)
{
  GstHarness *h = push_gaps (2);

  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 3);
  g_assert_cmpuint (count_frames_before (h, GST_EVENT_GAP), ==, 3);
  held_harness_free (h);
}

static void
new_caps_and_a_drain_let_frames_go (void)
{
  GstHarness *h = held_harness_new ("I420");
  GstQuery *query = gst_query_new_drain ();

  held_harness_push (h, 0, LEFT, TRUE);
  gst_harness_set_src_caps_str (h, CAPS ("NV12", 320, 240));
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 1);
  held_harness_push (h, 1, LEFT, TRUE);
  g_assert_true (gst_pad_peer_query (h->srcpad, query));
  gst_query_unref (query);
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 2);
  held_harness_free (h);
}

/* Nothing that is held comes over a flush, but tags do. */
static void
a_flush_drops_what_waits (void)
{
  GstHarness *h = held_harness_new ("I420");
  GstSegment segment;
  guint i, tags = 0;
  GstEvent *event;

  for (i = 0; i < 5; i++)
    held_harness_push (h, i, LEFT, TRUE);
  g_assert_true (gst_harness_push_event (
      h, gst_event_new_tag (gst_tag_list_new (GST_TAG_TITLE, "t", NULL))));
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_start ()));
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  for (i = 0; i < 20; i++)
    held_harness_push (h, i, LEFT, FALSE);
  held_harness_end (h);
  for (i = 0; i < 20; i++) {
    g_autoptr (GstBuffer) frame = held_harness_pull (h, i);

    g_assert_cmpuint (held_frame_count_seen (h, frame), >, 0);
  }
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 0);
  while ((event = gst_harness_try_pull_event (h))) {
    tags += GST_EVENT_TYPE (event) == GST_EVENT_TAG;
    gst_event_unref (event);
  }
  g_assert_cmpuint (tags, ==, 1);
  held_harness_free (h);
}

static void
a_stop_drops_what_waits (void)
{
  GstHarness *h = held_harness_new ("I420");
  GstBuffer *frame = held_frame_new (h, 0, LEFT, TRUE);

  g_assert_cmpint (
      gst_harness_push (h, gst_buffer_ref (frame)), ==, GST_FLOW_OK);
  g_assert_cmpint (GST_MINI_OBJECT_REFCOUNT_VALUE (frame), ==, 2);
  gst_element_set_state (h->element, GST_STATE_READY);
  g_assert_cmpint (GST_MINI_OBJECT_REFCOUNT_VALUE (frame), ==, 1);
  gst_buffer_unref (frame);
  held_harness_free (h);
}

/* A day's hold does not take a day's memory. */
static void
what_waits_is_bounded (void)
{
  GstHarness *h = held_harness_new ("GRAY8");
  guint i;

  g_object_set (h->element, "hold", 24 * 60 * 60 * 1000, NULL);
  for (i = 0; i < 1100; i++)
    held_harness_push (h, i, LEFT, FALSE);
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), >=, 70);
  g_assert_cmpuint (
      held_harness_count_messages (h, GST_MESSAGE_WARNING), ==, 1);
  held_harness_free (h);
}

/* Half a second of frames does not empty a small pool. */
static void
does_not_starve_a_pool_of_few_buffers (void)
{
  GstHarness *h = held_harness_new ("I420");
  GstVideoInfo info = overlay_harness_get_info (h);
  g_autoptr (GstBufferPool) pool = gst_buffer_pool_new ();
  GstStructure *config = gst_buffer_pool_get_config (pool);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (h->srcpad);
  GstBufferPoolAcquireParams params
      = { .flags = GST_BUFFER_POOL_ACQUIRE_FLAG_DONTWAIT };
  guint i;

  gst_buffer_pool_config_set_params (config, caps, info.size, 2, 2);
  g_assert_true (gst_buffer_pool_set_config (pool, config));
  g_assert_true (gst_buffer_pool_set_active (pool, TRUE));
  for (i = 0; i < 10; i++) {
    GstBuffer *frame;

    g_assert_cmpint (gst_buffer_pool_acquire_buffer (pool, &frame, &params), ==,
        GST_FLOW_OK);
    GST_BUFFER_PTS (frame) = i * FRAME;
    g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
  }
  gst_buffer_pool_set_active (pool, FALSE);
  held_harness_free (h);
}

/* --- Whole pipelines --- */

static GstElement *
launch (const gchar *description)
{
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  return pipeline;
}

static void
wait_for (GstElement *pipeline, GstMessageType type)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message
      = gst_bus_timed_pop_filtered (bus, PATIENCE, type | GST_MESSAGE_ERROR);

  g_assert_nonnull (message);
  g_assert_cmpuint (GST_MESSAGE_TYPE (message), ==, type);
}

static GstPadProbeReturn
count (GstPad *pad, GstPadProbeInfo *info, gpointer n)
{
  g_atomic_int_inc ((gint *)n);
  return GST_PAD_PROBE_OK;
}

/* A second of frames from wherever it is, all of them. */
static void
seek (GstElement *pipeline, GstSeekFlags flags, GstClockTime from, gdouble rate)
{
  g_assert_true (gst_element_seek (pipeline, rate, GST_FORMAT_TIME, flags,
      GST_SEEK_TYPE_SET, from, GST_SEEK_TYPE_SET, from + GST_SECOND));
}

static void
prerolls_seeks_and_ends (void)
{
  g_autoptr (GstElement) pipeline = launch (
      "videotestsrc name=src ! "
      "video/x-raw,width=64,height=48,framerate=25/1 ! kakaoocroverlay "
      "fill=redact ! queue ! fakesink name=sink sync=false");
  g_autoptr (GstElement) sink
      = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstElement) source
      = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");
  gint n = 0;

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, count, &n, NULL);
  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  wait_for (pipeline, GST_MESSAGE_ASYNC_DONE);
  seek (pipeline, GST_SEEK_FLAG_FLUSH, 2 * GST_SECOND, 1.0);
  wait_for (pipeline, GST_MESSAGE_ASYNC_DONE);
  g_atomic_int_set (&n, 0);
  seek (pipeline, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_SEGMENT, GST_SECOND, 1.0);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  wait_for (pipeline, GST_MESSAGE_SEGMENT_DONE);
  seek (pipeline, GST_SEEK_FLAG_NONE, 5 * GST_SECOND, 1.0);
  wait_for (pipeline, GST_MESSAGE_EOS);
  g_assert_cmpint (g_atomic_int_get (&n), ==, 50);

  /* Backwards, and from the beginning. */
  g_atomic_int_set (&n, 0);
  seek (pipeline, GST_SEEK_FLAG_FLUSH, GST_SECOND, -1.0);
  wait_for (pipeline, GST_MESSAGE_EOS);
  g_assert_cmpint (g_atomic_int_get (&n), >=, 25);
  gst_element_set_state (pipeline, GST_STATE_READY);
  g_object_set (source, "num-buffers", 5, NULL);
  g_atomic_int_set (&n, 0);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  wait_for (pipeline, GST_MESSAGE_EOS);
  g_assert_cmpint (g_atomic_int_get (&n), ==, 5);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* No frame comes too late for a clock that knows of the delay. */
static void
a_live_picture_is_late_by_what_was_said (void)
{
  g_autoptr (GstElement) pipeline = launch (
      "videotestsrc is-live=true "
      "num-buffers=40 ! video/x-raw,width=64,height=48,framerate=25/1 ! "
      "kakaoocroverlay fill=redact hold=300 ! fakesink sync=true name=sink");
  GstQuery *query = gst_query_new_latency ();
  GstClockTime min;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  wait_for (pipeline, GST_MESSAGE_EOS);
  g_assert_true (gst_element_query (pipeline, query));
  gst_query_parse_latency (query, NULL, &min, NULL);
  g_assert_cmpuint (min, >=, 320 * GST_MSECOND);
  gst_query_unref (query);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

#define TESTS "/kakaoocroverlay/waiting/"

int
main (int argc, char **argv)
{
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (delays_frames_by_the_hold_and_says_so);
  ADD (events_keep_their_place_between_frames);
  ADD (a_gap_lets_no_frame_go);
  ADD (gaps_in_a_row_let_frames_go_and_keep_their_place);
  ADD (new_caps_and_a_drain_let_frames_go);
  ADD (a_flush_drops_what_waits);
  ADD (a_stop_drops_what_waits);
  ADD (what_waits_is_bounded);
  ADD (does_not_starve_a_pool_of_few_buffers);
  ADD (prerolls_seeks_and_ends);
  ADD (a_live_picture_is_late_by_what_was_said);
  ret = g_test_run ();
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
