/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Masks that are held on the frames around those that have a text: which frames
 * they are on, where they are, and what becomes of the frames and events that
 * wait for that.
 */
#include <string.h>

#include "overlayharness.h"

#define WIDTH 320
#define HEIGHT 240
#define FRAME (40 * GST_MSECOND)
/* Frames of a hold of 500 ms: the last one is 480 ms away. */
#define HOLD 12

/* The text, where it stands in frame 0: a patch of noise. */
#define TEXT_WIDTH 80
#define TEXT_HEIGHT 24
#define LEFT 40
#define TOP 100

static GstHarness *
setup (const gchar * format)
{
  g_autofree gchar *caps = g_strdup_printf ("video/x-raw,format=%s,width=%d,"
      "height=%d,framerate=25/1", format, WIDTH, HEIGHT);
  GstHarness *h = overlay_harness_new (caps);
  g_autoptr (GstBus) bus = gst_bus_new ();

  gst_element_set_bus (h->element, bus);
  gst_util_set_object_arg (G_OBJECT (h->element), "fill", "redact");
  g_object_set (h->element, "hold", 500, "show-boxes", FALSE, NULL);
  return h;
}

static void
teardown (GstHarness * h)
{
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
}

static guint
count_messages (GstHarness * h, GstMessageType type)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (h->element);
  GstMessage *message;
  guint n = 0;

  while ((message = gst_bus_pop_filtered (bus, type))) {
    n++;
    gst_message_unref (message);
  }
  return n;
}

/* Gray with a patch of noise at @left; with a result of that when @read, else
 * with one of nothing. */
static GstBuffer *
create_frame (GstHarness * h, guint number, gint left, gboolean read)
{
  GstKakaoOcrRegion region = { (gchar *) "4111", NULL,
    BOX (left, TOP, left + TEXT_WIDTH, TOP + TEXT_HEIGHT), 1, 0
  };
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new
      (number * FRAME, WIDTH, HEIGHT, &region, read ? 1 : 0, FALSE, 0);
  GstVideoInfo info = overlay_harness_get_info (h);
  GstBuffer *frame = overlay_frame_new (h, result);
  GRand *random = g_rand_new_with_seed (7);
  GstMapInfo map;
  gint x, y;

  GST_BUFFER_PTS (frame) = number * FRAME;
  GST_BUFFER_DURATION (frame) = FRAME;
  g_assert_true (gst_buffer_map (frame, &map, GST_MAP_WRITE));
  for (y = TOP; y < TOP + TEXT_HEIGHT; y++)
    for (x = left; x < left + TEXT_WIDTH; x += 2) {
      guint8 level = g_rand_int_range (random, 0x80, 0xf0);

      map.data[y * info.stride[0] + x] = level;
      map.data[y * info.stride[0] + x + 1] = level;
    }
  gst_buffer_unmap (frame, &map);
  g_rand_free (random);
  return frame;
}

/* How many pixels of the patch are still to be seen. */
static guint
count_seen (GstHarness * h, GstBuffer * frame)
{
  GstVideoInfo info = overlay_harness_get_info (h);
  GstMapInfo map;
  guint n = 0;
  gint x, y;

  g_assert_true (gst_buffer_map (frame, &map, GST_MAP_READ));
  for (y = 0; y < HEIGHT; y++)
    for (x = 0; x < WIDTH; x++)
      n += map.data[y * info.stride[0] + x] >= 0x80;
  gst_buffer_unmap (frame, &map);
  return n;
}

static gboolean
is_masked_at (GstHarness * h, GstBuffer * frame, gint x, gint y)
{
  GstVideoInfo info = overlay_harness_get_info (h);
  guint8 level;

  gst_buffer_extract (frame, y * info.stride[0] + x, &level, 1);
  return level <= 16;
}

static void
push (GstHarness * h, guint number, gint left, gboolean read)
{
  g_assert_cmpint (gst_harness_push (h, create_frame (h, number, left, read)),
      ==, GST_FLOW_OK);
}

/* The next frame, which is @number. */
static GstBuffer *
pull (GstHarness * h, guint number)
{
  GstBuffer *frame = gst_harness_try_pull (h);

  g_assert_nonnull (frame);
  g_assert_cmpuint (GST_BUFFER_PTS (frame), ==, number * FRAME);
  return frame;
}

static void
end (GstHarness * h)
{
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
}

/* --- Which frames --- */

static void
hides_a_text_that_readings_missed (void)
{
  static const gchar *fills[] = { "redact", "blur" };
  guint i, f;

  for (f = 0; f < G_N_ELEMENTS (fills); f++) {
    GstHarness *h = setup ("I420");

    gst_util_set_object_arg (G_OBJECT (h->element), "fill", fills[f]);
    for (i = 0; i < 30; i++)
      push (h, i, LEFT, i != 0 && i != 7 && i != 14 && i != 15 && i != 16 &&
          i != 29);
    end (h);
    for (i = 0; i < 30; i++) {
      g_autoptr (GstBuffer) frame = pull (h, i);

      g_test_message ("%s %u", fills[f], i);
      /* The mean of the noise is brighter than gray. */
      if (f == 0)
        g_assert_cmpuint (count_seen (h, frame), ==, 0);
      else
        g_assert_cmpuint (count_seen (h, frame), >, TEXT_WIDTH * TEXT_HEIGHT);
    }
    teardown (h);
  }
}

static void
holds_a_mask_so_long_before_and_after_its_text (void)
{
  GstHarness *h = setup ("I420");
  guint i;

  for (i = 0; i < 60; i++)
    push (h, i, LEFT, i >= 25 && i < 30);
  end (h);
  for (i = 0; i < 60; i++) {
    g_autoptr (GstBuffer) frame = pull (h, i);
    gboolean hidden = i >= 25 - HOLD && i < 30 + HOLD;

    g_test_message ("%u", i);
    g_assert_cmpuint (count_seen (h, frame), ==,
        hidden ? 0 : TEXT_WIDTH * TEXT_HEIGHT);
  }
  teardown (h);
}

/* A reading that failed leaves no result: the frame is hidden whole, and those
 * around it are not for that. */
static void
holds_on_over_frames_without_a_result (void)
{
  GstHarness *h = setup ("I420");
  guint i;

  for (i = 0; i < 20; i++) {
    GstBuffer *frame = create_frame (h, i, LEFT, i < 10);

    if (i == 10)
      gst_buffer_remove_meta (frame,
          &gst_buffer_get_kakao_ocr_meta (frame)->meta);
    g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
  }
  end (h);
  for (i = 0; i < 20; i++) {
    g_autoptr (GstBuffer) frame = pull (h, i);

    g_assert_cmpuint (count_seen (h, frame), ==, 0);
    g_assert_cmpint (is_masked_at (h, frame, 5, 5), ==, i == 10);
  }
  teardown (h);
}

/* Only the words that a pattern means are held. */
static void
holds_what_the_pattern_means (void)
{
  GstHarness *h = setup ("I420");
  guint i, j;

  for (j = 0; j < 2; j++) {
    g_object_set (h->element, "text-pattern", j ? "4111" : "other", NULL);
    for (i = 0; i < 3; i++)
      push (h, 20 * j + i, LEFT, i != 1);
    g_object_set (h->element, "hold", 0, NULL);
    push (h, 20 * j + 3, LEFT, TRUE);
    g_object_set (h->element, "hold", 500, NULL);
    for (i = 0; i < 4; i++) {
      g_autoptr (GstBuffer) frame = pull (h, 20 * j + i);

      g_assert_cmpint (count_seen (h, frame) == 0, ==, j == 1);
    }
  }
  teardown (h);
}

/* --- Where --- */

static void
held_masks_move_with_the_picture (void)
{
  static const gchar *formats[] = { "I420", "GRAY8" };
  guint i, f;

  for (f = 0; f < G_N_ELEMENTS (formats); f++) {
    GstHarness *h = setup (formats[f]);

    for (i = 0; i < 30; i++)
      push (h, i, LEFT + 4 * i, i < 8 || i >= 18);
    end (h);
    for (i = 0; i < 30; i++) {
      g_autoptr (GstBuffer) frame = pull (h, i);

      g_test_message ("%s %u", formats[f], i);
      g_assert_cmpuint (count_seen (h, frame), ==, 0);
    }
    teardown (h);
  }
}

/* The second field is half a frame ahead of the one that was read. */
static void
both_fields_of_a_frame_are_masked (void)
{
  static const gchar *modes[] = { "interleaved", "mixed", "progressive" };
  guint i, m;

  for (m = 0; m < G_N_ELEMENTS (modes); m++) {
    GstHarness *h = setup ("GRAY8");
    g_autofree gchar *caps = g_strdup_printf ("video/x-raw,format=GRAY8,"
        "width=%d,height=%d,framerate=25/1,interlace-mode=%s", WIDTH, HEIGHT,
        modes[m]);
    guint n_seen = 0;

    gst_harness_set_src_caps_str (h, caps);
    for (i = 0; i < 8; i++) {
      GstBuffer *frame = create_frame (h, i, LEFT + 20 * i, TRUE);
      g_autoptr (GstBuffer) ahead = create_frame (h, i, LEFT + 20 * i + 10,
          TRUE);
      GstMapInfo from, to;
      gint y;

      g_assert_true (gst_buffer_map (ahead, &from, GST_MAP_READ));
      g_assert_true (gst_buffer_map (frame, &to, GST_MAP_WRITE));
      for (y = 1; y < HEIGHT; y += 2)
        memcpy (to.data + y * WIDTH, from.data + y * WIDTH, WIDTH);
      gst_buffer_unmap (ahead, &from);
      gst_buffer_unmap (frame, &to);
      if (m == 1)
        GST_BUFFER_FLAG_SET (frame, GST_VIDEO_BUFFER_FLAG_INTERLACED);
      g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
    }
    end (h);
    /* The last one has no next. */
    for (i = 0; i < 7; i++) {
      g_autoptr (GstBuffer) frame = pull (h, i);

      n_seen += count_seen (h, frame);
    }
    g_assert_cmpint (n_seen > 0, ==, m == 2);
    teardown (h);
  }
}

/* --- Frames and events that wait --- */

static void
assert_latency (GstHarness * h, GstClockTime expected)
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
  GstHarness *h = setup ("I420");
  guint i;

  assert_latency (h, 520 * GST_MSECOND);
  count_messages (h, GST_MESSAGE_LATENCY);
  for (i = 0; i < 13; i++) {
    push (h, i, LEFT, TRUE);
    g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 0);
  }
  push (h, 13, LEFT, TRUE);
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 1);

  g_object_set (h->element, "hold", 200, NULL);
  g_assert_cmpuint (count_messages (h, GST_MESSAGE_LATENCY), ==, 1);
  assert_latency (h, 200 * GST_MSECOND);
  push (h, 14, LEFT, TRUE);
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 10);

  /* Nobody waits for what is not hidden. */
  gst_util_set_object_arg (G_OBJECT (h->element), "fill", "none");
  g_assert_cmpuint (count_messages (h, GST_MESSAGE_LATENCY), ==, 1);
  assert_latency (h, 0);
  push (h, 15, LEFT, TRUE);
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 16);
  teardown (h);
}

static GstEvent *
create_mark (void)
{
  return gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM,
      gst_structure_new_empty ("mark"));
}

/* How many frames came out before the event of @type. */
static guint
count_frames_before (GstHarness * h, GstEventType type)
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
  GstHarness *h = setup ("I420");
  guint i, seen = 0;

  for (i = 0; i < 40; i++) {
    push (h, i, LEFT, TRUE);
    if (i == 4)
      g_assert_true (gst_harness_push_event (h, create_mark ()));
    if (seen == 0) {
      guint n = count_frames_before (h, GST_EVENT_CUSTOM_DOWNSTREAM);

      seen = n == G_MAXUINT ? 0 : n;
    }
  }
  g_assert_cmpuint (seen, ==, 5);
  teardown (h);
}

/* Where nothing is shown for a while the frames before need not wait for it. */
static void
a_gap_lets_frames_go_and_keeps_its_place (void)
{
  GstHarness *h = setup ("I420");
  guint i;

  for (i = 0; i < 3; i++)
    push (h, i, LEFT, TRUE);
  g_assert_true (gst_harness_push_event (h, gst_event_new_gap (3 * FRAME,
              GST_SECOND)));
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 3);
  g_assert_cmpuint (count_frames_before (h, GST_EVENT_GAP), ==, 3);
  teardown (h);
}

/* A stream that goes on at another size. */
static void
masks_are_held_over_a_change_of_size (void)
{
  GstHarness *h = setup ("GRAY8");
  guint i;

  for (i = 0; i < 3; i++)
    push (h, i, LEFT, i < 2);
  gst_harness_set_src_caps_str (h,
      "video/x-raw,format=GRAY8,width=640,height=480,framerate=25/1");
  for (i = 3; i < 6; i++) {
    g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new (i * FRAME,
        640, 480, NULL, 0, FALSE, 0);
    GstBuffer *frame = overlay_frame_new (h, result);

    GST_BUFFER_PTS (frame) = i * FRAME;
    g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
  }
  end (h);
  for (i = 0; i < 6; i++) {
    g_autoptr (GstBuffer) frame = pull (h, i);
    gint scale = i < 3 ? 1 : 2, x, y;
    guint8 level;

    for (y = TOP * scale; y < (TOP + TEXT_HEIGHT) * scale; y++) {
      for (x = LEFT * scale; x < (LEFT + TEXT_WIDTH) * scale; x++) {
        gst_buffer_extract (frame, y * WIDTH * scale + x, &level, 1);
        g_assert_cmpuint (level, <=, 16);
      }
    }
  }
  teardown (h);
}

static void
new_caps_and_a_drain_let_frames_go (void)
{
  GstHarness *h = setup ("I420");
  GstQuery *query = gst_query_new_drain ();

  push (h, 0, LEFT, TRUE);
  gst_harness_set_src_caps_str (h, CAPS ("NV12", 320, 240));
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 1);
  push (h, 1, LEFT, TRUE);
  g_assert_true (gst_pad_peer_query (h->srcpad, query));
  gst_query_unref (query);
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 2);
  teardown (h);
}

/* Nothing that is held comes over a flush, but tags do. */
static void
a_flush_drops_what_waits (void)
{
  GstHarness *h = setup ("I420");
  GstSegment segment;
  guint i, tags = 0;
  GstEvent *event;

  for (i = 0; i < 5; i++)
    push (h, i, LEFT, TRUE);
  g_assert_true (gst_harness_push_event (h, gst_event_new_tag
          (gst_tag_list_new (GST_TAG_TITLE, "t", NULL))));
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_start ()));
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  for (i = 0; i < 20; i++)
    push (h, i, LEFT, FALSE);
  end (h);
  for (i = 0; i < 20; i++) {
    g_autoptr (GstBuffer) frame = pull (h, i);

    g_assert_cmpuint (count_seen (h, frame), >, 0);
  }
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 0);
  while ((event = gst_harness_try_pull_event (h))) {
    tags += GST_EVENT_TYPE (event) == GST_EVENT_TAG;
    gst_event_unref (event);
  }
  g_assert_cmpuint (tags, ==, 1);
  teardown (h);
}

static void
a_stop_drops_what_waits (void)
{
  GstHarness *h = setup ("I420");
  GstBuffer *frame = create_frame (h, 0, LEFT, TRUE);

  g_assert_cmpint (gst_harness_push (h, gst_buffer_ref (frame)), ==,
      GST_FLOW_OK);
  g_assert_cmpint (GST_MINI_OBJECT_REFCOUNT_VALUE (frame), ==, 2);
  gst_element_set_state (h->element, GST_STATE_READY);
  g_assert_cmpint (GST_MINI_OBJECT_REFCOUNT_VALUE (frame), ==, 1);
  gst_buffer_unref (frame);
  teardown (h);
}

/* A day's hold does not take a day's memory. */
static void
what_waits_is_bounded (void)
{
  GstHarness *h = setup ("GRAY8");
  guint i;

  g_object_set (h->element, "hold", 24 * 60 * 60 * 1000, NULL);
  for (i = 0; i < 1100; i++)
    push (h, i, LEFT, FALSE);
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), >=, 70);
  g_assert_cmpuint (count_messages (h, GST_MESSAGE_WARNING), ==, 1);
  teardown (h);
}

/* Half a second of frames does not empty a small pool. */
static void
does_not_starve_a_pool_of_few_buffers (void)
{
  GstHarness *h = setup ("I420");
  GstVideoInfo info = overlay_harness_get_info (h);
  g_autoptr (GstBufferPool) pool = gst_buffer_pool_new ();
  GstStructure *config = gst_buffer_pool_get_config (pool);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (h->srcpad);
  GstBufferPoolAcquireParams params = {.flags =
        GST_BUFFER_POOL_ACQUIRE_FLAG_DONTWAIT
  };
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
  teardown (h);
}

/* --- Whole pipelines --- */

#define PATIENCE (60 * GST_SECOND)

static GstElement *
launch (const gchar * description)
{
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  return pipeline;
}

static void
wait_for (GstElement * pipeline, GstMessageType type)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, PATIENCE,
      type | GST_MESSAGE_ERROR);

  g_assert_nonnull (message);
  g_assert_cmpuint (GST_MESSAGE_TYPE (message), ==, type);
}

static GstPadProbeReturn
count (GstPad * pad, GstPadProbeInfo * info, gpointer n)
{
  g_atomic_int_inc ((gint *) n);
  return GST_PAD_PROBE_OK;
}

/* A second of frames from wherever it is, all of them. */
static void
seek (GstElement * pipeline, GstSeekFlags flags, GstClockTime from,
    gdouble rate)
{
  g_assert_true (gst_element_seek (pipeline, rate, GST_FORMAT_TIME, flags,
          GST_SEEK_TYPE_SET, from, GST_SEEK_TYPE_SET, from + GST_SECOND));
}

static void
prerolls_seeks_and_ends (void)
{
  g_autoptr (GstElement) pipeline = launch ("videotestsrc name=src ! "
      "video/x-raw,width=64,height=48,framerate=25/1 ! kakaoocroverlay "
      "fill=redact ! queue ! fakesink name=sink sync=false");
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline),
      "sink");
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline),
      "src");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");
  gint n = 0;

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, count, &n, NULL);
  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  wait_for (pipeline, GST_MESSAGE_ASYNC_DONE);
  seek (pipeline, GST_SEEK_FLAG_FLUSH, 2 * GST_SECOND, 1.0);
  wait_for (pipeline, GST_MESSAGE_ASYNC_DONE);
  g_atomic_int_set (&n, 0);
  seek (pipeline, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_SEGMENT, GST_SECOND,
      1.0);
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
  g_autoptr (GstElement) pipeline = launch ("videotestsrc is-live=true "
      "num-buffers=40 ! video/x-raw,width=64,height=48,framerate=25/1 ! "
      "kakaoocroverlay fill=redact hold=300 ! fakesink sync=true name=sink");
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline),
      "sink");
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

int
main (int argc, char **argv)
{
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(name) g_test_add_func ("/kakaoocroverlay/hold/" #name, name)
  ADD (hides_a_text_that_readings_missed);
  ADD (holds_a_mask_so_long_before_and_after_its_text);
  ADD (holds_on_over_frames_without_a_result);
  ADD (holds_what_the_pattern_means);
  ADD (held_masks_move_with_the_picture);
  ADD (both_fields_of_a_frame_are_masked);
  ADD (delays_frames_by_the_hold_and_says_so);
  ADD (events_keep_their_place_between_frames);
  ADD (a_gap_lets_frames_go_and_keeps_its_place);
  ADD (masks_are_held_over_a_change_of_size);
  ADD (new_caps_and_a_drain_let_frames_go);
  ADD (a_flush_drops_what_waits);
  ADD (a_stop_drops_what_waits);
  ADD (what_waits_is_bounded);
  ADD (does_not_starve_a_pool_of_few_buffers);
  ADD (prerolls_seeks_and_ends);
  ADD (a_live_picture_is_late_by_what_was_said);
#undef ADD
  ret = g_test_run ();
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
