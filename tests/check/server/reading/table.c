/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What stands alone in the cells of a table.
 */
#include "reading/tesseract.h"

#include "drawnpicture.h"
#include "pagetext.h"

#define INK 20
#define FONT "DejaVu Sans 28px"

static Recognizer *recognizer;

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
  text = page_text_read (recognizer, picture);
  g_assert_cmpstr (text, ==, "Blind 5 1 98.3 Mobility 3 4");
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
  text = page_text_read (recognizer, picture);
  g_assert_cmpstr (text, ==, "Mobility");
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gint result;

  g_test_init (&argc, &argv, NULL);
  recognizer = tesseract_recognizer_new ("kor+eng", NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/reading/table/figure_in_the_row_of_a_line_is_read",
      figure_in_the_row_of_a_line_is_read);
  g_test_add_func ("/reading/table/figure_by_itself_may_be_an_icon",
      figure_by_itself_may_be_an_icon);
  result = g_test_run ();
  recognizer_free (recognizer);
  return result;
}
