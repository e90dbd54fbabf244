/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the finder tells those who do not read.
 */
#include <math.h>

#include "../testrows.h"
#include "drawnpicture.h"
#include "textfinder.h"

#define TESTS "/finding/textfinder/"

static GArray *
find (const GrayPicture * picture, const KocrFindingOptions * options)
{
  return kocr_text_finder_find (picture->pixels, picture->width,
      picture->height, picture->stride, options);
}

static GrayPicture *
picture_with_caption (gint width, gint height, const gchar * font)
{
  GrayPicture *picture = drawn_picture_new (width, height, 30);
  gdouble ink_width, ink_height;

  drawn_picture_add_text (picture, "Where are you going", font, width / 2,
      height / 2, 0, 230, &ink_width, &ink_height);
  return picture;
}

static void
each_text_is_one_line_with_its_quad (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, 30);
  g_autoptr (GArray) lines = NULL;
  gdouble widths[2], height;

  drawn_picture_add_text (picture, "Where are you going", "DejaVu Sans 36px",
      640, 200, 0, 230, &widths[0], &height);
  drawn_picture_add_text (picture, "오늘의 뉴스를 전해 드립니다",
      "NanumGothic 40px", 640, 500, 10, 230, &widths[1], &height);
  lines = find (picture, NULL);
  g_assert_cmpuint (lines->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    const KocrFoundLine *line = &g_array_index (lines, KocrFoundLine, i);
    gdouble y = (line->quad[1] + line->quad[5]) / 2;
    guint which = y > 350;

    g_assert_cmpfloat_with_epsilon (y, which ? 500 : 200, 8);
    g_assert_cmpfloat_with_epsilon (hypot (line->quad[2] - line->quad[0],
            line->quad[3] - line->quad[1]), widths[which], 12);
    g_assert_cmpfloat_with_epsilon (line->tilt * 180 / G_PI, which ? 10 : 0, 1);
    g_assert_cmpfloat (line->x0, <=, line->quad[0]);
    g_assert_cmpfloat (line->x1, >=, line->quad[2]);
    g_assert_true (line->light);
    g_assert_cmpfloat (line->score, >, 0);
  }
}

static void
fewer_levels_find_small_text_only (void)
{
  g_autoptr (GrayPicture) small =
      picture_with_caption (1280, 720, "DejaVu Sans 24px");
  g_autoptr (GrayPicture) large =
      picture_with_caption (1280, 720, "DejaVu Sans Bold 100px");
  KocrFindingOptions one = {.levels = 1 };
  g_autoptr (GArray) found_small = find (small, &one);
  g_autoptr (GArray) found_large = find (large, &one);
  g_autoptr (GArray) found_by_all = find (large, NULL);

  g_assert_cmpuint (found_small->len, ==, 1);
  g_assert_cmpuint (found_large->len, ==, 0);
  g_assert_cmpuint (found_by_all->len, ==, 1);
}

/* A button's, on a screen too large to be searched at twice its size. */
static void
label_seven_pixels_high_is_found (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, 240);
  g_autoptr (GArray) lines = NULL;
  KocrFindingOptions options = {.min_score = -3.5 };
  gdouble width, height;

  drawn_picture_add_text (picture, "Create", "DejaVu Sans 9px", 640, 360, 0,
      30, &width, &height);
  g_assert_cmpfloat (height, <=, 7);
  lines = find (picture, &options);
  g_assert_cmpuint (lines->len, ==, 1);
}

static void
smaller_search_still_tells_places_in_the_picture (void)
{
  g_autoptr (GrayPicture) picture =
      picture_with_caption (1280, 720, "DejaVu Sans 40px");
  KocrFindingOptions half = {.max_side = 640 };
  g_autoptr (GArray) lines = find (picture, &half);
  const KocrFoundLine *line;

  g_assert_cmpuint (lines->len, ==, 1);
  line = &g_array_index (lines, KocrFoundLine, 0);
  g_assert_cmpfloat_with_epsilon ((line->x0 + line->x1) / 2, 640, 4);
  g_assert_cmpfloat_with_epsilon ((line->y0 + line->y1) / 2, 360, 6);
}

static gboolean
is_third_time (gpointer counter)
{
  return ++*(guint *) counter == 3;
}

static void
search_ends_when_it_is_cancelled (void)
{
  g_autoptr (GrayPicture) picture =
      picture_with_caption (1280, 720, "DejaVu Sans 40px");
  guint asked = 0;
  KocrFindingOptions options
      = { .is_cancelled = is_third_time, .user_data = &asked };

  g_assert_null (find (picture, &options));
  g_assert_cmpuint (asked, ==, 3);
}

static void
tiny_pictures_have_no_lines (void)
{
  static const guint8 pixels[] = { 1, 2, 3, 4 };

  for (gint width = 0; width <= 4; width++) {
    g_autoptr (GArray) lines =
        kocr_text_finder_find (pixels, width, width ? 1 : 0, 4, NULL);

    g_assert_cmpuint (lines->len, ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (each_text_is_one_line_with_its_quad);
  ADD (fewer_levels_find_small_text_only);
  ADD (label_seven_pixels_high_is_found);
  ADD (smaller_search_still_tells_places_in_the_picture);
  ADD (search_ends_when_it_is_cancelled);
  ADD (tiny_pictures_have_no_lines);
  return g_test_run ();
}
