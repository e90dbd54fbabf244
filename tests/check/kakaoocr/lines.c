/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <string.h>

#include "../stopwatch.h"
#include "../testrows.h"
#include "makeresult.h"

#define TESTS "/kakaoocr/lines/"

/* Words of a page are given as upright rectangles; a test turns the page by
 * `tilt` degrees about the frame's middle and moves each corner by up to
 * `noise` pixels at random, less where the word is small. */
typedef struct
{
  const gchar *text;
  gdouble x, y, width, height;
} Word;

typedef struct
{
  const gchar *name;
  const gchar *lines;
  Word words[16];
} Page;

#define FRAME_WIDTH 1280
#define FRAME_HEIGHT 720

static const Page pages[] = {
  {"one_word", "EXIT", {{"EXIT", 100, 100, 80, 30}}},
  {"words_in_any_order_on_one_line", "one two three",
        {{"three", 230, 100, 70, 30}, {"one", 100, 100, 50, 30},
          {"two", 165, 100, 50, 30}}},
  {"lines_from_top_to_bottom", "first\nsecond\nthird",
        {{"third", 100, 190, 80, 30}, {"first", 100, 100, 80, 30},
          {"second", 100, 145, 80, 30}}},
  {"ascenders_and_descenders_differ", "any High xerox",
        {{"any", 100, 108, 50, 28}, {"High", 164, 98, 60, 38},
          {"xerox", 240, 108, 70, 20}}},
  {"punctuation_of_its_own", "3 - 4 .",
        {{"3", 100, 100, 18, 30}, {"-", 128, 114, 10, 4},
          {"4", 150, 100, 18, 30}, {".", 172, 125, 5, 5}}},
  {"a_large_letter_beside_small_print", "A\nsmall print",
        {{"A", 100, 100, 90, 120}, {"small", 196, 150, 50, 20},
          {"print", 254, 150, 50, 20}}},
  {"a_small_digit_beside_a_heading", "HEADING\n1",
        {{"HEADING", 100, 100, 420, 90}, {"1", 524, 162, 12, 22}}},
  {"a_stroke_that_is_a_letter", "一 二",
        {{"一", 100, 114, 30, 5}, {"二", 140, 100, 30, 30}}},
  {"korean_sentences", "오늘의 날씨는 맑음\n미세먼지 보통",
        {{"보통", 200, 150, 60, 32}, {"맑음", 310, 100, 64, 32},
            {"오늘의", 100, 100, 94, 32}, {"날씨는", 205, 101, 94, 31},
          {"미세먼지", 100, 150, 90, 32}}},
  {"what_is_written_from_right_to_left", "שלום לכולם כאן",
        {{"כאן", 100, 100, 60, 30}, {"לכולם", 175, 100, 90, 30},
          {"שלום", 280, 100, 70, 30}}},
  {"words_from_left_to_right_among_such", "יציאה Gate Two לכולם 27",
        {{"27", 100, 100, 40, 30}, {"לכולם", 152, 100, 90, 30},
            {"Gate", 255, 100, 60, 30}, {"Two", 328, 100, 50, 30},
          {"יציאה", 391, 100, 80, 30}}},
  {"a_word_from_right_to_left_among_others", "to שלום and",
        {{"to", 100, 100, 40, 30}, {"שלום", 152, 100, 90, 30},
          {"and", 255, 100, 60, 30}}},
  {"baselines_a_little_off", "a wavy line of words",
        {{"a", 100, 100, 18, 24}, {"wavy", 128, 104, 60, 28},
            {"line", 200, 97, 55, 28}, {"of", 268, 103, 30, 26},
          {"words", 310, 99, 70, 26}}},
  {"two_columns", "left one\nleft two\nleft three\nright one\nright two\n"
        "right three",
        {{"left", 100, 100, 60, 24}, {"one", 170, 100, 50, 24},
            {"left", 100, 135, 60, 24}, {"two", 170, 135, 50, 24},
            {"left", 100, 170, 60, 24}, {"three", 170, 170, 65, 24},
            {"right", 300, 100, 60, 24}, {"one", 370, 100, 50, 24},
            {"right", 300, 135, 60, 24}, {"two", 370, 135, 50, 24},
          {"right", 300, 170, 60, 24}, {"three", 370, 170, 65, 24}}},
  {"a_heading_over_two_columns", "Heading of both\nl1\nl2\nr1\nr2",
        {{"Heading", 120, 40, 130, 40}, {"of", 270, 40, 40, 40},
            {"both", 330, 40, 90, 40}, {"r1", 320, 120, 120, 24},
            {"l1", 100, 120, 120, 24}, {"l2", 100, 155, 120, 24},
          {"r2", 320, 155, 120, 24}}},
  {"a_logo_and_a_caption", "LIVE\n뉴스 속보",
        {{"뉴스", 300, 640, 80, 40}, {"속보", 395, 640, 80, 40},
          {"LIVE", 1150, 40, 90, 30}}},
  {"small_print_beside_a_heading", "SALE\nterms apply",
        {{"terms", 232, 124, 38, 16}, {"apply", 276, 124, 38, 16},
          {"SALE", 100, 100, 120, 60}}},
  {"lines_set_tight", "tight one\ntight two\ntight three",
        {{"tight", 100, 100, 60, 30}, {"one", 170, 100, 50, 30},
            {"tight", 100, 126, 60, 30}, {"two", 170, 126, 50, 30},
          {"tight", 100, 152, 60, 30}, {"three", 170, 152, 50, 30}}},
};

static const gdouble tilts[] = { 0, 2, -7, 20, -20, 90, -90, 135, 180 };

static void
place (const Word * word, gdouble tilt, gdouble noise, GRand * rand,
    GstKakaoOcrRegion * region)
{
  const gdouble x[] = { word->x, word->x + word->width };
  const gdouble y[] = { word->y, word->y + word->height };
  gdouble angle = tilt * G_PI / 180.0;
  guint c;

  noise = MIN (noise, MIN (word->width, word->height) / 6.0);
  memset (region, 0, sizeof (*region));
  region->text = (gchar *) word->text;
  region->page = 1;
  for (c = 0; c < 4; c++) {
    gdouble dx = x[c == 1 || c == 2] - FRAME_WIDTH / 2;
    gdouble dy = y[c >= 2] - FRAME_HEIGHT / 2;

    region->box[2 * c] = FRAME_WIDTH / 2 + dx * cos (angle) -
        dy * sin (angle) + (noise > 0 ? g_rand_double_range (rand, -noise,
            noise) : 0);
    region->box[2 * c + 1] = FRAME_HEIGHT / 2 + dx * sin (angle) +
        dy * cos (angle) + (noise > 0 ? g_rand_double_range (rand, -noise,
            noise) : 0);
  }
}

static gchar *
read_page (const Page * page, gdouble tilt, gdouble noise, GRand * rand)
{
  GstKakaoOcrRegion regions[G_N_ELEMENTS (page->words)];
  g_autoptr (GstKakaoOcrResult) result = NULL;
  guint n = 0;

  while (n < G_N_ELEMENTS (regions) && page->words[n].text) {
    place (&page->words[n], tilt, noise, rand, &regions[n]);
    n++;
  }
  result = gst_kakao_ocr_result_new (0, FRAME_WIDTH, FRAME_HEIGHT, regions, n,
      FALSE, 0);
  return g_strdup (gst_kakao_ocr_result_get_text (result));
}

static void
reads_page_at_every_tilt (gconstpointer data)
{
  const Page *page = data;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (tilts); i++) {
    g_autofree gchar *text = read_page (page, tilts[i], 0.0, NULL);

    g_test_message ("tilt %g", tilts[i]);
    g_assert_cmpstr (text, ==, page->lines);
  }
}

static void
reads_page_with_noise_in_its_boxes (gconstpointer data)
{
  const Page *page = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint i;

  for (i = 0; i < 200; i++) {
    gdouble tilt = g_rand_double_range (rand, -20.0, 20.0);
    g_autofree gchar *text = read_page (page, tilt, 1.5, rand);

    g_test_message ("round %u, tilt %g", i, tilt);
    g_assert_cmpstr (text, ==, page->lines);
  }
}

/* Four signs, each with a tilt of its own, in one frame. */
static void
text_of_different_tilts_is_read_by_its_own_baseline (void)
{
  static const gdouble sign_tilts[] = { -18, 12, 0, 88 };
  static const gdouble middles[][2] = { {300, 180}, {950, 180}, {300, 540},
  {950, 540}
  };
  GstKakaoOcrRegion regions[12];
  g_autoptr (GstKakaoOcrResult) result = NULL;
  g_auto (GStrv) lines = NULL;
  gchar *texts[12];
  guint sign, w, c, n = 0;

  for (sign = 0; sign < 4; sign++) {
    for (w = 0; w < 3; w++, n++) {
      Word word = { NULL, FRAME_WIDTH / 2 - 120 + 85 * w,
        FRAME_HEIGHT / 2 - 15, 70, 30
      };

      place (&word, sign_tilts[sign], 0.0, NULL, &regions[n]);
      regions[n].text = texts[n] = g_strdup_printf ("%u%c", sign, 'a' + w);
      for (c = 0; c < 4; c++) {
        regions[n].box[2 * c] += middles[sign][0] - FRAME_WIDTH / 2;
        regions[n].box[2 * c + 1] += middles[sign][1] - FRAME_HEIGHT / 2;
      }
    }
  }
  result = gst_kakao_ocr_result_new (0, FRAME_WIDTH, FRAME_HEIGHT, regions, n,
      FALSE, 0);
  lines = gst_kakao_ocr_result_get_lines (result);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_strv_contains ((const gchar **) lines, "0a 0b 0c"));
  g_assert_true (g_strv_contains ((const gchar **) lines, "1a 1b 1c"));
  g_assert_true (g_strv_contains ((const gchar **) lines, "2a 2b 2c"));
  g_assert_true (g_strv_contains ((const gchar **) lines, "3a 3b 3c"));
  for (w = 0; w < n; w++)
    g_free (texts[w]);
}

static void
pages_are_read_one_after_the_other (void)
{
  Word words[] = { {"page2", 100, 100, 60, 30}, {"of1", 175, 100, 60, 30},
  {"page1", 100, 100, 60, 30}
  };
  GstKakaoOcrRegion regions[3];
  g_autoptr (GstKakaoOcrResult) result = NULL;
  guint i;

  for (i = 0; i < 3; i++) {
    place (&words[i], 0.0, 0.0, NULL, &regions[i]);
    regions[i].page = i == 0 ? 2 : 1;
  }
  result = gst_kakao_ocr_result_new (0, FRAME_WIDTH, FRAME_HEIGHT, regions, 3,
      FALSE, 0);
  g_assert_cmpstr (gst_kakao_ocr_result_get_text (result), ==,
      "page1 of1\npage2");
}

static guint
count_words (GstKakaoOcrResult * result)
{
  g_auto (GStrv) lines = gst_kakao_ocr_result_get_lines (result);
  guint i, n = 0;

  for (i = 0; lines[i]; i++) {
    g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);

    n += g_strv_length (words);
  }
  return n;
}

static void
a_line_tells_its_regions (void)
{
  Word words[] = { {"three", 230, 100, 70, 30}, {"below", 100, 190, 70, 30},
  {"one", 100, 100, 50, 30}, {"two", 165, 100, 50, 30}
  };
  GstKakaoOcrRegion regions[4];
  g_autoptr (GstKakaoOcrResult) result = NULL;
  const guint *line;
  guint i, n;

  for (i = 0; i < 4; i++)
    place (&words[i], 0.0, 0.0, NULL, &regions[i]);
  result = gst_kakao_ocr_result_new (0, FRAME_WIDTH, FRAME_HEIGHT, regions, 4,
      FALSE, 0);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_lines (result), ==, 2);
  line = gst_kakao_ocr_result_get_line_regions (result, 0, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (line[0], ==, 2);
  g_assert_cmpuint (line[1], ==, 3);
  g_assert_cmpuint (line[2], ==, 0);
  line = gst_kakao_ocr_result_get_line_regions (result, 1, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (line[0], ==, 1);
}

/* Whatever the geometry, no text is lost and none comes twice. */
static void
every_region_is_read_once (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  guint round, i, c;

  for (round = 0; round < 300; round++) {
    guint n = g_rand_int_range (rand, 0, 40);
    gdouble reach = pow (10.0, g_rand_double_range (rand, -1.0, 9.3));
    g_autofree GstKakaoOcrRegion *regions = g_new0 (GstKakaoOcrRegion, n + 1);
    g_autoptr (GstKakaoOcrResult) result = NULL;

    for (i = 0; i < n; i++) {
      regions[i].text = (gchar *) "w";
      for (c = 0; c < GST_KAKAO_OCR_BOX_LEN; c++)
        regions[i].box[c] = g_rand_double_range (rand, -reach, reach);
    }
    result = gst_kakao_ocr_result_new (0, 8, 8, regions, n, FALSE, 0);
    g_assert_cmpuint (count_words (result), ==, n);
  }
}

static void
text_in_a_circle_is_read_once (void)
{
  GstKakaoOcrRegion regions[36];
  g_autoptr (GstKakaoOcrResult) result = NULL;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (regions); i++) {
    Word word = { "w", FRAME_WIDTH / 2 - 15, 60, 30, 30 };

    place (&word, 10.0 * i, 0.0, NULL, &regions[i]);
  }
  result = gst_kakao_ocr_result_new (0, FRAME_WIDTH, FRAME_HEIGHT, regions,
      G_N_ELEMENTS (regions), FALSE, 0);
  g_assert_cmpuint (count_words (result), ==, G_N_ELEMENTS (regions));
}

/* As many as a hostile service can put into an answer, in a staircase, of which
 * every cut takes one step: bounded in time. */
static void
thousands_of_regions_are_read_in_time (void)
{
  static const guint counts[] = { 2048, 20000 };
  guint k, i;

  for (k = 0; k < G_N_ELEMENTS (counts); k++) {
    guint n = counts[k];
    g_autofree GstKakaoOcrRegion *regions = g_new0 (GstKakaoOcrRegion, n);
    g_autoptr (GstKakaoOcrResult) result = NULL;
    gint64 start, took;

    for (i = 0; i < n; i++) {
      Word word = { "w", 30.0 * i, 40.0 * i, 4, 8 };

      place (&word, 0.0, 0.0, NULL, &regions[i]);
    }
    result = gst_kakao_ocr_result_new (0, 8, 8, regions, n, FALSE, 0);
    start = stopwatch_get_cpu ();
    g_assert_cmpuint (count_words (result), ==, n);
    took = stopwatch_get_cpu () - start;
    g_test_message ("%u regions: %" G_GINT64_FORMAT " µs", n, took);
    g_assert_cmpint (took, <, 20 * G_USEC_PER_SEC);
  }
}

int
main (int argc, char *argv[])
{
  guint i;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autofree gchar *tilted =
        g_strconcat ("/kakaoocr/lines/reads_at_every_tilt/", pages[i].name,
        NULL);
    g_autofree gchar *noisy =
        g_strconcat ("/kakaoocr/lines/reads_with_noise/", pages[i].name, NULL);

    g_test_add_data_func (tilted, &pages[i], reads_page_at_every_tilt);
    g_test_add_data_func (noisy, &pages[i], reads_page_with_noise_in_its_boxes);
  }
  ADD (text_of_different_tilts_is_read_by_its_own_baseline);
  ADD (pages_are_read_one_after_the_other);
  ADD (a_line_tells_its_regions);
  ADD (every_region_is_read_once);
  ADD (text_in_a_circle_is_read_once);
  ADD (thousands_of_regions_are_read_in_time);
  return g_test_run ();
}
