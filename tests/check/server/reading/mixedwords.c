/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Letters of another script within a word, read by themselves.
 */
#include "reading/mixedwords.h"

#include <string.h>

#include "../../testrows.h"

#define TESTS "/reading/mixedwords/"

/* A line of one word whose letters are all read with @confidence. */
static LineReading *
make_reading (const gchar *text, gdouble confidence)
{
  LineReading *self = g_new0 (LineReading, 1);
  ReadWord *word = g_new0 (ReadWord, 1);
  const gchar *at;

  word->text = g_strdup (text);
  word->confidence = confidence;
  word->letters = g_array_new (FALSE, FALSE, sizeof (ReadLetter));
  for (at = text; *at; at = g_utf8_next_char (at)) {
    ReadLetter letter = { .n_bytes = g_utf8_next_char (at) - at,
      .confidence = confidence,
      .left = 20 * word->n_characters,
      .right = 20 * word->n_characters + 18 };

    g_array_append_val (word->letters, letter);
    word->n_characters++;
  }
  self->words = g_ptr_array_new_with_free_func ((GDestroyNotify)read_word_free);
  g_ptr_array_add (self->words, word);
  return self;
}

static void
assert_replaced (
    const gchar *text, const gchar *const *others, const gchar *expected)
{
  g_autoptr (LineReading) reading = make_reading (text, 60);
  g_autoptr (GArray) stretches
      = mixed_words_find (reading, G_UNICODE_SCRIPT_HANGUL);
  guint i;

  g_assert_cmpuint (stretches->len, ==, g_strv_length ((gchar **)others));
  for (i = stretches->len; i > 0; i--) {
    g_autoptr (LineReading) other = make_reading (others[i - 1], 96);

    mixed_words_replace (
        reading, &g_array_index (stretches, ForeignStretch, i - 1), other);
  }
  g_assert_cmpstr (
      ((ReadWord *)g_ptr_array_index (reading->words, 0))->text, ==, expected);
}

static void
a_stretch_is_read_by_itself (void)
{
  assert_replaced ("뉴스FAS를", (const gchar *[]){ "KBS", NULL }, "뉴스KBS를");
}

static void
each_of_several_in_a_word_is (void)
{
  assert_replaced (
      "한A8과B0는", (const gchar *[]){ "AB", "CD", NULL }, "한AB과CD는");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (a_stretch_is_read_by_itself);
  ADD (each_of_several_in_a_word_is);
  return g_test_run ();
}
