/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What of its surroundings is cut out with a line.
 */
#include "crops/linecrop.h"

#include "drawnpicture.h"

#define HEIGHT 28
#define LEFT 200
#define RIGHT 360
#define MIDDLE 100

#define INK 20
#define PAPER 235

static void
draw_bar (GrayPicture *picture, guint8 colour, gint left, gint right, gint top,
    gint bottom)
{
  for (gint y = top; y < bottom; y++)
    for (gint x = left; x < right; x++)
      picture->pixels[y * picture->stride + x] = colour;
}

/* How many pixels of the picture are before the text, in the crop of a line of
 * bars that stand like letters from LEFT to RIGHT, beside which a mark stands
 * from @left to before @right and from @top to before @bottom; two of them, each a
 * third as high, where it is @parted. */
static gdouble
room_before (gint left, gint right, gint top, gint bottom, gboolean parted)
{
  static const LineCropStyle style = {
    .text_height = 40, .padding = 0.1, .padding_across = 0.2, .backdrop = 0.95
  };
  g_autoptr (GrayPicture) picture = drawn_picture_new (640, 200, PAPER);
  g_auto (ColourPlanes) planes = { 0 };
  g_auto (LineCrop) crop = { 0 };
  TextLine line = { .x = (LEFT + RIGHT) / 2,
    .y = MIDDLE,
    .width = RIGHT - LEFT,
    .height = HEIGHT,
    .scale = 1 };

  line.runs = g_array_new (FALSE, FALSE, sizeof (LineRun));
  for (gint x = LEFT; x < RIGHT; x += 10) {
    draw_bar (
        picture, INK, x, x + 4, MIDDLE - HEIGHT / 2, MIDDLE + HEIGHT / 2);
    for (gint y = MIDDLE - HEIGHT / 2; y < MIDDLE + HEIGHT / 2; y++) {
      LineRun run = { .run = { y, x, x + 4 }, .scale = 1 };

      g_array_append_val (line.runs, run);
    }
  }
  draw_bar (picture, INK, left, right, top, bottom);
  if (parted)
    draw_bar (picture, PAPER, left, right, top + (bottom - top) / 3,
        bottom - (bottom - top) / 3);
  colour_planes_init (&planes, picture);
  line_crop_init (&crop, &planes, &line, &style);
  g_array_unref (line.runs);
  return LEFT - crop.to_picture[2];
}

static void
letter_that_the_finder_lost_is_cut_out_with_its_line (void)
{
  gint top = MIDDLE - HEIGHT / 2, bottom = MIDDLE + HEIGHT / 2;
  gdouble alone = room_before (0, 0, 0, 0, FALSE);
  static const struct
  {
    const gchar *what;
    gint left, right, above, below;
    gboolean taken, parted;
  } rows[] = {
    { "a letter", 182, 196, 0, 0, TRUE },
    { "two of them that touch", 174, 196, 0, 0, TRUE },
    { "a small one", 184, 196, -8, 0, TRUE },
    { "a frame", 190, 194, 30, 30, FALSE },
    { "a letter of another word", 172, 184, 0, 0, FALSE },
    { "a bullet", 178, 188, -6, -6, FALSE },
    { "a full stop", 192, 196, -22, 0, TRUE },
    { "a full stop in type of one width", 184, 188, -22, 0, TRUE },
    { "a colon", 184, 189, -9, 0, TRUE, TRUE },
    { "a colon of small type", 180, 190, -4, 0, TRUE, TRUE },
    { "a dash", 169, 184, -13, -13, TRUE },
    { "a rule", 169, 184, -2, -24, FALSE },
    { "a rule below", 169, 184, -25, -1, FALSE },
    { "a long stroke", 164, 186, -13, -13, FALSE },
    { "a stroke as high", 184, 189, -9, 0, FALSE },
    { "a frame's dashes", 184, 189, 0, 9, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gdouble room = room_before (rows[i].left, rows[i].right,
        top - rows[i].above, bottom + rows[i].below, rows[i].parted);

    g_test_message ("%s: %.1f, alone %.1f", rows[i].what, room, alone);
    if (rows[i].taken)
      g_assert_cmpfloat (room, >, LEFT - rows[i].left);
    else
      g_assert_cmpfloat_with_epsilon (room, alone, 0.5);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crops/linecrop/"
      "letter_that_the_finder_lost_is_cut_out_with_its_line",
      letter_that_the_finder_lost_is_cut_out_with_its_line);
  return g_test_run ();
}
