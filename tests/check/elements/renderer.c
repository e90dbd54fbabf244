/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The overlay's renderer: what it draws, where, and how often.
 */
#include "overlayrenderer.h"

#include <math.h>
#include <string.h>

#define FONT "Noto Sans CJK KR 14"
#define WIDTH 640
#define HEIGHT 360
#define GREEN 0xff00ff00u

#define BOX(x0, y0, x1, y1) {x0, y0, x1, y0, x1, y1, x0, y1}

static const OverlayStyle default_style = { TRUE, TRUE, 0, 0.0, FONT };
static const OverlayStyle boxes_only = { TRUE, FALSE, GREEN, 0.0, FONT };
static const OverlayStyle text_only = { FALSE, TRUE, GREEN, 0.0, FONT };

/* --- Helpers --- */

static GstKakaoOcrRegion
region_at (const gchar * text, gdouble left, gdouble top, gdouble right,
    gdouble bottom)
{
  GstKakaoOcrRegion region = { (gchar *) text, NULL,
    BOX (left, top, right, bottom), 1, 0
  };

  return region;
}

static GstBuffer *
create_buffer (const GstKakaoOcrRegion * regions, guint n_regions, gint width,
    gint height)
{
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new (0, width,
      height, regions, n_regions, FALSE, 0);
  GstBuffer *buffer = gst_buffer_new ();

  gst_buffer_add_kakao_ocr_meta (buffer, result);
  return buffer;
}

/* Frames of RGB, so that what is drawn is ARGB. */
static OverlayRenderer *
create_renderer (const OverlayStyle * style, gint width, gint height)
{
  OverlayRenderer *renderer = overlay_renderer_new ();
  GstVideoInfo info;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_BGRx, width, height);
  overlay_renderer_set_style (renderer, style);
  overlay_renderer_set_frame (renderer, &info, TRUE);
  return renderer;
}

static GstVideoOverlayComposition *
render (const OverlayStyle * style, const GstKakaoOcrRegion * regions,
    guint n_regions, gint width, gint height)
{
  g_autoptr (OverlayRenderer) renderer = create_renderer (style, width, height);
  g_autoptr (GstBuffer) buffer = create_buffer (regions, n_regions, width,
      height);

  return overlay_renderer_render (renderer, buffer);
}

/* What a composition looks like on black, premultiplied ARGB; also checks that
 * nothing of it is outside. */
static guint32 *
paint (GstVideoOverlayComposition * composition, gint width, gint height)
{
  guint32 *picture = g_new0 (guint32, (gsize) width * height);
  guint i, n = composition ?
      gst_video_overlay_composition_n_rectangles (composition) : 0;

  for (i = 0; i < n; i++) {
    GstVideoOverlayRectangle *rectangle =
        gst_video_overlay_composition_get_rectangle (composition, i);
    GstBuffer *pixels = gst_video_overlay_rectangle_get_pixels_unscaled_argb
        (rectangle, GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
    GstMapInfo map;
    gint left, top, x, y;
    guint w, h;

    gst_video_overlay_rectangle_get_render_rectangle (rectangle, &left, &top,
        &w, &h);
    g_assert_cmpint (left, >=, 0);
    g_assert_cmpint (top, >=, 0);
    g_assert_cmpint (left + (gint) w, <=, width);
    g_assert_cmpint (top + (gint) h, <=, height);
    g_assert_true (gst_buffer_map (pixels, &map, GST_MAP_READ));
    g_assert_cmpuint (map.size, ==, 4 * w * h);
    for (y = 0; y < (gint) h; y++) {
      for (x = 0; x < (gint) w; x++) {
        guint32 over = ((guint32 *) map.data)[y * w + x];
        guint32 *under = &picture[(top + y) * width + left + x];
        guint rest = 255 - (over >> 24), shift;

        for (shift = 0; shift < 32; shift += 8)
          g_assert_cmpuint (over >> shift & 0xff, <=, over >> 24);
        over += ((*under >> 24) * rest / 255) << 24 |
            ((*under >> 16 & 0xff) * rest / 255) << 16 |
            ((*under >> 8 & 0xff) * rest / 255) << 8 |
            (*under & 0xff) * rest / 255;
        *under = over;
      }
    }
    gst_buffer_unmap (pixels, &map);
  }
  return picture;
}

static guint
count_pixels (const guint32 * picture, gint width, gint height,
    guint32 at_least)
{
  guint n = 0;
  gint i, shift;

  for (i = 0; i < width * height; i++) {
    for (shift = 0; shift < 32; shift += 8) {
      if ((picture[i] >> shift & 0xff) < (at_least >> shift & 0xff))
        break;
    }
    n += shift == 32;
  }
  return n;
}

/* --- What is drawn --- */

static void
draws_nothing_where_nothing_is (void)
{
  const OverlayStyle nothing = { FALSE, FALSE, 0, 0.0, FONT };
  const struct
  {
    const OverlayStyle *style;
    GstKakaoOcrRegion region;
    guint n_regions;
  } cases[] = {
    {&default_style, region_at ("text", 10, 10, 50, 30), 0},
    {&nothing, region_at ("text", 10, 10, 50, 30), 1},
    {&text_only, region_at ("", 10, 10, 50, 30), 1},
    {&text_only, region_at (" \n\t\x1b\xe2\x80\xae", 10, 10, 50, 30), 1},
    {&default_style, region_at ("left", -90, 10, -20, 30), 1},
    {&default_style, region_at ("below", 10, HEIGHT + 9, 50, HEIGHT + 29), 1},
    {&boxes_only, region_at ("around", -9, -9, WIDTH + 9, HEIGHT + 9), 1},
    {&default_style, region_at ("far", 1e9, 1e9, 2e9, 1.1e9), 1},
  };
  g_autoptr (OverlayRenderer) renderer = create_renderer (&default_style,
      WIDTH, HEIGHT);
  g_autoptr (GstBuffer) plain = gst_buffer_new ();
  guint i;

  g_assert_null (overlay_renderer_render (renderer, plain));
  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_null (render (cases[i].style, &cases[i].region,
            cases[i].n_regions, WIDTH, HEIGHT));
}

static void
draws_any_box_inside_the_frame (void)
{
  static const gint sizes[][2] = {
    {1, 1}, {2, 3}, {17, 9}, {321, 181}, {360, 640}, {1920, 1080}
  };
  static const gdouble boxes[][8] = {
    BOX (0.3, 0.3, 0.6, 0.4), BOX (0, 0, 1, 1), BOX (-5, -5, 5, 5),
    BOX (-0.1, -0.1, 0.1, 0.1), BOX (0.9, 0.9, 1.1, 1.1),
    BOX (-0.1, 0.9, 0.1, 1.1), BOX (0.9, -0.1, 1.1, 0.1),
    BOX (0.5, 0.5, 0.5, 0.5), BOX (0.2, 0.5, 0.8, 0.5),
    BOX (0.5, 0.1, 0.5, 0.9),
    BOX (0.7, 0.4, 0.3, 0.3),   /* turned by 180 degrees */
    {0.6, 0.2, 0.6, 0.8, 0.5, 0.8, 0.5, 0.2},   /* by 90 */
    {0.2, 0.7, 0.7, 0.2, 0.8, 0.3, 0.3, 0.8},   /* tilted */
    {0.2, 0.2, 0.8, 0.8, 0.8, 0.2, 0.2, 0.8},   /* crossed */
    {0.6, 0.3, 0.3, 0.3, 0.3, 0.4, 0.6, 0.4},   /* mirrored */
    {-1e6, -1e6, 1e6, -1e6, 1e6, 1e6, -1e6, 1e6},
    {-1e5, 0.4, 1e5, 0.5, 1e5, 0.6, -1e5, 0.5},
  };
  guint i, j, k;

  for (i = 0; i < G_N_ELEMENTS (sizes); i++) {
    for (j = 0; j < G_N_ELEMENTS (boxes); j++) {
      GstKakaoOcrRegion region =
          { (gchar *) "한글 Text 42", NULL, {0,}, 1, 0 };
      g_autoptr (GstVideoOverlayComposition) composition = NULL;
      g_autofree guint32 *picture = NULL;

      for (k = 0; k < 8; k++)
        region.box[k] = boxes[j][k] * sizes[i][k % 2];
      composition = render (&default_style, &region, 1, sizes[i][0],
          sizes[i][1]);
      picture = paint (composition, sizes[i][0], sizes[i][1]);
    }
  }
}

/* How far to the right the plate of a text goes. */
static guint
label_pixels (const gchar * text)
{
  GstKakaoOcrRegion region = region_at (text, 20, 100, 60, 130);
  g_autoptr (GstVideoOverlayComposition) composition = render (&text_only,
      &region, 1, WIDTH, HEIGHT);
  g_autofree guint32 *picture = paint (composition, WIDTH, HEIGHT);

  return count_pixels (picture, WIDTH, HEIGHT, 0x80000000);
}

static void
draws_hostile_text_as_text (void)
{
  static const gchar *texts[] = {
    "<b>&amp;</b>", "<span size='900000'>x</span>", "-->", "a\nb\r\nc\td",
    "\x1b[31mred\x1b[0m", "\xe2\x80\xae" "evil" "\xe2\x80\xac",
    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d abc", "\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85",
    "\xf0\x9f\x98\x80 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
    "\xef\xbf\xbf \xef\xbf\xbd \xee\x80\x80", "%s%n%s",
  };
  g_autofree gchar *book = g_strnfill (16384, 'W');
  g_autofree gchar *tower = g_malloc0 (4001);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpuint (label_pixels (texts[i]), >, 0);

  tower[0] = 'a';
  for (i = 1; i + 1 < 4000; i += 2)
    memcpy (tower + i, "\xcc\x81", 2);
  g_assert_cmpuint (label_pixels (tower), >, 0);
  /* One line, however long. */
  g_assert_cmpuint (label_pixels (book), <=, WIDTH * 24);
  g_assert_cmpuint (label_pixels ("<b>x</b>"), >, 2 * label_pixels ("x"));
}

static void
draws_the_text (void)
{
  static const gchar *texts[] = { "가", "나", "A", "B" };
  g_autofree guint32 *pictures[G_N_ELEMENTS (texts)] = { NULL, };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (texts); i++) {
    GstKakaoOcrRegion region = region_at (texts[i], 20, 100, 60, 130);
    g_autoptr (GstVideoOverlayComposition) composition = render (&text_only,
        &region, 1, WIDTH, HEIGHT);

    pictures[i] = paint (composition, WIDTH, HEIGHT);
    g_assert_cmpuint (count_pixels (pictures[i], WIDTH, HEIGHT, 0x80808080),
        >, 10);
    for (j = 0; j < i; j++)
      g_assert_cmpint (memcmp (pictures[i], pictures[j],
              4 * WIDTH * HEIGHT), !=, 0);
  }
  for (i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (g_steal_pointer (&pictures[i]));
}

/* The distance of a point from the outline of a convex quad, positive
 * outside. */
static gdouble
distance_from (const gdouble * box, gdouble x, gdouble y)
{
  gdouble outside = -G_MAXDOUBLE;
  guint i;

  for (i = 0; i < 4; i++) {
    const gdouble *a = &box[2 * i], *b = &box[2 * ((i + 1) % 4)];
    gdouble length = hypot (b[0] - a[0], b[1] - a[1]);

    outside = MAX (outside, ((x - a[0]) * (b[1] - a[1]) -
            (y - a[1]) * (b[0] - a[0])) / length);
  }
  return outside;
}

static void
draws_boxes_where_they_are_within_a_pixel (void)
{
  static const gdouble boxes[][8] = {
    BOX (100, 50, 220, 90), BOX (100.4, 50.6, 219.7, 90.2),
    BOX (30, 100, 610, 330),    /* in strips */
    {200, 100, 350, 187, 320, 239, 170, 152},   /* 30 degrees */
    {200, 200, 400, 193, 401, 223, 201, 230},   /* -2 degrees */
    {300, 50, 300, 250, 260, 250, 260, 50},     /* 90 degrees */
    {60, 60, 580, 90, 575, 300, 70, 280},       /* in perspective */
  };
  static const gdouble widths[] = { 1.0, 2.0, 3.0, 6.0 };
  guint i, j;
  gint x, y;

  for (i = 0; i < G_N_ELEMENTS (boxes); i++) {
    for (j = 0; j < G_N_ELEMENTS (widths); j++) {
      OverlayStyle style = { TRUE, FALSE, GREEN, widths[j], FONT };
      GstKakaoOcrRegion region = { (gchar *) "x", NULL, {0,}, 1, 0 };
      g_autoptr (GstVideoOverlayComposition) composition = NULL;
      g_autofree guint32 *picture = NULL;
      guint on_line = 0, lit = 0;

      memcpy (region.box, boxes[i], sizeof (region.box));
      composition = render (&style, &region, 1, WIDTH, HEIGHT);
      picture = paint (composition, WIDTH, HEIGHT);
      for (y = 0; y < HEIGHT; y++) {
        for (x = 0; x < WIDTH; x++) {
          gdouble distance = distance_from (boxes[i], x + 0.5, y + 0.5);
          guint32 pixel = picture[y * WIDTH + x];

          /* Inside and away from it: nothing. Around it: the line. A corner
           * in perspective may be a little off. */
          if (distance < -1.0 - (i == 6) || distance > 2.5 * widths[j] + 3.0)
            g_assert_cmphex (pixel, ==, 0);
          if (fabs (distance - widths[j] / 2.0) < 0.51) {
            on_line++;
            lit += (pixel >> 8 & 0xff) > 0x60;
          }
        }
      }
      g_test_message ("box %u, width %g: %u of %u", i, widths[j], lit, on_line);
      g_assert_cmpuint (on_line, >, 200);
      g_assert_cmpuint (lit, >=, on_line * 9 / 10);
    }
  }
}

static void
draws_in_the_colour_that_was_asked_for (void)
{
  GstKakaoOcrRegion region = region_at ("x", 100, 50, 220, 90);
  g_autoptr (GstVideoOverlayComposition) composition = render (&boxes_only,
      &region, 1, WIDTH, HEIGHT);
  g_autofree guint32 *picture = paint (composition, WIDTH, HEIGHT);

  g_assert_cmphex (picture[49 * WIDTH + 160], ==, GREEN);
  g_assert_cmphex (picture[90 * WIDTH + 160], ==, GREEN);
  g_assert_cmphex (picture[70 * WIDTH + 99], ==, GREEN);
  g_assert_cmphex (picture[70 * WIDTH + 220], ==, GREEN);
}

static void
gives_tracks_and_neighbours_colours_that_differ (void)
{
  const OverlayStyle style = { TRUE, FALSE, 0, 2.0, FONT };
  guint with_tracks, i, j;

  for (with_tracks = 0; with_tracks < 2; with_tracks++) {
    GstKakaoOcrRegion regions[8];
    g_autoptr (GstVideoOverlayComposition) composition = NULL;
    g_autofree guint32 *picture = NULL;

    /* The same text, so that a hash alone would not do. */
    for (i = 0; i < G_N_ELEMENTS (regions); i++) {
      regions[i] = region_at ("same", 100, 20 + 40 * i, 200, 40 + 40 * i);
      regions[i].track = with_tracks ? 41 + i : 0;
    }
    composition = render (&style, regions, G_N_ELEMENTS (regions), WIDTH,
        HEIGHT);
    picture = paint (composition, WIDTH, HEIGHT);
    for (i = 0; i < G_N_ELEMENTS (regions); i++) {
      guint32 color = picture[(19 + 40 * i) * WIDTH + 150];

      g_assert_cmphex (color >> 24, ==, 0xff);
      for (j = with_tracks ? 0 : MAX (i, 1) - 1; j < i; j++)
        g_assert_cmphex (color, !=, picture[(19 + 40 * j) * WIDTH + 150]);
    }
  }
}

/* --- How it is kept --- */

static void
keeps_a_drawing_until_it_changes (void)
{
  GstKakaoOcrRegion region = region_at ("kept", 100, 50, 220, 90);
  const gdouble moved[8] = BOX (101, 50, 221, 90);
  g_autoptr (OverlayRenderer) renderer = create_renderer (&default_style,
      WIDTH, HEIGHT);
  g_autoptr (GstBuffer) one = create_buffer (&region, 1, WIDTH, HEIGHT);
  g_autoptr (GstBuffer) copy = gst_buffer_copy (one);
  g_autoptr (GstBuffer) plain = gst_buffer_new ();
  GstVideoOverlayComposition *drawings[6];
  GstVideoInfo info;
  guint i, j;

  drawings[0] = overlay_renderer_render (renderer, one);
  g_assert_null (overlay_renderer_render (renderer, plain));
  for (i = 0; i < 2; i++) {
    g_autoptr (GstVideoOverlayComposition) again =
        overlay_renderer_render (renderer, i ? copy : one);

    g_assert_true (again == drawings[0]);
  }

  gst_kakao_ocr_meta_set_boxes (gst_buffer_get_kakao_ocr_meta (copy), moved,
      NULL);
  drawings[1] = overlay_renderer_render (renderer, copy);
  drawings[2] = overlay_renderer_render (renderer, one);
  gst_kakao_ocr_meta_set_tracks (gst_buffer_get_kakao_ocr_meta (one),
      (const guint64[1]) { 5 });
  drawings[3] = overlay_renderer_render (renderer, one);
  overlay_renderer_set_style (renderer, &boxes_only);
  drawings[4] = overlay_renderer_render (renderer, one);
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  overlay_renderer_set_frame (renderer, &info, TRUE);
  drawings[5] = overlay_renderer_render (renderer, one);

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
  GstKakaoOcrRegion region = region_at ("kept", 100, 50, 220, 90);
  g_autoptr (OverlayRenderer) renderer = create_renderer (&default_style,
      WIDTH, HEIGHT);
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new (0, WIDTH,
      HEIGHT, &region, 1, FALSE, 0);
  GstBuffer *buffer = gst_buffer_new ();

  gst_buffer_add_kakao_ocr_meta (buffer, result);
  gst_video_overlay_composition_unref (overlay_renderer_render (renderer,
          buffer));
  gst_buffer_unref (buffer);
  g_assert_cmpint (GST_MINI_OBJECT_REFCOUNT_VALUE (result), ==, 2);
  overlay_renderer_reset (renderer);
  g_assert_cmpint (GST_MINI_OBJECT_REFCOUNT_VALUE (result), ==, 1);
}

static void
takes_no_more_room_than_the_regions (void)
{
  const GstKakaoOcrRegion regions[] = {
    region_at ("one", 100, 100, 300, 130),
    region_at ("two", 1500, 900, 1800, 940),
    region_at ("title", 200, 400, 1700, 700),
  };
  g_autoptr (GstVideoOverlayComposition) composition = render (&default_style,
      regions, G_N_ELEMENTS (regions), 1920, 1080);
  guint i, n = gst_video_overlay_composition_n_rectangles (composition);
  guint area = 0;

  for (i = 0; i < n; i++) {
    guint width, height;

    gst_video_overlay_rectangle_get_render_rectangle
        (gst_video_overlay_composition_get_rectangle (composition, i), NULL,
        NULL, &width, &height);
    area += width * height;
  }
  /* Of the title's 450,000 pixels only the outline. */
  g_assert_cmpuint (area, <, 100000);
}

static void
draws_a_hundred_regions (void)
{
  GstKakaoOcrRegion regions[100];
  g_autoptr (GstVideoOverlayComposition) composition = NULL;
  g_autofree guint32 *picture = NULL;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (regions); i++)
    regions[i] = region_at (i % 3 ? "region" : "영역", 10 + i % 10 * 190,
        10 + i / 10 * 105, 110 + i % 10 * 190, 40 + i / 10 * 105);
  composition = render (&default_style, regions, G_N_ELEMENTS (regions), 1920,
      1080);
  picture = paint (composition, 1920, 1080);
  for (i = 0; i < G_N_ELEMENTS (regions); i++)
    g_assert_cmphex (picture[(9 + i / 10 * 105) * 1920 + 100 + i % 10 * 190] >>
        24, ==, 0xff);
}

static void
draws_the_regions_of_all_metas_that_are_not_lost (void)
{
  const GstKakaoOcrRegion regions[] = {
    region_at ("a", 100, 50, 200, 80), region_at ("b", 300, 50, 400, 80),
    region_at ("c", 100, 150, 200, 180),
  };
  const gdouble boxes[16] = {
    100, 50, 200, 50, 200, 80, 100, 80, 300, 50, 400, 50, 400, 80, 300, 80
  };
  const gboolean lost[2] = { FALSE, TRUE };
  g_autoptr (OverlayRenderer) renderer = create_renderer (&boxes_only, WIDTH,
      HEIGHT);
  g_autoptr (GstBuffer) buffer = create_buffer (regions, 2, WIDTH, HEIGHT);
  g_autoptr (GstKakaoOcrResult) other = gst_kakao_ocr_result_new (0, WIDTH,
      HEIGHT, &regions[2], 1, FALSE, 0);
  g_autoptr (GstVideoOverlayComposition) composition = NULL;
  g_autofree guint32 *picture = NULL;

  gst_kakao_ocr_meta_set_boxes (gst_buffer_get_kakao_ocr_meta (buffer), boxes,
      lost);
  gst_buffer_add_kakao_ocr_meta (buffer, other);
  composition = overlay_renderer_render (renderer, buffer);
  picture = paint (composition, WIDTH, HEIGHT);
  g_assert_cmphex (picture[49 * WIDTH + 150], ==, GREEN);
  g_assert_cmphex (picture[49 * WIDTH + 350], ==, 0);
  g_assert_cmphex (picture[149 * WIDTH + 150], ==, GREEN);
}

/* --- Forms of pixels and frames --- */

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
  GstKakaoOcrRegion region = region_at ("x", 0, 0, WIDTH, HEIGHT / 2);
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (OverlayRenderer) renderer = overlay_renderer_new ();
    g_autoptr (GstBuffer) buffer = create_buffer (&region, 1, WIDTH, HEIGHT);
    g_autoptr (GstVideoOverlayComposition) composition = NULL;
    GstBuffer *pixels;
    GstVideoInfo info;
    GstMapInfo map;

    gst_video_info_set_format (&info, cases[i].format, WIDTH, HEIGHT);
    g_assert_true (gst_video_colorimetry_from_string (&info.colorimetry,
            cases[i].colorimetry));
    overlay_renderer_set_style (renderer, &boxes_only);
    overlay_renderer_set_frame (renderer, &info, TRUE);
    composition = overlay_renderer_render (renderer, buffer);
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
  GstKakaoOcrRegion region = region_at ("x", 50, 60, 150, 90);
  guint blended;

  for (blended = 0; blended < 2; blended++) {
    g_autoptr (OverlayRenderer) renderer = overlay_renderer_new ();
    g_autoptr (GstBuffer) buffer = create_buffer (&region, 1, WIDTH, HEIGHT);
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
    overlay_renderer_set_style (renderer, &boxes_only);
    overlay_renderer_set_frame (renderer, &info, blended);
    composition = overlay_renderer_render (renderer, buffer);
    picture = paint (composition, WIDTH, HEIGHT);
    g_assert_cmphex (picture[(y - 1) * WIDTH + x + 20], ==, GREEN);
    g_assert_cmphex (picture[y * WIDTH + x + 20], ==, 0);
  }
}

static void
stretches_letters_where_pixels_are_not_square (void)
{
  GstKakaoOcrRegion region = region_at ("Stretched text", 50, 160, 350, 190);
  guint pixels[2], i;

  for (i = 0; i < 2; i++) {
    g_autoptr (OverlayRenderer) renderer = overlay_renderer_new ();
    g_autoptr (GstBuffer) buffer = create_buffer (&region, 1, WIDTH, HEIGHT);
    g_autoptr (GstVideoOverlayComposition) composition = NULL;
    g_autofree guint32 *picture = NULL;
    GstVideoInfo info;

    gst_video_info_set_format (&info, GST_VIDEO_FORMAT_BGRx, WIDTH, HEIGHT);
    info.par_n = i ? 2 : 1;
    overlay_renderer_set_style (renderer, &text_only);
    overlay_renderer_set_frame (renderer, &info, TRUE);
    composition = overlay_renderer_render (renderer, buffer);
    picture = paint (composition, WIDTH, HEIGHT);
    pixels[i] = count_pixels (picture, WIDTH, HEIGHT, 0x80000000);
  }
  g_assert_cmpuint (pixels[1], >, 4 * pixels[0] / 10);
  g_assert_cmpuint (pixels[1], <, 6 * pixels[0] / 10);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(name) g_test_add_func ("/renderer/" #name, name)
  ADD (draws_nothing_where_nothing_is);
  ADD (draws_any_box_inside_the_frame);
  ADD (draws_hostile_text_as_text);
  ADD (draws_the_text);
  ADD (draws_boxes_where_they_are_within_a_pixel);
  ADD (draws_in_the_colour_that_was_asked_for);
  ADD (gives_tracks_and_neighbours_colours_that_differ);
  ADD (keeps_a_drawing_until_it_changes);
  ADD (lets_go_of_results_when_reset);
  ADD (takes_no_more_room_than_the_regions);
  ADD (draws_a_hundred_regions);
  ADD (draws_the_regions_of_all_metas_that_are_not_lost);
  ADD (makes_colours_of_the_video);
  ADD (counts_from_the_crop_only_where_it_is_blended);
  ADD (stretches_letters_where_pixels_are_not_square);
#undef ADD
  return g_test_run ();
}
