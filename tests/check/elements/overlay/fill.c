/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocroverlay with a fill: what is left of the text of frames, and of what
 * is attached to them.
 */
#include <string.h>

#include "../../testrows.h"
#include "../common/loglines.h"
#include "fillharness.h"

/* --- What is left --- */

static void
redacts_and_blurs_the_text_alone (void)
{
  static const gchar *caps[] = {
    CAPS ("I420", 320, 240), CAPS ("NV12", 322, 242), CAPS ("BGRA", 320, 240),
    CAPS ("YUY2", 320, 240), CAPS ("P010_10LE", 320, 240),
    CAPS ("GRAY8", 320, 240), CAPS ("NV12_64Z32", 320, 240),
    CAPS ("v210", 320, 240),
    CAPS ("I420", 320, 240) ",interlace-mode=interleaved",
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (caps); i++) {
    GstHarness *h = fill_harness_new (caps[i], "redact");
    GstVideoInfo info = overlay_harness_get_info (h);
    g_autoptr (GstBuffer) hidden = fill_harness_pass (h);

    g_test_message ("%s", caps[i]);
    g_assert_true (
        fill_harness_is_changed (h, hidden, LEFT, TOP, RIGHT, BOTTOM));
    g_assert_true (
        fill_harness_is_changed (h, hidden, LEFT - 3, TOP - 3, LEFT, TOP));
    g_assert_true (fill_harness_is_changed (
        h, hidden, RIGHT, BOTTOM, RIGHT + 3, BOTTOM + 3));
    /* No label either, nor anything else around it. */
    g_assert_false (
        fill_harness_is_changed (h, hidden, 0, 0, info.width, TOP - REACH));
    g_assert_false (fill_harness_is_changed (
        h, hidden, 0, BOTTOM + REACH, info.width, info.height));
    g_assert_false (
        fill_harness_is_changed (h, hidden, 0, 0, LEFT - REACH, info.height));
    g_assert_false (fill_harness_is_changed (
        h, hidden, RIGHT + REACH, 0, info.width, info.height));
    fill_harness_assert_warning (h, NULL);
    fill_harness_free (h);
  }
}

static void
hides_what_a_sink_draws_the_boxes_on (void)
{
  GstHarness *h = gst_harness_new ("kakaoocroverlay");
  g_autoptr (GstBuffer) hidden = NULL;
  GstVideoOverlayCompositionMeta *meta;
  guint i;

  gst_harness_add_propose_allocation_meta (h,
      GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, NULL);
  gst_harness_set_src_caps_str (h, CAPS ("I420", 320, 240));
  gst_util_set_object_arg (G_OBJECT (h->element), "fill", "redact");
  g_object_set (h->element, "hold", 0, NULL);
  hidden = fill_harness_pass (h);
  g_assert_true (fill_harness_is_changed (
      h, hidden, LEFT + 10, TOP + 10, RIGHT - 10, BOTTOM - 10));

  /* The lines of the box, none of them high enough for a label. */
  meta = gst_buffer_get_video_overlay_composition_meta (hidden);
  g_assert_nonnull (meta);
  for (i = 0; i < gst_video_overlay_composition_n_rectangles (meta->overlay);
      i++) {
    guint width, height;

    gst_video_overlay_rectangle_get_render_rectangle
        (gst_video_overlay_composition_get_rectangle (meta->overlay, i), NULL,
        NULL, &width, &height);
    g_assert_cmpuint (MIN (width, height), <, 8);
  }
  gst_harness_teardown (h);
}

static void
does_not_write_into_frames_that_others_hold (void)
{
  guint with_meta;

  for (with_meta = 0; with_meta < 2; with_meta++) {
    GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), "redact");
    GstVideoInfo info = overlay_harness_get_info (h);
    g_autoptr (GstKakaoOcrResult) result = fill_harness_result (h);
    g_autoptr (GstBuffer) held = overlay_frame_new (h, result);
    g_autoptr (GstBuffer) hidden = NULL;

    if (with_meta)
      gst_buffer_add_video_meta_full (held, GST_VIDEO_FRAME_FLAG_NONE,
          GST_VIDEO_FORMAT_I420, 320, 240, 3, info.offset, info.stride);
    hidden = overlay_harness_pass (h, gst_buffer_ref (held));
    g_assert_true (
        fill_harness_is_changed (h, hidden, LEFT, TOP, RIGHT, BOTTOM));
    g_assert_false (fill_harness_is_changed (h, held, 0, 0, 320, 240));
    g_assert_nonnull (gst_buffer_get_kakao_ocr_meta (hidden));
    fill_harness_free (h);
  }
}

static void
counts_from_the_crop (void)
{
  GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), "redact");
  g_autoptr (GstKakaoOcrResult) result = fill_harness_result (h);
  GstBuffer *frame = overlay_frame_new (h, result);
  GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (frame);
  g_autoptr (GstBuffer) hidden = NULL;

  crop->x = 40;
  crop->y = 20;
  crop->width = 240;
  crop->height = 200;
  hidden = overlay_harness_pass (h, frame);
  g_assert_true (fill_harness_is_changed (
      h, hidden, LEFT + 2, TOP + 2, LEFT + 6, TOP + 6));
  g_assert_true (fill_harness_is_changed (
      h, hidden, RIGHT - 6, BOTTOM - 6, RIGHT - 2, BOTTOM - 2));
  g_assert_false (
      fill_harness_is_changed (h, hidden, 0, BOTTOM + REACH, 320, 240));
  fill_harness_free (h);
}

static void
hides_the_text_after_scaling (void)
{
  GstHarness *h = gst_harness_new_parse ("videoscale ! "
      "video/x-raw,width=640,height=480 ! kakaoocroverlay fill=redact hold=0");
  g_autoptr (GstBuffer) hidden = NULL;
  GstVideoInfo info;

  gst_harness_set_src_caps_str (h, CAPS ("GRAY8", 320, 240));
  hidden = fill_harness_pass (h);
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_GRAY8, 640, 480);
  g_assert_true (overlay_frame_is_drawn_on (&info, hidden, 2 * RIGHT - 10,
          2 * BOTTOM - 10, 2 * RIGHT - 5, 2 * BOTTOM - 5));
  g_assert_false (overlay_frame_is_drawn_on (&info, hidden, 0, 0, 640,
          2 * (TOP - REACH)));
  gst_harness_teardown (h);
}

static void
tints_the_text_and_labels_it (void)
{
  GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), "tint");
  g_autoptr (GstBuffer) tinted = fill_harness_pass (h);

  g_assert_true (fill_harness_is_changed (
      h, tinted, LEFT + 10, TOP + 10, LEFT + 20, TOP + 20));
  g_assert_true (
      fill_harness_is_changed (h, tinted, LEFT, TOP - 20, LEFT + 40, TOP - 5));
  fill_harness_assert_warning (h, NULL);
  fill_harness_free (h);
}

static void
changes_its_fill_while_playing (void)
{
  static const struct
  {
    const gchar *fill;
    gboolean text, label;
  } steps[] = {
    {"none", FALSE, TRUE}, {"redact", TRUE, FALSE}, {"none", FALSE, TRUE},
    {"blur", FALSE, FALSE}, {"tint", TRUE, TRUE}, {"redact", TRUE, FALSE},
  };
  GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), "none");
  guint i;

  for (i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (GstBuffer) frame = NULL;

    gst_util_set_object_arg (G_OBJECT (h->element), "fill", steps[i].fill);
    frame = fill_harness_pass (h);
    /* The mean of gray is gray. */
    g_assert_cmpint (fill_harness_is_changed (h, frame, LEFT + 10, TOP + 10,
                         RIGHT - 10, BOTTOM - 10),
        ==, steps[i].text);
    g_assert_cmpint (
        fill_harness_is_changed (h, frame, LEFT, 50, LEFT + 40, TOP - REACH),
        ==, steps[i].label);
  }
  fill_harness_free (h);
}

/* --- Which texts --- */

static void
fills_and_draws_only_what_matches (void)
{
  static const struct
  {
    const gchar *pattern;
    gboolean drawn;
  } steps[] = {
    {"Text", TRUE}, {"^Text", FALSE}, {"글", TRUE}, {NULL, TRUE}, {"y", FALSE},
    {"", TRUE},
  };
  static const gchar *fills[] = { "none", "tint", "redact" };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (fills); i++) {
    GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), fills[i]);
    g_autoptr (GstKakaoOcrResult) result = fill_harness_result (h);

    for (j = 0; j < G_N_ELEMENTS (steps); j++) {
      g_autoptr (GstBuffer) frame = NULL;

      g_object_set (h->element, "text-pattern", steps[j].pattern, NULL);
      frame = overlay_harness_pass (h, overlay_frame_new (h, result));
      g_test_message ("%s %s", fills[i], steps[j].pattern);
      g_assert_cmpint (fill_harness_is_changed (h, frame, 0, 0, 320, 240), ==,
          steps[j].drawn);
    }
    fill_harness_free (h);
  }
}

static void
refuses_a_wrong_pattern_and_keeps_the_old_one (void)
{
  GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), "redact");
  g_autofree gchar *pattern = NULL;
  g_autoptr (GstBuffer) frame = NULL;

  g_object_set (h->element, "text-pattern", "Te.t", NULL);
  g_test_expect_message ("kakaoocr", G_LOG_LEVEL_WARNING,
      "*text-pattern refused*missing*");
  g_object_set (h->element, "text-pattern", "(nothing", NULL);
  g_test_assert_expected_messages ();
  g_object_get (h->element, "text-pattern", &pattern, NULL);
  g_assert_cmpstr (pattern, ==, "Te.t");
  frame = fill_harness_pass (h);
  g_assert_true (fill_harness_is_changed (h, frame, LEFT, TOP, RIGHT, BOTTOM));
  fill_harness_free (h);
}

/* --- What is attached --- */

/* A white square of 60 pixels at @x, @y. */
static void
attach_square (GstBuffer * frame, gint x, gint y)
{
  GstBuffer *pixels = gst_buffer_new_allocate (NULL, 60 * 60 * 4, NULL);
  g_autoptr (GstVideoOverlayRectangle) rectangle = NULL;
  g_autoptr (GstVideoOverlayComposition) composition = NULL;

  gst_buffer_memset (pixels, 0, 0xff, 60 * 60 * 4);
  gst_buffer_add_video_meta (pixels, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, 60, 60);
  rectangle = gst_video_overlay_rectangle_new_raw (pixels, x, y, 60, 60,
      GST_VIDEO_OVERLAY_FORMAT_FLAG_NONE);
  composition = gst_video_overlay_composition_new (rectangle);
  gst_buffer_add_video_overlay_composition_meta (frame, composition);
  gst_buffer_unref (pixels);
}

/* Left attached, a sink would draw it over what is hidden. */
static void
hides_what_is_attached_to_frames (void)
{
  static const gchar *fills[] = { "redact", "blur" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (fills); i++) {
    GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), fills[i]);
    g_autoptr (GstKakaoOcrResult) result = fill_harness_result (h);
    GstBuffer *frame = overlay_frame_new (h, result);
    g_autoptr (GstBuffer) hidden = NULL;

    g_object_set (h->element, "show-boxes", FALSE, NULL);
    attach_square (frame, LEFT + 20, TOP - 30);
    hidden = overlay_harness_pass (h, frame);
    g_assert_null (gst_buffer_get_video_overlay_composition_meta (hidden));
    g_assert_cmpuint (
        fill_harness_get_luma (hidden, LEFT + 30, TOP + 10), <, 200);
    g_assert_cmpuint (
        fill_harness_get_luma (hidden, LEFT + 30, TOP - 25), >, 220);
    fill_harness_free (h);
  }
}

static void
blanks_what_is_attached_with_the_frame (void)
{
  GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), "redact");
  GstBuffer *frame = overlay_frame_new (h, NULL);
  g_autoptr (GstBuffer) blank = NULL;

  attach_square (frame, 50, 50);
  blank = overlay_harness_pass (h, frame);
  g_assert_null (gst_buffer_get_video_overlay_composition_meta (blank));
  g_assert_cmpuint (fill_harness_get_luma (blank, 60, 60), ==, 16);
  fill_harness_free (h);
}

/* Memory that nobody may write to is copied. */
static void
copies_frames_that_are_read_only (void)
{
  GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), "redact");
  g_autoptr (GstKakaoOcrResult) result = fill_harness_result (h);
  gsize size = overlay_harness_get_info (h).size;
  g_autofree guint8 *pixels = g_malloc (size);
  GstBuffer *frame = gst_buffer_new_wrapped_full (GST_MEMORY_FLAG_READONLY,
      pixels, size, 0, size, NULL, NULL);
  g_autoptr (GstBuffer) hidden = NULL;

  memset (pixels, GRAY, size);
  GST_BUFFER_PTS (frame) = 0;
  gst_buffer_add_kakao_ocr_meta (frame, result);
  hidden = overlay_harness_pass (h, frame);
  g_assert_true (fill_harness_is_changed (h, hidden, LEFT, TOP, RIGHT, BOTTOM));
  g_assert_cmpuint (pixels[(TOP + 5) * 320 + LEFT + 5], ==, GRAY);
  fill_harness_free (h);
}

/* What a picture said is not in the log. */
static void
the_log_says_what_was_done_to_each_frame (void)
{
  GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), "redact");
  static const gchar *const parts[] = {
    "0:00:00.000000000: masked: 1 texts, 0 boxes held",
    ": drawn: ",
    "0:00:00.000000000: blanked: a frame has no result\n",
    "dropped by a flush: buffer",
  };
  g_autofree gchar *log = NULL;
  GstBuffer *waiting;

  log_lines_start ("kakaoocroverlay");
  gst_buffer_unref (fill_harness_pass (h));
  gst_buffer_unref (overlay_harness_pass (h, overlay_frame_new (h, NULL)));
  g_object_set (h->element, "hold", 500, NULL);
  waiting = overlay_frame_new (h, NULL);
  g_assert_cmpint (gst_harness_push (h, waiting), ==, GST_FLOW_OK);
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_start ()));
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  log = log_lines_stop ();
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_assert_nonnull (strstr (log, parts[i]));
  g_assert_null (strstr (log, "Text"));
  fill_harness_free (h);
}

#define TESTS "/kakaoocroverlay/fill/"

int
main (int argc, char **argv)
{
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (redacts_and_blurs_the_text_alone);
  ADD (hides_what_a_sink_draws_the_boxes_on);
  ADD (does_not_write_into_frames_that_others_hold);
  ADD (counts_from_the_crop);
  ADD (hides_the_text_after_scaling);
  ADD (tints_the_text_and_labels_it);
  ADD (changes_its_fill_while_playing);
  ADD (fills_and_draws_only_what_matches);
  ADD (refuses_a_wrong_pattern_and_keeps_the_old_one);
  ADD (hides_what_is_attached_to_frames);
  ADD (blanks_what_is_attached_with_the_frame);
  ADD (copies_frames_that_are_read_only);
  ADD (the_log_says_what_was_done_to_each_frame);
  ret = g_test_run ();
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
