/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text that does not run from left to right.
 */
#include "pagereader.h"

#include <math.h>

#include "drawnpicture.h"
#include "reading/linereader.h"
#include "turnedpicture.h"

static const gdouble angles[] = { 90, -90, 180, 35, -40, 45 };

static void
turned_text_is_read_where_it_stands (gconstpointer data)
{
  gdouble degrees = *(const gdouble *) data, along[2], across[2];
  gdouble c = cos (degrees * G_PI / 180), s = sin (degrees * G_PI / 180);
  g_autoptr (GrayPicture) picture = drawn_picture_new (800, 600, 20);
  g_autoptr (GPtrArray) words = NULL;
  g_autofree gchar *text = NULL;
  const KocrAnswerWord *word;
  gdouble width, height;

  drawn_picture_add_text (picture, "Emergency", "DejaVu Sans 40px", 380, 310,
      degrees, 235, &width, &height);
  words = page_reader_read_words (picture);
  text = page_text (words);
  g_assert_cmpstr (text, ==, "Emergency");
  word = g_ptr_array_index (words, 0);
  for (guint i = 0; i < 2; i++) {
    gdouble x = word->box[2 * i] - 380, y = word->box[2 * i + 1] - 310;

    along[i] = x * c + y * s;
    across[i] = y * c - x * s;
  }
  g_assert_cmpfloat_with_epsilon (along[0], -width / 2, 10);
  g_assert_cmpfloat_with_epsilon (along[1], width / 2, 10);
  g_assert_cmpfloat_with_epsilon (across[0], -height / 2, 10);
  g_assert_cmpfloat_with_epsilon (across[1], -height / 2, 10);
}

static void
column_of_hangul_is_one_word_from_top_to_bottom (void)
{
  static const gchar *const syllables[] = { "대", "한", "민", "국", "만", "세" };
  g_autoptr (GrayPicture) picture = drawn_picture_new (640, 480, 20);
  g_autoptr (GPtrArray) words = NULL;
  g_autofree gchar *text = NULL;
  g_autoptr (LineReader) reader = line_reader_new ("kor+eng", NULL, NULL);
  const KocrAnswerWord *word;

  if (!line_reader_has_columns (reader)) {
    g_test_skip ("there is no model for columns: tesseract-ocr-kor-vert");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (syllables); i++)
    drawn_picture_add_text (picture, syllables[i], "NanumGothic 44px", 320,
        90 + 54 * i, 0, 235, NULL, NULL);
  words = page_reader_read_words (picture);
  text = page_text (words);
  g_assert_cmpstr (text, ==, "대한민국만세");
  word = g_ptr_array_index (words, 0);
  g_assert_cmpfloat_with_epsilon (word->box[0], 300, 10);
  g_assert_cmpfloat_with_epsilon (word->box[1], 70, 14);
  g_assert_cmpfloat_with_epsilon (word->box[2], 340, 10);
  g_assert_cmpfloat_with_epsilon (word->box[5], 380, 14);
}

/* On a label: what runs, and at its right what stands. */
static void
text_on_its_side_is_read_beside_text_that_runs (gconstpointer data)
{
  gdouble degrees = *(const gdouble *)data;
  g_autoptr (GrayPicture) picture = drawn_picture_new (1000, 700, 235);
  g_autoptr (GPtrArray) words = NULL;
  g_autofree gchar *text = NULL;
  const KocrAnswerWord *word;

  drawn_picture_add_text (picture, "Store in a dry place", "DejaVu Sans 30px",
      400, 200, 0, 20, NULL, NULL);
  drawn_picture_add_text (picture, "www.example.com/cleaning",
      "DejaVu Sans 24px", 850, 350, degrees, 20, NULL, NULL);
  words = page_reader_read_words (picture);
  text = page_text (words);
  g_assert_cmpstr (
      text, ==, "Store in a dry place www.example.com/cleaning");
  word = g_ptr_array_index (words, words->len - 1);
  /* Its first letter is at the foot, or at the head. */
  g_assert_cmpfloat_with_epsilon (
      word->box[1], 350 - (degrees < 0 ? -170 : 170), 25);
}

static void
lines_that_are_not_read_count_beside_what_stands (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1000, 700, 235);
  g_autoptr (GPtrArray) words = NULL;
  g_autofree gchar *text = NULL;

  drawn_picture_add_text (picture, "Store in a dry place", "DejaVu Sans 30px",
      400, 200, 0, 20, NULL, NULL);
  drawn_picture_add_text (picture, "欢迎收看晚间新闻，今日天气晴",
      "Noto Sans CJK JP 40px", 400, 450, 0, 20, NULL, NULL);
  drawn_picture_add_text (picture, "www.example.com/cleaning",
      "DejaVu Sans 24px", 850, 350, -90, 20, NULL, NULL);
  words = page_reader_read_words (picture);
  text = page_text (words);
  g_assert_true (g_str_has_suffix (text, " www.example.com/cleaning"));
  g_assert_cmpuint (page_reader->n_unread, ==, 1);
}

static void
column_is_read_beside_text_that_runs (void)
{
  static const gchar *const syllables[] = { "대", "한", "민", "국", "만", "세" };
  g_autoptr (GrayPicture) picture = drawn_picture_new (800, 480, 20);
  g_autoptr (GPtrArray) words = NULL;
  g_autofree gchar *text = NULL;
  g_autoptr (LineReader) reader = line_reader_new ("kor+eng", NULL, NULL);

  if (!line_reader_has_columns (reader)) {
    g_test_skip ("there is no model for columns: tesseract-ocr-kor-vert");
    return;
  }
  drawn_picture_add_text (picture, "서울역 광장", "NanumGothic 40px", 250, 200,
      0, 235, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (syllables); i++)
    drawn_picture_add_text (picture, syllables[i], "NanumGothic 44px", 620,
        90 + 54 * i, 0, 235, NULL, NULL);
  words = page_reader_read_words (picture);
  text = page_text (words);
  g_assert_cmpstr (text, ==, "서울역 광장 대한민국만세");
}

static void
quads_are_turned_back (void)
{
  for (gdouble degrees = -180; degrees <= 180; degrees += 45) {
    g_autoptr (GrayPicture) picture = drawn_picture_new (101, 51, 20);
    g_auto (TurnedPicture) turned = { 0 };
    gint best_u = 0, best_v = 0, most = 0;
    gdouble box[8] = { 0 };

    for (gint y = 9; y < 14; y++)
      for (gint x = 78; x < 83; x++)
        picture->pixels[y * picture->stride + x] = y == 11 && x == 80 ? 255 : 200;
    kocr_turned_picture_init (&turned, picture, degrees);
    for (gint v = 0; v < turned.picture.height; v++)
      for (gint u = 0; u < turned.picture.width; u++)
        if (turned.picture.pixels[v * turned.picture.stride + u] > most) {
          most = turned.picture.pixels[v * turned.picture.stride + u];
          best_u = u;
          best_v = v;
        }
    box[0] = best_u + 0.5;
    box[1] = best_v + 0.5;
    kocr_turned_picture_turn_back (&turned, box);
    g_assert_cmpfloat_with_epsilon (box[0], 80.5, 1);
    g_assert_cmpfloat_with_epsilon (box[1], 11.5, 1);
  }
}

int
main (int argc, char **argv)
{
  page_reader_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (angles); i++) {
    g_autofree gchar *path =
        g_strdup_printf
        ("/reading/turned/turned_text_is_read_where_it_stands/%.0f", angles[i]);

    g_test_add_data_func (path, &angles[i],
        turned_text_is_read_where_it_stands);
  }
  for (guint i = 0; i < 2; i++) {
    g_autofree gchar *path = g_strdup_printf (
        "/reading/turned/text_on_its_side_is_read_beside_text_that_runs/%.0f",
        angles[i]);

    g_test_add_data_func (
        path, &angles[i], text_on_its_side_is_read_beside_text_that_runs);
  }
  g_test_add_func (
      "/reading/turned/lines_that_are_not_read_count_beside_what_stands",
      lines_that_are_not_read_count_beside_what_stands);
  g_test_add_func ("/reading/turned/column_is_read_beside_text_that_runs",
      column_is_read_beside_text_that_runs);
  g_test_add_func ("/reading/turned/quads_are_turned_back",
      quads_are_turned_back);
  g_test_add_func ("/reading/turned/"
      "column_of_hangul_is_one_word_from_top_to_bottom",
      column_of_hangul_is_one_word_from_top_to_bottom);
  return page_reader_run ();
}
