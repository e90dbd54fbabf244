/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a line's reading is taken for.
 */
#include "reading/linereading.h"

#include <string.h>

#include "../../testrows.h"
#include "reading/pagewords.h"

#define TESTS "/reading/linereading/"

static LineReading *
make_reading (const gchar * text, gdouble confidence)
{
  LineReading *self = g_new0 (LineReading, 1);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  self->words = g_ptr_array_new_with_free_func ((GDestroyNotify)
      read_word_free);
  for (guint i = 0; words[i]; i++) {
    ReadWord *word = g_new0 (ReadWord, 1);

    word->text = g_strdup (words[i]);
    word->confidence = confidence;
    word->n_characters = g_utf8_strlen (words[i], -1);
    word->left = 60 * i;
    word->right = 60 * i + 50;
    g_ptr_array_add (self->words, word);
    self->n_characters += word->n_characters;
  }
  self->confidence = confidence;
  return self;
}

/* Of the likeliest line: log odds that grow with its length alone would take
 * any long one for text. */
static gboolean
is_text (const gchar * text, gdouble confidence)
{
  g_autoptr (LineReading) reading = make_reading (text, confidence);
  g_auto (LineCrop) crop = { .width = 800,
    .height = 56,
    .text_top = 8,
    .text_bottom = 48,
    .to_picture = { 1, 0, 0, 0, 1, 0 } };
  TextLine line = {.logit = 5 };

  crop.pixels = g_malloc (crop.width * crop.height);
  memset (crop.pixels, 240, crop.width * crop.height);
  line_reading_finish (reading, &crop, &line);
  return reading->logit >= CANDIDATE_MIN_LOGIT;
}

static void
guesses_are_no_text_however_long (void)
{
  const gchar *text = "AISHI AZLBA SNES THIS MEGI SECA STAT LEE";

  g_assert_true (is_text (text, 80));
  g_assert_false (is_text (text, 40));
}

static void
only_doubtful_latin_words_are_read_again (void)
{
  static const struct
  {
    const gchar *text;
    gdouble confidence;
    gboolean again;
  } rows[] = {
    { "Central Station", 96, FALSE },
    { "Central Station", 90, TRUE },
    { "뉴스를 전해", 60, FALSE },
    { "-- ...", 60, FALSE },
    { "ㄷ0ding", 60, TRUE },
    { "ㅋㅋㅋ", 60, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading =
        make_reading (rows[i].text, rows[i].confidence);

    g_assert_cmpint (line_reading_has_foreign_words (reading,
            G_UNICODE_SCRIPT_HANGUL, 94), ==, rows[i].again);
  }
}

/* What "대 garbage truck", read with @confidence, is when the other model reads
 * "The garbage truck" with @other. */
static gchar *
improve (gdouble confidence, gdouble other_confidence)
{
  g_autoptr (LineReading) reading = make_reading ("대 garbage truck", 90);
  g_autoptr (LineReading) other
      = make_reading ("The garbage truck", other_confidence);
  g_autoptr (GString) text = g_string_new (NULL);

  ((ReadWord *)g_ptr_array_index (reading->words, 0))->confidence = confidence;
  line_reading_improve (reading, other, G_UNICODE_SCRIPT_HANGUL);
  for (guint i = 0; i < reading->words->len; i++)
    g_string_append_printf (text, "%s%s", i ? " " : "",
        ((ReadWord *)g_ptr_array_index (reading->words, i))->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
word_that_was_guessed_is_what_the_other_model_is_sure_of (void)
{
  static const struct
  {
    gdouble confidence, other;
    const gchar *is;
  } rows[] = {
    { 11, 95, "The garbage truck" },
    { 11, 70, "대 garbage truck" },
    { 80, 95, "대 garbage truck" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *text = improve (rows[i].confidence, rows[i].other);

    g_assert_cmpstr (text, ==, rows[i].is);
  }
}

static void
figure_in_a_syllables_place_speaks_against_a_reading (void)
{
  static const struct
  {
    const gchar *one, *other; /* the first is surer by 2 */
    gboolean better;
  } rows[] = {
    { "마을 도 1관이 새로", "마을 도서관이 새로", TRUE },
    { "마을 도서관이 새로", "마을 도 1관이 새로", FALSE },
    { "이번 3시 15분에", "이번 3시 15붐에", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) one = make_reading (rows[i].one, 92);
    g_autoptr (LineReading) other = make_reading (rows[i].other, 90);

    g_assert_cmpint (line_reading_is_better (other, one), ==, rows[i].better);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (guesses_are_no_text_however_long);
  ADD (only_doubtful_latin_words_are_read_again);
  ADD (figure_in_a_syllables_place_speaks_against_a_reading);
  ADD (word_that_was_guessed_is_what_the_other_model_is_sure_of);
  return g_test_run ();
}
