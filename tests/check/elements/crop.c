/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrcrop: results on frames in, pictures of their texts out.
 */
#include <gst/check/gstharness.h>
#include <gst/kakaoocr/kakaoocr.h>
#include <gst/video/video.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define WIDTH 160
#define HEIGHT 120
#define FRAME_DURATION (40 * GST_MSECOND)
#define CAPS(format) "video/x-raw,format=" format \
    ",width=160,height=120,framerate=25/1"
#define BOX(left, top, right, bottom) \
  {left, top, right, top, right, bottom, left, bottom}

static GstHarness *
setup_crop (const gchar * caps)
{
  GstHarness *h = gst_harness_new ("kakaoocrcrop");

  gst_harness_set_src_caps_str (h, caps);
  return h;
}

static GstVideoInfo
info_of_pad (GstPad * pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstVideoInfo info;

  g_assert_true (gst_video_info_from_caps (&info, caps));
  return info;
}

/* Black with a light box from 40,30 to 100,50. */
static GstBuffer *
create_frame (GstHarness * h, guint number)
{
  GstVideoInfo info = info_of_pad (h->srcpad), rgb;
  GstBuffer *frame = gst_buffer_new_allocate (NULL, info.size, NULL);
  g_autoptr (GstBuffer) drawn = NULL;
  GstVideoConverter *converter;
  GstVideoFrame from, to;
  gint y;

  gst_video_info_set_format (&rgb, GST_VIDEO_FORMAT_RGB, WIDTH, HEIGHT);
  rgb.fps_n = info.fps_n;
  rgb.fps_d = info.fps_d;
  rgb.interlace_mode = info.interlace_mode;
  drawn = gst_buffer_new_allocate (NULL, rgb.size, NULL);
  gst_buffer_memset (drawn, 0, 0, rgb.size);
  for (y = 30; y < 50; y++)
    gst_buffer_memset (drawn, y * rgb.stride[0] + 3 * 40, 200, 3 * 60);
  g_assert_true (gst_video_frame_map (&from, &rgb, drawn, GST_MAP_READ));
  g_assert_true (gst_video_frame_map (&to, &info, frame, GST_MAP_WRITE));
  converter = gst_video_converter_new (&rgb, &info, NULL);
  gst_video_converter_frame (converter, &from, &to);
  gst_video_converter_free (converter);
  gst_video_frame_unmap (&from);
  gst_video_frame_unmap (&to);
  GST_BUFFER_PTS (frame) = number * FRAME_DURATION;
  GST_BUFFER_DURATION (frame) = FRAME_DURATION;
  return frame;
}

static GstKakaoOcrRegion
create_region (const gchar * text, guint64 track)
{
  return (GstKakaoOcrRegion) {
  (gchar *) text, NULL, BOX (40, 30, 100, 50), 1, track};
}

/* A result of its own, of the regions, on frame. */
static GstBuffer *
add_result (GstBuffer * frame, const GstKakaoOcrRegion * regions,
    guint n_regions)
{
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new
      (GST_BUFFER_PTS (frame), WIDTH, HEIGHT, regions, n_regions, FALSE, 0);

  gst_buffer_add_kakao_ocr_meta (frame, result);
  return frame;
}

/* A frame with a result of its own of the regions. */
static GstBuffer *
create_read_frame (GstHarness * h, guint number,
    const GstKakaoOcrRegion * regions, guint n_regions)
{
  return add_result (create_frame (h, number), regions, n_regions);
}

/* The texts of the pictures that come of it, blanks between. */
static gchar *
push_and_read (GstHarness * h, GstBuffer * frame)
{
  g_autoptr (GString) texts = g_string_new (NULL);
  GstBuffer *picture;

  g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
  while ((picture = gst_harness_try_pull (h))) {
    GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (picture);

    g_assert_nonnull (meta);
    g_string_append_printf (texts, "%s%s", texts->len > 0 ? " " : "",
        gst_kakao_ocr_result_get_text (meta->result));
    gst_buffer_unref (picture);
  }
  return g_string_free (g_steal_pointer (&texts), FALSE);
}

static void
assert_texts (GstHarness * h, GstBuffer * frame, const gchar * expected)
{
  g_autofree gchar *texts = push_and_read (h, frame);

  g_assert_cmpstr (texts, ==, expected);
}

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
  g_autoptr (GstBuffer) frame = create_frame (h, 0);
  guint i;

  for (i = 1; i < 10000; i++) {
    const GstKakaoOcrRegion regions[] = { create_region ("stays", 1),
      create_region ("new", i + 1)
    };

    assert_texts (h, add_result (gst_buffer_copy (frame), regions, 2),
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

static guint8
get_gray (const GstVideoFrame * picture, gint x, gint y)
{
  const guint8 *p = (guint8 *) picture->data[0] +
      y * GST_VIDEO_FRAME_PLANE_STRIDE (picture, 0) + 3 * x;

  g_assert_cmpint (ABS (p[0] - p[1]), <=, 2);
  g_assert_cmpint (ABS (p[1] - p[2]), <=, 2);
  return p[1];
}

/* Pushes a frame with region and expects one picture: the light box, which
 * begins after so many dark columns and rows and fills the rest but as many. */
static void
assert_picture (GstHarness * h, const GstKakaoOcrRegion * region, gint width,
    gint height, gint dark)
{
  g_autoptr (GstBuffer) picture = NULL;
  GstVideoInfo info;
  GstVideoFrame frame;
  gint x, y;

  picture = gst_harness_push_and_pull (h, create_read_frame (h, 3, region, 1));
  g_assert_nonnull (picture);
  info = info_of_pad (h->sinkpad);
  g_assert_cmpint (GST_VIDEO_INFO_FORMAT (&info), ==, GST_VIDEO_FORMAT_RGB);
  g_assert_cmpint (info.width, ==, width);
  g_assert_cmpint (info.height, ==, height);
  g_assert_cmpint (info.fps_n, ==, 0);
  g_assert_cmpuint (GST_BUFFER_PTS (picture), ==, 3 * FRAME_DURATION);
  g_assert_true (gst_video_frame_map (&frame, &info, picture, GST_MAP_READ));
  for (y = 0; y < height; y++) {
    for (x = 0; x < width; x++) {
      gboolean light = x >= dark && x < width - dark && y >= dark
          && y < height - dark;

      g_assert_cmpint (ABS (get_gray (&frame, x, y) - (light ? 200 : 0)), <, 6);
    }
  }
  gst_video_frame_unmap (&frame);
}

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

  g_object_set (h->element, "rectify", FALSE, "padding", 40, NULL);
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

/* --- As a stream --- */

static void
stream_is_announced_at_once (void)
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

  gst_harness_set_src_caps_str (h, CAPS ("I420"));
  g_assert_cmpint (gst_harness_push (h, create_frame (h, 0)), ==, GST_FLOW_OK);
  g_assert_cmpint (gst_harness_push (h, create_read_frame (h, 1, &region, 1)),
      ==, GST_FLOW_NOT_LINKED);
  gst_harness_teardown (h);

  h = gst_harness_new ("kakaoocrcrop");
  gst_harness_set_sink_caps_str (h, "video/x-raw,format=RGB,width=7");
  gst_harness_set_src_caps_str (h, CAPS ("I420"));
  g_assert_cmpint (gst_harness_push (h, create_read_frame (h, 0, &region, 1)),
      ==, GST_FLOW_NOT_NEGOTIATED);
  gst_harness_teardown (h);
}

/* --- In pipelines --- */

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
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND,
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
    "videoconvert ! videoscale ! video/x-raw,width=64,height=32 ! "
        "multifilesink"
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
#define ADD(name) g_test_add_func ("/kakaoocrcrop/" #name, name)
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
  ADD (stream_is_announced_at_once);
  ADD (caps_follow_the_size_and_gaps_the_video);
  ADD (caps_of_the_video_may_change);
  ADD (orientation_is_for_what_was_not_turned_yet);
  ADD (a_frame_that_cannot_be_read_is_passed_over);
  ADD (a_flow_that_ends_is_told);
  ADD (silent_branches_do_not_hang);
#undef ADD
  ret = g_test_run ();
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
