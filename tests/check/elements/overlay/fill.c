/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocroverlay with a fill: what is left of the frames' text, and what
 * becomes of frames whose text is not known.
 */
#include <string.h>

#include "overlayharness.h"

/* The region of all frames here, and how far from it redacting goes at most. */
#define LEFT 100
#define TOP 80
#define RIGHT 220
#define BOTTOM 110
#define REACH 16

static GstHarness *
setup (const gchar * caps, const gchar * fill)
{
  GstHarness *h = overlay_harness_new (caps);
  g_autoptr (GstBus) bus = gst_bus_new ();

  gst_element_set_bus (h->element, bus);
  gst_util_set_object_arg (G_OBJECT (h->element), "fill", fill);
  return h;
}

static void
teardown (GstHarness * h)
{
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
}

static GstMessage *
pop_message (GstHarness * h, GstMessageType type)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (h->element);

  return gst_bus_pop_filtered (bus, type);
}

/* Whether the one WARNING that there is says @part; NULL: there is none. */
static void
assert_warning (GstHarness * h, const gchar * part)
{
  g_autoptr (GstMessage) message = pop_message (h, GST_MESSAGE_WARNING);
  g_autoptr (GstMessage) another = pop_message (h, GST_MESSAGE_WARNING);
  g_autoptr (GError) error = NULL;

  g_assert_null (another);
  if (message) {
    g_assert_true (GST_MESSAGE_SRC (message) == GST_OBJECT (h->element));
    gst_message_parse_warning (message, &error, NULL);
  }
  if (part)
    g_assert_true (error && strstr (error->message, part));
  else
    g_assert_no_error (error);
}

static GstKakaoOcrResult *
create_result (GstHarness * h)
{
  GstVideoInfo info = overlay_harness_get_info (h);

  return overlay_result_new (info.width, info.height, LEFT, TOP, RIGHT, BOTTOM);
}

static GstBuffer *
pass_with_result (GstHarness * h)
{
  g_autoptr (GstKakaoOcrResult) result = create_result (h);

  return overlay_harness_pass (h, overlay_frame_new (h, result));
}

static gboolean
is_changed (GstHarness * h, GstBuffer * frame, gint left, gint top, gint right,
    gint bottom)
{
  GstVideoInfo info = overlay_harness_get_info (h);

  return overlay_frame_is_drawn_on (&info, frame, left, top, right, bottom);
}

/* Black in the middle of the text and at the frame's corner: what is blanked
 * is so there too. */
static gboolean
is_blank (GstHarness * h, GstBuffer * frame)
{
  return is_changed (h, frame, 0, 0, 4, 4);
}

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
    GstHarness *h = setup (caps[i], "redact");
    GstVideoInfo info = overlay_harness_get_info (h);
    g_autoptr (GstBuffer) hidden = pass_with_result (h);

    g_test_message ("%s", caps[i]);
    g_assert_true (is_changed (h, hidden, LEFT, TOP, RIGHT, BOTTOM));
    g_assert_true (is_changed (h, hidden, LEFT - 3, TOP - 3, LEFT, TOP));
    g_assert_true (is_changed (h, hidden, RIGHT, BOTTOM, RIGHT + 3,
            BOTTOM + 3));
    /* No label either, nor anything else around it. */
    g_assert_false (is_changed (h, hidden, 0, 0, info.width, TOP - REACH));
    g_assert_false (is_changed (h, hidden, 0, BOTTOM + REACH, info.width,
            info.height));
    g_assert_false (is_changed (h, hidden, 0, 0, LEFT - REACH, info.height));
    g_assert_false (is_changed (h, hidden, RIGHT + REACH, 0, info.width,
            info.height));
    assert_warning (h, NULL);
    teardown (h);
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
  hidden = pass_with_result (h);
  g_assert_true (is_changed (h, hidden, LEFT + 10, TOP + 10, RIGHT - 10,
          BOTTOM - 10));

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
    GstHarness *h = setup (CAPS ("I420", 320, 240), "redact");
    GstVideoInfo info = overlay_harness_get_info (h);
    g_autoptr (GstKakaoOcrResult) result = create_result (h);
    g_autoptr (GstBuffer) held = overlay_frame_new (h, result);
    g_autoptr (GstBuffer) hidden = NULL;

    if (with_meta)
      gst_buffer_add_video_meta_full (held, GST_VIDEO_FRAME_FLAG_NONE,
          GST_VIDEO_FORMAT_I420, 320, 240, 3, info.offset, info.stride);
    hidden = overlay_harness_pass (h, gst_buffer_ref (held));
    g_assert_true (is_changed (h, hidden, LEFT, TOP, RIGHT, BOTTOM));
    g_assert_false (is_changed (h, held, 0, 0, 320, 240));
    g_assert_nonnull (gst_buffer_get_kakao_ocr_meta (hidden));
    teardown (h);
  }
}

static void
counts_from_the_crop (void)
{
  GstHarness *h = setup (CAPS ("I420", 320, 240), "redact");
  g_autoptr (GstKakaoOcrResult) result = create_result (h);
  GstBuffer *frame = overlay_frame_new (h, result);
  GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (frame);
  g_autoptr (GstBuffer) hidden = NULL;

  crop->x = 40;
  crop->y = 20;
  crop->width = 240;
  crop->height = 200;
  hidden = overlay_harness_pass (h, frame);
  g_assert_true (is_changed (h, hidden, LEFT + 2, TOP + 2, LEFT + 6, TOP + 6));
  g_assert_true (is_changed (h, hidden, RIGHT - 6, BOTTOM - 6, RIGHT - 2,
          BOTTOM - 2));
  g_assert_false (is_changed (h, hidden, 0, BOTTOM + REACH, 320, 240));
  teardown (h);
}

static void
hides_the_text_after_scaling (void)
{
  GstHarness *h = gst_harness_new_parse ("videoscale ! "
      "video/x-raw,width=640,height=480 ! kakaoocroverlay fill=redact hold=0");
  g_autoptr (GstBuffer) hidden = NULL;
  GstVideoInfo info;

  gst_harness_set_src_caps_str (h, CAPS ("GRAY8", 320, 240));
  hidden = pass_with_result (h);
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
  GstHarness *h = setup (CAPS ("I420", 320, 240), "tint");
  g_autoptr (GstBuffer) tinted = pass_with_result (h);

  g_assert_true (is_changed (h, tinted, LEFT + 10, TOP + 10, LEFT + 20,
          TOP + 20));
  g_assert_true (is_changed (h, tinted, LEFT, TOP - 20, LEFT + 40, TOP - 5));
  assert_warning (h, NULL);
  teardown (h);
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
  GstHarness *h = setup (CAPS ("I420", 320, 240), "none");
  guint i;

  for (i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (GstBuffer) frame = NULL;

    gst_util_set_object_arg (G_OBJECT (h->element), "fill", steps[i].fill);
    frame = pass_with_result (h);
    /* The mean of gray is gray. */
    g_assert_cmpint (is_changed (h, frame, LEFT + 10, TOP + 10, RIGHT - 10,
            BOTTOM - 10), ==, steps[i].text);
    g_assert_cmpint (is_changed (h, frame, LEFT, 50, LEFT + 40, TOP - REACH),
        ==, steps[i].label);
  }
  teardown (h);
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
    GstHarness *h = setup (CAPS ("I420", 320, 240), fills[i]);
    g_autoptr (GstKakaoOcrResult) result = create_result (h);

    for (j = 0; j < G_N_ELEMENTS (steps); j++) {
      g_autoptr (GstBuffer) frame = NULL;

      g_object_set (h->element, "text-pattern", steps[j].pattern, NULL);
      frame = overlay_harness_pass (h, overlay_frame_new (h, result));
      g_test_message ("%s %s", fills[i], steps[j].pattern);
      g_assert_cmpint (is_changed (h, frame, 0, 0, 320, 240), ==,
          steps[j].drawn);
    }
    teardown (h);
  }
}

static void
refuses_a_wrong_pattern_and_keeps_the_old_one (void)
{
  GstHarness *h = setup (CAPS ("I420", 320, 240), "redact");
  g_autofree gchar *pattern = NULL;
  g_autoptr (GstBuffer) frame = NULL;

  g_object_set (h->element, "text-pattern", "Te.t", NULL);
  g_test_expect_message ("kakaoocr", G_LOG_LEVEL_WARNING,
      "*text-pattern refused*missing*");
  g_object_set (h->element, "text-pattern", "(nothing", NULL);
  g_test_assert_expected_messages ();
  g_object_get (h->element, "text-pattern", &pattern, NULL);
  g_assert_cmpstr (pattern, ==, "Te.t");
  frame = pass_with_result (h);
  g_assert_true (is_changed (h, frame, LEFT, TOP, RIGHT, BOTTOM));
  teardown (h);
}

/* --- Frames whose text is not known --- */

typedef enum
{
  NOT_THERE, OWN, OF_ANOTHER, UNCHANGED, TRUNCATED, DROPPED, WITHOUT_TIME,
  TWO_OF_WHICH_ONE_IS_OLD
} Known;

static GstBuffer *
create_known (GstHarness * h, Known known)
{
  GstKakaoOcrRegion region = { (gchar *) "Text", NULL,
    BOX (LEFT, TOP, RIGHT, BOTTOM), 1, 0
  };
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new
      (known == OF_ANOTHER
      || known == UNCHANGED ? 5 : 0, 320, 240, &region, 1, known == TRUNCATED,
      0);
  g_autoptr (GstKakaoOcrResult) old =
      gst_kakao_ocr_result_new (5, 320, 240, NULL, 0, FALSE, 0);
  GstBuffer *frame;

  if (known == DROPPED)
    gst_kakao_ocr_result_set_regions_dropped (result, 1);
  frame = overlay_frame_new (h, known == NOT_THERE ? NULL : result);
  if (known == UNCHANGED)
    gst_kakao_ocr_meta_set_last_seen (gst_buffer_get_kakao_ocr_meta (frame),
        GST_BUFFER_PTS (frame));
  if (known == TWO_OF_WHICH_ONE_IS_OLD)
    gst_buffer_add_kakao_ocr_meta (frame, old);
  if (known == WITHOUT_TIME)
    GST_BUFFER_PTS (frame) = GST_CLOCK_TIME_NONE;
  return frame;
}

static void
blanks_frames_without_a_result_of_their_own (void)
{
  static const struct
  {
    Known known;
    gboolean blank;
    const gchar *warning;
  } cases[] = {
    {NOT_THERE, TRUE, "no result"},
    {OWN, FALSE, NULL},
    {OF_ANOTHER, TRUE, "of another"},
    {UNCHANGED, FALSE, "not read"},
    {TRUNCATED, TRUE, "more text"},
    {DROPPED, TRUE, "nobody can tell where"},
    {WITHOUT_TIME, TRUE, "time stamps"},
    {TWO_OF_WHICH_ONE_IS_OLD, TRUE, "of another"},
  };
  static const gchar *fills[] = { "redact", "blur" };
  guint i, j, closed;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    for (j = 0; j < G_N_ELEMENTS (fills); j++) {
      for (closed = 0; closed < 2; closed++) {
        GstHarness *h = setup (CAPS ("I420", 320, 240), fills[j]);
        guint frame;

        g_object_set (h->element, "fail-closed", closed, NULL);
        for (frame = 0; frame < 3; frame++) {
          g_autoptr (GstBuffer) passed = overlay_harness_pass (h,
              create_known (h, cases[i].known));
          gboolean blank = closed && cases[i].blank;

          g_assert_cmpint (is_blank (h, passed), ==, blank);
          /* The box on it, or nothing. */
          g_assert_cmpint (is_changed (h, passed, LEFT, TOP - 2, RIGHT, TOP),
              ==, blank || cases[i].known != NOT_THERE);
        }
        assert_warning (h, cases[i].warning);
        teardown (h);
      }
    }
  }
}

static void
draws_nothing_on_what_it_blanked (void)
{
  GstHarness *h = setup (CAPS ("BGRx", 320, 240), "redact");
  g_autoptr (GstBuffer) blank = overlay_harness_pass (h, create_known (h,
          OF_ANOTHER));
  GstMapInfo map;
  gsize i;

  g_assert_true (gst_buffer_map (blank, &map, GST_MAP_READ));
  for (i = 0; i < map.size; i += 4)
    g_assert_true (map.data[i] == 0 && map.data[i + 1] == 0 &&
        map.data[i + 2] == 0);
  gst_buffer_unmap (blank, &map);
  teardown (h);
}

static void
asks_for_no_result_unless_it_hides_text (void)
{
  static const gchar *fills[] = { "none", "tint" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (fills); i++) {
    GstHarness *h = setup (CAPS ("I420", 320, 240), fills[i]);
    g_autoptr (GstBuffer) passed = overlay_harness_pass (h, create_known (h,
            NOT_THERE));

    g_assert_false (is_changed (h, passed, 0, 0, 320, 240));
    assert_warning (h, NULL);
    teardown (h);
  }
}

/* Where it was last is where it may still be, or where it was read, if what led
 * it was not its own. */
static void
hides_regions_that_were_lost (void)
{
  GstHarness *h = setup (CAPS ("I420", 320, 240), "redact");
  GstBuffer *frame = create_known (h, OF_ANOTHER);
  g_autoptr (GstBuffer) hidden = NULL;
  const gdouble box[8] = BOX (LEFT, TOP + 90, RIGHT, BOTTOM + 90);
  const gboolean lost = TRUE;

  gst_kakao_ocr_meta_set_boxes (gst_buffer_get_kakao_ocr_meta (frame), box,
      &lost);
  g_object_set (h->element, "fail-closed", FALSE, NULL);
  hidden = overlay_harness_pass (h, frame);
  g_assert_true (is_changed (h, hidden, LEFT, TOP, RIGHT, BOTTOM));
  g_assert_true (is_changed (h, hidden, LEFT, TOP + 90, RIGHT, BOTTOM + 90));
  teardown (h);
}

/* --- What is attached, and what was not read --- */

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

static guint8
get_luma (GstBuffer * frame, gint x, gint y)
{
  guint8 luma;

  gst_buffer_extract (frame, y * 320 + x, &luma, 1);
  return luma;
}

/* Left attached, a sink would draw it over what is hidden. */
static void
hides_what_is_attached_to_frames (void)
{
  static const gchar *fills[] = { "redact", "blur" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (fills); i++) {
    GstHarness *h = setup (CAPS ("I420", 320, 240), fills[i]);
    g_autoptr (GstKakaoOcrResult) result = create_result (h);
    GstBuffer *frame = overlay_frame_new (h, result);
    g_autoptr (GstBuffer) hidden = NULL;

    g_object_set (h->element, "show-boxes", FALSE, NULL);
    attach_square (frame, LEFT + 20, TOP - 30);
    hidden = overlay_harness_pass (h, frame);
    g_assert_null (gst_buffer_get_video_overlay_composition_meta (hidden));
    g_assert_cmpuint (get_luma (hidden, LEFT + 30, TOP + 10), <, 200);
    g_assert_cmpuint (get_luma (hidden, LEFT + 30, TOP - 25), >, 220);
    teardown (h);
  }
}

static void
blanks_what_is_attached_with_the_frame (void)
{
  GstHarness *h = setup (CAPS ("I420", 320, 240), "redact");
  GstBuffer *frame = overlay_frame_new (h, NULL);
  g_autoptr (GstBuffer) blank = NULL;

  attach_square (frame, 50, 50);
  blank = overlay_harness_pass (h, frame);
  g_assert_null (gst_buffer_get_video_overlay_composition_meta (blank));
  g_assert_cmpuint (get_luma (blank, 60, 60), ==, 16);
  teardown (h);
}

static void
blanks_what_was_not_read_of_a_frame (void)
{
  static const struct
  {
    gint unread[2][4];          /* of two results; no width: of one only */
    gboolean closed;
    gboolean left, middle, right;       /* what is black */
  } cases[] = {
    {{{0, 0, 160, 240}}, TRUE, TRUE, FALSE, FALSE},
    {{{0, 0, 160, 240}}, FALSE, FALSE, FALSE, FALSE},
    {{{0, 0, 320, 240}}, TRUE, TRUE, TRUE, TRUE},
    /* What one has not read, the other one has. */
    {{{0, 0, 200, 240}, {100, 0, 220, 240}}, TRUE, FALSE, TRUE, FALSE},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstHarness *h = setup (CAPS ("I420", 320, 240), "redact");
    GstBuffer *frame = overlay_frame_new (h, NULL);
    g_autoptr (GstBuffer) hidden = NULL;
    guint j;

    for (j = 0; j < 2 && cases[i].unread[j][2] > 0; j++) {
      const gint *part = cases[i].unread[j];
      g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new (0, 320,
          240, NULL, 0, FALSE, 0);

      gst_kakao_ocr_result_add_unread (result, part[0], part[1], part[2],
          part[3]);
      gst_buffer_add_kakao_ocr_meta (frame, result);
    }
    g_object_set (h->element, "fail-closed", cases[i].closed, NULL);
    hidden = overlay_harness_pass (h, frame);
    g_assert_cmpint (get_luma (hidden, 50, 100) == 16, ==, cases[i].left);
    g_assert_cmpint (get_luma (hidden, 180, 100) == 16, ==, cases[i].middle);
    g_assert_cmpint (get_luma (hidden, 310, 100) == 16, ==, cases[i].right);
    assert_warning (h, "is not read");
    teardown (h);
  }
}

/* Memory that nobody may write to is copied. */
static void
copies_frames_that_are_read_only (void)
{
  GstHarness *h = setup (CAPS ("I420", 320, 240), "redact");
  g_autoptr (GstKakaoOcrResult) result = create_result (h);
  gsize size = overlay_harness_get_info (h).size;
  g_autofree guint8 *pixels = g_malloc (size);
  GstBuffer *frame = gst_buffer_new_wrapped_full (GST_MEMORY_FLAG_READONLY,
      pixels, size, 0, size, NULL, NULL);
  g_autoptr (GstBuffer) hidden = NULL;

  memset (pixels, GRAY, size);
  GST_BUFFER_PTS (frame) = 0;
  gst_buffer_add_kakao_ocr_meta (frame, result);
  hidden = overlay_harness_pass (h, frame);
  g_assert_true (is_changed (h, hidden, LEFT, TOP, RIGHT, BOTTOM));
  g_assert_cmpuint (pixels[(TOP + 5) * 320 + LEFT + 5], ==, GRAY);
  teardown (h);
}

static void
lets_no_frame_pass_that_it_cannot_mask (void)
{
  GstHarness *h = setup (CAPS ("RGB8P", 320, 240), "redact");
  g_autoptr (GstMessage) message = NULL;
  GstBuffer *frame = create_known (h, NOT_THERE);

  g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_ERROR);
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 0);
  message = pop_message (h, GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_true (GST_MESSAGE_SRC (message) == GST_OBJECT (h->element));
  teardown (h);
}

int
main (int argc, char **argv)
{
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(name) g_test_add_func ("/kakaoocroverlay/fill/" #name, name)
  ADD (redacts_and_blurs_the_text_alone);
  ADD (hides_what_a_sink_draws_the_boxes_on);
  ADD (does_not_write_into_frames_that_others_hold);
  ADD (counts_from_the_crop);
  ADD (hides_the_text_after_scaling);
  ADD (tints_the_text_and_labels_it);
  ADD (changes_its_fill_while_playing);
  ADD (fills_and_draws_only_what_matches);
  ADD (refuses_a_wrong_pattern_and_keeps_the_old_one);
  ADD (blanks_frames_without_a_result_of_their_own);
  ADD (draws_nothing_on_what_it_blanked);
  ADD (hides_what_is_attached_to_frames);
  ADD (blanks_what_is_attached_with_the_frame);
  ADD (blanks_what_was_not_read_of_a_frame);
  ADD (copies_frames_that_are_read_only);
  ADD (asks_for_no_result_unless_it_hides_text);
  ADD (hides_regions_that_were_lost);
  ADD (lets_no_frame_pass_that_it_cannot_mask);
#undef ADD
  ret = g_test_run ();
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
