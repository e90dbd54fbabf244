/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocroverlay in pipelines: frames with results in, drawn frames out.
 */
#include "overlayharness.h"

#include "../../testrows.h"
#include "../../patience.h"

#define TESTS "/kakaoocroverlay/"

static void
leaves_frames_without_a_result_alone (void)
{
  GstHarness *h = overlay_harness_new (CAPS ("I420", 320, 240));
  g_autoptr (GstKakaoOcrResult) nothing =
      gst_kakao_ocr_result_new (0, 320, 240, NULL, 0, FALSE, 0);
  guint i;

  for (i = 0; i < 2; i++) {
    GstBuffer *frame = overlay_frame_new (h, i ? nothing : NULL);
    GstMemory *memory = gst_buffer_peek_memory (frame, 0);
    g_autoptr (GstBuffer) passed = overlay_harness_pass (h, frame);
    GstVideoInfo info = overlay_harness_get_info (h);

    g_assert_true (passed == frame);
    g_assert_true (gst_buffer_peek_memory (passed, 0) == memory);
    g_assert_false (overlay_frame_is_drawn_on (&info, passed, 0, 0, 320, 240));
  }
  gst_harness_teardown (h);
}

static void
draws_on_every_format (void)
{
  static const gchar *caps[] = {
    CAPS ("I420", 640, 360),
    CAPS ("NV12", 640, 360),
    CAPS ("BGRA", 640, 360),
    CAPS ("RGB", 640, 360),
    CAPS ("YUY2", 640, 360),
    CAPS ("P010_10LE", 640, 360),
    CAPS ("I420_10LE", 640, 360),
    CAPS ("Y444", 640, 360),
    CAPS ("GRAY8", 640, 360),
    CAPS ("I420", 641, 361),
    CAPS ("NV12", 643, 363),
    CAPS ("I420", 640, 360) ",interlace-mode=interleaved",
    CAPS ("I420", 640, 360) ",pixel-aspect-ratio=4/3",
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (caps); i++) {
    GstHarness *h = overlay_harness_new (caps[i]);
    GstVideoInfo info = overlay_harness_get_info (h);
    g_autoptr (GstKakaoOcrResult) result = overlay_result_new (info.width,
        info.height, 200, 150, 320, 180);
    g_autoptr (GstBuffer) drawn =
        overlay_harness_pass (h, overlay_frame_new (h, result));
    GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (drawn);

    g_test_message ("%s", caps[i]);
    g_assert_true (meta && meta->result == result);
    /* Its four sides and its label; nothing in it, beside it or below. */
    g_assert_true (overlay_frame_is_drawn_on (&info, drawn, 220, 147, 300,
            150));
    g_assert_true (overlay_frame_is_drawn_on (&info, drawn, 220, 180, 300,
            183));
    g_assert_true (overlay_frame_is_drawn_on (&info, drawn, 197, 155, 200,
            175));
    g_assert_true (overlay_frame_is_drawn_on (&info, drawn, 320, 155, 323,
            175));
    g_assert_true (overlay_frame_is_drawn_on (&info, drawn, 200, 130, 240,
            145));
    g_assert_false (overlay_frame_is_drawn_on (&info, drawn, 206, 156, 314,
            174));
    g_assert_false (overlay_frame_is_drawn_on (&info, drawn, 0, 0, 194,
            info.height));
    g_assert_false (overlay_frame_is_drawn_on (&info, drawn, 0, 190, info.width,
            info.height));
    gst_harness_teardown (h);
  }
}

static void
does_not_write_into_frames_that_others_hold (void)
{
  GstHarness *h = overlay_harness_new (CAPS ("I420", 320, 240));
  GstVideoInfo info = overlay_harness_get_info (h);
  g_autoptr (GstKakaoOcrResult) result =
      overlay_result_new (320, 240, 50, 80, 150, 110);
  g_autoptr (GstBuffer) held = overlay_frame_new (h, result);
  g_autoptr (GstBuffer) drawn = overlay_harness_pass (h, gst_buffer_ref (held));

  g_assert_true (overlay_frame_is_drawn_on (&info, drawn, 0, 0, 320, 240));
  g_assert_false (overlay_frame_is_drawn_on (&info, held, 0, 0, 320, 240));
  gst_harness_teardown (h);
}

static void
follows_caps_that_change (void)
{
  static const gchar *caps[] = {
    CAPS ("I420", 320, 240),
    CAPS ("BGRA", 640, 480),
    CAPS ("NV12", 160, 120),
    CAPS ("I420", 320, 240),
  };
  GstHarness *h = overlay_harness_new (caps[0]);
  /* The same result all along: what is kept of it must not be. */
  g_autoptr (GstKakaoOcrResult) result =
      overlay_result_new (160, 120, 60, 70, 120, 90);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (caps); i++) {
    GstVideoInfo info;
    g_autoptr (GstBuffer) drawn = NULL;

    gst_harness_set_src_caps_str (h, caps[i]);
    info = overlay_harness_get_info (h);
    drawn = overlay_harness_pass (h, overlay_frame_new (h, result));
    g_assert_true (overlay_frame_is_drawn_on (&info, drawn, 60, 66, 120, 70));
    g_assert_false (overlay_frame_is_drawn_on (&info, drawn, 62, 72, 118, 88));
  }
  gst_harness_teardown (h);
}

static void
takes_properties_at_once (void)
{
  GstHarness *h = overlay_harness_new (CAPS ("BGRx", 320, 240));
  GstVideoInfo info = overlay_harness_get_info (h);
  g_autoptr (GstKakaoOcrResult) result =
      overlay_result_new (320, 240, 50, 80, 150, 110);
  const struct
  {
    const gchar *property;
    gint value;
    gboolean label, line;
  } steps[] = {
    {"show-text", FALSE, FALSE, TRUE},
    {"show-boxes", FALSE, FALSE, FALSE},
    {"show-text", TRUE, TRUE, FALSE},
    {"show-boxes", TRUE, TRUE, TRUE},
  };
  g_autofree gchar *font = NULL;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (GstBuffer) drawn = NULL;

    g_object_set (h->element, steps[i].property, steps[i].value, NULL);
    drawn = overlay_harness_pass (h, overlay_frame_new (h, result));
    g_assert_cmpint (overlay_frame_is_drawn_on (&info, drawn, 60, 65, 80, 77),
        ==, steps[i].label);
    g_assert_cmpint (overlay_frame_is_drawn_on (&info, drawn, 60, 110, 140,
            112), ==, steps[i].line);
  }
  g_object_set (h->element, "font-desc", NULL, NULL);
  g_object_get (h->element, "font-desc", &font, NULL);
  g_assert_cmpstr (font, ==, "Noto Sans CJK KR 14");
  gst_harness_teardown (h);
}

static gpointer
change_properties (gpointer data)
{
  GstElement *overlay = data;
  guint i;

  for (i = 0; i < 500; i++)
    g_object_set (overlay, "color", i, "line-width", 1.0 + i % 5, "font-desc",
        i % 2 ? "Sans 10" : "Serif Bold 20px", NULL);
  return NULL;
}

static void
takes_properties_from_another_thread (void)
{
  GstHarness *h = overlay_harness_new (CAPS ("I420", 320, 240));
  g_autoptr (GstKakaoOcrResult) result =
      overlay_result_new (320, 240, 50, 80, 150, 110);
  GThread *thread = g_thread_new ("properties", change_properties, h->element);
  guint i;

  for (i = 0; i < 100; i++)
    gst_buffer_unref (overlay_harness_pass (h, overlay_frame_new (h, result)));
  g_thread_join (thread);
  gst_harness_teardown (h);
}

static void
hands_on_a_composition_that_downstream_takes (void)
{
  GstHarness *h = gst_harness_new ("kakaoocroverlay");
  g_autoptr (GstKakaoOcrResult) result =
      overlay_result_new (320, 240, 50, 80, 150, 110);
  GstVideoOverlayComposition *compositions[2];
  guint i;

  gst_harness_add_propose_allocation_meta (h,
      GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, NULL);
  gst_harness_set_src_caps_str (h, CAPS ("I420", 320, 240));
  for (i = 0; i < 2; i++) {
    g_autoptr (GstBuffer) passed =
        overlay_harness_pass (h, overlay_frame_new (h, result));
    GstVideoOverlayCompositionMeta *meta =
        gst_buffer_get_video_overlay_composition_meta (passed);
    GstVideoInfo info = overlay_harness_get_info (h);
    GstBuffer *pixels;

    g_assert_nonnull (meta);
    g_assert_nonnull (gst_buffer_get_kakao_ocr_meta (passed));
    g_assert_false (overlay_frame_is_drawn_on (&info, passed, 0, 0, 320, 240));
    compositions[i] = gst_video_overlay_composition_ref (meta->overlay);
    pixels = gst_video_overlay_rectangle_get_pixels_unscaled_raw
        (gst_video_overlay_composition_get_rectangle (meta->overlay, 0),
        GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
    g_assert_cmpint (gst_buffer_get_video_meta (pixels)->format, ==,
        GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB);
  }
  g_assert_true (compositions[0] == compositions[1]);
  for (i = 0; i < 2; i++)
    gst_video_overlay_composition_unref (compositions[i]);
  gst_harness_teardown (h);
}

static void
finds_boxes_after_scaling (void)
{
  GstHarness *h = gst_harness_new_parse ("videoscale ! "
      "video/x-raw,width=640,height=480 ! "
      "kakaoocroverlay color=0xff00ff00 line-width=2 show-text=false");
  g_autoptr (GstKakaoOcrResult) result =
      overlay_result_new (320, 240, 50, 80, 150, 110);
  g_autoptr (GstBuffer) drawn = NULL;
  GstVideoInfo info;

  gst_harness_set_src_caps_str (h, CAPS ("BGRx", 320, 240));
  drawn = overlay_harness_pass (h, overlay_frame_new (h, result));
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_BGRx, 640, 480);
  g_assert_true (overlay_frame_is_drawn_on (&info, drawn, 110, 157, 290, 160));
  g_assert_true (overlay_frame_is_drawn_on (&info, drawn, 300, 170, 303, 210));
  g_assert_false (overlay_frame_is_drawn_on (&info, drawn, 101, 161, 299, 219));
  g_assert_false (overlay_frame_is_drawn_on (&info, drawn, 0, 0, 96, 480));
  gst_harness_teardown (h);
}

/* As everybody writes a red; with no opacity it would not be seen. */
static void
a_color_without_opacity_is_opaque (void)
{
  GstHarness *h = gst_harness_new_parse ("kakaoocroverlay color=0xff0000 "
      "line-width=6 show-text=false");
  g_autoptr (GstElement) overlay = gst_harness_find_element (h,
      "kakaoocroverlay");
  g_autoptr (GstKakaoOcrResult) result =
      overlay_result_new (320, 240, 50, 80, 150, 110);
  g_autoptr (GstBuffer) drawn = NULL;
  gboolean red = FALSE;
  GstMapInfo map;
  guint color;

  gst_harness_set_src_caps_str (h, CAPS ("BGRx", 320, 240));
  g_object_get (overlay, "color", &color, NULL);
  g_assert_cmphex (color, ==, 0xffff0000);
  drawn = overlay_harness_pass (h, overlay_frame_new (h, result));
  g_assert_true (gst_buffer_map (drawn, &map, GST_MAP_READ));
  for (gsize i = 0; i + 3 < map.size && !red; i += 4)
    red = map.data[i] < 16 && map.data[i + 1] < 16 && map.data[i + 2] > 240;
  gst_buffer_unmap (drawn, &map);
  g_assert_true (red);
  gst_harness_teardown (h);
}

static guint
get_color (GstElement *overlay, gchar **name)
{
  guint color;

  g_object_get (overlay, "color", &color, "color-name", name, NULL);
  return color;
}

static void
a_color_has_a_name (void)
{
  static const struct
  {
    const gchar *name;
    guint color;
  } rows[] = {
    { "red", 0xffff0000 },
    { "Orange", 0xffffa500 },
    { "#00ff7f", 0xff00ff7f },
    { "#00ff7f80", 0x8000ff7f },
  };
  g_autoptr (GstElement) overlay = gst_object_ref_sink (
      gst_element_factory_make ("kakaoocroverlay", NULL));
  g_autofree gchar *name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *read = NULL;

    g_object_set (overlay, "color-name", rows[i].name, NULL);
    g_assert_cmphex (get_color (overlay, &read), ==, rows[i].color);
    g_assert_cmpstr (read, ==, rows[i].name);
  }
  g_test_expect_message (
      "kakaoocr", G_LOG_LEVEL_WARNING, "color-name refused*");
  g_object_set (overlay, "color-name", "reddish", NULL);
  g_test_assert_expected_messages ();
  g_assert_cmphex (get_color (overlay, &name), ==, 0x8000ff7f);
  g_assert_null (name);

  g_object_set (overlay, "color-name", "red", "color", 0xff00ff00, NULL);
  g_assert_cmphex (get_color (overlay, &name), ==, 0xff00ff00);
  g_assert_null (name);
}

static void
survives_flushes_and_restarts (void)
{
  GstHarness *h = overlay_harness_new (CAPS ("I420", 320, 240));
  g_autoptr (GstKakaoOcrResult) result =
      overlay_result_new (320, 240, 50, 80, 150, 110);
  guint i;

  for (i = 0; i < 3; i++) {
    GstSegment segment;

    gst_buffer_unref (overlay_harness_pass (h, overlay_frame_new (h, result)));
    g_assert_true (gst_harness_push_event (h, gst_event_new_flush_start ()));
    g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
    gst_segment_init (&segment, GST_FORMAT_TIME);
    g_assert_true (gst_harness_push_event (h,
            gst_event_new_segment (&segment)));
    gst_buffer_unref (overlay_harness_pass (h, overlay_frame_new (h, result)));

    g_assert_cmpint (gst_element_set_state (h->element, GST_STATE_NULL), ==,
        GST_STATE_CHANGE_SUCCESS);
    /* Nothing is kept of what was shown. */
    g_assert_cmpint (GST_MINI_OBJECT_REFCOUNT_VALUE (result), ==, 1);
    g_assert_cmpint (gst_element_set_state (h->element, GST_STATE_PLAYING),
        ==, GST_STATE_CHANGE_SUCCESS);
    gst_harness_set_src_caps_str (h, CAPS ("I420", 320, 240));
  }
  gst_harness_teardown (h);
}

static void
goes_through_all_states (void)
{
  static const GstState states[] = {
    GST_STATE_READY, GST_STATE_PAUSED, GST_STATE_PLAYING, GST_STATE_PAUSED,
    GST_STATE_READY, GST_STATE_PAUSED, GST_STATE_READY, GST_STATE_NULL,
    GST_STATE_PLAYING, GST_STATE_NULL, GST_STATE_NULL
  };
  GstElement *overlay = gst_element_factory_make ("kakaoocroverlay", NULL);
  guint i;

  g_assert_nonnull (overlay);
  gst_object_ref_sink (overlay);
  for (i = 0; i < G_N_ELEMENTS (states); i++)
    g_assert_cmpint (gst_element_set_state (overlay, states[i]), !=,
        GST_STATE_CHANGE_FAILURE);
  gst_object_unref (overlay);
}

static void
plays_in_a_pipeline (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch
      ("videotestsrc num-buffers=10 ! kakaoocroverlay ! videoconvert ! "
      "fakevideosink sync=false", &error);
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

int
main (int argc, char **argv)
{
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (leaves_frames_without_a_result_alone);
  ADD (draws_on_every_format);
  ADD (does_not_write_into_frames_that_others_hold);
  ADD (follows_caps_that_change);
  ADD (takes_properties_at_once);
  ADD (takes_properties_from_another_thread);
  ADD (hands_on_a_composition_that_downstream_takes);
  ADD (finds_boxes_after_scaling);
  ADD (a_color_without_opacity_is_opaque);
  ADD (a_color_has_a_name);
  ADD (survives_flushes_and_restarts);
  ADD (goes_through_all_states);
  ADD (plays_in_a_pipeline);
  ret = g_test_run ();
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
