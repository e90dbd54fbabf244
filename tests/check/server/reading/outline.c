/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Captions in an outline, over grounds that are as light as their letters.
 */
#include "reading/tesseract.h"

#include <math.h>

#include "drawnpicture.h"
#include "pagetext.h"

#define WIDTH 1280
#define HEIGHT 360
#define OUTLINE 2.6

static Recognizer *recognizer;

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
    { "시작했다 안 가져다", "Noto Sans CJK KR 36px", 245, 10, 180, 215 },
    { "전화 좀 받아 줘...", "NanumGothic 38px", 10, 245, 10, 235 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GrayPicture) picture = draw_blades (rows[i].dark, rows[i].light);
    g_autofree gchar *text = NULL;

    add_outlined (
        picture, rows[i].text, rows[i].font, rows[i].letters, rows[i].outline);
    text = page_text_read (recognizer, picture);
    g_test_message ("row %u: %s", i, text);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gint result;

  g_test_init (&argc, &argv, NULL);
  recognizer = tesseract_recognizer_new ("kor+eng", NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/reading/outline/outlined_letters_are_read_on_any_ground",
      outlined_letters_are_read_on_any_ground);
  result = g_test_run ();
  recognizer_free (recognizer);
  return result;
}
