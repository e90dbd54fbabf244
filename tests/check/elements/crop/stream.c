/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrcrop as a stream: what goes out besides pictures, and what happens
 * when something fails.
 */
#include <glib/gstdio.h>

#include "../../testrows.h"
#include "../../patience.h"
#include "cropharness.h"

#define TESTS "/kakaoocrcrop/stream/"

static void
stream_is_announced_with_the_first_frame (void)
{
  GstHarness *h = setup_crop (CAPS ("I420"));
  const GstEventType order[] = { GST_EVENT_STREAM_START, GST_EVENT_CAPS,
    GST_EVENT_SEGMENT, GST_EVENT_GAP
  };

  for (guint i = 0; i < G_N_ELEMENTS (order);) {
    g_autoptr (GstEvent) event = gst_harness_try_pull_event (h);
    GstStreamFlags flags;

    g_assert_nonnull (event);
    if (GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE)
      continue;
    g_assert_cmpstr (GST_EVENT_TYPE_NAME (event), ==,
        gst_event_type_get_name (order[i++]));
    if (GST_EVENT_TYPE (event) == GST_EVENT_STREAM_START) {
      gst_event_parse_stream_flags (event, &flags);
      g_assert_cmpint (flags, ==, GST_STREAM_FLAG_SPARSE);
    } else if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT) {
      /* Nothing on which a sink prerolls. */
      g_assert_null (gst_harness_try_pull_event (h));
      g_free (push_and_read (h, create_read_frame (h, 0, NULL, 0)));
    }
  }
  gst_harness_teardown (h);
}

/* The events that came, but those of the start. */
static gchar *
pull_events (GstHarness * h)
{
  g_autoptr (GString) names = g_string_new (NULL);
  GstEvent *event;

  while ((event = gst_harness_try_pull_event (h))) {
    g_string_append_printf (names, "%s ", GST_EVENT_TYPE_NAME (event));
    gst_event_unref (event);
  }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
caps_follow_the_size_and_gaps_the_video (void)
{
  GstHarness *h = setup_crop (CAPS ("I420"));
  GstKakaoOcrRegion small = create_region ("small", 1);
  GstKakaoOcrRegion large = create_region ("large", 2);
  GstKakaoOcrRegion equal = create_region ("equal", 3);
  const struct
  {
    const GstKakaoOcrRegion *region;
    const gchar *events;
  } steps[] = {
    {&large, "caps gap "}, {NULL, "gap "}, {&small, "caps gap "},
    {&equal, "caps gap "}, {&large, "gap "}
  };
  guint i;

  small.box[2] = small.box[4] = 90;
  g_free (push_and_read (h, create_read_frame (h, 0, NULL, 0)));
  g_free (pull_events (h));
  for (i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autofree gchar *events = NULL;

    g_free (push_and_read (h, create_read_frame (h, i + 1, steps[i].region,
                steps[i].region ? 1 : 0)));
    events = pull_events (h);
    g_assert_cmpstr (events, ==, steps[i].events);
  }
  gst_harness_teardown (h);
}

static void
caps_of_the_video_may_change (void)
{
  GstHarness *h = setup_crop (CAPS ("I420"));
  const GstKakaoOcrRegion one = create_region ("one", 1);
  const GstKakaoOcrRegion two = create_region ("two", 2);

  assert_picture (h, &one, 60, 20, 0);
  gst_harness_set_src_caps_str (h, CAPS ("BGRx"));
  assert_picture (h, &two, 60, 20, 0);
  gst_harness_teardown (h);
}

static gboolean
orientation_comes_out (gboolean rectify, GstTagScope scope)
{
  GstHarness *h = gst_harness_new ("kakaoocrcrop");
  GstTagList *tags = gst_tag_list_new (GST_TAG_VIDEO_CODEC, "H.264",
      GST_TAG_IMAGE_ORIENTATION, "rotate-90", NULL);
  gboolean found = FALSE;
  GstEvent *event;

  g_object_set (h->element, "rectify", rectify, NULL);
  gst_harness_set_src_caps_str (h, CAPS ("I420"));
  gst_tag_list_set_scope (tags, scope);
  g_assert_true (gst_harness_push_event (h, gst_event_new_tag (tags)));
  while ((event = gst_harness_try_pull_event (h))) {
    if (GST_EVENT_TYPE (event) == GST_EVENT_TAG) {
      gst_event_parse_tag (event, &tags);
      found |= gst_tag_list_get_tag_size (tags, GST_TAG_IMAGE_ORIENTATION) > 0;
      g_assert_true (scope == GST_TAG_SCOPE_GLOBAL
          || gst_tag_list_get_tag_size (tags, GST_TAG_VIDEO_CODEC) == 0);
    }
    gst_event_unref (event);
  }
  gst_harness_teardown (h);
  return found;
}

static void
orientation_is_for_what_was_not_turned_yet (void)
{
  g_assert_true (orientation_comes_out (FALSE, GST_TAG_SCOPE_STREAM));
  g_assert_true (orientation_comes_out (FALSE, GST_TAG_SCOPE_GLOBAL));
  g_assert_false (orientation_comes_out (TRUE, GST_TAG_SCOPE_STREAM));
  g_assert_false (orientation_comes_out (TRUE, GST_TAG_SCOPE_GLOBAL));
}

static void
a_frame_that_cannot_be_read_is_passed_over (void)
{
  GstHarness *h = setup_crop (CAPS ("I420"));
  const GstKakaoOcrRegion region = create_region ("text", 1);
  g_autoptr (GstBus) bus = gst_bus_new ();
  g_autoptr (GstMessage) warning = NULL;
  GstBuffer *frame = create_read_frame (h, 0, &region, 1);

  gst_element_set_bus (h->element, bus);
  gst_buffer_set_size (frame, 100);
  assert_texts (h, frame, "");
  warning = gst_bus_pop_filtered (bus, GST_MESSAGE_WARNING);
  g_assert_nonnull (warning);
  assert_texts (h, create_read_frame (h, 1, &region, 1), "text");
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
}

static void
a_flow_that_ends_is_told (void)
{
  const GstKakaoOcrRegion region = create_region ("text", 1);
  GstHarness *h = gst_harness_new_with_padnames ("kakaoocrcrop", "sink", NULL);

  g_object_set (h->element, "best-shot", FALSE, NULL);
  gst_harness_set_src_caps_str (h, CAPS ("I420"));
  g_assert_cmpint (gst_harness_push (h, create_frame (h, 0)), ==, GST_FLOW_OK);
  g_assert_cmpint (gst_harness_push (h, create_read_frame (h, 1, &region, 1)),
      ==, GST_FLOW_NOT_LINKED);
  gst_harness_teardown (h);

  h = gst_harness_new ("kakaoocrcrop");
  g_object_set (h->element, "best-shot", FALSE, NULL);
  gst_harness_set_sink_caps_str (h, "video/x-raw,format=RGB,width=7");
  gst_harness_set_src_caps_str (h, CAPS ("I420"));
  g_assert_cmpint (gst_harness_push (h, create_read_frame (h, 0, &region, 1)),
      ==, GST_FLOW_NOT_NEGOTIATED);
  gst_harness_teardown (h);
}

static void
run_to_eos (const gchar * description)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpstr (GST_MESSAGE_TYPE_NAME (message), ==, "eos");
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* Encoders keep GAPs back until they have a picture, so what is behind them is
 * not to wait for its preroll. */
static void
silent_branches_do_not_hang (void)
{
  g_autofree gchar *dir = g_dir_make_tmp ("kakaoocrcrop-XXXXXX", NULL);
  const gchar *sinks[] = { "pngenc ! multifilesink async=false",
    "jpegenc ! multifilesink async=false", "multifilesink",
    "videoconvert ! videoscale ! video/x-raw,width=64 ! multifilesink"
  };

  for (guint i = 0; i < G_N_ELEMENTS (sinks); i++) {
    g_autofree gchar *description = g_strdup_printf
        ("videotestsrc num-buffers=30 ! tee name=t t. ! queue ! "
        "fakevideosink  t. ! queue ! kakaoocrcrop ! %s "
        "location=\"%s/%%05d\"", sinks[i], dir);

    g_test_message ("%s", sinks[i]);
    run_to_eos (description);
  }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

int
main (int argc, char **argv)
{
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (stream_is_announced_with_the_first_frame);
  ADD (caps_follow_the_size_and_gaps_the_video);
  ADD (caps_of_the_video_may_change);
  ADD (orientation_is_for_what_was_not_turned_yet);
  ADD (a_frame_that_cannot_be_read_is_passed_over);
  ADD (a_flow_that_ends_is_told);
  ADD (silent_branches_do_not_hang);
  ret = g_test_run ();
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
