/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The overlay's renderer: what it draws, and how much.
 */
#include "drawncomposition.h"

#include <string.h>

#include "../../testrows.h"

#define TESTS "/renderer/"

static void
draws_nothing_where_nothing_is (void)
{
  const KocrOverlayStyle nothing = { FALSE, FALSE, 0, 0.0, FONT };
  const struct
  {
    const KocrOverlayStyle *style;
    GstKakaoOcrRegion region;
    guint n_regions;
  } cases[] = {
    {&drawing_default, drawing_region_at ("text", 10, 10, 50, 30), 0},
    {&nothing, drawing_region_at ("text", 10, 10, 50, 30), 1},
    {&drawing_text, drawing_region_at ("", 10, 10, 50, 30), 1},
    {&drawing_text, drawing_region_at (" \n\t\x1b\xe2\x80\xae", 10, 10, 50, 30),
          1},
    {&drawing_default, drawing_region_at ("left", -90, 10, -20, 30), 1},
    {&drawing_default, drawing_region_at ("below", 10, HEIGHT + 9, 50,
              HEIGHT + 29), 1},
    {&drawing_boxes, drawing_region_at ("around", -9, -9, WIDTH + 9,
              HEIGHT + 9), 1},
    {&drawing_default, drawing_region_at ("far", 1e9, 1e9, 2e9, 1.1e9), 1},
  };
  g_autoptr (KocrOverlayRenderer) renderer
      = drawing_renderer_new (&drawing_default, WIDTH, HEIGHT);
  g_autoptr (GstBuffer) plain = gst_buffer_new ();
  guint i;

  g_assert_null (kocr_overlay_renderer_render (renderer, plain));
  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_null (drawing_render (cases[i].style, &cases[i].region,
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
      composition = drawing_render (&drawing_default, &region, 1, sizes[i][0],
          sizes[i][1]);
      picture = drawing_paint (composition, sizes[i][0], sizes[i][1]);
    }
  }
}

/* How far to the right the plate of a text goes. */
static guint
label_pixels (const gchar * text)
{
  GstKakaoOcrRegion region = drawing_region_at (text, 20, 100, 60, 130);
  g_autoptr (GstVideoOverlayComposition) composition =
      drawing_render (&drawing_text, &region, 1, WIDTH, HEIGHT);
  g_autofree guint32 *picture = drawing_paint (composition, WIDTH, HEIGHT);

  return drawing_count_pixels (picture, WIDTH, HEIGHT, 0x80000000);
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
    GstKakaoOcrRegion region = drawing_region_at (texts[i], 20, 100, 60, 130);
    g_autoptr (GstVideoOverlayComposition) composition =
        drawing_render (&drawing_text, &region, 1, WIDTH, HEIGHT);

    pictures[i] = drawing_paint (composition, WIDTH, HEIGHT);
    g_assert_cmpuint (drawing_count_pixels (pictures[i], WIDTH, HEIGHT,
            0x80808080), >, 10);
    for (j = 0; j < i; j++)
      g_assert_cmpint (memcmp (pictures[i], pictures[j],
              4 * WIDTH * HEIGHT), !=, 0);
  }
  for (i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (g_steal_pointer (&pictures[i]));
}

static void
takes_no_more_room_than_the_regions (void)
{
  const GstKakaoOcrRegion regions[] = {
    drawing_region_at ("one", 100, 100, 300, 130),
    drawing_region_at ("two", 1500, 900, 1800, 940),
    drawing_region_at ("title", 200, 400, 1700, 700),
  };
  g_autoptr (GstVideoOverlayComposition) composition =
      drawing_render (&drawing_default, regions, G_N_ELEMENTS (regions), 1920,
      1080);
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
    regions[i] =
        drawing_region_at (i % 3 ? "region" : "영역", 10 + i % 10 * 190,
        10 + i / 10 * 105, 110 + i % 10 * 190, 40 + i / 10 * 105);
  composition =
      drawing_render (&drawing_default, regions, G_N_ELEMENTS (regions), 1920,
      1080);
  picture = drawing_paint (composition, 1920, 1080);
  for (i = 0; i < G_N_ELEMENTS (regions); i++)
    g_assert_cmphex (picture[(9 + i / 10 * 105) * 1920 + 100 + i % 10 * 190] >>
        24, ==, 0xff);
}

static void
draws_the_regions_of_all_metas_that_are_not_lost (void)
{
  const GstKakaoOcrRegion regions[] = {
    drawing_region_at ("a", 100, 50, 200, 80), drawing_region_at ("b", 300, 50,
        400, 80),
    drawing_region_at ("c", 100, 150, 200, 180),
  };
  const gdouble boxes[16] = {
    100, 50, 200, 50, 200, 80, 100, 80, 300, 50, 400, 50, 400, 80, 300, 80
  };
  const gboolean lost[2] = { FALSE, TRUE };
  g_autoptr (KocrOverlayRenderer) renderer =
      drawing_renderer_new (&drawing_boxes, WIDTH, HEIGHT);
  g_autoptr (GstBuffer) buffer = drawing_buffer_new (regions, 2, WIDTH, HEIGHT);
  g_autoptr (GstKakaoOcrResult) other = gst_kakao_ocr_result_new (0, WIDTH,
      HEIGHT, &regions[2], 1, FALSE, 0);
  g_autoptr (GstVideoOverlayComposition) composition = NULL;
  g_autofree guint32 *picture = NULL;

  gst_kakao_ocr_meta_set_boxes (gst_buffer_get_kakao_ocr_meta (buffer), boxes,
      lost);
  gst_buffer_add_kakao_ocr_meta (buffer, other);
  composition = kocr_overlay_renderer_render (renderer, buffer);
  picture = drawing_paint (composition, WIDTH, HEIGHT);
  g_assert_cmphex (picture[49 * WIDTH + 150], ==, GREEN);
  g_assert_cmphex (picture[49 * WIDTH + 350], ==, 0);
  g_assert_cmphex (picture[149 * WIDTH + 150], ==, GREEN);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (draws_nothing_where_nothing_is);
  ADD (draws_any_box_inside_the_frame);
  ADD (draws_hostile_text_as_text);
  ADD (draws_the_text);
  ADD (takes_no_more_room_than_the_regions);
  ADD (draws_a_hundred_regions);
  ADD (draws_the_regions_of_all_metas_that_are_not_lost);
  return g_test_run ();
}
