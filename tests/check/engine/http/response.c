/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What is an answer and what is not.
 */
#include "http/response.h"

#include <math.h>
#include <string.h>

#include "../../testrows.h"

#define TESTS "/response/"

#define BOX "[[10,10],[60,10],[60,30],[10,30]]"
#define REGION "{\"box\":" BOX ",\"recognized_word\":[\"word\"]}"
#define ANSWER(results) \
  "{\"responses\":[{\"page\":1,\"results\":[" results "]}]}"
#define WITH_BOX(box) \
  ANSWER ("{\"box\":" box ",\"recognized_word\":[\"word\"]}")
#define WITH_WORDS(words) \
  ANSWER ("{\"box\":" BOX ",\"recognized_word\":" words "}")

/* A frame of 200x100, sent at half its size. */
static KocrPicture *
picture_new (void)
{
  KocrPicture *picture = g_atomic_rc_box_new0 (KocrPicture);

  picture->body = g_bytes_new_static ("", 0);
  picture->width = 100;
  picture->height = 50;
  picture->to_frame.scale_x = picture->to_frame.scale_y = 2;
  picture->frame_width = 200;
  picture->frame_height = 100;
  return picture;
}

static GstKakaoOcrResult *
parse_from (gboolean own, const gchar * text, gsize length, guint * dropped,
    GError ** error)
{
  g_autoptr (KocrPicture) picture = picture_new ();

  return kocr_response_parse (text, length, picture, own, 5 * GST_SECOND,
      GST_MSECOND, dropped, error);
}

static GstKakaoOcrResult *
parse (const gchar * text, gsize length, guint * dropped, GError ** error)
{
  return parse_from (FALSE, text, length, dropped, error);
}

/* -1 regions: not an answer. */
static const struct
{
  const gchar *name, *text;
  gint n_regions;
  guint n_dropped;
} rows[] = {
  {"a_region", ANSWER (REGION), 1},
  {"two_regions", ANSWER (REGION "," REGION), 2},
  {"no_region", ANSWER (""), 0},
  {"no_page", "{\"responses\":[]}", 0},
  {"other_spellings", "{\"responses\":[{\"pages\":2,\"results\":[{\"box\":"
        BOX ",\"recongnized_word\":[\"a\"]}]}]}", 1},
  {"page_without_number", "{\"responses\":[{\"results\":[" REGION "]}]}", 1},
  {"page_number_null", "{\"responses\":[{\"page\":null,\"results\":[]}]}", 0},
  {"results_null", "{\"responses\":[{\"page\":1,\"results\":null}]}", 0},
  {"further_members", "{\"v\":{\"x\":[1,true,null,-0.5e-3]},\"responses\":"
        "[{\"page\":1,\"angle\":0,\"results\":[" REGION "]}]}", 1},
  {"unread_long_integer", "{\"id\":12345678901234567890,\"responses\":[{\"page"
        "\":1,\"at\":-1700000000000000000,\"results\":[" REGION "]}]}", 1},
  {"unread_endless_integer", "{\"id\":1234567890123456789012345678901234567890"
        "123456789012345678901234567890123456789,\"responses\":[]}", 0},
  {"unread_huge_number", "{\"id\":1e999,\"responses\":[]}", 0},
  {"unread_long_fraction", "{\"angle\":0.123456789012345678901234567890123456"
        "78901234567890123456789012345678901234567890,\"responses\":[]}", 0},
  {"space", " \t\r\n{ \"responses\" : [ ] } \n", 0},
  {"rotated_box", WITH_BOX ("[[15,29],[22,28],[23,35],[16,36]]"), 1},
  {"fractions", WITH_BOX ("[[1.5,2.5],[30.25,2],[30,9e0],[1,9.0]]"), 1},

  {"box_off_the_frame", WITH_BOX
        ("[[510,10],[560,10],[560,30],[510,30]]"), 0, 1},
  {"box_without_area", WITH_BOX ("[[10,10],[60,10],[60,10],[10,10]]"), 0, 1},
  {"box_of_one_point", WITH_BOX ("[[9,9],[9,9],[9,9],[9,9]]"), 0, 1},
  {"corners_cross", WITH_BOX ("[[10,10],[60,30],[60,10],[10,30]]"), 0, 1},
  {"no_words", WITH_WORDS ("[]"), 0, 1},
  {"empty_word", WITH_WORDS ("[\"\"]"), 0, 1},
  {"blank_word", WITH_WORDS ("[\" \\u00a0\\n\"]"), 0, 1},
  {"huge_box", WITH_BOX
        ("[[-1e300,-1e300],[1e300,-1e300],[1e300,1e300],[-1e300,1e300]]"), 1},

  {"nothing", "", -1},
  {"no_object", "[]", -1},
  {"a_string", "\"responses\"", -1},
  {"no_responses", "{}", -1},
  {"responses_null", "{\"responses\":null}", -1},
  {"responses_object", "{\"responses\":{}}", -1},
  {"page_not_an_object", "{\"responses\":[1]}", -1},
  {"page_without_results", "{\"responses\":[{\"page\":1}]}", -1},
  {"page_number_text",
      "{\"responses\":[{\"page\":\"1\",\"results\":[]}]}", -1},
  {"region_not_an_object", ANSWER ("1"), -1},
  {"region_without_box", ANSWER ("{\"recognized_word\":[\"a\"]}"), -1},
  {"region_without_words", ANSWER ("{\"box\":" BOX "}"), -1},
  {"words_a_string", WITH_WORDS ("\"word\""), -1},
  {"word_a_number", WITH_WORDS ("[1]"), -1},
  {"word_null", WITH_WORDS ("[null]"), -1},
  {"three_corners", WITH_BOX ("[[1,1],[2,1],[2,2]]"), -1},
  {"five_corners", WITH_BOX ("[[1,1],[2,1],[2,2],[1,2],[1,1]]"), -1},
  {"corner_of_three", WITH_BOX ("[[1,1,1],[2,1],[2,2],[1,2]]"), -1},
  {"corner_of_strings", WITH_BOX ("[[\"1\",1],[2,1],[2,2],[1,2]]"), -1},
  {"corner_of_booleans", WITH_BOX ("[[true,1],[2,1],[2,2],[1,2]]"), -1},
  {"corner_null", WITH_BOX ("[null,[2,1],[2,2],[1,2]]"), -1},
  {"infinite", WITH_BOX ("[[1e999,1],[2,1],[2,2],[1,2]]"), -1},
  {"two_to_the_64th", WITH_BOX
        ("[[18446744073709551616,1],[2,1],[2,2],[1,2]]"), -1},
  {"nan", WITH_BOX ("[[NaN,1],[2,1],[2,2],[1,2]]"), -1},
  {"hexadecimal", WITH_BOX ("[[0x10,1],[2,1],[2,2],[1,2]]"), -1},
  {"leading_zero", WITH_BOX ("[[010,1],[2,1],[2,2],[1,2]]"), -1},
  {"leading_plus", WITH_BOX ("[[+1,1],[2,1],[2,2],[1,2]]"), -1},
  {"bare_fraction", WITH_BOX ("[[.5,1],[2,1],[2,2],[1,2]]"), -1},
  {"same_name_twice", "{\"responses\":[],\"responses\":[]}", -1},
  {"two_roots", "{\"responses\":[]}{\"responses\":[]}", -1},
  {"text_behind", "{\"responses\":[]} x", -1},
  {"byte_order_mark", "\xef\xbb\xbf{\"responses\":[]}", -1},
  {"not_utf_8", WITH_WORDS ("[\"\xff\xfe\"]"), -1},
  {"overlong_utf_8", WITH_WORDS ("[\"\xc0\xaf\"]"), -1},
  {"escaped_nul", WITH_WORDS ("[\"a\\u0000b\"]"), -1},
  {"half_a_pair", WITH_WORDS ("[\"\\ud83d\"]"), -1},
  {"pair_reversed", WITH_WORDS ("[\"\\ude00\\ud83d\"]"), -1},
  {"bare_newline", WITH_WORDS ("[\"a\nb\"]"), -1},
  {"bad_escape", WITH_WORDS ("[\"\\x41\"]"), -1},
  {"single_quotes", "{'responses':[]}", -1},
  {"comment", "{\"responses\":[]/* */}", -1},
  {"trailing_comma", "{\"responses\":[],}", -1},
  {"no_colon", "{\"responses\" []}", -1},
  {"cut_in_the_middle", "{\"responses\":[{\"page\":1,\"results\":[", -1},
  {"cut_before_the_end", "{\"responses\":[]", -1},
  {"cut_in_a_string", "{\"respon", -1},
  {"cut_in_an_escape", "{\"respon\\", -1},
  {"cut_in_a_pair", "{\"a\":\"\\ud83d\\u", -1},
  {"html", "<!DOCTYPE html><html></html>", -1},
};

static void
answer_is_taken_or_refused_whole (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), dropped = 99;
  g_autoptr (GError) error = NULL;
  g_autoptr (GstKakaoOcrResult) result = parse (rows[i].text,
      strlen (rows[i].text), &dropped, &error);

  if (rows[i].n_regions < 0) {
    g_assert_null (result);
    g_assert_error (error, KOCR_ERROR, KOCR_ERROR_ANSWER);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  } else {
    g_assert_no_error (error);
    g_assert_cmpint (gst_kakao_ocr_result_get_n_regions (result), ==,
        rows[i].n_regions);
    g_assert_cmpuint (dropped, ==, rows[i].n_dropped);
    g_assert_cmpuint (gst_kakao_ocr_result_get_regions_dropped (result), ==,
        rows[i].n_dropped);
  }
}

/* No prefix of an answer is an answer: a broken connection is noticed. */
static void
every_truncation_is_refused (void)
{
  static const gchar text[] = ANSWER (REGION "," REGION);
  gsize i;

  for (i = 0; i < strlen (text); i++) {
    g_autofree gchar *copy = g_memdup2 (text, i + 1);
    g_autoptr (GError) error = NULL;
    guint dropped;

    g_assert_null (parse (copy, i, &dropped, &error));
    g_assert_error (error, KOCR_ERROR, KOCR_ERROR_ANSWER);
  }
}

static const GstKakaoOcrRegion *
only_region (GstKakaoOcrResult * result)
{
  g_assert_nonnull (result);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (result), ==, 1);
  return gst_kakao_ocr_result_get_region (result, 0);
}

static void
assert_box (const GstKakaoOcrRegion * region, const gdouble expected[8])
{
  guint i;

  for (i = 0; i < 8; i++)
    g_assert_cmpfloat_with_epsilon (region->box[i], expected[i], 1e-9);
}

static void
result_is_in_frame_pixels_and_clamped (void)
{
  static const gchar text[] = WITH_BOX ("[[-5,10],[60,10],[60,99],[-5,99]]");
  static const gdouble expected[] = { 0, 20, 120, 20, 120, 100, 0, 100 };
  guint dropped;
  g_autoptr (GstKakaoOcrResult) result = parse (text, strlen (text), &dropped,
      NULL);

  assert_box (only_region (result), expected);
  g_assert_cmpint (gst_kakao_ocr_result_get_width (result), ==, 200);
  g_assert_cmpint (gst_kakao_ocr_result_get_height (result), ==, 100);
  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (result), ==, 5 * GST_SECOND);
  g_assert_cmpuint (gst_kakao_ocr_result_get_latency (result), ==, GST_MSECOND);
}

/* Clamped one by one, the corners of a tilted line that leaves the frame would
 * leave half of it uncovered. */
static void
a_tilted_quad_at_the_edge_keeps_its_sides (void)
{
  static const gchar text[] =
      WITH_BOX ("[[60,-20],[120,40],[110,50],[50,-10]]");
  static const gdouble expected[] = { 120, -40, 240, 80, 220, 100, 100, -20 };
  guint dropped;
  g_autoptr (GstKakaoOcrResult) result = parse (text, strlen (text), &dropped,
      NULL);

  assert_box (only_region (result), expected);
}

/* Its upright bounds would reach into the frame. */
static void
a_tilted_quad_beside_the_frame_is_dropped (void)
{
  static const gchar text[] =
      WITH_BOX ("[[80,-30],[130,20],[125,25],[75,-25]]");
  guint dropped;
  g_autoptr (GstKakaoOcrResult) result = parse (text, strlen (text), &dropped,
      NULL);

  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (result), ==, 0);
  g_assert_cmpuint (dropped, ==, 1);
}

/* Sent as it is or smaller, whole or in part. */
static void
result_tells_what_of_the_frame_was_not_read (void)
{
  static const struct
  {
    gint sent[2];
    gdouble scale[2], offset[2];
    guint n;
    gint unread[2][4];
  } cases[] = {
    {{200, 100}, {1, 1}, {0, 0}, 0},
    {{200, 150}, {1, 2 / 3.0}, {0, 0}, 0},
    {{200, 75}, {1, 4 / 3.0}, {0, 0}, 0},
    {{100, 50}, {2, 2}, {0, 0}, 1, {{0, 0, 200, 100}}},
    {{200, 40}, {1, 1}, {0, 60}, 1, {{0, 0, 200, 60}}},
    {{50, 20}, {1, 1}, {150, 0}, 2, {{0, 20, 200, 80}, {0, 0, 150, 20}}},
    {{20, 10}, {2, 2}, {0, 0}, 1, {{0, 0, 200, 100}}},
  };
  guint i, j, dropped;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (KocrPicture) picture = picture_new ();
    g_autoptr (GstKakaoOcrResult) result = NULL;

    picture->width = cases[i].sent[0];
    picture->height = cases[i].sent[1];
    picture->to_frame.scale_x = cases[i].scale[0];
    picture->to_frame.scale_y = cases[i].scale[1];
    picture->to_frame.offset_x = cases[i].offset[0];
    picture->to_frame.offset_y = cases[i].offset[1];
    result = kocr_response_parse (ANSWER (""), strlen (ANSWER ("")), picture,
        FALSE, 0, 0, &dropped, NULL);
    g_assert_cmpuint (gst_kakao_ocr_result_get_n_unread (result), ==,
        cases[i].n);
    for (j = 0; j < cases[i].n; j++) {
      gint got[4];

      gst_kakao_ocr_result_get_unread (result, j, &got[0], &got[1], &got[2],
          &got[3]);
      g_assert_cmpmem (got, sizeof (got), cases[i].unread[j], sizeof (got));
    }
  }
}

static void
mirrored_corners_are_put_in_order (void)
{
  static const gchar text[] = WITH_BOX ("[[10,10],[10,30],[60,30],[60,10]]");
  static const gdouble expected[] = { 20, 20, 120, 20, 120, 60, 20, 60 };
  guint dropped;
  g_autoptr (GstKakaoOcrResult) result = parse (text, strlen (text), &dropped,
      NULL);

  assert_box (only_region (result), expected);
}

static void
words_are_kept_and_joined_with_nothing_between (void)
{
  static const gchar text[] = WITH_WORDS
      ("[\"초미세\",\"먼지\",\"<b>\\u001b[1m\\ud83d\\ude00\"]");
  guint dropped;
  g_autoptr (GstKakaoOcrResult) result = parse (text, strlen (text), &dropped,
      NULL);
  const GstKakaoOcrRegion *region = only_region (result);

  g_assert_cmpstr (region->text, ==, "초미세먼지<b>\033[1m😀");
  g_assert_cmpuint (g_strv_length (region->words), ==, 3);
  g_assert_cmpstr (region->words[0], ==, "초미세");
  g_assert_cmpuint (region->page, ==, 1);
}

static gchar *
many_regions (guint n)
{
  GString *text = g_string_new ("{\"responses\":[{\"page\":1,\"results\":[");
  guint i;

  for (i = 0; i < n; i++)
    g_string_append (text, i ? "," REGION : REGION);
  g_string_append (text, "]}]}");
  return g_string_free (text, FALSE);
}

static void
exactly_a_hundred_regions_are_suspect (void)
{
  static const guint counts[] = { 99, 100, 101 };
  guint i, dropped;

  for (i = 0; i < G_N_ELEMENTS (counts); i++) {
    g_autofree gchar *text = many_regions (counts[i]);
    g_autoptr (GstKakaoOcrResult) result = parse (text, strlen (text),
        &dropped, NULL);

    g_assert_nonnull (result);
    g_assert_cmpint (gst_kakao_ocr_result_get_truncated (result), ==,
        counts[i] == 100);
  }
}

static void
the_bundled_service_has_no_limit_of_regions (void)
{
  static const guint counts[] = { 100, 101, 500, 3000 };
  guint i, dropped;

  for (i = 0; i < G_N_ELEMENTS (counts); i++) {
    g_autofree gchar *text = many_regions (counts[i]);
    g_autoptr (GstKakaoOcrResult) result = parse_from (TRUE, text,
        strlen (text), &dropped, NULL);

    g_assert_nonnull (result);
    g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (result), ==,
        counts[i]);
    g_assert_false (gst_kakao_ocr_result_get_truncated (result));
  }
}

static void
refuse (gchar * text, gsize length, const gchar * reason)
{
  g_autofree gchar *owned = text;
  g_autoptr (GError) error = NULL;
  guint dropped;

  g_assert_null (parse (owned, length, &dropped, &error));
  g_assert_error (error, KOCR_ERROR, KOCR_ERROR_ANSWER);
  g_assert_nonnull (strstr (error->message, reason));
}

static void
bombs_are_refused_before_parsing (void)
{
  GString *text = g_string_new ("{\"responses\":[]");
  gsize length = KOCR_RESPONSE_MAX_BYTES;
  guint i;

  for (i = 0; i < 250000; i++)
    g_string_append (text, i ? ",{}" : ",\"x\":[{}");
  g_string_append (text, "]}");
  refuse (g_string_free (text, FALSE), 14 + 7 + 249999 * 3 + 2,
      "too many values");
  refuse (g_strnfill (100000, '['), 100000, "too many levels");
  refuse (g_strdup ("[{}]"), 4, "no object");
  text = g_string_new ("{\"responses\":");
  for (i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  refuse (g_string_free (text, FALSE), 13 + 100000, "too many levels");
  refuse (g_strnfill (length + 1, ' '), length + 1, "too many bytes");
  refuse (g_strnfill (length, ' '), length, "early end");
  refuse (g_memdup2 ("{\"a\0b\":1}", 9), 9, "not UTF-8");
}

static void
depth_of_32_is_the_last_one_taken (void)
{
  for (guint depth = 32; depth <= 33; depth++) {
    g_autofree gchar *open = g_strnfill (depth - 1, '[');
    g_autofree gchar *close = g_strnfill (depth - 1, ']');
    g_autofree gchar *text =
        g_strdup_printf ("{\"responses\":[],\"x\":%s%s}", open, close);
    guint dropped;
    g_autoptr (GstKakaoOcrResult) result = parse (text, strlen (text),
        &dropped, NULL);

    g_assert_cmpint (result != NULL, ==, depth == 32);
  }
}

static void
region_with_too_much_text_is_refused (void)
{
  g_autofree gchar *word = g_strnfill (KOCR_RESPONSE_MAX_TEXT, 'w');
  gchar *text = g_strdup_printf (WITH_WORDS ("[\"%s\"]"), word);
  g_autoptr (GstKakaoOcrResult) result = NULL;
  guint dropped;

  result = parse (text, strlen (text), &dropped, NULL);
  g_assert_nonnull (result);
  g_free (text);
  text = g_strdup_printf (WITH_WORDS ("[\"%s\",\"w\"]"), word);
  refuse (text, strlen (text), "too much text");
}

int
main (int argc, char **argv)
{
  guint i;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path = g_strdup_printf
        ("/response/answer_is_taken_or_refused_whole/%s", rows[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i),
        answer_is_taken_or_refused_whole);
  }
  ADD (every_truncation_is_refused);
  ADD (result_is_in_frame_pixels_and_clamped);
  ADD (a_tilted_quad_at_the_edge_keeps_its_sides);
  ADD (a_tilted_quad_beside_the_frame_is_dropped);
  ADD (result_tells_what_of_the_frame_was_not_read);
  ADD (mirrored_corners_are_put_in_order);
  ADD (words_are_kept_and_joined_with_nothing_between);
  ADD (the_bundled_service_has_no_limit_of_regions);
  ADD (exactly_a_hundred_regions_are_suspect);
  ADD (bombs_are_refused_before_parsing);
  ADD (depth_of_32_is_the_last_one_taken);
  ADD (region_with_too_much_text_is_refused);
  return g_test_run ();
}
