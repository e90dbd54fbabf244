/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "../testrows.h"
#include "makeresult.h"

#define TESTS "/kakaoocr/json/"

static void
a_line_has_every_key_in_its_order (void)
{
  static const gchar *texts[] = { "EXIT", NULL };
  g_autoptr (GstKakaoOcrResult) result = make_result (1280, 720, texts);
  g_autofree gchar *plain = gst_kakao_ocr_result_to_json (result);
  g_autofree gchar *full = NULL;
  g_autoptr (GstKakaoOcrResult) again = NULL;

  g_assert_cmpstr (plain, ==,
      "{\"type\":\"result\",\"source\":null,\"producer\":null,"
      "\"pts\":5000000000,"
      "\"stream_time\":null,\"running_time\":null,\"utc\":null,"
      "\"frame\":{\"width\":1280,\"height\":720},\"text\":\"EXIT\","
      "\"truncated\":false,\"latency\":40000000,\"regions\":["
      "{\"text\":\"EXIT\",\"words\":[\"EXIT\"],"
      "\"box\":[[10,20],[110,22],[109,52],[9,50]],\"page\":1,\"track\":1}]}");
  gst_kakao_ocr_result_set_producer (result, "ocr");
  full = gst_kakao_ocr_result_to_json_full (result, "cam 1", 1, 2,
      G_GUINT64_CONSTANT (1795374727123456789));
  again = gst_kakao_ocr_result_from_json (full, NULL);
  g_assert_cmpstr (gst_kakao_ocr_result_get_producer (again), ==, "ocr");
  g_assert_cmpstr (full, ==,
      "{\"type\":\"result\",\"source\":\"cam 1\",\"producer\":\"ocr\","
      "\"pts\":5000000000,"
      "\"stream_time\":1,\"running_time\":2,"
      "\"utc\":\"2026-11-22T19:12:07.123456Z\","
      "\"frame\":{\"width\":1280,\"height\":720},\"text\":\"EXIT\","
      "\"truncated\":false,\"latency\":40000000,\"regions\":["
      "{\"text\":\"EXIT\",\"words\":[\"EXIT\"],"
      "\"box\":[[10,20],[110,22],[109,52],[9,50]],\"page\":1,\"track\":1}]}");
}

static void
a_track_has_every_key_in_its_order (void)
{
  GstKakaoOcrTextTrack track = { 7, (gchar *) "3 \"번\"", 0, GST_SECOND,
    G_GUINT64_CONSTANT (2500000000), 0, 0, 3, {1, 2, 3, 2, 3, 4.5, 1, 4.5}
  };
  g_autofree gchar *line = NULL, *unknown = NULL;

  track.agreement = 0.75;
  track.moving = TRUE;
  track.producer = (gchar *) "ocr";
  line = gst_kakao_ocr_text_track_to_json (&track, "cam 1");
  g_assert_cmpstr (line, ==, "{\"type\":\"track\",\"source\":\"cam 1\","
      "\"producer\":\"ocr\","
      "\"track\":7,\"text\":\"3 \\\"번\\\"\",\"start\":1000000000,"
      "\"end\":2500000000,\"samples\":3,"
      "\"agreement\":0.75,\"moving\":true,"
      "\"box\":[[1,2],[3,2],[3,4.5],[1,4.5]]}");
  track.producer = NULL;
  track.start = track.end = GST_CLOCK_TIME_NONE;
  unknown = gst_kakao_ocr_text_track_to_json (&track, NULL);
  g_assert_nonnull (strstr (unknown, "\"source\":null,\"producer\":null,"));
  g_assert_nonnull (strstr (unknown, "\"start\":null,\"end\":null,"));
}

static void
what_is_unknown_is_null (void)
{
  GstKakaoOcrRegion region = {.text = (gchar *) "a" };
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new
      (GST_CLOCK_TIME_NONE, 8, 8, &region, 1, TRUE, GST_CLOCK_TIME_NONE);
  g_autofree gchar *line = gst_kakao_ocr_result_to_json (result);

  g_assert_nonnull (strstr (line, "\"pts\":null,"));
  g_assert_nonnull (strstr (line, "\"truncated\":true,\"latency\":null,"));
  g_assert_nonnull (strstr (line, "\"words\":[],"));
  g_assert_nonnull (strstr (line, "\"page\":null,\"track\":null}"));
}

static void
integers_are_exact_to_2_53_and_null_beyond (void)
{
  static const guint64 limit = G_GUINT64_CONSTANT (9007199254740992);
  guint i;

  for (i = 0; i < 2; i++) {
    GstKakaoOcrRegion region = { .text = (gchar *)"a", .track = limit + i };
    g_autoptr (GstKakaoOcrResult) result =
        gst_kakao_ocr_result_new (limit + i, 8, 8, &region, 1, FALSE, 0);
    g_autofree gchar *line = gst_kakao_ocr_result_to_json (result);
    g_autoptr (GstKakaoOcrResult) back = NULL;

    g_assert_nonnull (strstr (line, i == 0 ? "\"pts\":9007199254740992," :
            "\"pts\":null,"));
    g_assert_nonnull (strstr (line, i == 0 ? "\"track\":9007199254740992}" :
            "\"track\":null}"));
    back = gst_kakao_ocr_result_from_json (line, NULL);
    g_assert_cmpuint (gst_kakao_ocr_result_get_pts (back), ==,
        i == 0 ? limit : GST_CLOCK_TIME_NONE);
  }
}

typedef struct
{
  gdouble value;
  const gchar *written;
} Number;

static void
coordinates_have_the_fewest_digits (void)
{
  static const Number numbers[] = {
    {67.0, "[67,"}, {67.25, "[67.25,"}, {67.1, "[67.1,"}, {-0.0, "[0,"},
    {-3.5, "[-3.5,"}, {1.0 / 3.0, "[0.3333333333333333,"},
    {2147483648.0, "[2147483648,"}, {1e-7, "[1e-07,"},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (numbers); i++) {
    GstKakaoOcrRegion region = {.text = (gchar *) "a" };
    g_autoptr (GstKakaoOcrResult) result = NULL;
    g_autofree gchar *line = NULL;

    region.box[0] = numbers[i].value;
    result = gst_kakao_ocr_result_new (0, 8, 8, &region, 1, FALSE, 0);
    line = gst_kakao_ocr_result_to_json (result);
    if (strstr (line, numbers[i].written) == NULL)
      g_error ("%s is not in %s", numbers[i].written, line);
  }
}

static void
no_locale_changes_the_line (void)
{
  static const gchar *locales[] = { "de_DE.UTF-8", "fr_FR.UTF-8",
    "de_DE.utf8", "ko_KR.UTF-8"
  };
  GstKakaoOcrRegion region = { .text = (gchar *)"a", .box = { 67.25 } };
  g_autoptr (GstKakaoOcrResult) result =
      gst_kakao_ocr_result_new (0, 8, 8, &region, 1, FALSE, 0);
  guint i, n_tried = 0;

  for (i = 0; i < G_N_ELEMENTS (locales); i++) {
    g_autofree gchar *line = NULL;
    g_autoptr (GstKakaoOcrResult) back = NULL;

    if (setlocale (LC_ALL, locales[i]) == NULL)
      continue;
    n_tried++;
    line = gst_kakao_ocr_result_to_json (result);
    g_assert_nonnull (strstr (line, "[67.25,0]"));
    back = gst_kakao_ocr_result_from_json (line, NULL);
    assert_results_equal (result, back);
  }
  setlocale (LC_ALL, "C");
  if (n_tried == 0)
    g_test_skip ("no locale with a decimal comma is installed");
}

/* A line must survive any reader of lines. */
static void
any_text_stays_on_one_line (void)
{
  static const gchar *text = "\"\\/\b\f\n\r\t\x01\x1b[31m\x7f"
      "\xc2\x85\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xae<span>&amp;한글"
      "\xf0\x9f\x98\x80";
  gchar *words[] = { (gchar *) text, (gchar *) "", NULL };
  GstKakaoOcrRegion region = { .text = (gchar *)text, .words = words };
  g_autoptr (GstKakaoOcrResult) result =
      gst_kakao_ocr_result_new (0, 8, 8, &region, 1, FALSE, 0);
  g_autofree gchar *line =
      gst_kakao_ocr_result_to_json_full (result, text, 0, 0, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstKakaoOcrResult) back =
      gst_kakao_ocr_result_from_json (line, &error);
  const gchar *p;

  g_assert_no_error (error);
  assert_results_equal (result, back);
  for (p = line; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    g_assert_cmpuint (c, >=, 0x20);
    g_assert_false (c >= 0x7f && c < 0xa0);
    g_assert_false (c == 0x2028 || c == 0x2029);
  }
}

static gchar *
random_text (GRand * rand)
{
  static const gunichar ranges[][2] = { {1, 0x80}, {0xac00, 0xd7a4},
  {0x80, 0x800}, {0xe000, 0xffff}, {0x10000, 0x10ffff}
  };
  GString *text = g_string_new (NULL);
  guint i, n = g_rand_int_range (rand, 0, 12);

  for (i = 0; i < n; i++) {
    guint range = g_rand_int_range (rand, 0, G_N_ELEMENTS (ranges));

    g_string_append_unichar (text, g_rand_int_range (rand, ranges[range][0],
            ranges[range][1]));
  }
  return g_string_free (text, FALSE);
}

static gdouble
random_coordinate (GRand * rand)
{
  switch (g_rand_int_range (rand, 0, 4)) {
    case 0:
      return g_rand_int_range (rand, 0, 4096);
    case 1:
      return g_rand_int_range (rand, -400, 40000) / 4.0;
    case 2:
      return g_rand_double_range (rand, -100.0, 8192.0);
    default:
      return g_rand_double_range (rand, -GST_KAKAO_OCR_MAX_COORDINATE,
          GST_KAKAO_OCR_MAX_COORDINATE);
  }
}

static GstClockTime
random_time (GRand * rand)
{
  if (g_rand_boolean (rand))
    return GST_CLOCK_TIME_NONE;
  return ((guint64) g_rand_int_range (rand, 0, 1 << 20) << 32) |
      g_rand_int (rand);
}

static GstKakaoOcrResult *
random_result (GRand * rand)
{
  GstKakaoOcrRegion regions[8];
  GstKakaoOcrResult *result;
  guint i, w, n = g_rand_int_range (rand, 0, G_N_ELEMENTS (regions) + 1);

  for (i = 0; i < n; i++) {
    guint n_words = g_rand_int_range (rand, 0, 4);

    regions[i].text = random_text (rand);
    regions[i].words = g_new0 (gchar *, n_words + 1);
    for (w = 0; w < n_words; w++)
      regions[i].words[w] = random_text (rand);
    for (w = 0; w < GST_KAKAO_OCR_BOX_LEN; w++)
      regions[i].box[w] = random_coordinate (rand);
    regions[i].page = g_rand_int_range (rand, 0, 4);
    regions[i].track = g_rand_boolean (rand) ? g_rand_int (rand) : 0;
  }
  result = gst_kakao_ocr_result_new (random_time (rand),
      g_rand_int_range (rand, 1, G_MAXINT), g_rand_int_range (rand, 1, 8192),
      regions, n, g_rand_boolean (rand), random_time (rand));
  for (i = 0; i < n; i++) {
    g_free (regions[i].text);
    g_strfreev (regions[i].words);
  }
  return result;
}

static void
a_thousand_results_survive_the_way_there_and_back (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint i;

  for (i = 0; i < 1000; i++) {
    g_autoptr (GstKakaoOcrResult) result = random_result (rand);
    g_autofree gchar *line = gst_kakao_ocr_result_to_json (result);
    g_autoptr (GError) error = NULL;
    g_autoptr (GstKakaoOcrResult) back =
        gst_kakao_ocr_result_from_json (line, &error);
    g_autofree gchar *again = NULL;

    g_assert_no_error (error);
    assert_results_equal (result, back);
    again = gst_kakao_ocr_result_to_json (back);
    g_assert_cmpstr (line, ==, again);
  }
}

/* A frame with a hundred regions has 30 kB; a thousand must be read back. */
static void
a_thousand_regions_are_read_back (void)
{
  const gchar **texts = g_new0 (const gchar *, 1001);
  g_autoptr (GstKakaoOcrResult) result = NULL, back = NULL;
  g_autofree gchar *line = NULL;
  g_autoptr (GError) error = NULL;
  guint i;

  for (i = 0; i < 1000; i++)
    texts[i] = "미세먼지 보통";
  result = make_result (1280, 720, texts);
  line = gst_kakao_ocr_result_to_json (result);
  back = gst_kakao_ocr_result_from_json (line, &error);
  g_assert_no_error (error);
  assert_results_equal (result, back);
  g_free (texts);
}

static void
what_a_result_does_not_hold_may_be_left_out (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_from_json
      ("{\"type\":\"result\",\"pts\":0,"
      "\"frame\":{\"width\":8,\"height\":8},\"truncated\":false,"
      "\"latency\":null,\"regions\":[{\"text\":\"a\",\"words\":[\"a\"],"
      "\"box\":[[1,2],[3,2],[3,4],[1,4]],\"page\":1,\"track\":1}]}", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (result), ==, 1);
}

static void
other_keys_are_ignored (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_from_json
      ("{\"later\":[{\"a\":1},null,-2.5e3,\"\\ud83d\\ude00\"],\"type\":"
      "\"result\",\"pts\":null,\"frame\":{\"width\":8,\"height\":8},"
      "\"truncated\":true,"
      "\"latency\":null,\"regions\":[],\"source\":null,\"utc\":\"x\"}\n",
      &error);

  g_assert_no_error (error);
  g_assert_true (gst_kakao_ocr_result_get_truncated (result));
}

int
main (int argc, char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (a_line_has_every_key_in_its_order);
  ADD (a_track_has_every_key_in_its_order);
  ADD (what_is_unknown_is_null);
  ADD (integers_are_exact_to_2_53_and_null_beyond);
  ADD (coordinates_have_the_fewest_digits);
  ADD (no_locale_changes_the_line);
  ADD (any_text_stays_on_one_line);
  ADD (a_thousand_results_survive_the_way_there_and_back);
  ADD (a_thousand_regions_are_read_back);
  ADD (what_a_result_does_not_hold_may_be_left_out);
  ADD (other_keys_are_ignored);
  return g_test_run ();
}
