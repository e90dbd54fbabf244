/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engines/wordsparser.h"

#include <string.h>

#define BOX "[[1,2],[3.5,2],[3.5,4],[1,4]]"
#define ONE(result) \
    "{\"responses\":[{\"page\":1,\"results\":[" result "]}]}"

static const struct
{
  const gchar *name, *json;
  const gchar *text;            /* of all words; NULL: refused */
} rows[] = {
  {"none", ONE (""), ""},
  {"no_page", "{\"responses\":[]}", ""},
  {"one", ONE ("{\"box\":" BOX ",\"recognized_word\":[\"가\"]}"), "가"},
  {"in_pieces", ONE ("{\"box\":" BOX ",\"recognized_word\":[\"a\",\"b\"]}"),
      "ab"},
  {"pages", "{\"responses\":[{\"results\":[{\"box\":" BOX
        ",\"recognized_word\":[\"a\"]}]},{\"results\":[{\"box\":" BOX
        ",\"recognized_word\":[\"b\"]}]}]}", "a b"},
  {"more_members", ONE ("{\"box\":" BOX ",\"recognized_word\":[\"[{\"],"
            "\"score\":{\"a\":[1]}}"), "[{"},
  {"empty", "", NULL},
  {"text", "hello", NULL},
  {"null", "null", NULL},
  {"array", "[]", NULL},
  {"no_responses", "{}", NULL},
  {"responses_of_another_type", "{\"responses\":{}}", NULL},
  {"page_of_another_type", "{\"responses\":[1]}", NULL},
  {"no_results", "{\"responses\":[{}]}", NULL},
  {"result_of_another_type", ONE ("1"), NULL},
  {"no_box", ONE ("{\"recognized_word\":[\"a\"]}"), NULL},
  {"box_of_three", ONE ("{\"box\":[[1,2],[3,4],[5,6]],"
            "\"recognized_word\":[\"a\"]}"), NULL},
  {"corner_of_three", ONE ("{\"box\":[[1,2,3],[3,2],[3,4],[1,4]],"
            "\"recognized_word\":[\"a\"]}"), NULL},
  {"corner_of_text", ONE ("{\"box\":[[\"1\",2],[3,2],[3,4],[1,4]],"
            "\"recognized_word\":[\"a\"]}"), NULL},
  {"corner_of_null", ONE ("{\"box\":[[null,2],[3,2],[3,4],[1,4]],"
            "\"recognized_word\":[\"a\"]}"), NULL},
  {"no_word", ONE ("{\"box\":" BOX "}"), NULL},
  {"word_of_another_type", ONE ("{\"box\":" BOX ",\"recognized_word\":\"a\"}"),
      NULL},
  {"word_of_number", ONE ("{\"box\":" BOX ",\"recognized_word\":[1]}"), NULL},
  {"cut", "{\"responses\":[{\"results\":[", NULL},
  {"not_utf8", ONE ("{\"box\":" BOX ",\"recognized_word\":[\"\xff\"]}"), NULL},
};

static void
answers_are_read_strictly (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), j;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) words = words_parse (rows[i].json, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (rows[i].text == NULL) {
    g_assert_null (words);
    g_assert_nonnull (error);
    return;
  }
  g_assert_no_error (error);
  for (j = 0; j < words->len; j++) {
    const KocrAnswerWord *word = g_ptr_array_index (words, j);

    g_string_append_printf (text, "%s%s", j > 0 ? " " : "", word->text);
    g_assert_cmpfloat (word->box[0], ==, 1);
    g_assert_cmpfloat (word->box[2], ==, 3.5);
    g_assert_cmpfloat (word->box[7], ==, 4);
  }
  g_assert_cmpstr (text->str, ==, rows[i].text);
}

static void
depth_is_bounded (void)
{
  g_autofree gchar *deep = g_strnfill (1000000, '[');
  g_autoptr (GError) error = NULL;

  g_assert_null (words_parse (deep, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int
main (int argc, char **argv)
{
  guint i;

  g_test_init (&argc, &argv, NULL);
  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path =
        g_strdup_printf ("/wordsparser/answers_are_read_strictly/%s",
        rows[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i),
        answers_are_read_strictly);
  }
  g_test_add_func ("/wordsparser/depth_is_bounded", depth_is_bounded);
  return g_test_run ();
}
