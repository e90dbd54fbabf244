/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Captions in an outline, over grounds that are as light as their letters.
 */
#include "../reading/pagereader.h"

#include <math.h>
#include <string.h>

#include "crops/lineoutline.h"
#include "drawnpicture.h"

#define WIDTH 1280
#define HEIGHT 360
#define OUTLINE 2.6
/* Of black, gray and white. */
#define NEUTRAL 128

/* Slanting blades, from dark at the left to light at the right. */
static GrayPicture *
draw_blades (guint8 dark, guint8 light)
{
  GrayPicture *picture = drawn_picture_new (WIDTH, HEIGHT, dark);

  for (gint y = 0; y < HEIGHT; y++)
    for (gint x = 0; x < WIDTH; x++) {
      gdouble blade = 0.8 + 0.2 * sin ((x + 0.4 * y) / 9);
      gdouble share = CLAMP (1.6 * x / WIDTH - 0.3, 0, 1);

      picture->pixels[y * picture->stride + x]
          = dark + (light - dark) * share * blade;
    }
  drawn_picture_add_noise (picture, 3, 5);
  return picture;
}

static void
add_outlined (GrayPicture *picture, const gchar *text, const gchar *font,
    guint8 letters, guint8 outline)
{
  for (guint i = 0; i < 16; i++)
    drawn_picture_add_text (picture, text, font,
        WIDTH / 2 + OUTLINE * cos (i * G_PI / 8),
        HEIGHT / 2 + OUTLINE * sin (i * G_PI / 8), 0, outline, NULL, NULL);
  drawn_picture_add_text (
      picture, text, font, WIDTH / 2, HEIGHT / 2, 0, letters, NULL, NULL);
}

static void
outlined_letters_are_read_on_any_ground (void)
{
  static const struct
  {
    const gchar *text, *font;
    guint8 letters, outline;
    guint8 dark, light; /* of the ground */
  } rows[] = {
    { "전화 좀 받아 줘...", "NanumGothic 38px", 245, 10, 20, 245 },
    { "The captain described it!", "Noto Sans CJK KR 38px", 245, 10, 20, 245 },
    { "전화 좀 받아 줘...", "NanumGothic 38px", 245, 10, 120, 200 },
    /* One find of two has the full stops. */
    { "Thank you for watching...", "Noto Sans CJK KR 38px", 245, 10, 120, 200 },
    { "시작했다 안 가져다", "Noto Sans CJK KR 36px", 245, 10, 180, 215 },
    { "전화 좀 받아 줘...", "NanumGothic 38px", 10, 245, 10, 235 },
    /* Thin serifs, which only the larger crop without the ground shows. */
    { "기자가 커피를 확인했다", "NanumMyeongjo 32px", 245, 10, 180, 215 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GrayPicture) picture = draw_blades (rows[i].dark, rows[i].light);
    g_autofree gchar *text = NULL;

    add_outlined (
        picture, rows[i].text, rows[i].font, rows[i].letters, rows[i].outline);
    text = page_reader_read_text (picture);
    g_test_message ("row %u: %s", i, text);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

/* The same in one of the picture's colours. */
static void
add_colour (GrayPicture *picture, guint plane, const gchar *text,
    const gchar *font, guint8 letters, guint8 ground)
{
  g_autoptr (GrayPicture) colour = drawn_picture_new (WIDTH, HEIGHT, ground);

  add_outlined (colour, text, font, letters, NEUTRAL);
  picture->chroma[plane] = g_steal_pointer (&colour->pixels);
}

static void
ground_of_another_colour_is_told_from_letters (void)
{
  static const struct
  {
    const gchar *text, *font;
    guint8 letters, ground, colours[2], ground_colours[2];
  } rows[] = {
    /* Yellow on a light sky. */
    { "매일 선생님이 사랑했다?", "Noto Sans CJK KR 38px", 205, 225,
        { 51, 145 }, { 132, 115 } },
    { "Who is calling so late!", "NanumGothic 42px", 205, 205,
        { 51, 145 }, { 132, 115 } },
    /* White on a leaf. */
    { "어디로 가는 거예요", "Noto Sans CJK KR 34px", 245, 235,
        { 128, 128 }, { 104, 112 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GrayPicture) picture
        = drawn_picture_new (WIDTH, HEIGHT, rows[i].ground);
    g_autofree gchar *text = NULL;

    drawn_picture_add_noise (picture, 3, 5);
    add_outlined (picture, rows[i].text, rows[i].font, rows[i].letters, 10);
    for (guint j = 0; j < 2; j++)
      add_colour (picture, j, rows[i].text, rows[i].font, rows[i].colours[j],
          rows[i].ground_colours[j]);
    text = page_reader_read_text (picture);
    for (guint j = 0; j < 2; j++)
      g_clear_pointer (&picture->chroma[j], g_free);
    g_test_message ("row %u: %s", i, text);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

#define CROP_WIDTH 240
#define CROP_HEIGHT 56
#define TEXT_TOP 8
#define TEXT_BOTTOM 48
#define FIRST_LETTER 80
#define BORDER 4

static void
draw_block (GrayPicture *picture, guint8 colour, gint left, gint right,
    gint top, gint bottom)
{
  for (gint y = top; y < bottom; y++)
    memset (picture->pixels + y * picture->stride + left, colour, right - left);
}

/* White in black, or what is as dim as @letters. */
static void
draw_outlined_block (GrayPicture *picture, guint8 letters, gint left,
    gint right, gint top, gint bottom)
{
  draw_block (picture, 10, left - BORDER, right + BORDER, top - BORDER,
      bottom + BORDER);
  draw_block (picture, letters, left, right, top, bottom);
}

/* Strokes that stand like letters, and before them one which is too thin to be as
 * white, and as yellow. */
static void
thin_stroke_in_an_outline_is_a_dash (void)
{
  static const struct
  {
    const gchar *what;
    gint left, right, top, bottom;
    gboolean kept;
  } rows[] = {
    { "a dash", 40, 56, 27, 29, TRUE },
    { "a rule over the text", 40, 56, 14, 16, FALSE },
    { "a rule under it", 40, 56, 41, 43, FALSE },
    { "a slit beside a letter", 70, 72, 20, 36, FALSE },
    { "a slit under one", FIRST_LETTER, FIRST_LETTER + 16, 32, 34, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GrayPicture) picture
        = drawn_picture_new (CROP_WIDTH, CROP_HEIGHT, 180);
    g_autofree guint8 *strokes = g_malloc0 (CROP_WIDTH * CROP_HEIGHT);
    LineCrop crop = { .width = CROP_WIDTH,
      .height = CROP_HEIGHT,
      .text_top = TEXT_TOP,
      .text_bottom = TEXT_BOTTOM,
      .pixels = picture->pixels,
      .to_picture = { 1, 0, 0, 0, 1, 0 } };
    g_autoptr (GrayPicture) blue
        = drawn_picture_new (CROP_WIDTH, CROP_HEIGHT, 88);
    g_autoptr (GrayPicture) red
        = drawn_picture_new (CROP_WIDTH, CROP_HEIGHT, 127);
    gint middle = (rows[i].top + rows[i].bottom) / 2;
    guint8 found;

    g_assert_cmpint (picture->stride, ==, CROP_WIDTH);
    for (gint x = FIRST_LETTER; x < CROP_WIDTH - 20; x += 24) {
      draw_outlined_block (picture, 245, x, x + 16, 14, 26);
      draw_block (blue, 53, x, x + 16, 14, 26);
      draw_block (red, 136, x, x + 16, 14, 26);
    }
    picture->chroma[0] = blue->pixels;
    picture->chroma[1] = red->pixels;
    for (guint k = 0; k < CROP_WIDTH * CROP_HEIGHT; k++)
      strokes[k] = picture->pixels[k] == 245;
    draw_outlined_block (
        picture, 135, rows[i].left, rows[i].right, rows[i].top, rows[i].bottom);
    g_assert_true (line_outline_clear (&crop, picture, strokes, TRUE, 20, 240));
    picture->chroma[0] = picture->chroma[1] = NULL;
    found
        = crop.pixels[middle * CROP_WIDTH + (rows[i].left + rows[i].right) / 2];
    g_test_message ("%s: %u", rows[i].what, found);
    if (rows[i].kept)
      g_assert_cmpuint (found, <, LINE_CROP_DARK);
    else
      g_assert_cmpuint (found, ==, 240);
  }
}

int
main (int argc, char **argv)
{
  page_reader_init (&argc, &argv);
  g_test_add_func ("/crops/outline/outlined_letters_are_read_on_any_ground",
      outlined_letters_are_read_on_any_ground);
  g_test_add_func (
      "/crops/outline/ground_of_another_colour_is_told_from_letters",
      ground_of_another_colour_is_told_from_letters);
  g_test_add_func ("/crops/outline/thin_stroke_in_an_outline_is_a_dash",
      thin_stroke_in_an_outline_is_a_dash);
  return page_reader_run ();
}
