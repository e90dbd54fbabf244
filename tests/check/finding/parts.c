/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the line finder is made of, but strokes and components: pyramid, text lines.
 */
#include <math.h>
#include <string.h>

#include "../testrows.h"
#include "drawnpicture.h"
#include "pyramid.h"
#include "quantile.h"
#include "solidmark.h"
#include "strokewidth.h"
#include "textline.h"

#define TESTS "/finding/parts/"

static void
fill (GrayPicture * picture, gint x0, gint y0, gint x1, gint y1,
    guint8 brightness)
{
  gint y;

  for (y = y0; y < y1; y++)
    memset (picture->pixels + y * picture->stride + x0, brightness, x1 - x0);
}

static void
pyramid_has_the_levels_a_search_needs (void)
{
  static const struct
  {
    gint width, height;
    guint first, n_levels;
  } rows[] = {
    {1, 1, 0, 1},
    {23, 400, 0, 2},
    {24, 400, 0, 3},
    {640, 360, 0, 6},
    {640, 480, 0, 5},
    {1280, 720, 0, 5},
    {1920, 1080, 0, 5},
    {1921, 1080, 1, 6},
    {3840, 2160, 1, 6},
    {7680, 4320, 2, 7},
    {8192, 20, 0, 2},
    {8192, 64, 0, 3},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GrayPicture) picture =
        drawn_picture_new (rows[i].width, rows[i].height, 100);
    g_auto (Pyramid) pyramid = { 0 };

    kocr_pyramid_init (&pyramid, picture);
    g_assert_cmpuint (pyramid.first, ==, rows[i].first);
    g_assert_cmpuint (pyramid.n_levels, ==, rows[i].n_levels);
  }
}

static void
pyramid_levels_are_means_of_the_level_above (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (649, 551, 0);
  g_auto (Pyramid) pyramid = { 0 };

  fill (picture, 0, 0, 1, 1, 200);
  fill (picture, 1, 1, 2, 2, 100);
  kocr_pyramid_init (&pyramid, picture);
  g_assert_cmpint (pyramid.levels[1].width, ==, 324);
  g_assert_cmpint (pyramid.levels[1].height, ==, 275);
  g_assert_cmpint (pyramid.levels[1].pixels[0], ==, 75);
  g_assert_cmpint (pyramid.levels[1].pixels[1], ==, 0);
  g_assert_cmpfloat (pyramid.levels[1].scale, ==, 2);
}

static void
small_picture_is_searched_enlarged_but_not_cropped_so (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (41, 31, 100);
  g_auto (Pyramid) pyramid = { 0 };

  fill (picture, 20, 0, 41, 31, 200);
  kocr_pyramid_init (&pyramid, picture);
  g_assert_cmpint (pyramid.levels[0].width, ==, 82);
  g_assert_cmpint (pyramid.levels[0].height, ==, 62);
  g_assert_cmpfloat (pyramid.levels[0].scale, ==, 0.5);
  g_assert_cmpint (pyramid.levels[0].pixels[38], ==, 100);
  g_assert_cmpint (pyramid.levels[0].pixels[39], ==, 125);
  g_assert_cmpint (pyramid.levels[0].pixels[40], ==, 175);
  g_assert_cmpint (pyramid.levels[0].pixels[41], ==, 200);
  g_assert_true (kocr_pyramid_level_for_scale (&pyramid,
          0.25)->pixels == picture->pixels);
}

static void
pyramid_level_for_a_scale_is_never_coarser (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (640, 360, 0);
  g_auto (Pyramid) pyramid = { 0 };
  static const struct
  {
    gdouble scale, level;
  } rows[] = { {0.3, 1}, {1, 1}, {1.9, 1}, {2, 2}, {3.9, 4}, {100, 16} };
  guint i;

  kocr_pyramid_init (&pyramid, picture);
  for (i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpfloat (kocr_pyramid_level_for_scale (&pyramid,
            rows[i].scale)->scale, ==, rows[i].level);
}

static TextLine *
line_at (gdouble x, gdouble y, gdouble width, gdouble height, gdouble tilt)
{
  TextLine *line = g_new0 (TextLine, 1);

  line->x = x;
  line->y = y;
  line->width = width;
  line->height = height;
  line->tilt = tilt;
  line->n_glyphs = 5;
  line->stroke = 3;
  line->contrast = 100;
  line->brightness = 200;
  line->runs = g_array_new (FALSE, FALSE, sizeof (LineRun));
  return line;
}

static void
lines_overlap_by_the_smaller_one (void)
{
  g_autoptr (TextLine) a = line_at (100, 100, 100, 20, 0);
  g_autoptr (TextLine) inside = line_at (120, 100, 40, 20, 0);
  g_autoptr (TextLine) half = line_at (100, 110, 100, 20, 0);
  g_autoptr (TextLine) away = line_at (100, 130, 100, 20, 0);

  g_assert_cmpfloat_with_epsilon (kocr_text_line_overlap (a, inside), 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (kocr_text_line_overlap_of_union (a, inside), 0.4,
      1e-6);
  g_assert_cmpfloat_with_epsilon (kocr_text_line_overlap (a, half), 0.5, 1e-6);
  g_assert_cmpfloat (kocr_text_line_overlap (a, away), ==, 0);
}

/* Half of its width, and a piece of its height. */
static void
higher_piece_overlaps_its_line_by_the_sides (void)
{
  g_autoptr (TextLine) line = line_at (100, 100, 100, 20, 0);
  g_autoptr (TextLine) piece = line_at (120, 130, 40, 80, 0);
  g_autoptr (TextLine) below = line_at (120, 145, 40, 80, 0);

  g_assert_cmpfloat_with_epsilon (
      kocr_text_line_overlap_by_sides (line, piece), 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (
      kocr_text_line_overlap_by_sides (piece, line), 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (
      kocr_text_line_overlap_by_sides (line, below), 0.25, 1e-6);
}

/* The upright boxes around them share most of their area. */
static void
tilted_lines_below_each_other_do_not_overlap (void)
{
  gdouble tilt = 0.25;
  g_autoptr (TextLine) upper = line_at (300, 200, 400, 30, tilt);
  g_autoptr (TextLine) lower = line_at (300 - 40 * sin (tilt),
      200 + 40 * cos (tilt), 400, 30, tilt);
  g_autoptr (TextLine) half = line_at (300 - 15 * sin (tilt),
      200 + 15 * cos (tilt), 400, 30, tilt);

  g_assert_cmpfloat (kocr_text_line_overlap (upper, lower), ==, 0);
  g_assert_cmpfloat_with_epsilon (kocr_text_line_overlap (upper, half), 0.5,
      1e-6);
}

/* Of a line in which a piece was found as well most is not covered. */
static void
piece_covers_little_of_its_line (void)
{
  g_autoptr (TextLine) whole = line_at (300, 200, 400, 30, 0.2);
  g_autoptr (TextLine) piece = line_at (300, 200, 100, 30, 0.2);

  g_assert_cmpfloat_with_epsilon (kocr_text_line_covered_share (whole, piece),
      0.25, 1e-6);
  g_assert_cmpfloat_with_epsilon (kocr_text_line_covered_share (piece, whole),
      1, 1e-6);
}

static void
pieces_of_one_line_join (void)
{
  static const struct
  {
    gdouble x, y, width, height, tilt, brightness;
    gboolean light, joins;
  } rows[] = {
    {170, 100, 50, 20, 0, 200, FALSE, TRUE},    /* beside it */
    {200, 100, 50, 20, 0, 200, FALSE, FALSE},   /* too far off */
    {170, 110, 50, 20, 0, 200, FALSE, FALSE},   /* half a line lower */
    {170, 100, 50, 40, 0, 200, FALSE, FALSE},   /* twice as high */
    {170, 100, 80, 20, 0.2, 200, FALSE, FALSE}, /* another direction */
    {170, 100, 50, 20, 0, 120, FALSE, FALSE},   /* another brightness */
    {170, 100, 50, 20, 0, 200, TRUE, FALSE},    /* the other polarity */
    {110, 101, 90, 20, 0, 200, FALSE, TRUE},    /* found twice */
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TextLine) line = line_at (100, 100, 80, 20, 0);
    g_autoptr (TextLine) other = line_at (rows[i].x, rows[i].y,
        rows[i].width, rows[i].height, rows[i].tilt);

    other->brightness = rows[i].brightness;
    other->light = rows[i].light;
    g_test_message ("row %u", i);
    g_assert_cmpint (kocr_text_line_join (line, other), ==, rows[i].joins);
    if (i == 0) {
      g_assert_cmpfloat_with_epsilon (line->x, 127.5, 1e-6);
      g_assert_cmpfloat_with_epsilon (line->width, 135, 1e-6);
      g_assert_cmpuint (line->n_glyphs, ==, 10);
    }
  }
}

static void
tilted_pieces_join_along_their_line (void)
{
  gdouble tilt = 15 * G_PI / 180;
  g_autoptr (TextLine) line = line_at (100, 100, 80, 20, tilt);
  g_autoptr (TextLine) other = line_at (100 + 70 * cos (tilt),
      100 + 70 * sin (tilt), 50, 20, tilt);

  g_assert_true (kocr_text_line_join (line, other));
  g_assert_cmpfloat_with_epsilon (line->width, 135, 1e-6);
  g_assert_cmpfloat_with_epsilon (line->height, 20, 1e-6);
  g_assert_cmpfloat_with_epsilon (line->x, 100 + 27.5 * cos (tilt), 1e-6);
  g_assert_cmpfloat_with_epsilon (line->y, 100 + 27.5 * sin (tilt), 1e-6);
}

static void
quantiles_are_of_what_is_sorted (void)
{
  static const struct
  {
    gdouble values[4];
    guint n;
    gdouble share, is;
  } rows[] = {
    {{7}, 1, 0.5, 7},
    {{7}, 1, 1, 7},
    {{3, 1}, 2, 0.5, 3},
    {{3, -1, 2}, 3, 0.5, 2},
    {{4, 3, 2, 1}, 4, 0.75, 4},
    {{4, 3, 2, 1}, 4, 0, 1},
    {{2, 2, 1, 2}, 4, 0.5, 2},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gdouble values[4];

    memcpy (values, rows[i].values, sizeof values);
    g_assert_cmpfloat (kocr_quantile (values, rows[i].n, rows[i].share), ==,
        rows[i].is);
    if (rows[i].share == 0.5)
      g_assert_cmpfloat (kocr_median (values, rows[i].n), ==, rows[i].is);
  }
}

/* Bars across a picture, of two widths. */
static void
strokes_of_one_width_have_no_spread (void)
{
  static const struct
  {
    gint first, second;
    gdouble spread;
  } rows[] = { { 0, 0, 0 }, { 5, 0, 0 }, { 5, 5, 0 }, { 3, 9, 0.43 },
    { 40, 0, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint8 ink[40][80] = { 0 };

    memset (ink[0], 1, rows[i].first * sizeof *ink);
    memset (ink[20], 1, rows[i].second * sizeof *ink);
    g_assert_cmpfloat_with_epsilon (
        kocr_stroke_width_spread (&ink[0][0], 80, 40), rows[i].spread, 0.05);
  }
}

static void
marks_without_bend_or_eye_are_solid (void)
{
  static const struct
  {
    const gchar *rows[9];
    gdouble share;
  } marks[] = {
    { { "" }, 0 },
    { { "##########", "##########" }, 1 },
    { { "  ##", " ####", "######", " ####", "  ##" }, 1 },
    { { " ####", "######", "######", " ####" }, 1 },
    { { "#", "#", "#", "#", "#", "######" }, 0 },
    { { "######", "#    #", "#    #", "#    #", "######" }, 0 },
    { { "#   #", "#   #", " # #", "  #", "  #" }, 0 },
    { { "# # #", "# #", "# #####", "#" }, 0.3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    guint8 ink[9][12] = { 0 };

    for (guint y = 0; marks[i].rows[y]; y++)
      for (guint x = 0; marks[i].rows[y][x]; x++)
        ink[y][x] = marks[i].rows[y][x] == '#';
    g_test_message ("mark %u", i);
    g_assert_cmpfloat_with_epsilon (
        kocr_solid_marks_share (&ink[0][0], 12, 9), marks[i].share, 0.15);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (pyramid_has_the_levels_a_search_needs);
  ADD (pyramid_levels_are_means_of_the_level_above);
  ADD (small_picture_is_searched_enlarged_but_not_cropped_so);
  ADD (pyramid_level_for_a_scale_is_never_coarser);
  ADD (lines_overlap_by_the_smaller_one);
  ADD (higher_piece_overlaps_its_line_by_the_sides);
  ADD (tilted_lines_below_each_other_do_not_overlap);
  ADD (piece_covers_little_of_its_line);
  ADD (pieces_of_one_line_join);
  ADD (strokes_of_one_width_have_no_spread);
  ADD (marks_without_bend_or_eye_are_solid);
  ADD (quantiles_are_of_what_is_sorted);
  ADD (tilted_pieces_join_along_their_line);
  return g_test_run ();
}
