/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Masks that are held on the frames around those that have a text: which frames
 * they are on, and where.
 */
#include <string.h>

#include "../../testrows.h"
#include "heldharness.h"

static gboolean
is_masked_at (GstHarness * h, GstBuffer * frame, gint x, gint y)
{
  GstVideoInfo info = overlay_harness_get_info (h);
  guint8 level;

  gst_buffer_extract (frame, y * info.stride[0] + x, &level, 1);
  return level <= 16;
}

static void
hides_a_text_that_readings_missed (void)
{
  static const gchar *fills[] = { "redact", "blur" };
  guint i, f;

  for (f = 0; f < G_N_ELEMENTS (fills); f++) {
    GstHarness *h = held_harness_new ("I420");

    gst_util_set_object_arg (G_OBJECT (h->element), "fill", fills[f]);
    for (i = 0; i < 30; i++)
      held_harness_push (h, i, LEFT,
          i != 0 && i != 7 && i != 14 && i != 15 && i != 16 && i != 29);
    held_harness_end (h);
    for (i = 0; i < 30; i++) {
      g_autoptr (GstBuffer) frame = held_harness_pull (h, i);

      g_test_message ("%s %u", fills[f], i);
      /* The mean of the noise is brighter than gray. */
      if (f == 0)
        g_assert_cmpuint (held_frame_count_seen (h, frame), ==, 0);
      else
        g_assert_cmpuint (
            held_frame_count_seen (h, frame), >, TEXT_WIDTH * TEXT_HEIGHT);
    }
    held_harness_free (h);
  }
}

static void
holds_a_mask_so_long_before_and_after_its_text (void)
{
  GstHarness *h = held_harness_new ("I420");
  guint i;

  for (i = 0; i < 60; i++)
    held_harness_push (h, i, LEFT, i >= 25 && i < 30);
  held_harness_end (h);
  for (i = 0; i < 60; i++) {
    g_autoptr (GstBuffer) frame = held_harness_pull (h, i);
    gboolean hidden = i >= 25 - HOLD && i < 30 + HOLD;

    g_test_message ("%u", i);
    g_assert_cmpuint (held_frame_count_seen (h, frame), ==,
        hidden ? 0 : TEXT_WIDTH * TEXT_HEIGHT);
  }
  held_harness_free (h);
}

/* A reading that failed leaves no result: the frame is hidden whole, and those
 * around it are not for that. */
static void
holds_on_over_frames_without_a_result (void)
{
  GstHarness *h = held_harness_new ("I420");
  guint i;

  for (i = 0; i < 20; i++) {
    GstBuffer *frame = held_frame_new (h, i, LEFT, i < 10);

    if (i == 10)
      gst_buffer_remove_meta (frame,
          &gst_buffer_get_kakao_ocr_meta (frame)->meta);
    g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
  }
  held_harness_end (h);
  for (i = 0; i < 20; i++) {
    g_autoptr (GstBuffer) frame = held_harness_pull (h, i);

    g_assert_cmpuint (held_frame_count_seen (h, frame), ==, 0);
    g_assert_cmpint (is_masked_at (h, frame, 5, 5), ==, i == 10);
  }
  held_harness_free (h);
}

/* Only the words that a pattern means are held. */
static void
holds_what_the_pattern_means (void)
{
  GstHarness *h = held_harness_new ("I420");
  guint i, j;

  for (j = 0; j < 2; j++) {
    g_object_set (h->element, "text-pattern", j ? "4111" : "other", NULL);
    for (i = 0; i < 3; i++)
      held_harness_push (h, 20 * j + i, LEFT, i != 1);
    g_object_set (h->element, "hold", 0, NULL);
    held_harness_push (h, 20 * j + 3, LEFT, TRUE);
    g_object_set (h->element, "hold", 500, NULL);
    for (i = 0; i < 4; i++) {
      g_autoptr (GstBuffer) frame = held_harness_pull (h, 20 * j + i);

      g_assert_cmpint (held_frame_count_seen (h, frame) == 0, ==, j == 1);
    }
  }
  held_harness_free (h);
}

static void
held_masks_move_with_the_picture (void)
{
  static const gchar *formats[] = { "I420", "GRAY8" };
  guint i, f;

  for (f = 0; f < G_N_ELEMENTS (formats); f++) {
    GstHarness *h = held_harness_new (formats[f]);

    for (i = 0; i < 30; i++)
      held_harness_push (h, i, LEFT + 4 * i, i < 8 || i >= 18);
    held_harness_end (h);
    for (i = 0; i < 30; i++) {
      g_autoptr (GstBuffer) frame = held_harness_pull (h, i);

      g_test_message ("%s %u", formats[f], i);
      g_assert_cmpuint (held_frame_count_seen (h, frame), ==, 0);
    }
    held_harness_free (h);
  }
}

/* Nobody has to ask that a reading that missed a text shows none of it. */
static void
masks_are_held_unless_it_is_set_otherwise (void)
{
  g_autoptr (GstElement) overlay =
      gst_element_factory_make ("kakaoocroverlay", NULL);
  guint hold = 0;

  gst_object_ref_sink (overlay);
  g_object_get (overlay, "hold", &hold, NULL);
  g_assert_cmpuint (hold, ==, 500);
}

/* The other field is half a frame ahead of the one that was read, or behind. */
static const struct
{
  const gchar *name, *mode;
  gint ahead;
  gboolean masked;
} fields[] = {
  {"interleaved", "interleaved", 10, TRUE},
  {"interleaved-behind", "interleaved", -10, TRUE},
  {"mixed", "mixed", 10, TRUE},
  {"mixed-behind", "mixed", -10, TRUE},
  {"progressive", "progressive", 10, FALSE},
  {"progressive-behind", "progressive", -10, FALSE},
};

static void
both_fields_of_a_frame_are_masked (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  GstHarness *h = held_harness_new ("GRAY8");
  g_autofree gchar *caps = g_strdup_printf ("video/x-raw,format=GRAY8,"
      "width=%d,height=%d,framerate=25/1,interlace-mode=%s", WIDTH, HEIGHT,
      fields[row].mode);
  guint n_seen = 0, i;

  gst_harness_set_src_caps_str (h, caps);
  for (i = 0; i < 8; i++) {
    GstBuffer *frame = held_frame_new (h, i, LEFT + 20 * i, TRUE);
    g_autoptr (GstBuffer) other
        = held_frame_new (h, i, LEFT + 20 * i + fields[row].ahead, TRUE);
    GstMapInfo from, to;
    gint y;

    g_assert_true (gst_buffer_map (other, &from, GST_MAP_READ));
    g_assert_true (gst_buffer_map (frame, &to, GST_MAP_WRITE));
    for (y = 1; y < HEIGHT; y += 2)
      memcpy (to.data + y * WIDTH, from.data + y * WIDTH, WIDTH);
    gst_buffer_unmap (other, &from);
    gst_buffer_unmap (frame, &to);
    if (g_str_equal (fields[row].mode, "mixed"))
      GST_BUFFER_FLAG_SET (frame, GST_VIDEO_BUFFER_FLAG_INTERLACED);
    g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
  }
  held_harness_end (h);
  for (i = 0; i < 8; i++) {
    g_autoptr (GstBuffer) frame = held_harness_pull (h, i);

    /* The first one has none before it, the last one no next. */
    if (i > 0 && i < 7)
      n_seen += held_frame_count_seen (h, frame);
  }
  g_assert_cmpint (n_seen == 0, ==, fields[row].masked);
  held_harness_free (h);
}

/* A stream that goes on at another size. */
static void
masks_are_held_over_a_change_of_size (void)
{
  GstHarness *h = held_harness_new ("GRAY8");
  guint i;

  for (i = 0; i < 3; i++)
    held_harness_push (h, i, LEFT, i < 2);
  gst_harness_set_src_caps_str (h,
      "video/x-raw,format=GRAY8,width=640,height=480,framerate=25/1");
  for (i = 3; i < 6; i++) {
    g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new (i * FRAME,
        640, 480, NULL, 0, FALSE, 0);
    GstBuffer *frame = overlay_frame_new (h, result);

    GST_BUFFER_PTS (frame) = i * FRAME;
    g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
  }
  held_harness_end (h);
  for (i = 0; i < 6; i++) {
    g_autoptr (GstBuffer) frame = held_harness_pull (h, i);
    gint scale = i < 3 ? 1 : 2, x, y;
    guint8 level;

    for (y = TOP * scale; y < (TOP + TEXT_HEIGHT) * scale; y++) {
      for (x = LEFT * scale; x < (LEFT + TEXT_WIDTH) * scale; x++) {
        gst_buffer_extract (frame, y * WIDTH * scale + x, &level, 1);
        g_assert_cmpuint (level, <=, 16);
      }
    }
  }
  held_harness_free (h);
}

#define TESTS "/kakaoocroverlay/hold/"

int
main (int argc, char **argv)
{
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (hides_a_text_that_readings_missed);
  ADD (holds_a_mask_so_long_before_and_after_its_text);
  ADD (holds_on_over_frames_without_a_result);
  ADD (holds_what_the_pattern_means);
  ADD (masks_are_held_unless_it_is_set_otherwise);
  ADD (held_masks_move_with_the_picture);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    ADD_ROW (both_fields_of_a_frame_are_masked, fields[i].name,
        GUINT_TO_POINTER (i));
  ADD (masks_are_held_over_a_change_of_size);
  ret = g_test_run ();
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
