/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The ticks of ㅊ and of vowels are seen where they are, in the fonts of video,
 * and nowhere else; wherever the engine says that the letters are.
 */
#include "reading/jamotick.h"

#include <string.h>

#include "../../testrows.h"
#include "drawnline.h"

#define TESTS "/reading/jamotick/"

static const gchar *const fonts[] = {
  "Noto Sans CJK KR 38px", "Noto Sans CJK KR Bold 38px",
  "Noto Serif CJK KR 38px", "NanumGothic 38px", "NanumBarunGothic Bold 38px"
};

/* What a line says, and what was read of it; a column that lies half a letter
 * further may have nothing of a stem, whose ticks are let be then. */
static const struct
{
  const gchar *name, *shown, *read;
  gboolean is_beside;
} rows[] = {
  { "a_tick_is_seen", "5초", "5조" },
  { "over_any_vowel_below", "초추츠", "조주즈" },
  { "over_a_final_consonant", "충출총", "중줄종" },
  { "where_there_is_none", "조주즈", "조주즈" },
  { "over_a_final_consonant_either", "중줄종", "중줄종" },
  { "beside_a_vowel_there_is_none", "자저지정", "자저지정" },
  { "what_was_read_with_it_keeps_it", "초등", "초등" },
  { "one_tick_beside_is_not_two", "할머니 식사", "할며니 식샤",
    TRUE },
  { "over_a_final_consonant_one_is_not_two", "먼지 안전", "면지 얀전",
    TRUE },
  { "two_are_two", "며칠 야구 여름 향기 면 갸", "며칠 야구 여름 향기 면 갸" },
  { "other_letters_are_let_be", "호오고", "호오고" },
};

static gchar *
mend (const gchar *shown, const gchar *read, const gchar *font,
    gdouble shift)
{
  g_autoptr (DrawnLine) line = drawn_line_new (shown, font);
  g_autoptr (LineReading) reading = drawn_line_read (line, read, shift);

  drawn_line_mend (line, reading, jamo_ticks_mend);
  return drawn_line_text (reading);
}

static void
read_as_in_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);

  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++) {
    gdouble most = rows[row].is_beside ? 0.3 : 0.6;

    for (gdouble shift = 0; shift < most; shift += 0.25) {
      g_autofree gchar *text
          = mend (rows[row].shown, rows[row].read, fonts[i], shift);

      if (strcmp (text, rows[row].shown) != 0)
        g_error ("%s: %s", fonts[i], text);
    }
  }
}

static void
ticks_are_counted_where_letters_lean (void)
{
  static const gchar font[] = "Noto Sans CJK KR Italic 38px";
  g_autofree gchar *one = mend ("할머니 식사", "할며니 식샤", font, 0.25);
  g_autofree gchar *two
      = mend ("며칠 야구 여름 향기", "며칠 야구 여름 향기", font, 0.25);

  g_assert_cmpstr (one, ==, "할머니 식사");
  g_assert_cmpstr (two, ==, "며칠 야구 여름 향기");
}

static void
a_tick_is_seen_where_another_one_is_none (void)
{
  g_autofree gchar *text = mend ("처차", "져쟈", fonts[0], 0);

  g_assert_cmpstr (text, ==, "처차");
}

/* What was renamed has none. */
static void
letters_that_are_not_known_are_let_be (void)
{
  g_autoptr (DrawnLine) line = drawn_line_new ("조", fonts[0]);
  g_autoptr (LineReading) reading = drawn_line_read (line, "조", 0);
  ReadWord *word = g_ptr_array_index (reading->words, 0);

  g_clear_pointer (&word->letters, g_array_unref);
  drawn_line_mend (line, reading, jamo_ticks_mend);
  g_assert_cmpstr (word->text, ==, "조");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    ADD_ROW (read_as_in_row, rows[i].name, GUINT_TO_POINTER (i));
  ADD (ticks_are_counted_where_letters_lean);
  ADD (a_tick_is_seen_where_another_one_is_none);
  ADD (letters_that_are_not_known_are_let_be);
  return g_test_run ();
}
