/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frames read by Tesseract, through the interface that the service uses.
 */
#include "reading/tesseract.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>

#include "../../stopwatch.h"
#include "../../testrows.h"
#include "drawnpicture.h"
#include "pagereader.h"

#define TESTS "/reading/tesseract/"

typedef struct
{
  const gchar *name, *text, *font;
  gdouble degrees;
  guint8 ground, ink;
} Caption;

static const Caption captions[] = {
  {"english", "Where are you going", "DejaVu Sans 34px", 0, 20, 235},
  {"english-dark", "Please fasten your seat belt", "DejaVu Sans 24px", 0, 230,
      20},
  {"english-tilted", "Emergency Exit", "DejaVu Sans 40px", 12, 20, 235},
  {"korean", "오늘의 뉴스를 전해 드립니다", "NanumGothic 36px", 0,
      20, 235},
  {"korean-dark", "비가 많이 내립니다", "NanumGothic 24px", 0, 225, 25},
  {"korean-tilted", "관계자 외 출입 금지", "NanumGothic 44px", -14, 20,
      235},
  {"mixed", "내일 KBS 뉴스", "NanumGothic 40px", 0, 20, 235},
  {"large", "안전 교육 안내", "NanumGothic 120px", 0, 235, 20},
};

static void
caption_is_read (gconstpointer data)
{
  const Caption *caption = data;
  g_autoptr (GrayPicture) picture =
      drawn_picture_new (1280, 720, caption->ground);
  g_autoptr (GPtrArray) words = NULL;
  g_autofree gchar *text = NULL;
  gdouble c = cos (caption->degrees * G_PI / 180);
  gdouble s = sin (caption->degrees * G_PI / 180);
  gdouble width, height;
  guint i, corner;

  drawn_picture_add_text (picture, caption->text, caption->font, 640, 400,
      caption->degrees, caption->ink, &width, &height);
  drawn_picture_add_noise (picture, 3, 1);
  words = page_reader_read_words (picture);
  text = page_text (words);
  g_assert_cmpstr (text, ==, caption->text);

  /* Every corner of every word lies in the line's own box, the words from
   * left to right along it. */
  for (i = 0; i < words->len; i++) {
    const KocrAnswerWord *word = g_ptr_array_index (words, i);
    gdouble along[4], across[4];

    for (corner = 0; corner < 4; corner++) {
      gdouble x = word->box[2 * corner] - 640;
      gdouble y = word->box[2 * corner + 1] - 400;

      along[corner] = x * c + y * s;
      across[corner] = y * c - x * s;
      g_assert_cmpfloat (fabs (along[corner]), <, width / 2 + height / 3);
      g_assert_cmpfloat (fabs (across[corner]), <, height * 0.8);
    }
    g_assert_cmpfloat (along[1], >, along[0]);
    g_assert_cmpfloat (across[3], >, across[0]);
    if (i > 0) {
      const KocrAnswerWord *before = g_ptr_array_index (words, i - 1);
      gdouble x = before->box[2] - 640, y = before->box[3] - 400;

      g_assert_cmpfloat (x * c + y * s, <, along[0] + height / 4);
    }
  }
}

/* Noise of a step or two lets the engine see the row of a line elsewhere, and
 * read nothing in it. */
static void
clear_line_is_read_whatever_the_noise (void)
{
  guint32 seed;

  for (seed = 0; seed < 20; seed += 4) {
    g_autoptr (GrayPicture) picture = drawn_picture_new (540, 90, 239);
    g_autofree gchar *text = NULL;

    drawn_picture_add_text (picture, "버스가 방금 떠나 버렸네", "NanumGothic 41px",
        270, 45, 0, 36, NULL, NULL);
    drawn_picture_add_noise (picture, 1, seed);
    text = page_reader_read_text (picture);
    g_assert_cmpstr (text, ==, "버스가 방금 떠나 버렸네");
  }
}

/* Marks smaller than the letters, which the finder takes for noise, at both
 * ends of a line and below it. */
static void
small_marks_are_read (void)
{
  static const struct
  {
    const gchar *text, *font;
    gint width, height;
  } rows[] = {
    {"100,775.12 and 1,500.00", "DejaVu Sans 12px", 640, 360},
    {"It stays where it is.", "DejaVu Sans 13px", 640, 360},
    {"you know, come, then", "DejaVu Sans 12px", 640, 360},
    {"You are all right...", "DejaVu Sans 13px", 640, 360},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GrayPicture) picture =
        drawn_picture_new (rows[i].width, rows[i].height, 235);
    g_autofree gchar *text = NULL;

    drawn_picture_add_text (picture, rows[i].text, rows[i].font,
        rows[i].width / 2, rows[i].height / 2, 0, 20, NULL, NULL);
    text = page_reader_read_text (picture);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

static void
latin_among_hangul_is_read (void)
{
  static const struct
  {
    const gchar *text, *font;
  } rows[] = {
    { "USB포트에 SSD를 꽂는다", "NanumGothic 36px" },
    { "GDP가 3.5%로 올랐다", "NanumGothic 36px" },
    { "COVID-19에 걸린 사람", "Noto Sans CJK KR 36px" },
    { "생성형 AI가 바꾸는 시대", "NanumGothic 36px" },
    { "A 구역 주차", "Noto Sans CJK KR 36px" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GrayPicture) picture = drawn_picture_new (640, 120, 235);
    g_autofree gchar *text = NULL;

    drawn_picture_add_text (
        picture, rows[i].text, rows[i].font, 320, 60, 0, 20, NULL, NULL);
    text = page_reader_read_text (picture);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

static void
small_picture_is_read (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (240, 60, 235);
  g_autofree gchar *text = NULL;

  drawn_picture_add_text (picture, "we can see more now", "DejaVu Sans 9px",
      120, 30, 0, 20, NULL, NULL);
  text = page_reader_read_text (picture);
  g_assert_cmpstr (text, ==, "we can see more now");
}

static void
words_come_in_reading_order (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, 235);
  g_autofree gchar *text = NULL;

  drawn_picture_add_text (picture, "third line below", "DejaVu Sans 30px",
      400, 500, 0, 20, NULL, NULL);
  drawn_picture_add_text (picture, "right of it", "DejaVu Sans 30px", 1000,
      204, 0, 20, NULL, NULL);
  drawn_picture_add_text (picture, "The first line", "DejaVu Sans 30px", 300,
      206, 0, 20, NULL, NULL);
  text = page_reader_read_text (picture);
  g_assert_cmpstr (text, ==, "The first line right of it third line below");
}

static void
lines_of_a_tilted_page_are_all_read (void)
{
  static const gchar *rows[] = {
    "The doctor opened the window", "before the train arrived", "and found",
    "every street of the town", "under water again"
  };
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, 235);
  g_autofree gchar *text = NULL, *expected = NULL;
  gdouble tilt = 14 * G_PI / 180;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gdouble across = 48.0 * i - 96;

    drawn_picture_add_text (picture, rows[i], "DejaVu Sans 30px",
        640 - across * sin (tilt), 360 + across * cos (tilt), 14, 20, NULL,
        NULL);
  }
  text = page_reader_read_text (picture);
  expected = g_strdup_printf ("%s %s %s %s %s", rows[0], rows[1], rows[2],
      rows[3], rows[4]);
  g_assert_cmpstr (text, ==, expected);
}

static void
both_polarities_are_read_in_one_frame (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, 20);
  g_autofree gchar *text = NULL;
  gint y;

  for (y = 360; y < 720; y++)
    memset (picture->pixels + y * picture->stride, 235, 1280);
  drawn_picture_add_text (picture, "Light on dark", "DejaVu Sans 40px", 640,
      180, 0, 235, NULL, NULL);
  drawn_picture_add_text (picture, "Dark on light", "DejaVu Sans 40px", 640,
      540, 0, 20, NULL, NULL);
  text = page_reader_read_text (picture);
  g_assert_cmpstr (text, ==, "Light on dark Dark on light");
}

static void
picture_without_text_has_no_words (void)
{
  static const struct
  {
    gint width, height;
    gdouble noise;
  } rows[] = {
    {1, 1, 0}, {1, 500, 60}, {8192, 1, 60}, {8192, 64, 30}, {640, 360, 0},
    {640, 360, 5}, {640, 360, 40},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GrayPicture) picture =
        drawn_picture_new (rows[i].width, rows[i].height, 128);
    g_autoptr (GPtrArray) words = NULL;

    if (rows[i].noise > 0)
      drawn_picture_add_noise (picture, rows[i].noise, i);
    words = page_reader_read_words (picture);
    g_assert_cmpuint (words->len, ==, 0);
  }
}

static void
writing_of_other_languages_is_noticed (void)
{
  static const struct
  {
    const gchar *text;
    gdouble degrees;
    gboolean is_other;
  } rows[] = {
    { "次は新宿、新宿です。お出口は右側です", 0, TRUE },
    { "欢迎收看晚间新闻，今日天气晴转多云", 0, TRUE },
    { "오늘의 뉴스를 전해 드립니다", 0, FALSE },
    { "Emergency", 180, FALSE },
    { "Please fasten your seat belt", 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GrayPicture) picture = drawn_picture_new (1000, 300, 20);
    g_autoptr (GPtrArray) words = NULL;

    drawn_picture_add_text (picture, rows[i].text, "Noto Sans CJK JP 40px", 500,
        150, rows[i].degrees, 235, NULL, NULL);
    words = page_reader_read_words (picture);
    g_assert_cmpint (page_reader->n_unread > 0, ==, rows[i].is_other);
  }
}

static void
picture_without_pixels_is_an_error (void)
{
  GrayPicture picture = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (recognizer_read (page_reader, &picture, 0, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
noise_costs_bounded_time (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1920, 1080, 128);
  g_autoptr (GPtrArray) words = NULL;
  Stopwatch watch;

  drawn_picture_add_noise (picture, 50, 7);
  watch = stopwatch_start ();
  words = page_reader_read_words (picture);
  /* Half a second alone; the rest is for sanitizers. */
  g_assert_cmpint (stopwatch_stop (&watch), <, 20 * G_USEC_PER_SEC);
  g_assert_cmpuint (words->len, <=, 1);
}

static void
locale_of_the_caller_stays (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (640, 360, 20);
  g_autofree gchar *text = NULL;
  locale_t german = newlocale (LC_NUMERIC_MASK, "de_DE.UTF-8", (locale_t) 0);
  locale_t before;

  if (!german) {
    g_test_skip ("there is no de_DE.UTF-8 here");
    return;
  }
  before = uselocale (german);
  drawn_picture_add_text (picture, "Camera 04", "DejaVu Sans 40px", 320, 180,
      0, 235, NULL, NULL);
  text = page_reader_read_text (picture);
  g_assert_true (uselocale (before) == german);
  freelocale (german);
  g_assert_cmpstr (text, ==, "Camera 04");
}

static void
languages_that_cannot_be_read_are_errors (void)
{
  static const struct
  {
    const gchar *languages;
    GIOErrorEnum code;
    const gchar *says;
  } rows[] = {
    {"kor+xyz", G_IO_ERROR_NOT_FOUND, "tesseract-ocr-xyz"},
    {"chi_nowhere", G_IO_ERROR_NOT_FOUND, "tesseract-ocr-chi-nowhere"},
    {"", G_IO_ERROR_INVALID_ARGUMENT, "kor+eng"},
    {"kor+", G_IO_ERROR_INVALID_ARGUMENT, "kor+eng"},
    {"../eng", G_IO_ERROR_INVALID_ARGUMENT, "kor+eng"},
    {"kor eng", G_IO_ERROR_INVALID_ARGUMENT, "kor+eng"},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (tesseract_recognizer_new (rows[i].languages, NULL,
            &error));
    g_assert_error (error, G_IO_ERROR, (gint) rows[i].code);
    g_assert_nonnull (strstr (error->message, rows[i].says));
  }
}

static void
folder_without_data_is_an_error (void)
{
  g_autofree gchar *empty = g_dir_make_tmp ("tessdata-XXXXXX", NULL);
  g_autofree gchar *before = g_strdup (g_getenv ("TESSDATA_PREFIX"));
  g_autoptr (GError) error = NULL;

  g_setenv ("TESSDATA_PREFIX", empty, TRUE);
  g_assert_null (tesseract_recognizer_new ("kor+eng", NULL, &error));
  if (before)
    g_setenv ("TESSDATA_PREFIX", before, TRUE);
  else
    g_unsetenv ("TESSDATA_PREFIX");
  g_rmdir (empty);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "tesseract-ocr-kor"));
  g_assert_nonnull (strstr (error->message, "tesseract-ocr-eng"));
}

int
main (int argc, char **argv)
{
  page_reader_init (&argc, &argv);
  ADD_ROWS (caption_is_read, captions);
  ADD (clear_line_is_read_whatever_the_noise);
  ADD (small_marks_are_read);
  ADD (latin_among_hangul_is_read);
  ADD (small_picture_is_read);
  ADD (words_come_in_reading_order);
  ADD (lines_of_a_tilted_page_are_all_read);
  ADD (both_polarities_are_read_in_one_frame);
  ADD (picture_without_text_has_no_words);
  ADD (writing_of_other_languages_is_noticed);
  ADD (picture_without_pixels_is_an_error);
  ADD (noise_costs_bounded_time);
  ADD (locale_of_the_caller_stays);
  ADD (languages_that_cannot_be_read_are_errors);
  ADD (folder_without_data_is_an_error);
  return page_reader_run ();
}
