/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What stands alone in the cells of a table.
 */
#include "pagereader.h"

#include <math.h>
#include <string.h>

#include "drawnpicture.h"

#define INK 20
#define FONT "DejaVu Sans 28px"

static void
add (GrayPicture *picture, const gchar *text, gdouble x, gdouble y)
{
  drawn_picture_add_text (picture, text, FONT, x, y, 0, INK, NULL, NULL);
}

static void
figure_in_the_row_of_a_line_is_read (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 400, 235);
  g_autofree gchar *text = NULL;

  add (picture, "Blind", 150, 100);
  add (picture, "5", 450, 100);
  add (picture, "1", 750, 100);
  add (picture, "98.3", 1050, 100);
  add (picture, "Mobility", 150, 203);
  add (picture, "3", 450, 200);
  add (picture, "4", 750, 200);
  text = page_reader_read_text (picture);
  g_assert_cmpstr (text, ==, "Blind 5 1 98.3 Mobility 3 4");
}

/* As the rows of a receipt that lies askew, of lines too short to tell. */
static void
figure_in_a_row_is_read_on_a_page_that_is_askew (void)
{
  static const gchar *const names[] = { "Blind", "Tea", "Bread" };
  static const gchar *const figures[] = { "5", "3", "4" };
  const gdouble tilt = 2.5, slope = tan (tilt * G_PI / 180);
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 480, 235);
  g_autofree gchar *text = NULL;

  drawn_picture_add_text (picture, "A page that is askew", FONT, 400, 100, tilt,
      INK, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    gdouble y = 200 + 80 * i;

    drawn_picture_add_text (
        picture, names[i], FONT, 150, y, tilt, INK, NULL, NULL);
    drawn_picture_add_text (picture, figures[i], FONT, 650, y + 500 * slope,
        tilt, INK, NULL, NULL);
  }
  text = page_reader_read_text (picture);
  g_assert_cmpstr (
      text, ==, "A page that is askew Blind 5 Tea 3 Bread 4");
}

/* As the goals on a board between the names. */
static void
light_figure_beside_dark_letters_is_read (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (640, 300, 235);
  g_autofree gchar *text = NULL;

  for (gint y = 75; y < 125; y++)
    memset (picture->pixels + y * picture->stride + 260, 30, 120);
  add (picture, "Busan", 180, 100);
  drawn_picture_add_text (picture, "2", FONT, 290, 100, 0, 250, NULL, NULL);
  drawn_picture_add_text (picture, "4", FONT, 350, 100, 0, 250, NULL, NULL);
  add (picture, "Seoul", 460, 100);
  text = page_reader_read_text (picture);
  g_assert_cmpstr (text, ==, "Busan 2 4 Seoul");
}

/* They are not taken for letters in an outline. */
static void
figures_with_eyes_are_read (void)
{
  static const gchar *const fonts[] = { "Noto Sans CJK KR 32px",
    "NanumGothic 26px" };
  static const gchar *const figures[] = { "60", "96", "69", "08" };

  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++) {
    g_autoptr (GrayPicture) picture = drawn_picture_new (640, 600, 235);
    g_autofree gchar *text = NULL;

    for (guint j = 0; j < G_N_ELEMENTS (figures); j++)
      drawn_picture_add_text (picture, figures[j], fonts[i], 200,
          100 + 120 * j, 0, INK, NULL, NULL);
    text = page_reader_read_text (picture);
    g_assert_cmpstr (text, ==, "60 96 69 08");
  }
}

/* Neither what no line stands beside, nor a rule that is as high as letters. */
static void
figure_by_itself_may_be_an_icon (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 400, 235);
  g_autofree gchar *text = NULL;

  add (picture, "Mobility", 150, 100);
  add (picture, "|", 450, 100);
  add (picture, "3", 750, 300);
  text = page_reader_read_text (picture);
  g_assert_cmpstr (text, ==, "Mobility");
}

int
main (int argc, char **argv)
{
  page_reader_init (&argc, &argv);
  g_test_add_func ("/reading/table/figure_in_the_row_of_a_line_is_read",
      figure_in_the_row_of_a_line_is_read);
  g_test_add_func (
      "/reading/table/figure_in_a_row_is_read_on_a_page_that_is_askew",
      figure_in_a_row_is_read_on_a_page_that_is_askew);
  g_test_add_func ("/reading/table/light_figure_beside_dark_letters_is_read",
      light_figure_beside_dark_letters_is_read);
  g_test_add_func ("/reading/table/figures_with_eyes_are_read",
      figures_with_eyes_are_read);
  g_test_add_func ("/reading/table/figure_by_itself_may_be_an_icon",
      figure_by_itself_may_be_an_icon);
  return page_reader_run ();
}
