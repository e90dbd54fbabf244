/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cropharness.h"

GstHarness *
setup_crop (const gchar * caps)
{
  GstHarness *h = gst_harness_new ("kakaoocrcrop");

  gst_harness_set (h, "kakaoocrcrop", "best-shot", FALSE, "padding", 0, NULL);
  gst_harness_set_src_caps_str (h, caps);
  return h;
}

GstVideoInfo
info_of_pad (GstPad * pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstVideoInfo info;

  g_assert_true (gst_video_info_from_caps (&info, caps));
  return info;
}

GstBuffer *
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

GstKakaoOcrRegion
create_region (const gchar * text, guint64 track)
{
  return (GstKakaoOcrRegion) {
  (gchar *) text, NULL, BOX (40, 30, 100, 50), 1, track};
}

GstBuffer *
add_result (GstBuffer * frame, const GstKakaoOcrRegion * regions,
    guint n_regions)
{
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new
      (GST_BUFFER_PTS (frame), WIDTH, HEIGHT, regions, n_regions, FALSE, 0);

  gst_buffer_add_kakao_ocr_meta (frame, result);
  return frame;
}

GstBuffer *
create_read_frame (GstHarness * h, guint number,
    const GstKakaoOcrRegion * regions, guint n_regions)
{
  return add_result (create_frame (h, number), regions, n_regions);
}

gchar *
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

void
assert_texts (GstHarness * h, GstBuffer * frame, const gchar * expected)
{
  g_autofree gchar *texts = push_and_read (h, frame);

  g_assert_cmpstr (texts, ==, expected);
}

static guint8
get_gray (const GstVideoFrame * picture, gint x, gint y)
{
  const guint8 *p = (guint8 *) picture->data[0] +
      y * GST_VIDEO_FRAME_PLANE_STRIDE (picture, 0) + 3 * x;

  g_assert_cmpint (ABS (p[0] - p[1]), <=, 2);
  g_assert_cmpint (ABS (p[1] - p[2]), <=, 2);
  return p[1];
}

void
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
