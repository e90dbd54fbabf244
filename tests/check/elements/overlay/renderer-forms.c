/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The overlay's renderer: how long a drawing is kept, and its form for each
 * kind of frame.
 */
#include "drawncomposition.h"

#include "../../testrows.h"

#define TESTS "/renderer-forms/"

static void
keeps_a_drawing_until_it_changes (void)
{
  GstKakaoOcrRegion region = drawing_region_at ("kept", 100, 50, 220, 90);
  const gdouble moved[8] = BOX (101, 50, 221, 90);
  g_autoptr (KocrOverlayRenderer) renderer
      = drawing_renderer_new (&drawing_default, WIDTH, HEIGHT);
  g_autoptr (GstBuffer) one = drawing_buffer_new (&region, 1, WIDTH, HEIGHT);
  g_autoptr (GstBuffer) copy = gst_buffer_copy (one);
  g_autoptr (GstBuffer) plain = gst_buffer_new ();
  GstVideoOverlayComposition *drawings[6];
  GstVideoInfo info;
  guint i, j;

  drawings[0] = kocr_overlay_renderer_render (renderer, one);
  g_assert_null (kocr_overlay_renderer_render (renderer, plain));
  for (i = 0; i < 2; i++) {
    g_autoptr (GstVideoOverlayComposition) again =
        kocr_overlay_renderer_render (renderer, i ? copy : one);

    g_assert_true (again == drawings[0]);
  }

  gst_kakao_ocr_meta_set_boxes (gst_buffer_get_kakao_ocr_meta (copy), moved,
      NULL);
  drawings[1] = kocr_overlay_renderer_render (renderer, copy);
  drawings[2] = kocr_overlay_renderer_render (renderer, one);
  gst_kakao_ocr_meta_set_tracks (gst_buffer_get_kakao_ocr_meta (one),
      (const guint64[1]) { 5 });
  drawings[3] = kocr_overlay_renderer_render (renderer, one);
  kocr_overlay_renderer_set_style (renderer, &drawing_boxes);
  drawings[4] = kocr_overlay_renderer_render (renderer, one);
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  kocr_overlay_renderer_set_frame (renderer, &info, TRUE);
  drawings[5] = kocr_overlay_renderer_render (renderer, one);

  for (i = 0; i < G_N_ELEMENTS (drawings); i++) {
    for (j = 0; j < i; j++)
      g_assert_true (drawings[i] != drawings[j]);
  }
  for (i = 0; i < G_N_ELEMENTS (drawings); i++)
    gst_video_overlay_composition_unref (drawings[i]);
}

static void
lets_go_of_results_when_reset (void)
{
  GstKakaoOcrRegion region = drawing_region_at ("kept", 100, 50, 220, 90);
  g_autoptr (KocrOverlayRenderer) renderer
      = drawing_renderer_new (&drawing_default, WIDTH, HEIGHT);
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new (0, WIDTH,
      HEIGHT, &region, 1, FALSE, 0);
  GstBuffer *buffer = gst_buffer_new ();

  gst_buffer_add_kakao_ocr_meta (buffer, result);
  gst_video_overlay_composition_unref (kocr_overlay_renderer_render (renderer,
          buffer));
  gst_buffer_unref (buffer);
  g_assert_cmpint (GST_MINI_OBJECT_REFCOUNT_VALUE (result), ==, 2);
  kocr_overlay_renderer_reset (renderer);
  g_assert_cmpint (GST_MINI_OBJECT_REFCOUNT_VALUE (result), ==, 1);
}

static void
makes_colours_of_the_video (void)
{
  const struct
  {
    GstVideoFormat format;
    const gchar *colorimetry;
    guint8 ayuv[4];
  } cases[] = {
    {GST_VIDEO_FORMAT_I420, "bt709", {255, 173, 42, 26}},
    {GST_VIDEO_FORMAT_NV12, "bt601", {255, 145, 54, 34}},
    {GST_VIDEO_FORMAT_P010_10LE, "bt2020", {255, 164, 47, 25}},
    {GST_VIDEO_FORMAT_YUY2, "1:4:0:0", {255, 150, 44, 21}},
    {GST_VIDEO_FORMAT_GRAY8, "bt601", {255, 145, 54, 34}},
  };
  GstKakaoOcrRegion region = drawing_region_at ("x", 0, 0, WIDTH, HEIGHT / 2);
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (KocrOverlayRenderer) renderer = kocr_overlay_renderer_new ();
    g_autoptr (GstBuffer) buffer =
        drawing_buffer_new (&region, 1, WIDTH, HEIGHT);
    g_autoptr (GstVideoOverlayComposition) composition = NULL;
    GstBuffer *pixels;
    GstVideoInfo info;
    GstMapInfo map;

    gst_video_info_set_format (&info, cases[i].format, WIDTH, HEIGHT);
    g_assert_true (gst_video_colorimetry_from_string (&info.colorimetry,
            cases[i].colorimetry));
    kocr_overlay_renderer_set_style (renderer, &drawing_boxes);
    kocr_overlay_renderer_set_frame (renderer, &info, TRUE);
    composition = kocr_overlay_renderer_render (renderer, buffer);
    /* Of this box only the lower edge is to be seen. */
    pixels = gst_video_overlay_rectangle_get_pixels_unscaled_ayuv
        (gst_video_overlay_composition_get_rectangle (composition, 0),
        GST_VIDEO_OVERLAY_FORMAT_FLAG_NONE);
    g_assert_cmpint (gst_buffer_get_video_meta (pixels)->format, ==,
        GST_VIDEO_FORMAT_AYUV);
    g_assert_true (gst_buffer_map (pixels, &map, GST_MAP_READ));
    for (j = 0; j < map.size; j += 4) {
      if (map.data[j] == 255)
        break;
    }
    g_assert_cmpuint (j, <, map.size);
    g_assert_cmpint (abs (map.data[j + 1] - cases[i].ayuv[1]), <=, 1);
    g_assert_cmpint (abs (map.data[j + 2] - cases[i].ayuv[2]), <=, 1);
    g_assert_cmpint (abs (map.data[j + 3] - cases[i].ayuv[3]), <=, 1);
    gst_buffer_unmap (pixels, &map);
  }
}

static void
counts_from_the_crop_only_where_it_is_blended (void)
{
  GstKakaoOcrRegion region = drawing_region_at ("x", 50, 60, 150, 90);
  guint blended;

  for (blended = 0; blended < 2; blended++) {
    g_autoptr (KocrOverlayRenderer) renderer = kocr_overlay_renderer_new ();
    g_autoptr (GstBuffer) buffer =
        drawing_buffer_new (&region, 1, WIDTH, HEIGHT);
    g_autoptr (GstVideoOverlayComposition) composition = NULL;
    GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (buffer);
    g_autofree guint32 *picture = NULL;
    GstVideoInfo info;
    gint x = blended ? 50 : 40, y = blended ? 60 : 54;

    crop->x = 10;
    crop->y = 6;
    crop->width = 400;
    crop->height = 300;
    gst_video_info_set_format (&info, GST_VIDEO_FORMAT_BGRx, WIDTH, HEIGHT);
    kocr_overlay_renderer_set_style (renderer, &drawing_boxes);
    kocr_overlay_renderer_set_frame (renderer, &info, blended);
    composition = kocr_overlay_renderer_render (renderer, buffer);
    picture = drawing_paint (composition, WIDTH, HEIGHT);
    g_assert_cmphex (picture[(y - 1) * WIDTH + x + 20], ==, GREEN);
    g_assert_cmphex (picture[y * WIDTH + x + 20], ==, 0);
  }
}

static void
a_crop_that_nobody_filled_in_is_none (void)
{
  GstKakaoOcrRegion region = drawing_region_at ("x", 50, 60, 150, 90);
  g_autoptr (KocrOverlayRenderer) renderer
      = drawing_renderer_new (&drawing_boxes, WIDTH, HEIGHT);
  g_autoptr (GstBuffer) buffer = drawing_buffer_new (&region, 1, WIDTH, HEIGHT);
  g_autoptr (GstVideoOverlayComposition) composition = NULL;
  g_autofree guint32 *picture = NULL;

  gst_buffer_add_video_crop_meta (buffer);
  composition = kocr_overlay_renderer_render (renderer, buffer);
  picture = drawing_paint (composition, WIDTH, HEIGHT);
  g_assert_cmphex (picture[59 * WIDTH + 70], ==, GREEN);
}

static void
stretches_letters_where_pixels_are_not_square (void)
{
  GstKakaoOcrRegion region =
      drawing_region_at ("Stretched text", 50, 160, 350, 190);
  guint pixels[2], i;

  for (i = 0; i < 2; i++) {
    g_autoptr (KocrOverlayRenderer) renderer = kocr_overlay_renderer_new ();
    g_autoptr (GstBuffer) buffer =
        drawing_buffer_new (&region, 1, WIDTH, HEIGHT);
    g_autoptr (GstVideoOverlayComposition) composition = NULL;
    g_autofree guint32 *picture = NULL;
    GstVideoInfo info;

    gst_video_info_set_format (&info, GST_VIDEO_FORMAT_BGRx, WIDTH, HEIGHT);
    info.par_n = i ? 2 : 1;
    kocr_overlay_renderer_set_style (renderer, &drawing_text);
    kocr_overlay_renderer_set_frame (renderer, &info, TRUE);
    composition = kocr_overlay_renderer_render (renderer, buffer);
    picture = drawing_paint (composition, WIDTH, HEIGHT);
    pixels[i] = drawing_count_pixels (picture, WIDTH, HEIGHT, 0x80000000);
  }
  g_assert_cmpuint (pixels[1], >, 4 * pixels[0] / 10);
  g_assert_cmpuint (pixels[1], <, 6 * pixels[0] / 10);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (keeps_a_drawing_until_it_changes);
  ADD (lets_go_of_results_when_reset);
  ADD (makes_colours_of_the_video);
  ADD (counts_from_the_crop_only_where_it_is_blended);
  ADD (a_crop_that_nobody_filled_in_is_none);
  ADD (stretches_letters_where_pixels_are_not_square);
  return g_test_run ();
}
