/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Plates in a line, that are light where the rest is dark: the goals on a
 * board, values beside their names, a tag before a headline, a selection.
 */
#include "crops/lineplates.h"

#include <string.h>

#include "../reading/drawnline.h"
#include "../reading/pagereader.h"
#include "drawnpicture.h"

#define MIDDLE 180

static void
fill (GrayPicture *picture, gdouble left, gdouble right, gdouble height,
    guint8 brightness)
{
  for (gint y = MIDDLE - height / 2; y < MIDDLE + height / 2; y++)
    memset (picture->pixels + y * picture->stride + (gint)left, brightness,
        (gint)right - (gint)left);
}

static gdouble
measure (const gchar *text, const gchar *font)
{
  g_autoptr (GrayPicture) scratch = drawn_picture_new (16, 16, 0);
  gdouble width;

  drawn_picture_add_text (scratch, text, font, 8, 8, 0, 0, &width, NULL);
  return width;
}

/* Draws a board of cells, with blanks between; those in brackets are on plates.
 * @height: of the plates, by that of the type; the board is @board times as
 * high. */
static void
draw_board (GrayPicture *picture, const gchar *cells, const gchar *font,
    gint size, gdouble height, gdouble board, guint8 ground, guint8 ink)
{
  g_auto (GStrv) texts = g_strsplit (cells, "|", -1);
  g_autofree gchar *type = g_strdup_printf ("%s %dpx", font, size);
  gdouble pad = 0.3 * size, gap = 0.45 * size, x = 200, width = gap;

  for (guint i = 0; texts[i]; i++)
    width += measure (g_strdelimit (texts[i], "_", ' '), type) + gap
             + (texts[i][0] == '[' ? 2 * pad : 0);
  fill (picture, x, x + width, height * board * size, ground);
  x += gap;
  for (guint i = 0; texts[i]; i++) {
    gboolean on_plate = texts[i][0] == '[';
    gchar *text = texts[i] + on_plate;
    gdouble own;

    text[strcspn (text, "]")] = '\0';
    own = measure (text, type);
    if (on_plate) {
      fill (picture, x, x + own + 2 * pad, height * size, ink);
      x += pad;
    }
    drawn_picture_add_text (picture, text, type, x + own / 2, MIDDLE, 0,
        on_plate ? ground : ink, NULL, NULL);
    x += own + gap + (on_plate ? pad : 0);
  }
}

/* How many of the words of @wanted are in @text, in their order. */
static guint
count_words (const gchar *wanted, const gchar *text)
{
  g_auto (GStrv) words = g_strsplit (wanted, " ", -1);
  g_auto (GStrv) read = g_strsplit (text, " ", -1);
  guint n = 0;

  for (guint i = 0, j = 0; words[i]; i++)
    for (guint at = j; read[at]; at++)
      if (g_str_equal (read[at], words[i])) {
        j = at + 1;
        n++;
        break;
      }
  return n;
}

static void
parts_of_a_line_on_plates_are_read_with_the_rest (void)
{
  static const struct
  {
    const gchar *font;
    gint size;
    gdouble height, board;
  } looks[] = {
    { "NanumGothic", 30, 1.5, 1 },
    { "NanumGothic Bold", 26, 1.4, 1.5 },
    { "Noto Sans CJK KR", 28, 1.5, 1.4 },
    { "Noto Sans CJK KR Bold", 32, 1.6, 1 },
  };
  static const guint8 colours[][2]
      = { { 40, 250 }, { 235, 30 }, { 10, 215 }, { 220, 80 } };
  static const struct
  {
    const gchar *cells, *text;
  } boards[] = {
    { "서울|[1 0]|부산|44:55", "서울 1 0 부산 44:55" },
    { "LIONS|[3]|BEARS|[2]", "LIONS 3 BEARS 2" },
    { "속도|[68]|Gate|[A7]", "속도 68 Gate A7" },
  };
  guint n = 0, n_read = 0;

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    for (guint j = 0; j < G_N_ELEMENTS (colours); j++)
      for (guint k = 0; k < G_N_ELEMENTS (boards); k++) {
        g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 360, 120);
        g_autofree gchar *text = NULL;

        draw_board (picture, boards[k].cells, looks[i].font, looks[i].size,
            looks[i].height, looks[i].board, colours[j][0], colours[j][1]);
        text = page_reader_read_text (picture);
        n += count_words (boards[k].text, boards[k].text);
        n_read += count_words (boards[k].text, text);
        if (!g_str_equal (text, boards[k].text))
          g_test_message ("%s %d, %d on %d: %s", looks[i].font, looks[i].size,
              colours[j][1], colours[j][0], text);
      }
  g_test_message ("%u of %u words", n_read, n);
  g_assert_cmpfloat (n_read, >=, 0.75 * n);
}

static guint8 *
strokes_of (const LineCrop *crop)
{
  gsize n = (gsize)crop->width * crop->height;
  guint8 *strokes = g_malloc (n);

  for (gsize i = 0; i < n; i++)
    strokes[i] = crop->pixels[i] < LINE_CROP_DARK;
  return strokes;
}

/* Letters that are as a box, or have eyes that are as letters. */
static void
letters_are_no_plates (void)
{
  static const gchar *const texts[]
      = { "몸 미음 ㅁ 맘마", "B80 DOQ 069", "HOME [8] 4", "모두 0 대 0" };
  static const gchar *const fonts[] = { "NanumGothic Bold 40px",
    "DejaVu Sans Condensed Bold 40px", "Noto Sans CJK KR 40px" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (fonts); j++) {
      g_autoptr (DrawnLine) line = drawn_line_new (texts[i], fonts[j]);
      gsize n = (gsize)line->crop.width * line->crop.height;
      g_autofree guint8 *before = g_memdup2 (line->crop.pixels, n);
      g_autofree guint8 *strokes = strokes_of (&line->crop);

      line_plates_turn (&line->crop, strokes, 0, 255);
      g_assert_cmpmem (line->crop.pixels, n, before, n);
    }
}

/* A line of which one word is selected becomes what it is without that. */
static void
plate_is_turned_with_its_letters (void)
{
  g_autoptr (DrawnLine) line
      = drawn_line_new ("six  two  six", "DejaVu Sans 36px");
  LineCrop *crop = &line->crop;
  gsize n = (gsize)crop->width * crop->height;
  g_autofree guint8 *plain = g_memdup2 (crop->pixels, n);
  gint width = line->right - line->left;
  gint left = line->left + width / 3, right = line->right - width / 3;
  g_autofree guint8 *strokes = NULL, *plain_strokes = strokes_of (crop);
  guint n_other = 0;

  for (gint y = crop->text_top - 6; y < crop->text_bottom + 6; y++)
    for (gint x = left; x < right; x++)
      crop->pixels[y * crop->width + x] = 255 - plain[y * crop->width + x];
  strokes = strokes_of (crop);
  line_plates_turn (crop, strokes, 0, 255);
  for (gsize i = 0; i < n; i++)
    n_other += (crop->pixels[i] < LINE_CROP_DARK) != plain_strokes[i]
               || strokes[i] != plain_strokes[i];
  /* Soft edges are rounded otherwise. */
  g_assert_cmpuint (n_other, <, 10);
}

int
main (int argc, char **argv)
{
  page_reader_init (&argc, &argv);
  g_test_add_func (
      "/crops/plates/parts_of_a_line_on_plates_are_read_with_the_rest",
      parts_of_a_line_on_plates_are_read_with_the_rest);
  g_test_add_func (
      "/crops/plates/letters_are_no_plates", letters_are_no_plates);
  g_test_add_func ("/crops/plates/plate_is_turned_with_its_letters",
      plate_is_turned_with_its_letters);
  return page_reader_run ();
}
