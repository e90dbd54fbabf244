/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whether the ink of a line looks like what it was read as.
 */
#include "reading/lineink.h"

#include <math.h>
#include <string.h>

#include "../../testrows.h"
#include "drawnline.h"

#define TESTS "/reading/lineink/"

/* A Chinese line is read so. */
static void
letters_of_several_widths_are_none (void)
{
  g_autoptr (DrawnLine) line
      = drawn_line_new ("Hamburg", "DejaVu Sans 38px");
  g_autoptr (LineReading) whole = drawn_line_read (line, "Hamburg", 0);
  g_autoptr (LineReading) few = drawn_line_read (line, "Ha", 0);

  g_assert_cmpfloat (line_ink_excess_width (whole, &line->crop), ==, 0);
  g_assert_cmpfloat (line_ink_excess_width (few, &line->crop), >, 0.5);
}

/* As leaves are, which taper to both ends. */
static void
add_ellipse (LineCrop *crop, gdouble x, gdouble y, gdouble a, gdouble b)
{
  for (gint v = y - b; v <= y + b; v++)
    for (gint u = x - a; u <= x + a; u++)
      if (pow ((u - x) / a, 2) + pow ((v - y) / b, 2) <= 1)
        crop->pixels[v * crop->width + u] = 0;
}

static void
strokes_of_letters_are_alike_and_leaves_are_not (void)
{
  static const gchar *const fonts[] = { "DejaVu Sans 38px",
    "DejaVu Sans Bold 38px", "Noto Sans CJK KR 38px", "NanumGothic Bold 38px" };
  static const gchar *const texts[] = { "La", "NA", "LIVE", "속보" };
  g_autoptr (DrawnLine) leaves = drawn_line_new (".", fonts[0]);
  g_autoptr (LineReading) few = drawn_line_read (leaves, "La", 0);
  g_autoptr (LineReading) many = drawn_line_read (leaves, "La pomme", 0);

  memset (leaves->crop.pixels, 255, leaves->crop.width * leaves->crop.height);
  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++) {
      g_autoptr (DrawnLine) line = drawn_line_new (texts[j], fonts[i]);

      g_test_message ("%s in %s", texts[j], fonts[i]);
      g_assert_cmpfloat (line_ink_unlikeness (few, &line->crop), <, 0.3);
    }
  add_ellipse (&leaves->crop, 150, 36, 4, 25);
  add_ellipse (&leaves->crop, 180, 52, 25, 9);
  add_ellipse (&leaves->crop, 215, 36, 2, 20);
  g_assert_cmpfloat (line_ink_unlikeness (few, &leaves->crop), >, 0.6);
  g_assert_cmpfloat (line_ink_unlikeness (many, &leaves->crop), ==, 0);
}

/* However alike they are. */
static void
leaves_are_solid_and_of_letters_straight_strokes_alone (void)
{
  g_autoptr (DrawnLine) line
      = drawn_line_new ("44", "DejaVu Sans Bold 38px");
  g_autoptr (DrawnLine) leaves
      = drawn_line_new (".", "DejaVu Sans Bold 38px");
  g_autoptr (LineReading) letters = drawn_line_read (line, "44", 0);
  g_autoptr (LineReading) strokes = drawn_line_read (leaves, "1l", 0);

  memset (leaves->crop.pixels, 255, leaves->crop.width * leaves->crop.height);
  add_ellipse (&leaves->crop, 150, 40, 6, 25);
  add_ellipse (&leaves->crop, 180, 40, 6, 25);
  g_assert_cmpfloat (line_ink_unlikeness (letters, &line->crop), <, 0.3);
  g_assert_cmpfloat (line_ink_unlikeness (letters, &leaves->crop), >, 3);
  g_assert_cmpfloat (line_ink_unlikeness (strokes, &leaves->crop), <, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (letters_of_several_widths_are_none);
  ADD (strokes_of_letters_are_alike_and_leaves_are_not);
  ADD (leaves_are_solid_and_of_letters_straight_strokes_alone);
  return g_test_run ();
}
