/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrcrop: which texts of the results on frames become pictures, and what
 * those show.
 */
#include "cropharness.h"

#include "../../testrows.h"

#define TESTS "/kakaoocrcrop/pictures/"

/* --- Which --- */

static void
each_new_track_is_a_picture (void)
{
  GstHarness *h = setup_crop (CAPS ("I420"));
  const GstKakaoOcrRegion one = create_region ("one", 7);
  const GstKakaoOcrRegion both[] = { create_region ("two", 9),
    create_region ("one", 7)
  };

  assert_texts (h, create_frame (h, 0), "");
  assert_texts (h, create_read_frame (h, 1, &one, 1), "one");
  assert_texts (h, create_read_frame (h, 2, &one, 1), "");
  assert_texts (h, create_read_frame (h, 3, both, 2), "two");
  assert_texts (h, create_read_frame (h, 4, NULL, 0), "");
  assert_texts (h, create_read_frame (h, 5, both, 2), "");
  gst_harness_teardown (h);
}

static void
tracks_of_two_producers_are_apart (void)
{
  GstHarness *h = setup_crop (CAPS ("I420"));
  const GstKakaoOcrRegion region = create_region ("text", 1);

  for (guint producer = 1; producer <= 2; producer++) {
    GstBuffer *frame = create_read_frame (h, producer, &region, 1);

    gst_kakao_ocr_meta_set_producer (gst_buffer_get_kakao_ocr_meta (frame),
        producer);
    assert_texts (h, frame, "text");
  }
  gst_harness_teardown (h);
}

static void
results_without_tracks_are_followed (void)
{
  GstHarness *h = setup_crop (CAPS ("I420"));
  GstKakaoOcrRegion region = create_region ("Departure 18:45", 0);

  for (guint i = 0; i < 4; i++) {
    /* A character misread starts no other text. */
    region.text = (gchar *) (i == 2 ? "Departvre 18:45" : "Departure 18:45");
    assert_texts (h, create_read_frame (h, i, &region, 1),
        i == 0 ? "Departure 18:45" : "");
  }
  region.text = (gchar *) "No smoking";
  assert_texts (h, create_read_frame (h, 9, &region, 1), "No smoking");
  gst_harness_teardown (h);
}

static void
the_words_of_a_line_are_one_picture (void)
{
  GstHarness *h = setup_crop (CAPS ("I420"));
  const GstKakaoOcrRegion words[] = {
    {(gchar *) "Keep", NULL, BOX (40, 30, 60, 50), 1, 3},
    {(gchar *) "other", NULL, BOX (40, 80, 90, 90), 1, 4},
    {(gchar *) "left", NULL, BOX (70, 32, 100, 48), 1, 3},
  };
  g_autoptr (GstBuffer) picture = NULL;
  GstKakaoOcrMeta *meta;
  GstVideoInfo info;

  g_assert_cmpint (gst_harness_push (h, create_read_frame (h, 0, words, 3)),
      ==, GST_FLOW_OK);
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 2);
  picture = gst_harness_pull (h);
  meta = gst_buffer_get_kakao_ocr_meta (picture);
  g_assert_cmpstr (gst_kakao_ocr_result_get_text (meta->result), ==,
      "Keep left");
  g_assert_cmpint (gst_kakao_ocr_result_get_width (meta->result), ==, 60);
  g_assert_cmpint (gst_kakao_ocr_result_get_height (meta->result), ==, 20);
  info = info_of_pad (h->sinkpad);
  /* That of the last one. */
  g_assert_cmpint (info.width, ==, 50);
  g_assert_cmpint (info.height, ==, 10);
  gst_harness_teardown (h);
}

static void
every_region_of_each_result_is_a_picture_when_asked (void)
{
  GstHarness *h = setup_crop (CAPS ("I420"));
  const GstKakaoOcrRegion words[] = { create_region ("a", 3),
    create_region ("b", 3), create_region ("c", 0)
  };
  GstBuffer *frame, *later = create_frame (h, 2);

  gst_harness_set (h, "kakaoocrcrop", "every", TRUE, NULL);
  assert_texts (h, create_read_frame (h, 0, words, 3), "a b c");
  frame = create_read_frame (h, 1, words, 3);
  /* The frame after it carries the same result. */
  gst_buffer_add_kakao_ocr_meta (later,
      gst_buffer_get_kakao_ocr_meta (frame)->result);
  assert_texts (h, frame, "a b c");
  assert_texts (h, later, "");
  gst_harness_teardown (h);
}

static void
after_a_flush_lines_are_new (void)
{
  GstHarness *h = setup_crop (CAPS ("I420"));
  const GstKakaoOcrRegion region = create_region ("again", 7);
  GstSegment segment;

  assert_texts (h, create_read_frame (h, 0, &region, 1), "again");
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_start ()));
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  assert_texts (h, create_read_frame (h, 0, &region, 1), "again");
  gst_harness_teardown (h);
}

/* A set of what was seen that grows for ever would; it must not forget what is
 * still there. */
static void
a_line_that_stays_is_one_picture_among_thousands (void)
{
  GstHarness *h = setup_crop (CAPS ("GRAY8"));
  g_autoptr (GstBuffer) first = create_frame (h, 0);

  for (guint i = 1; i < 10000; i++) {
    const GstKakaoOcrRegion regions[] = { create_region ("stays", 1),
      create_region ("new", i + 1)
    };
    GstBuffer *frame = gst_buffer_copy (first);

    GST_BUFFER_PTS (frame) = i * GST_MSECOND;
    assert_texts (h, add_result (frame, regions, 2),
        i == 1 ? "stays new" : "new");
  }
  gst_harness_teardown (h);
}

static void
texts_outside_make_no_picture (void)
{
  GstHarness *h = setup_crop (CAPS ("I420"));
  const GstKakaoOcrRegion regions[] = {
    {(gchar *) "left", NULL, BOX (-50, 10, -1, 20), 1, 1},
    {(gchar *) "line", NULL, BOX (10, 20, 60, 20), 1, 2},
    {(gchar *) "far", NULL, BOX (2e9, 2e9, 2.1e9, 2.1e9), 1, 3},
    {(gchar *) "half", NULL, BOX (140, 10, 180, 20), 1, 4},
  };

  assert_texts (h, create_read_frame (h, 0, regions, 4), "half");
  gst_harness_teardown (h);
}

/* --- What --- */

static void
every_format_becomes_rgb (void)
{
  static const gchar *caps[] = {
    CAPS ("I420"), CAPS ("NV12"), CAPS ("YV12"), CAPS ("YUY2"), CAPS ("BGRA"),
    CAPS ("ARGB"), CAPS ("RGB"), CAPS ("GRAY8"), CAPS ("GRAY16_LE"),
    CAPS ("P010_10LE"), CAPS ("v210"), CAPS ("Y444_10LE"), CAPS ("ARGB64"),
    CAPS ("NV12_64Z32"), CAPS ("I420") ",colorimetry=bt709",
    CAPS ("I420") ",interlace-mode=interleaved",
    CAPS ("NV12") ",interlace-mode=mixed",
    CAPS ("I420") ",multiview-mode=side-by-side",
  };
  const GstKakaoOcrRegion region = create_region ("box", 1);

  for (guint i = 0; i < G_N_ELEMENTS (caps); i++) {
    GstHarness *h = setup_crop (caps[i]);

    g_test_message ("%s", caps[i]);
    assert_picture (h, &region, 60, 20, 0);
    gst_harness_teardown (h);
  }
}

static void
padding_goes_around (void)
{
  GstHarness *h = setup_crop (CAPS ("I420"));
  const GstKakaoOcrRegion region = create_region ("box", 1);

  gst_harness_set (h, "kakaoocrcrop", "padding", 10, NULL);
  assert_picture (h, &region, 80, 40, 10);
  gst_harness_teardown (h);
}

/* The box at 40,30 – 100,50 as text that runs upwards. */
static void
text_at_an_angle_stands_upright (void)
{
  const GstKakaoOcrRegion region = { (gchar *) "up", NULL,
    {40, 50, 40, 30, 100, 30, 100, 50}, 1, 1
  };
  GstHarness *h = setup_crop (CAPS ("I420"));

  assert_picture (h, &region, 20, 60, 0);
  gst_harness_teardown (h);
}

static void
without_rectify_it_is_the_bounds_in_the_frame (void)
{
  /* Their bounds: 38,28 – 102,52. */
  const GstKakaoOcrRegion region = { (gchar *) "up", NULL,
    {38, 50, 40, 28, 102, 30, 100, 52}, 1, 1
  };
  GstHarness *h = gst_harness_new ("kakaoocrcrop");
  g_autoptr (GstBuffer) picture = NULL;
  GstKakaoOcrMeta *meta;
  gdouble box[GST_KAKAO_OCR_BOX_LEN];
  GstVideoInfo info;

  g_object_set (h->element, "rectify", FALSE, "padding", 40, "best-shot",
      FALSE, NULL);
  gst_harness_set_src_caps_str (h, CAPS ("I420") ",pixel-aspect-ratio=4/3");
  picture = gst_harness_push_and_pull (h, create_read_frame (h, 0, &region, 1));
  info = info_of_pad (h->sinkpad);
  g_assert_cmpint (info.width, ==, 142);
  g_assert_cmpint (info.height, ==, 92);
  g_assert_cmpint (info.par_n, ==, 4);
  meta = gst_buffer_get_kakao_ocr_meta (picture);
  g_assert_true (gst_kakao_ocr_meta_get_box (meta, 0, box));
  g_assert_cmpfloat (box[0], ==, 38);
  g_assert_cmpfloat (box[1], ==, 50);
  gst_harness_teardown (h);
}

static void
wide_pixels_become_square (void)
{
  const GstKakaoOcrRegion region = create_region ("box", 1);
  GstHarness *h = setup_crop (CAPS ("I420") ",pixel-aspect-ratio=2/1");
  GstVideoInfo info;

  gst_buffer_unref (gst_harness_push_and_pull (h, create_read_frame (h, 0,
              &region, 1)));
  info = info_of_pad (h->sinkpad);
  g_assert_cmpint (info.width, ==, 120);
  g_assert_cmpint (info.height, ==, 20);
  g_assert_cmpint (info.par_n, ==, 1);
  gst_harness_teardown (h);
}

static void
a_picture_knows_what_it_shows (void)
{
  const GstKakaoOcrRegion region = { (gchar *) "tilted", NULL,
    {40, 20, 100, 65, 88, 81, 28, 36}, 2, 5
  };
  const gdouble expected[] = { 6, 6, 81, 6, 81, 26, 6, 26 };
  GstHarness *h = setup_crop (CAPS ("NV12"));
  GstBuffer *frame = create_read_frame (h, 4, &region, 1);
  g_autoptr (GstBuffer) picture = NULL;
  GstKakaoOcrMeta *meta;
  gdouble box[GST_KAKAO_OCR_BOX_LEN];
  gint width, height;

  gst_harness_set (h, "kakaoocrcrop", "padding", 6, NULL);
  gst_kakao_ocr_meta_set_producer (gst_buffer_get_kakao_ocr_meta (frame), 77);
  picture = gst_harness_push_and_pull (h, frame);
  meta = gst_buffer_get_kakao_ocr_meta (picture);
  g_assert_nonnull (meta);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_producer (meta), ==, 77);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (meta->result), ==, 1);
  g_assert_cmpstr (gst_kakao_ocr_result_get_region (meta->result, 0)->text, ==,
      "tilted");
  g_assert_cmpuint (gst_kakao_ocr_meta_get_track (meta, 0), ==, 5);
  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (meta->result), ==,
      4 * FRAME_DURATION);
  gst_kakao_ocr_meta_get_frame_size (meta, &width, &height);
  g_assert_cmpint (width, ==, 87);
  g_assert_cmpint (height, ==, 32);
  g_assert_true (gst_kakao_ocr_meta_get_box (meta, 0, box));
  for (guint i = 0; i < GST_KAKAO_OCR_BOX_LEN; i++)
    g_assert_cmpfloat_with_epsilon (box[i], expected[i], 1e-6);
  gst_harness_teardown (h);
}

/* Boxes that motion moved, on a frame of which only a part is to be seen. */
static void
boxes_are_those_of_the_frame (void)
{
  GstHarness *h = setup_crop (CAPS ("I420"));
  GstKakaoOcrRegion region = create_region ("moved", 1);
  const gdouble moved[] = BOX (40, 30, 100, 50);
  GstBuffer *frame;
  GstVideoCropMeta *crop;
  g_autoptr (GstBuffer) picture = NULL;
  GstVideoInfo info;

  region.box[0] = region.box[6] = 0;
  frame = create_read_frame (h, 0, &region, 1);
  gst_kakao_ocr_meta_set_boxes (gst_buffer_get_kakao_ocr_meta (frame), moved,
      NULL);
  crop = gst_buffer_add_video_crop_meta (frame);
  crop->x = 20;
  crop->y = 10;
  crop->width = 70;
  crop->height = 100;
  picture = gst_harness_push_and_pull (h, frame);
  info = info_of_pad (h->sinkpad);
  /* Of 40 – 100 what ends at 90. */
  g_assert_cmpint (info.width, ==, 50);
  g_assert_cmpint (info.height, ==, 20);
  gst_harness_teardown (h);
}

static void
a_layout_of_the_buffers_own_is_seen (void)
{
  GstHarness *h = setup_crop (CAPS ("GRAY8"));
  const GstKakaoOcrRegion region = create_region ("box", 1);
  gsize offset[GST_VIDEO_MAX_PLANES] = { 1000 };
  gint stride[GST_VIDEO_MAX_PLANES] = { 333 };
  GstBuffer *packed = create_read_frame (h, 0, &region, 1);
  GstBuffer *frame = gst_buffer_new_allocate (NULL, 1000 + 333 * HEIGHT, NULL);
  g_autoptr (GstBuffer) picture = NULL;
  GstMapInfo map;

  g_assert_true (gst_buffer_map (packed, &map, GST_MAP_READ));
  for (guint y = 0; y < HEIGHT; y++)
    gst_buffer_fill (frame, 1000 + 333 * y, map.data + WIDTH * y, WIDTH);
  gst_buffer_unmap (packed, &map);
  gst_buffer_add_kakao_ocr_meta (frame,
      gst_buffer_get_kakao_ocr_meta (packed)->result);
  gst_buffer_unref (packed);
  gst_buffer_add_video_meta_full (frame, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_FORMAT_GRAY8, WIDTH, HEIGHT, 1, offset, stride);
  picture = gst_harness_push_and_pull (h, frame);
  gst_buffer_extract (picture, 60 * 3 * 10 + 90, stride, 1);
  g_assert_cmpint (((guint8 *) stride)[0], ==, 200);
  gst_harness_teardown (h);
}

int
main (int argc, char **argv)
{
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (each_new_track_is_a_picture);
  ADD (tracks_of_two_producers_are_apart);
  ADD (results_without_tracks_are_followed);
  ADD (the_words_of_a_line_are_one_picture);
  ADD (every_region_of_each_result_is_a_picture_when_asked);
  ADD (after_a_flush_lines_are_new);
  ADD (a_line_that_stays_is_one_picture_among_thousands);
  ADD (texts_outside_make_no_picture);
  ADD (every_format_becomes_rgb);
  ADD (padding_goes_around);
  ADD (text_at_an_angle_stands_upright);
  ADD (without_rectify_it_is_the_bounds_in_the_frame);
  ADD (wide_pixels_become_square);
  ADD (a_picture_knows_what_it_shows);
  ADD (boxes_are_those_of_the_frame);
  ADD (a_layout_of_the_buffers_own_is_seen);
  ret = g_test_run ();
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
