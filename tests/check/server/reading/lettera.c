/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A among Hangul is told from what it is read as, in the fonts of video.
 */
#include "reading/lettera.h"

#include "../../testrows.h"
#include "drawnline.h"

#define TESTS "/reading/lettera/"

static const gchar *const fonts[] = {
  "Noto Sans CJK KR 38px", "Noto Sans CJK KR Bold 38px",
  "Noto Serif CJK KR 38px", "NanumGothic 38px", "NanumGothic Bold 38px",
  "NanumBarunGothic Bold 38px", "NanumMyeongjo 38px"
};

static gchar *
restore (const gchar *shown, const gchar *read, const gchar *font,
    gdouble shift)
{
  g_autoptr (DrawnLine) line = drawn_line_new (shown, font);
  g_autoptr (LineReading) reading = drawn_line_read (line, read, shift);

  drawn_line_mend (line, reading, letters_a_restore);
  return drawn_line_text (reading);
}

static void
a_is_told_by_its_bar (void)
{
  static const struct
  {
    const gchar *shown, *read, *is;
  } rows[] = {
    { "AI 뉴스", "시 뉴스", "AI 뉴스" },
    { "뉴스 AI", "뉴스 시", "뉴스 AI" },
    { "AI가 온다", "시가 온다", "AI가 온다" },
    { "A 구역", "^ 구역", "A 구역" },
    { "시 뉴스", "시 뉴스", "시 뉴스" },
    { "도시 시인", "도시 시인", "도시 시인" },
    { "시의 밤", "시의 밤", "시의 밤" },
    { "^ 구역", "^ 구역", "^ 구역" },
    { "시민들이", "시민들이", "시민들이" },
    { "시위와 시멘트", "시위와 시멘트", "시위와 시멘트" },
    { "좋아 ^^", "좋아 ^^", "좋아 ^^" },
    { "식 뉴스", "식 뉴스", "식 뉴스" },
  };

  for (guint i = 0; i < 3 * G_N_ELEMENTS (rows); i++)
    for (guint j = 0; j < G_N_ELEMENTS (fonts); j++) {
      g_autofree gchar *text = restore (
          rows[i / 3].shown, rows[i / 3].read, fonts[j], i % 3 * 0.25);

      g_test_message ("%s, %s: %s", rows[i / 3].shown, fonts[j], text);
      g_assert_cmpstr (text, ==, rows[i / 3].is);
    }
}

/* ㅁ encloses ground as well, and the engine may take it for a part of what stands
 * before it. */
static void
ground_in_the_next_syllable_is_not_of_it (void)
{
  static const gchar *const texts[] = { "시민들이", "시먹다", "시위" };

  for (guint i = 0; i < G_N_ELEMENTS (texts) * G_N_ELEMENTS (fonts); i++)
    for (gdouble more = 0.2; more < 1.1; more += 0.2) {
      const gchar *shown = texts[i % G_N_ELEMENTS (texts)];
      g_autoptr (DrawnLine) line
          = drawn_line_new (shown, fonts[i / G_N_ELEMENTS (texts)]);
      g_autoptr (LineReading) reading = drawn_line_read (line, shown, 0);
      ReadWord *word = g_ptr_array_index (reading->words, 0);
      ReadLetter *letters = (ReadLetter *)word->letters->data;
      gdouble width = letters[0].right - letters[0].left;

      for (guint j = 0; j < word->letters->len; j++) {
        letters[j].left += j > 0 ? more * width : 0;
        letters[j].right += more * width;
      }
      drawn_line_mend (line, reading, letters_a_restore);
      g_assert_cmpstr (word->text, ==, shown);
    }
}

static void
letters_that_are_not_known_are_let_be (void)
{
  g_autoptr (DrawnLine) line = drawn_line_new ("AI가", fonts[0]);
  g_autoptr (LineReading) reading = drawn_line_read (line, "시가", 0);
  ReadWord *word = g_ptr_array_index (reading->words, 0);

  g_clear_pointer (&word->letters, g_array_unref);
  drawn_line_mend (line, reading, letters_a_restore);
  g_assert_cmpstr (word->text, ==, "시가");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (a_is_told_by_its_bar);
  ADD (ground_in_the_next_syllable_is_not_of_it);
  ADD (letters_that_are_not_known_are_let_be);
  return g_test_run ();
}
