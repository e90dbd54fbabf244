/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A text that is nearly a known word or line is that one.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "../../testrows.h"
#include "enc/vocabulary.h"

#define TESTS "/vocabulary/"

static gchar *folder;

static gchar *
write_file (const gchar * contents, gssize length)
{
  gchar *path = g_build_filename (folder, "words", NULL);

  g_assert_true (g_file_set_contents (path, contents, length, NULL));
  return path;
}

typedef struct
{
  const gchar *name;
  const gchar *text;
  const gchar *expected;
} WordCase;

#define WORDS "\xef\xbb\xbf" "서울역\n시청역\n\n  Information Desk \r\n" \
    "12가3456\nWASHINGTON\nSUSAN\ntrain 1001\ntrain 1002\n"

static const WordCase word_cases[] = {
  {"itself", "서울역", "서울역"},
  {"a-part-of-a-syllable", "서올역", "서울역"},
  {"another-syllable-is-too-far", "서산역", "서산역"},
  {"another-word", "부산역", "부산역"},
  {"case", "washington", "WASHINGTON"},
  {"a-letter", "WASHINGT0N", "WASHINGTON"},
  {"two-letters", "WA5HINGT0N", "WASHINGTON"},
  {"three-letters-are-too-many", "WA5H1NGT0N", "WA5H1NGT0N"},
  {"a-letter-too-many", "WASHINGTTON", "WASHINGTON"},
  {"a-letter-missing", "WASHNGTON", "WASHINGTON"},
  {"four-letters-must-be-right", "SUSA", "SUSA"},
  {"a-line", "lnformation  Desk", "Information Desk"},
  {"a-plate", "12가345G", "12가3456"},
  {"a-word-in-a-line", "from WASHINGT0N, to 서올역!",
      "from WASHINGTON, to 서울역!"},
  {"two-are-as-near", "train 1003", "train 1003"},
  {"one-of-two", "train 1002", "train 1002"},
  {"nothing", "", ""},
  {"marks", "?! ...", "?! ..."},
  {"blanks-stay", "a  b", "a  b"},
};

static void
a_text_becomes_the_nearest_word (gconstpointer data)
{
  const WordCase *row = data;
  g_autofree gchar *path = write_file (WORDS, -1);
  g_autoptr (KocrVocabulary) vocabulary = kocr_vocabulary_load (path, NULL);

  g_assert_nonnull (vocabulary);
  /* As it is worked out and as it is remembered. */
  for (guint i = 0; i < 2; i++) {
    g_autofree gchar *text = kocr_vocabulary_correct (vocabulary, row->text);

    g_assert_cmpstr (text, ==, row->expected);
  }
}

typedef struct
{
  const gchar *name;
  const gchar *contents;
  gssize length;
} FileCase;

static const FileCase file_cases[] = {
  {"not-utf8", "a\xff\n", -1},
  {"a-nul-in-it", "a\0b\n", 4},
  {"too-large", NULL, 1024 * 1024 + 1},
};

static void
what_is_no_vocabulary_is_an_error (gconstpointer data)
{
  const FileCase *row = data;
  g_autofree gchar *filled = row->contents ? NULL
      : g_strnfill (row->length, 'x');
  g_autofree gchar *path = write_file (filled ? filled : row->contents,
      row->length);
  g_autoptr (GError) error = NULL;

  g_assert_null (kocr_vocabulary_load (path, &error));
  g_assert_nonnull (error);
}

static void
a_missing_file_is_an_error (void)
{
  g_autofree gchar *path = g_build_filename (folder, "none", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (kocr_vocabulary_load (path, &error));
  g_assert_nonnull (error);
}

/* Every position and length around the bounds of what is compared. */
static void
edits_are_counted_right_at_the_bounds (void)
{
  const gchar *word = "abcdefghijklmnopqrstuvwxyzabcdefghijklmn";       /* 40 */
  g_autofree gchar *path = write_file (word, -1);
  g_autoptr (KocrVocabulary) vocabulary = kocr_vocabulary_load (path, NULL);

  for (guint at = 0; at <= 32; at++) {
    for (guint n = 1; n <= 8; n++) {
      g_autoptr (GString) fewer = g_string_new (word);
      g_autoptr (GString) more = g_string_new (word);
      g_autofree gchar *few = NULL, *many = NULL;

      g_string_erase (fewer, at, n);
      for (guint i = 0; i < n; i++)
        g_string_insert_c (more, at, '0');
      few = kocr_vocabulary_correct (vocabulary, fewer->str);
      many = kocr_vocabulary_correct (vocabulary, more->str);
      g_assert_cmpstr (few, ==, n <= fewer->len / 5 ? word : fewer->str);
      g_assert_cmpstr (many, ==, n <= more->len / 5 ? word : more->str);
    }
  }
}

static void
a_hostile_text_is_only_long (void)
{
  g_autofree gchar *path = write_file (WORDS, -1);
  g_autoptr (KocrVocabulary) vocabulary = kocr_vocabulary_load (path, NULL);
  g_autofree gchar *text = g_strnfill (100000, 'x');
  g_autofree gchar *same = kocr_vocabulary_correct (vocabulary, text);

  g_assert_cmpstr (same, ==, text);
}

int
main (int argc, char **argv)
{
  g_autofree gchar *path = NULL;
  int ret;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("kakaoocr-vocabulary-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (word_cases); i++) {
    g_autofree gchar *name = g_strdup_printf
        ("/vocabulary/a_text_becomes_the_nearest_word/%s", word_cases[i].name);

    g_test_add_data_func (name, &word_cases[i],
        a_text_becomes_the_nearest_word);
  }
  for (guint i = 0; i < G_N_ELEMENTS (file_cases); i++) {
    g_autofree gchar *name = g_strdup_printf
        ("/vocabulary/what_is_no_vocabulary_is_an_error/%s",
        file_cases[i].name);

    g_test_add_data_func (name, &file_cases[i],
        what_is_no_vocabulary_is_an_error);
  }
  ADD (a_missing_file_is_an_error);
  ADD (edits_are_counted_right_at_the_bounds);
  ADD (a_hostile_text_is_only_long);
  ret = g_test_run ();
  path = g_build_filename (folder, "words", NULL);
  g_unlink (path);
  g_rmdir (folder);
  g_free (folder);
  return ret;
}
