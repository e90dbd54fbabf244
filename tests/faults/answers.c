/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rows 37 to 43 of the fault table: a whole answer with status 200 whose JSON
 * is not what it should be.
 */
#include "question.h"
#include "usage.h"

#include <string.h>

#include "../check/testrows.h"

#define TESTS "/faults/"

#define MIB (1024 * 1024)
#define MAX_GROWTH (10 * MIB)

#define BOX "[[10,10],[60,10],[60,30],[10,30]]"
#define ANSWER(region) \
  "{\"responses\":[{\"page\":1,\"results\":[" region "]}]}"
#define WITH_BOX(box) \
  ANSWER ("{\"box\":" box ",\"recognized_word\":[\"word\"]}")
#define WITH_WORDS(words) \
  ANSWER ("{\"box\":" BOX ",\"recognized_word\":" words "}")

static void
assert_refused (const gchar * json)
{
  gsize before = usage_reset_peak ();
  guint n_requests;
  g_autoptr (KocrRequest) request = question_ask_json (json, &n_requests);

  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_ANSWER);
  g_assert_cmpuint (n_requests, ==, 3);
  g_assert_cmpuint (usage_get_peak (), <, before + MAX_GROWTH);
}

static gchar *
repeat (const gchar * start, const gchar * text, guint n, const gchar * end)
{
  GString *all = g_string_new (start);
  guint i;

  for (i = 0; i < n; i++)
    g_string_append (all, text);
  g_string_append (all, end);
  return g_string_free (all, FALSE);
}

static void
row_37_json_100k_deep (void)
{
  g_autofree gchar *arrays = repeat ("{\"responses\":", "[", 100000, "");
  g_autofree gchar *objects = repeat ("", "{\"a\":", 100000, "1");

  assert_refused (arrays);
  assert_refused (objects);
}

static void
row_38_json_megabyte_of_objects (void)
{
  g_autofree gchar *json = repeat ("{\"responses\":[{}", ",{}",
      MIB / 3 - 16, "]}");

  assert_refused (json);
}

static const struct
{
  const gchar *name, *json;
} refused[] = {
  {"row_39_json_number/1e999", WITH_BOX ("[[1e999,1],[2,1],[2,2],[1,2]]")},
  {"row_39_json_number/2_to_the_64",
      WITH_BOX ("[[18446744073709551616,1],[2,1],[2,2],[1,2]]")},
  {"row_39_json_number/nan", WITH_BOX ("[[NaN,1],[2,1],[2,2],[1,2]]")},
  {"row_39_json_number/infinity",
      WITH_BOX ("[[Infinity,1],[2,1],[2,2],[1,2]]")},
  {"row_41_json_wrong_type/root", "[]"},
  {"row_41_json_wrong_type/responses", "{\"responses\":{}}"},
  {"row_41_json_wrong_type/page", "{\"responses\":[1]}"},
  {"row_41_json_wrong_type/region", ANSWER ("\"word\"")},
  {"row_41_json_wrong_type/box", WITH_BOX ("\"10,10,60,30\"")},
  {"row_41_json_wrong_type/corner", WITH_BOX ("[[\"1\",1],[2,1],[2,2],[1,2]]")},
  {"row_41_json_wrong_type/words", WITH_WORDS ("\"word\"")},
  {"row_41_json_wrong_type/word", WITH_WORDS ("[null]")},
  {"row_42_json_twice/names", "{\"responses\":[],\"responses\":[]}"},
  {"row_42_json_twice/roots", "{\"responses\":[]}{\"responses\":[]}"},
  {"row_42_json_byte_order_mark", "\xef\xbb\xbf{\"responses\":[]}"},
  {"row_43_json_bad_utf_8/bytes", WITH_WORDS ("[\"\xff\xfe\"]")},
  {"row_43_json_bad_utf_8/overlong", WITH_WORDS ("[\"\xc0\xaf\"]")},
  {"row_43_json_bad_utf_8/surrogate", WITH_WORDS ("[\"\\ud83d\"]")},
  {"row_43_json_escaped_nul", WITH_WORDS ("[\"a\\u0000b\"]")},
};

static void
is_refused (gconstpointer json)
{
  assert_refused (json);
}

static void
row_40_json_box_off_the_frame (void)
{
  g_autoptr (KocrRequest) off = question_ask_json (WITH_BOX
      ("[[5100,10],[5600,10],[5600,30],[5100,30]]"), NULL);
  g_autoptr (KocrRequest) over = question_ask_json (WITH_BOX
      ("[[-1e300,10],[1e300,10],[1e300,30],[-1e300,30]]"), NULL);
  const GstKakaoOcrRegion *region;
  guint i;

  g_assert_no_error (off->outcome.error);
  g_assert_cmpuint (
      gst_kakao_ocr_result_get_n_regions (off->outcome.result), ==, 0);
  g_assert_cmpuint (off->outcome.regions_dropped, ==, 1);

  g_assert_no_error (over->outcome.error);
  g_assert_cmpuint (
      gst_kakao_ocr_result_get_n_regions (over->outcome.result), ==, 1);
  region = gst_kakao_ocr_result_get_region (over->outcome.result, 0);
  for (i = 0; i < 8; i++) {
    g_assert_cmpfloat (region->box[i], >=, 0);
    g_assert_cmpfloat (region->box[i], <=, i % 2 ? 480 : 640);
  }
}

/* Positive when the corners go clockwise, as the service's do. */
static gdouble
signed_area (const gdouble box[8])
{
  gdouble area = 0;
  guint i;

  for (i = 0; i < 8; i += 2)
    area += box[i] * box[(i + 3) % 8] - box[(i + 2) % 8] * box[i + 1];
  return area / 2;
}

/* Mirrored corners are put in order; crossed ones are left out. */
static void
row_40_json_box_inverted (void)
{
  g_autoptr (KocrRequest) mirrored = question_ask_json (WITH_BOX
      ("[[60,10],[10,10],[10,30],[60,30]]"), NULL);
  g_autoptr (KocrRequest) crossed = question_ask_json (WITH_BOX
      ("[[10,10],[60,30],[60,10],[10,30]]"), NULL);
  const GstKakaoOcrRegion *region;

  g_assert_no_error (mirrored->outcome.error);
  g_assert_cmpuint (
      gst_kakao_ocr_result_get_n_regions (mirrored->outcome.result), ==, 1);
  region = gst_kakao_ocr_result_get_region (mirrored->outcome.result, 0);
  g_assert_cmpfloat (signed_area (region->box), >, 0);

  g_assert_no_error (crossed->outcome.error);
  g_assert_cmpuint (
      gst_kakao_ocr_result_get_n_regions (crossed->outcome.result), ==, 0);
  g_assert_cmpuint (crossed->outcome.regions_dropped, ==, 1);
}

int
main (int argc, char **argv)
{
  guint i;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  ADD (row_37_json_100k_deep);
  ADD (row_38_json_megabyte_of_objects);
  for (i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autofree gchar *path = g_strconcat ("/faults/", refused[i].name, NULL);

    g_test_add_data_func (path, refused[i].json, is_refused);
  }
  ADD (row_40_json_box_off_the_frame);
  ADD (row_40_json_box_inverted);
  return g_test_run ();
}
