/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "makeresult.h"

#define REGION(text, box, page, track) \
  "{\"text\":" text ",\"words\":[\"a\"],\"box\":" box ",\"page\":" page \
  ",\"track\":" track "}"
#define BOX "[[1,2],[3,2],[3,4],[1,4]]"
#define LINE(pts, frame, regions) \
  "{\"type\":\"result\",\"pts\":" pts ",\"frame\":" frame \
  ",\"truncated\":false,\"latency\":null,\"regions\":" regions "}"
#define FRAME "{\"width\":8,\"height\":8}"
#define GOOD LINE ("0", FRAME, "[" REGION ("\"a\"", BOX, "1", "1") "]")

static void
a_line_has_every_key_in_its_order (void)
{
  static const gchar *texts[] = { "EXIT", NULL };
  g_autoptr (GstKakaoOcrResult) result = make_result (1280, 720, texts);
  g_autofree gchar *plain = gst_kakao_ocr_result_to_json (result);
  g_autofree gchar *full = gst_kakao_ocr_result_to_json_full (result, "cam 1",
      1, 2, G_GUINT64_CONSTANT (1795374727123456789));

  g_assert_cmpstr (plain, ==,
      "{\"type\":\"result\",\"source\":null,\"pts\":5000000000,"
      "\"stream_time\":null,\"running_time\":null,\"utc\":null,"
      "\"frame\":{\"width\":1280,\"height\":720},\"text\":\"EXIT\","
      "\"truncated\":false,\"latency\":40000000,\"regions\":["
      "{\"text\":\"EXIT\",\"words\":[\"EXIT\"],"
      "\"box\":[[10,20],[110,22],[109,52],[9,50]],\"page\":1,\"track\":1}]}");
  g_assert_cmpstr (full, ==,
      "{\"type\":\"result\",\"source\":\"cam 1\",\"pts\":5000000000,"
      "\"stream_time\":1,\"running_time\":2,"
      "\"utc\":\"2026-11-22T19:12:07.123456Z\","
      "\"frame\":{\"width\":1280,\"height\":720},\"text\":\"EXIT\","
      "\"truncated\":false,\"latency\":40000000,\"regions\":["
      "{\"text\":\"EXIT\",\"words\":[\"EXIT\"],"
      "\"box\":[[10,20],[110,22],[109,52],[9,50]],\"page\":1,\"track\":1}]}");
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
    GstKakaoOcrRegion region = {.text = (gchar *) "a",.track = limit + i };
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
  GstKakaoOcrRegion region = {.text = (gchar *) "a",.box = {67.25} };
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
  GstKakaoOcrRegion region = {.text = (gchar *) text,.words = words };
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
  g_autoptr (GstKakaoOcrResult) result =
      gst_kakao_ocr_result_from_json (GOOD, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (result), ==, 1);
}

static void
other_keys_are_ignored (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_from_json
      ("{\"later\":[{\"a\":1},null,-2.5e3,\"\\ud83d\\ude00\"],\"type\":"
      "\"result\",\"pts\":null,\"frame\":" FRAME ",\"truncated\":true,"
      "\"latency\":null,\"regions\":[],\"source\":null,\"utc\":\"x\"}\n",
      &error);

  g_assert_no_error (error);
  g_assert_true (gst_kakao_ocr_result_get_truncated (result));
}

typedef struct
{
  const gchar *name;
  const gchar *json;
  GstKakaoOcrJsonError code;
} Hostile;

#define SYNTAX GST_KAKAO_OCR_JSON_ERROR_SYNTAX
#define SCHEMA GST_KAKAO_OCR_JSON_ERROR_SCHEMA
#define TOO_LARGE GST_KAKAO_OCR_JSON_ERROR_TOO_LARGE
#define REGIONS(regions) LINE ("0", FRAME, regions)
#define TEXT(text) REGIONS ("[" REGION (text, BOX, "1", "1") "]")
#define WITH_BOX(box) REGIONS ("[" REGION ("\"a\"", box, "1", "1") "]")
#define NUMBERS(page, track) \
  REGIONS ("[" REGION ("\"a\"", BOX, page, track) "]")

static const Hostile hostile[] = {
  {"empty", "", SYNTAX},
  {"space", " \n", SYNTAX},
  {"not_json", "hello", SYNTAX},
  {"cut_off", "{\"type\":\"result\",\"pts\":", SYNTAX},
  {"cut_off_in_string", "{\"type\":\"resu", SYNTAX},
  {"cut_off_in_escape", "{\"type\":\"\\", SYNTAX},
  {"two_roots", GOOD GOOD, SYNTAX},
  {"two_lines", GOOD "\n" GOOD, SYNTAX},
  {"root_after_null", "null " GOOD, SYNTAX},
  {"bom", "\xef\xbb\xbf" GOOD, SYNTAX},
  {"bad_utf8", TEXT ("\"\xff\""), SYNTAX},
  {"overlong_utf8", TEXT ("\"\xc0\x80\""), SYNTAX},
  {"surrogate_in_utf8", TEXT ("\"\xed\xa0\x80\""), SYNTAX},
  {"nul_escape", TEXT ("\"\\u0000\""), SYNTAX},
  {"lone_high_surrogate", TEXT ("\"\\ud83d\""), SYNTAX},
  {"high_surrogate_and_letter", TEXT ("\"\\ud83d\\u0041\""), SYNTAX},
  {"lone_low_surrogate", TEXT ("\"\\ude00\""), SYNTAX},
  {"short_escape", TEXT ("\"\\u12\""), SYNTAX},
  {"unknown_escape", TEXT ("\"\\x41\""), SYNTAX},
  {"raw_newline", TEXT ("\"a\nb\""), SYNTAX},
  {"single_quotes", TEXT ("'a'"), SYNTAX},
  {"comment", "/* a */" GOOD, SYNTAX},
  {"assignment", "var result = " GOOD ";", SYNTAX},
  {"comma_at_the_end", REGIONS ("[]") ",", SYNTAX},
  {"comma_in_array", REGIONS ("[1,]"), SYNTAX},
  {"comma_in_object", LINE ("0", "{\"width\":8,}", "[]"), SYNTAX},
  {"no_colon", "{\"type\" \"result\"}", SYNTAX},
  {"key_without_quotes", "{type:\"result\"}", SYNTAX},
  {"nan", LINE ("NaN", FRAME, "[]"), SYNTAX},
  {"infinity", LINE ("-Infinity", FRAME, "[]"), SYNTAX},
  {"hexadecimal", LINE ("0x10", FRAME, "[]"), SYNTAX},
  {"leading_zero", LINE ("010", FRAME, "[]"), SYNTAX},
  {"plus", LINE ("+1", FRAME, "[]"), SYNTAX},
  {"bare_point", LINE ("1.", FRAME, "[]"), SYNTAX},
  {"bare_exponent", LINE ("1e", FRAME, "[]"), SYNTAX},
  {"big_true", LINE ("0", FRAME, "[TRUE]"), SYNTAX},
  {"1e999", WITH_BOX ("[[1e999,2],[3,2],[3,4],[1,4]]"), TOO_LARGE},
  {"2_64", LINE ("18446744073709551616", FRAME, "[]"), TOO_LARGE},
  {"2_63", LINE ("9223372036854775808", FRAME, "[]"), TOO_LARGE},
  {"2_53_and_1", LINE ("9007199254740993", FRAME, "[]"), SCHEMA},
  {"negative_pts", LINE ("-1", FRAME, "[]"), SCHEMA},
  {"fractional_pts", LINE ("1.0", FRAME, "[]"), SCHEMA},
  {"text_pts", LINE ("\"0\"", FRAME, "[]"), SCHEMA},
  {"array_pts", LINE ("[0]", FRAME, "[]"), SCHEMA},
  {"no_frame", LINE ("0", "null", "[]"), SCHEMA},
  {"frame_without_height", LINE ("0", "{\"width\":8}", "[]"), SCHEMA},
  {"null_width", LINE ("0", "{\"width\":null,\"height\":8}", "[]"), SCHEMA},
  {"zero_width", LINE ("0", "{\"width\":0,\"height\":8}", "[]"), SCHEMA},
  {"huge_width", LINE ("0", "{\"width\":2147483648,\"height\":8}", "[]"),
      SCHEMA},
  {"null", "null", SCHEMA},
  {"string", "\"result\"", SCHEMA},
  {"array", "[" GOOD "]", SCHEMA},
  {"nothing_in_it", "{}", SCHEMA},
  {"other_type", "{\"type\":\"track\"}", SCHEMA},
  {"type_of_wrong_type", "{\"type\":{}}", SCHEMA},
  {"null_regions", REGIONS ("null"), SCHEMA},
  {"object_regions", REGIONS ("{}"), SCHEMA},
  {"null_region", REGIONS ("[null]"), SCHEMA},
  {"empty_region", REGIONS ("[{}]"), SCHEMA},
  {"null_text", TEXT ("null"), SCHEMA},
  {"number_text", TEXT ("1"), SCHEMA},
  {"null_box", WITH_BOX ("null"), SCHEMA},
  {"three_corners", WITH_BOX ("[[1,2],[3,2],[3,4]]"), SCHEMA},
  {"five_corners", WITH_BOX ("[[1,2],[3,2],[3,4],[1,4],[1,4]]"), SCHEMA},
  {"three_numbers", WITH_BOX ("[[1,2,3],[3,2],[3,4],[1,4]]"), SCHEMA},
  {"flat_box", WITH_BOX ("[1,2,3,2,3,4,1,4]"), SCHEMA},
  {"four_flat_numbers", WITH_BOX ("[1,2,3,2]"), SCHEMA},
  {"text_in_box", WITH_BOX ("[[\"1\",2],[3,2],[3,4],[1,4]]"), SCHEMA},
  {"null_in_box", WITH_BOX ("[[null,2],[3,2],[3,4],[1,4]]"), SCHEMA},
  {"far_away_box", WITH_BOX ("[[1e300,2],[3,2],[3,4],[1,4]]"), SCHEMA},
  {"page_zero", NUMBERS ("0", "1"), SCHEMA},
  {"page_2_32", NUMBERS ("4294967296", "1"), SCHEMA},
  {"track_zero", NUMBERS ("1", "0"), SCHEMA},
  {"track_true", NUMBERS ("1", "true"), SCHEMA},
  {"double_key", "{\"type\":\"result\"," "\"type\":\"result\",\"pts\":0,"
        "\"frame\":" FRAME ",\"truncated\":false,\"latency\":null,"
        "\"regions\":[]}", SCHEMA},
  {"double_key_in_depth", REGIONS ("[{\"text\":\"a\",\"text\":\"a\","
            "\"words\":[],\"box\":" BOX ",\"page\":1,\"track\":1}]"), SCHEMA},
  {"double_key_by_escape", LINE ("0", "{\"width\":8,\"w\\u0069dth\":8,"
            "\"height\":8}", "[]"), SCHEMA},
};

static void
assert_refused (const gchar * json, GstKakaoOcrJsonError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gst_kakao_ocr_result_from_json (json, &error));
  g_assert_error (error, GST_KAKAO_OCR_JSON_ERROR, (gint) code);
  g_assert_null (gst_kakao_ocr_result_from_json (json, NULL));
}

static void
refuses (gconstpointer data)
{
  const Hostile *row = data;

  assert_refused (row->json, row->code);
}

static void
refuses_what_would_exhaust_the_parser (void)
{
  static const struct
  {
    const gchar *piece;
    guint n;
    const gchar *end;
  } floods[] = {
    {"[", 100000, ""}, {"{\"a\":", 100000, ""}, {"[", 33, ""},
    {"{},", 350000, "{}]"}, {"1,", 65537, "1]"}, {"\"", 1100000, ""},
    {" ", 1100000, ""},
  };
  guint i, k;

  for (i = 0; i < G_N_ELEMENTS (floods); i++) {
    g_autoptr (GString) json = g_string_new ("[");

    for (k = 0; k < floods[i].n; k++)
      g_string_append (json, floods[i].piece);
    g_string_append (json, floods[i].end);
    assert_refused (json->str, TOO_LARGE);
  }
}

/* Any byte of a good line changed, cut out or put in: an error or a result, and
 * what is a result can be written again. */
static void
damaged_lines_never_crash (void)
{
  static const gchar *texts[] = { "초미세먼지", "a\"b\\c\n", NULL };
  g_autoptr (GstKakaoOcrResult) result = make_result (1280, 720, texts);
  g_autofree gchar *line =
      gst_kakao_ocr_result_to_json_full (result, "s", 1, 2, 3);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint i;

  for (i = 0; i < 20000; i++) {
    g_autoptr (GString) damaged = g_string_new (line);
    g_autoptr (GstKakaoOcrResult) back = NULL;
    g_autoptr (GError) error = NULL;
    gsize at = g_rand_int_range (rand, 0, damaged->len);
    gsize length = g_rand_int_range (rand, 1, 20);

    switch (i % 3) {
      case 0:
        damaged->str[at] = g_rand_int_range (rand, 1, 256);
        break;
      case 1:
        g_string_erase (damaged, at, MIN (damaged->len - at, length));
        break;
      default:
        g_string_insert_len (damaged, at, line + g_rand_int_range (rand, 0, at
                + 1), 1);
        break;
    }
    back = gst_kakao_ocr_result_from_json (damaged->str, &error);
    g_assert_true ((back == NULL) == (error != NULL));
    if (back)
      g_free (gst_kakao_ocr_result_to_json (back));
  }
}

int
main (int argc, char *argv[])
{
  guint i;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/kakaoocr/json/" #name, name)
  ADD (a_line_has_every_key_in_its_order);
  ADD (what_is_unknown_is_null);
  ADD (integers_are_exact_to_2_53_and_null_beyond);
  ADD (coordinates_have_the_fewest_digits);
  ADD (no_locale_changes_the_line);
  ADD (any_text_stays_on_one_line);
  ADD (a_thousand_results_survive_the_way_there_and_back);
  ADD (a_thousand_regions_are_read_back);
  ADD (what_a_result_does_not_hold_may_be_left_out);
  ADD (other_keys_are_ignored);
  ADD (refuses_what_would_exhaust_the_parser);
  ADD (damaged_lines_never_crash);
  for (i = 0; i < G_N_ELEMENTS (hostile); i++) {
    g_autofree gchar *path =
        g_strconcat ("/kakaoocr/json/refuses/", hostile[i].name, NULL);

    g_test_add_data_func (path, &hostile[i], refuses);
  }
  return g_test_run ();
}
