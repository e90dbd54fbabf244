/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocroverlay with a fill: what becomes of frames, and parts of them, whose
 * text is not known.
 */
#include "../../testrows.h"
#include "fillharness.h"

/* Black in the middle of the text and at the frame's corner: what is blanked
 * is so there too. */
static gboolean
is_blank (GstHarness *h, GstBuffer *frame)
{
  return fill_harness_is_changed (h, frame, 0, 0, 4, 4);
}

typedef enum
{
  NOT_THERE,
  OWN,
  OF_ANOTHER,
  UNCHANGED,
  TRUNCATED,
  DROPPED,
  WITHOUT_TIME,
  TWO_OF_WHICH_ONE_IS_OLD
} Known;

static GstBuffer *
create_known (GstHarness *h, Known known)
{
  GstKakaoOcrRegion region
      = { (gchar *)"Text", NULL, BOX (LEFT, TOP, RIGHT, BOTTOM), 1, 0 };
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new (
      known == OF_ANOTHER || known == UNCHANGED ? 5 : 0, 320, 240, &region, 1,
      known == TRUNCATED, 0);
  g_autoptr (GstKakaoOcrResult) old
      = gst_kakao_ocr_result_new (5, 320, 240, NULL, 0, FALSE, 0);
  GstBuffer *frame;

  if (known == DROPPED)
    gst_kakao_ocr_result_set_regions_dropped (result, 1);
  frame = overlay_frame_new (h, known == NOT_THERE ? NULL : result);
  if (known == UNCHANGED)
    gst_kakao_ocr_meta_set_last_seen (
        gst_buffer_get_kakao_ocr_meta (frame), GST_BUFFER_PTS (frame));
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
    { NOT_THERE, TRUE, "no result" },
    { OWN, FALSE, NULL },
    { OF_ANOTHER, TRUE, "of another" },
    { UNCHANGED, FALSE, "not read" },
    { TRUNCATED, TRUE, "more text" },
    { DROPPED, TRUE, "nobody can tell where" },
    { WITHOUT_TIME, TRUE, "time stamps" },
    { TWO_OF_WHICH_ONE_IS_OLD, TRUE, "of another" },
  };
  static const gchar *fills[] = { "redact", "blur" };
  guint i, j, closed;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    for (j = 0; j < G_N_ELEMENTS (fills); j++) {
      for (closed = 0; closed < 2; closed++) {
        GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), fills[j]);
        guint frame;

        g_object_set (h->element, "fail-closed", closed, NULL);
        for (frame = 0; frame < 3; frame++) {
          g_autoptr (GstBuffer) passed
              = overlay_harness_pass (h, create_known (h, cases[i].known));
          gboolean blank = closed && cases[i].blank;

          g_assert_cmpint (is_blank (h, passed), ==, blank);
          /* The box on it, or nothing. */
          g_assert_cmpint (
              fill_harness_is_changed (h, passed, LEFT, TOP - 2, RIGHT, TOP),
              ==, blank || cases[i].known != NOT_THERE);
        }
        fill_harness_assert_warning (h, cases[i].warning);
        fill_harness_free (h);
      }
    }
  }
}

static void
draws_nothing_on_what_it_blanked (void)
{
  GstHarness *h = fill_harness_new (CAPS ("BGRx", 320, 240), "redact");
  g_autoptr (GstBuffer) blank
      = overlay_harness_pass (h, create_known (h, OF_ANOTHER));
  GstMapInfo map;
  gsize i;

  g_assert_true (gst_buffer_map (blank, &map, GST_MAP_READ));
  for (i = 0; i < map.size; i += 4)
    g_assert_true (
        map.data[i] == 0 && map.data[i + 1] == 0 && map.data[i + 2] == 0);
  gst_buffer_unmap (blank, &map);
  fill_harness_free (h);
}

static void
asks_for_no_result_unless_it_hides_text (void)
{
  static const gchar *fills[] = { "none", "tint" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (fills); i++) {
    GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), fills[i]);
    g_autoptr (GstBuffer) passed
        = overlay_harness_pass (h, create_known (h, NOT_THERE));

    g_assert_false (fill_harness_is_changed (h, passed, 0, 0, 320, 240));
    fill_harness_assert_warning (h, NULL);
    fill_harness_free (h);
  }
}

/* Where it was last is where it may still be, or where it was read, if what led
 * it was not its own. */
static void
hides_regions_that_were_lost (void)
{
  GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), "redact");
  GstBuffer *frame = create_known (h, OF_ANOTHER);
  g_autoptr (GstBuffer) hidden = NULL;
  const gdouble box[8] = BOX (LEFT, TOP + 90, RIGHT, BOTTOM + 90);
  const gboolean lost = TRUE;

  gst_kakao_ocr_meta_set_boxes (
      gst_buffer_get_kakao_ocr_meta (frame), box, &lost);
  g_object_set (h->element, "fail-closed", FALSE, NULL);
  hidden = overlay_harness_pass (h, frame);
  g_assert_true (fill_harness_is_changed (h, hidden, LEFT, TOP, RIGHT, BOTTOM));
  g_assert_true (
      fill_harness_is_changed (h, hidden, LEFT, TOP + 90, RIGHT, BOTTOM + 90));
  fill_harness_free (h);
}

static void
blanks_what_was_not_read_of_a_frame (void)
{
  static const struct
  {
    gint unread[2][4]; /* of two results; no width: of one only */
    gboolean closed;
    gboolean left, middle, right; /* what is black */
  } cases[] = {
    { { { 0, 0, 160, 240 } }, TRUE, TRUE, FALSE, FALSE },
    { { { 0, 0, 160, 240 } }, FALSE, FALSE, FALSE, FALSE },
    { { { 0, 0, 320, 240 } }, TRUE, TRUE, TRUE, TRUE },
    /* What one has not read, the other one has. */
    { { { 0, 0, 200, 240 }, { 100, 0, 220, 240 } }, TRUE, FALSE, TRUE, FALSE },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstHarness *h = fill_harness_new (CAPS ("I420", 320, 240), "redact");
    GstBuffer *frame = overlay_frame_new (h, NULL);
    g_autoptr (GstBuffer) hidden = NULL;
    guint j;

    for (j = 0; j < 2 && cases[i].unread[j][2] > 0; j++) {
      const gint *part = cases[i].unread[j];
      g_autoptr (GstKakaoOcrResult) result
          = gst_kakao_ocr_result_new (0, 320, 240, NULL, 0, FALSE, 0);

      gst_kakao_ocr_result_add_unread (
          result, part[0], part[1], part[2], part[3]);
      gst_buffer_add_kakao_ocr_meta (frame, result);
    }
    g_object_set (h->element, "fail-closed", cases[i].closed, NULL);
    hidden = overlay_harness_pass (h, frame);
    g_assert_cmpint (
        fill_harness_get_luma (hidden, 50, 100) == 16, ==, cases[i].left);
    g_assert_cmpint (
        fill_harness_get_luma (hidden, 180, 100) == 16, ==, cases[i].middle);
    g_assert_cmpint (
        fill_harness_get_luma (hidden, 310, 100) == 16, ==, cases[i].right);
    fill_harness_assert_warning (h, "is not read");
    fill_harness_free (h);
  }
}

static void
lets_no_frame_pass_that_it_cannot_mask (void)
{
  GstHarness *h = fill_harness_new (CAPS ("RGB8P", 320, 240), "redact");
  g_autoptr (GstMessage) message = NULL;
  GstBuffer *frame = create_known (h, NOT_THERE);

  g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_ERROR);
  g_assert_cmpuint (gst_harness_buffers_in_queue (h), ==, 0);
  message = fill_harness_pop_message (h, GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_true (GST_MESSAGE_SRC (message) == GST_OBJECT (h->element));
  fill_harness_free (h);
}

#define TESTS "/kakaoocroverlay/unread/"

int
main (int argc, char **argv)
{
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (blanks_frames_without_a_result_of_their_own);
  ADD (draws_nothing_on_what_it_blanked);
  ADD (asks_for_no_result_unless_it_hides_text);
  ADD (hides_regions_that_were_lost);
  ADD (blanks_what_was_not_read_of_a_frame);
  ADD (lets_no_frame_pass_that_it_cannot_mask);
  ret = g_test_run ();
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
