/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * JSON from who means no good, or is broken: an error, and nothing else.
 */
#include <string.h>

#include "../testrows.h"
#include "makeresult.h"

#define TESTS "/kakaoocr/json/"

#define REGION(text, box, page, track) \
  "{\"text\":" text ",\"words\":[\"a\"],\"box\":" box ",\"page\":" page \
  ",\"track\":" track "}"
#define BOX "[[1,2],[3,2],[3,4],[1,4]]"
#define LINE(pts, frame, regions) \
  "{\"type\":\"result\",\"pts\":" pts ",\"frame\":" frame \
  ",\"truncated\":false,\"latency\":null,\"regions\":" regions "}"
#define FRAME "{\"width\":8,\"height\":8}"
#define GOOD LINE ("0", FRAME, "[" REGION ("\"a\"", BOX, "1", "1") "]")

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
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (refuses_what_would_exhaust_the_parser);
  ADD (damaged_lines_never_crash);
  ADD_ROWS (refuses, hostile);
  return g_test_run ();
}
