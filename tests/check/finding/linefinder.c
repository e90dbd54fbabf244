/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Where the finder sees lines of text, without reading them.
 */
#include <math.h>

#include "../testrows.h"
#include "drawnpicture.h"
#include "linefinder.h"

#define TESTS "/finding/linefinder/"

static GPtrArray *
find (const GrayPicture * picture)
{
  g_auto (Pyramid) pyramid = { 0 };
  LineSearch search = {.min_logit = LINE_FINDER_MIN_LOGIT_SHORT };

  kocr_pyramid_init (&pyramid, picture);
  return kocr_line_finder_find (&pyramid, &search);
}

/* The likeliest line of that polarity around a place, or NULL. */
static const TextLine *
line_near (const GPtrArray * lines, gdouble x, gdouble y, gboolean light)
{
  guint i;

  for (i = 0; i < lines->len; i++) {
    const TextLine *line = g_ptr_array_index (lines, i);

    if (line->light == light && fabs (line->x - x) < line->height / 2
        && fabs (line->y - y) < line->height / 2)
      return line;
  }
  return NULL;
}

typedef struct
{
  const gchar *name, *text, *font;
  gdouble degrees;
  guint8 ground, ink;
  gdouble noise;
} Sign;

static const Sign signs[] = {
  {"small", "Where are you going", "DejaVu Sans 13px", 0, 20, 230, 2},
  {"caption", "Where are you going", "DejaVu Sans 36px", 0, 20, 230, 4},
  {"dark-on-light", "Where are you going", "DejaVu Sans 36px", 0, 230, 20, 4},
  {"faint", "Where are you going", "DejaVu Sans 30px", 0, 100, 150, 2},
  {"huge", "EXIT ONLY", "DejaVu Sans Bold 150px", 0, 20, 230, 2},
  {"clockwise", "Emergency Exit", "DejaVu Sans 40px", 8, 20, 230, 2},
  {"anticlockwise", "Emergency Exit", "DejaVu Sans 40px", -12, 230, 20, 2},
  {"steep", "Central Station", "DejaVu Sans 30px", 20, 20, 230, 2},
  {"hangul", "오늘의 뉴스를 전해 드립니다", "NanumGothic 30px", 0,
      20, 230, 4},
  {"hangul-tilted", "서울역 방향", "NanumGothic 40px", -15, 20, 230, 4},
  {"hangul-short", "매표소", "NanumGothic 40px", 10, 230, 20, 2},
};

static void
line_is_found_where_it_stands (gconstpointer data)
{
  const Sign *sign = data;
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, sign->ground);
  g_autoptr (GPtrArray) lines = NULL;
  const TextLine *line;
  gdouble width, height;

  drawn_picture_add_text (picture, sign->text, sign->font, 640, 360,
      sign->degrees, sign->ink, &width, &height);
  drawn_picture_add_noise (picture, sign->noise, 1);
  lines = find (picture);
  line = line_near (lines, 640, 360, sign->ink > sign->ground);
  g_assert_nonnull (line);
  g_test_message ("%.0fx%.0f at %.1f,%.1f by %.2f degrees", line->width,
      line->height, line->x, line->y, line->tilt * 180 / G_PI);
  g_assert_cmpfloat_with_epsilon (line->tilt * 180 / G_PI, sign->degrees, 1.5);
  g_assert_cmpfloat (line->width / width, >, 0.95);
  g_assert_cmpfloat (line->width / width, <, 1.08);
  g_assert_cmpfloat (line->height / height, >, 0.85);
  g_assert_cmpfloat (line->height / height, <, 1.25);
}

static void
rows_of_a_paragraph_are_lines_of_their_own (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, 240);
  g_autoptr (GPtrArray) lines = NULL;
  gint i;

  for (i = 0; i < 8; i++)
    drawn_picture_add_text (picture, "Revenue grew twelve percent again",
        "DejaVu Sans 28px", 640, 200 + 36 * i, 0, 30, NULL, NULL);
  lines = find (picture);
  for (i = 0; i < 8; i++) {
    const TextLine *line = line_near (lines, 640, 200 + 36 * i, FALSE);

    g_assert_nonnull (line);
    g_assert_cmpfloat (line->height, <, 36);
  }
}

/* A title in thin capitals: I and L leave more room than there is between the
 * other letters. */
static void
letters_set_apart_are_one_line (void)
{
  static const gchar *letters[] = { "H", "A", "V", "E", "L", "T" };
  g_autoptr (GrayPicture) picture = drawn_picture_new (640, 360, 230);
  g_autoptr (GPtrArray) lines = NULL;
  const TextLine *line;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (letters); i++)
    drawn_picture_add_text (picture, letters[i], "DejaVu Sans ExtraLight 24px",
        200 + i * 30, 180, 0, 30, NULL, NULL);
  lines = find (picture);
  line = line_near (lines, 275, 180, FALSE);
  g_assert_nonnull (line);
  g_assert_cmpuint (line->n_glyphs, ==, G_N_ELEMENTS (letters));
  g_assert_cmpfloat (line->width, >, 150);
}

static void
words_of_a_spaced_title_are_one_line (void)
{
  static const gchar title[] = "SEA AND SUN";
  g_autoptr (GrayPicture) picture = drawn_picture_new (640, 360, 230);
  g_autoptr (GPtrArray) lines = NULL;
  const TextLine *line;
  gint x = 180;
  guint i;

  for (i = 0; title[i]; i++) {
    gchar letter[] = { title[i], 0 };

    drawn_picture_add_text (
        picture, letter, "DejaVu Sans 24px", x, 180, 0, 30, NULL, NULL);
    x += title[i + 1] == ' ' ? 20 : 30;
  }
  lines = find (picture);
  line = line_near (lines, 320, 180, FALSE);
  g_assert_nonnull (line);
  g_assert_cmpfloat (line->width, >, 280);
}

/* Two columns: more room beside the dash than there is between words. */
static void
dash_joins_what_stands_on_both_sides (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (640, 360, 20);
  g_autoptr (GPtrArray) lines = NULL;
  const TextLine *line;
  gdouble width;

  drawn_picture_add_text (picture, "Talking  \342\200\223  100.00%",
      "DejaVu Sans 20px", 320, 180, 0, 230, &width, NULL);
  lines = find (picture);
  line = line_near (lines, 320, 180, TRUE);
  g_assert_nonnull (line);
  g_assert_cmpfloat (line->width, >, 0.95 * width);
}

/* Ruled paper, a chequer board, stripes: regular, but not writing. */
static void
draw_pattern (GrayPicture * picture, gint pattern)
{
  gint x, y;

  for (y = 0; y < picture->height; y++)
    for (x = 0; x < picture->width; x++) {
      guint8 *pixel = &picture->pixels[y * picture->stride + x];

      switch (pattern) {
        case 0:                /* a ramp */
          *pixel = x * 255 / picture->width;
          break;
        case 1:                /* rules */
          *pixel = y % 20 < 2 ? 40 : 220;
          break;
        case 2:                /* stripes */
          *pixel = x % 30 < 15 ? 40 : 220;
          break;
        case 3:                /* a disc */
          *pixel = hypot (x - 640, y - 360) < 200 ? 220 : 40;
          break;
        default:
          g_assert_not_reached ();
      }
    }
}

static void
patterns_are_not_text (void)
{
  gint pattern;

  for (pattern = 0; pattern < 4; pattern++) {
    g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, 0);
    g_autoptr (GPtrArray) lines = NULL;

    draw_pattern (picture, pattern);
    lines = find (picture);
    g_test_message ("pattern %d: %u lines", pattern, lines->len);
    g_assert_cmpuint (lines->len, ==, 0);
  }
}

static void
noise_gives_few_candidates (void)
{
  static const gdouble deviations[] = { 2, 8, 20 };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (deviations); i++) {
    g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, 128);
    g_autoptr (GPtrArray) lines = NULL;

    drawn_picture_add_noise (picture, deviations[i], i);
    lines = find (picture);
    g_test_message ("deviation %.0f: %u lines", deviations[i], lines->len);
    /* Reading 40 costs less than a second. */
    g_assert_cmpuint (lines->len, <=, 40);
  }
}

static void
odd_shapes_are_searched_safely (void)
{
  static const gint shapes[][2] = {
    {1, 1}, {1, 2000}, {2000, 1}, {2, 2}, {7, 9}, {8192, 1}, {8192, 12},
    {12, 8192}, {23, 23}, {24, 24}, {1921, 25}, {4096, 40},
  };
  guint i, noisy;

  for (i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (noisy = 0; noisy < 2; noisy++) {
      g_autoptr (GrayPicture) picture =
          drawn_picture_new (shapes[i][0], shapes[i][1], 128);
      g_autoptr (GPtrArray) lines = NULL;

      if (noisy)
        drawn_picture_add_noise (picture, 60, i);
      lines = find (picture);
      if (!noisy)
        g_assert_cmpuint (lines->len, ==, 0);
    }
}

/* A region that is cut to the text, with a margin of so many pixels. */
static void
text_that_touches_the_edge_is_found (void)
{
  for (gint margin = 0; margin <= 2; margin++) {
    gdouble width, height;
    g_autoptr (GrayPicture) measured = drawn_picture_new (640, 100, 20);
    g_autoptr (GrayPicture) picture = NULL;
    g_autoptr (GPtrArray) lines = NULL;
    const TextLine *line;

    drawn_picture_add_text (measured, "HOME 12", "DejaVu Sans 30px", 320, 50,
        0, 230, &width, &height);
    picture = drawn_picture_new (width + 2 * margin, height + 2 * margin, 20);
    drawn_picture_add_text (picture, "HOME 12", "DejaVu Sans 30px",
        picture->width / 2.0, picture->height / 2.0, 0, 230, NULL, NULL);
    lines = find (picture);
    line = line_near (lines, picture->width / 2.0, picture->height / 2.0, TRUE);
    g_assert_nonnull (line);
    g_assert_cmpfloat (line->width / width, >, 0.95);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (line_is_found_where_it_stands, signs);
  ADD (letters_set_apart_are_one_line);
  ADD (words_of_a_spaced_title_are_one_line);
  ADD (dash_joins_what_stands_on_both_sides);
  ADD (rows_of_a_paragraph_are_lines_of_their_own);
  ADD (patterns_are_not_text);
  ADD (noise_gives_few_candidates);
  ADD (odd_shapes_are_searched_safely);
  ADD (text_that_touches_the_edge_is_found);
  return g_test_run ();
}
