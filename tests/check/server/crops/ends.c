/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Ends of a line: letters that touch the end of the plate that the line stands on.
 */
#include "crops/lineends.h"

#include <string.h>

#include "../reading/drawnline.h"
#include "../reading/pagereader.h"
#include "drawnpicture.h"

/* On a plate that is as wide as its ink, from @top to before @foot. */
static void
add_line (GrayPicture *picture, const gchar *text, const gchar *font, gint top,
    gint foot, guint8 ground, guint8 ink)
{
  g_autoptr (GrayPicture) scratch = drawn_picture_new (16, 16, 0);
  gdouble width;

  drawn_picture_add_text (scratch, text, font, 8, 8, 0, 0, &width, NULL);
  for (gint y = top; y < foot; y++)
    memset (picture->pixels + y * picture->stride + (gint)(320 - width / 2),
        ground, width);
  drawn_picture_add_text (
      picture, text, font, 320, (top + foot) / 2, 0, ink, NULL, NULL);
}

static void
plate_may_be_no_wider_than_its_text (void)
{
  static const gchar *const fonts[]
      = { "NanumGothic 32px", "Noto Sans CJK KR 32px", "DejaVu Sans 32px" };
  static const gchar *const texts[] = { "You are late again.",
    "Very good idea.", "The bus is leaving", "Every day we play",
    "그는 어디로 갔을까", "많은 사람들이 왔다" };
  static const guint8 colours[][3]
      = { { 255, 50, 255 }, { 150, 35, 250 }, { 40, 230, 20 } };
  guint n = 0, n_read = 0;

  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      for (guint k = 0; k < G_N_ELEMENTS (colours); k++) {
        g_autoptr (GrayPicture) picture
            = drawn_picture_new (640, 120, colours[k][0]);
        g_autofree gchar *text = NULL;

        add_line (picture, texts[j], fonts[i], 30, 90, colours[k][1],
            colours[k][2]);
        text = page_reader_read_text (picture);

        n++;
        n_read += g_str_equal (text, texts[j]);
        if (!g_str_equal (text, texts[j]))
          g_test_message ("%s, %d on %d: %s", fonts[i], colours[k][2],
              colours[k][1], text);
      }
  g_test_message ("%u of %u lines", n_read, n);
  g_assert_cmpuint (n_read, >=, n - 4);
}

static void
fill (LineCrop *crop, gint left, gint right, gint top, gint foot,
    guint8 brightness)
{
  for (gint y = top; y < foot; y++)
    memset (crop->pixels + y * crop->width + left, brightness, right - left);
}

/* The wider of two lines has the ground below its ends, too. */
static void
next_line_may_have_a_narrower_plate (void)
{
  guint8 pixels[200 * 56], plain[sizeof pixels], strokes[sizeof pixels];
  LineCrop crop = { .width = 200, .height = 56, .pixels = plain,
    .text_top = 8, .text_bottom = 48 };

  fill (&crop, 0, 200, 0, 56, 255);
  fill (&crop, 60, 90, 8, 48, 0);
  fill (&crop, 110, 140, 8, 48, 0);
  for (guint i = 0; i < sizeof plain; i++)
    strokes[i] = plain[i] == 0;
  crop.pixels = memcpy (pixels, plain, sizeof plain);
  fill (&crop, 0, 56, 0, 56, 120);
  fill (&crop, 0, 100, 50, 56, 120);
  line_ends_clear (&crop, strokes, 0, 255);
  g_assert_cmpmem (pixels, sizeof pixels, plain, sizeof plain);
}

/* Two dark letters, which light ground begins @margin before and ends as far behind, in
 * a picture of neither; @between: what is between them. */
static void
assert_left_alone (gint margin, guint8 between)
{
  guint8 pixels[200 * 56], plain[sizeof pixels], strokes[sizeof pixels];
  LineCrop crop = { .width = 200, .height = 56, .pixels = plain,
    .text_top = 8, .text_bottom = 48 };

  fill (&crop, 0, 200, 0, 56, 120);
  fill (&crop, 60 - margin, 140 + margin, 0, 56, 255);
  fill (&crop, 90 + 3, 110 - 3, 0, 56, between);
  fill (&crop, 60, 90, 8, 48, 0);
  fill (&crop, 110, 140, 8, 48, 0);
  for (guint i = 0; i < sizeof plain; i++)
    strokes[i] = plain[i] == 0;
  crop.pixels = memcpy (pixels, plain, sizeof plain);
  line_ends_clear (&crop, strokes, 0, 255);
  g_assert_cmpmem (pixels, sizeof pixels, plain, sizeof plain);
}

static void
plate_may_be_wider (void)
{
  assert_left_alone (30, 255);
}

static void
outline_is_no_plate (void)
{
  assert_left_alone (3, 120);
}

/* What is blank beside a letter, or as light as it for no wider than a stroke, stays
 * as it is. */
static void
line_without_plate_keeps_its_ends (void)
{
  static const gchar *const texts[] = { "Illusion all", "이 마을 터", "[1]" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (DrawnLine) line
        = drawn_line_new (texts[i], "NanumGothic Bold 40px");
    LineCrop *crop = &line->crop;
    gsize n = (gsize)crop->width * crop->height;
    g_autofree guint8 *before = g_memdup2 (crop->pixels, n);
    g_autofree guint8 *strokes = g_malloc (n);

    for (gsize j = 0; j < n; j++)
      strokes[j] = crop->pixels[j] < LINE_CROP_DARK;
    line_ends_clear (crop, strokes, 0, 255);
    g_assert_cmpmem (crop->pixels, n, before, n);
  }
}

int
main (int argc, char **argv)
{
  page_reader_init (&argc, &argv);
  g_test_add_func ("/crops/ends/plate_may_be_no_wider_than_its_text",
      plate_may_be_no_wider_than_its_text);
  g_test_add_func ("/crops/ends/next_line_may_have_a_narrower_plate",
      next_line_may_have_a_narrower_plate);
  g_test_add_func ("/crops/ends/plate_may_be_wider", plate_may_be_wider);
  g_test_add_func ("/crops/ends/outline_is_no_plate", outline_is_no_plate);
  g_test_add_func ("/crops/ends/line_without_plate_keeps_its_ends",
      line_without_plate_keeps_its_ends);
  return page_reader_run ();
}
