/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Words are parted where there is room, in the fonts of video, whatever the engine
 * says.
 */
#include "reading/wordgaps.h"

#include <string.h>

#include "../../testrows.h"
#include "drawnline.h"

#define TESTS "/reading/wordgaps/"

#define INK 20

static const gchar *const fonts[] = { "Noto Sans CJK KR 38px",
  "Noto Sans CJK KR Bold 38px", "Noto Serif CJK KR 38px", "NanumGothic 38px",
  "NanumBarunGothic Bold 38px" };

/* What a line says, and what was read of it. */
static const struct
{
  const gchar *name, *shown, *read;
} rows[] = {
  { "what_stands_together_is_one", "강남대로", "강남 대 로" },
  { "what_stands_apart_is_two", "여기서 뭐 해", "여기서 뭐해" },
  { "but_for_a_pair_that_may_be_set_apart", "뭐해", "뭐해" },
  { "what_was_read_right_stays", "출입 금지", "출입 금지" },
  { "one_word_too", "출입금지", "출입금지" },
  { "latin_blank_as_wide_as_the_others_is_one", "NUN HUN UH HUH",
      "NUN HUNUH HUH" },
  { "between_a_letter_and_a_figure_too", "UH 2049 NUN HUN", "UH2049 NUN HUN" },
  { "and_after_a_speakers_dash", "- HUH NUN UH HUN", "-HUH NUN UH HUN" },
  { "be_it_an_i_that_was_read_as_a_bar", "- |M HUH NUN UH", "-|M HUH NUN UH" },
  { "before_a_syllable_as_well", "- 여기서 뭐 해", "-여기서 뭐 해" },
  { "but_for_one_that_is_set_to_it", "-여기서 뭐 해", "-여기서 뭐 해" },
  { "latin_letters_of_a_word_stay", "NUNUH HUN UNUH", "NUNUH HUN UNUH" },
  { "whatever_its_letters", "WM lil HUN UH", "WM lil HUN UH" },
  { "and_a_1_among_figures", "UH 2011 NU", "UH 2011 NU" },
};

static void
mend_as_in_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);

  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++) {
    g_autoptr (DrawnLine) line = drawn_line_new (rows[row].shown, fonts[i]);
    g_autoptr (LineReading) reading = drawn_line_read (line, rows[row].read, 0);
    g_autofree gchar *text = NULL;

    word_gaps_mend (reading, &line->crop);
    text = drawn_line_text (reading);
    if (strcmp (text, rows[row].shown) != 0)
      g_error ("%s: %s", fonts[i], text);
  }
}

static void
letters_go_with_their_words (void)
{
  g_autoptr (DrawnLine) line = drawn_line_new ("여기서 뭐 해", fonts[0]);
  g_autoptr (LineReading) reading = drawn_line_read (line, "여기서 뭐해", 0);
  const ReadWord *first, *second;

  word_gaps_mend (reading, &line->crop);
  g_assert_cmpuint (reading->words->len, ==, 3);
  first = g_ptr_array_index (reading->words, 1);
  second = g_ptr_array_index (reading->words, 2);
  g_assert_cmpuint (first->n_characters, ==, 1);
  g_assert_cmpuint (second->n_characters, ==, 1);
  g_assert_cmpuint (first->letters->len, ==, 1);
  g_assert_cmpuint (second->letters->len, ==, 1);
  g_assert_cmpfloat (first->right, <, second->left);
}

/* There is ink in all columns. */
static void
rule_under_a_line_tells_nothing (void)
{
  static const gchar *const read[] = { "출입 금지", "출입금지" };

  for (guint i = 0; i < G_N_ELEMENTS (read); i++) {
    g_autoptr (DrawnLine) line = drawn_line_new ("출입금지", fonts[0]);
    g_autoptr (LineReading) reading = drawn_line_read (line, read[i], 0);
    gint top = line->crop.text_bottom - 3;
    g_autofree gchar *text = NULL;

    memset (
        line->crop.pixels + top * line->crop.width, INK, 3 * line->crop.width);
    word_gaps_mend (reading, &line->crop);
    text = drawn_line_text (reading);
    g_assert_cmpstr (text, ==, read[i]);
  }
}

/* It is more than most letters have between them. */
static void
room_that_is_less_than_the_other_words_have_is_no_blank (void)
{
  static const gchar read[] = "여기서 뭐 해 노래를 봐";
  g_autoptr (DrawnLine) line
      = drawn_line_new ("여기서  뭐  해  노래 를  봐", fonts[0]);
  g_autoptr (LineReading) reading = drawn_line_read (line, read, 0);
  g_autofree gchar *text = NULL;

  word_gaps_mend (reading, &line->crop);
  text = drawn_line_text (reading);
  g_assert_cmpstr (text, ==, read);
}

/* Its border and a stroke below were found as a part of it. */
static void
line_that_was_found_too_high_keeps_its_blanks (void)
{
  static const gchar shown[] = "우리집 강아지는 겁이 많다";

  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++) {
    g_autoptr (DrawnLine) line = drawn_line_new (shown, fonts[i]);
    g_autoptr (LineReading) reading = drawn_line_read (line, shown, 0);
    g_autofree gchar *text = NULL;

    line->crop.text_top = 0;
    line->crop.text_bottom = line->crop.height;
    word_gaps_mend (reading, &line->crop);
    text = drawn_line_text (reading);
    g_assert_cmpstr (text, ==, shown);
  }
}

static void
letters_that_are_not_known_are_let_be (void)
{
  g_autoptr (DrawnLine) line = drawn_line_new ("여기서 뭐 해", fonts[0]);
  g_autoptr (LineReading) reading = drawn_line_read (line, "여기서 뭐해", 0);
  ReadWord *word = g_ptr_array_index (reading->words, 1);

  g_clear_pointer (&word->letters, g_array_unref);
  word_gaps_mend (reading, &line->crop);
  g_assert_cmpuint (reading->words->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    ADD_ROW (mend_as_in_row, rows[i].name, GUINT_TO_POINTER (i));
  ADD (letters_go_with_their_words);
  ADD (rule_under_a_line_tells_nothing);
  ADD (room_that_is_less_than_the_other_words_have_is_no_blank);
  ADD (line_that_was_found_too_high_keeps_its_blanks);
  ADD (letters_that_are_not_known_are_let_be);
  return g_test_run ();
}
