/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Notes and dashes at a line's ends, which were read as something else.
 */
#include "reading/linemarks.h"

#include "../../testrows.h"
#include "drawnline.h"

#define TESTS "/reading/linemarks/"

static void
marks_at_both_ends_are_notes (void)
{
  static const struct
  {
    const gchar *read, *is;
  } rows[] = {
    {"» Where are you going »", "♪ Where are you going ♪"},
    {"> 어디로 가나요 »", "♪ 어디로 가나요 ♪"},
    {"« Bonjour »", "« Bonjour »"},
    {"* Bonus *", "* Bonus *"},
    {"# 3 #", "# 3 #"},
    {"» Weiter", "» Weiter"},
    {"> >", "> >"},
    {"- Well *", "- Well *"},
  };
  const DrawnLine blank = { .right = 400 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = drawn_line_read (&blank, rows[i].read, 0);
    g_autofree gchar *text = NULL;

    line_marks_name_notes (reading, &blank.crop);
    text = drawn_line_text (reading);
    g_assert_cmpstr (text, ==, rows[i].is);
  }
}

/* The words that are read as a low line are those that were not. */
static void
drop_unread (LineReading *reading)
{
  for (guint i = reading->words->len; i-- > 0;)
    if (g_str_equal (
            ((ReadWord *) g_ptr_array_index (reading->words, i))->text, "_"))
      g_ptr_array_remove_index (reading->words, i);
}

/* What was read of a line that is drawn. */
static void
notes_are_told_by_their_ink (void)
{
  static const struct
  {
    const gchar *shown, *read, *is;
  } rows[] = {
    { "♪ 어디로 가나요 ♪", "x 어디로 가나요 x", "x 어디로 가나요 x" },
    { "♪ 어디로 가나요 ♪", "» 어디로 가나요 }", "♪ 어디로 가나요 ♪" },
    { "♪ 어디로 가나요 ♪", "_ 어디로 가나요 _", "♪ 어디로 가나요 ♪" },
    { "♫ Where we go ♫", "_ Where we go .", "♪ Where we go ♪" },
    { "♪ 어디로 가나요", "» 어디로 가나요", "» 어디로 가나요" },
    { "| Where we go |", "_ Where we go _", "Where we go" },
    { "[ Where we go ]", "_ Where we go _", "Where we go" },
    { "\" Where we go \"", "_ Where we go _", "Where we go" },
    { "♥ Where we go ♥", "_ Where we go _", "Where we go" },
    { "- Where we go -", "_ Where we go _", "Where we go" },
  };
  static const gchar *const fonts[]
      = { "Noto Sans CJK KR 38px", "DejaVu Sans 38px" };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (rows); i++) {
    g_autoptr (DrawnLine) line
        = drawn_line_new (rows[i / 2].shown, fonts[i % 2]);
    g_autoptr (LineReading) reading
        = drawn_line_read (line, rows[i / 2].read, 0);
    g_autofree gchar *text = NULL;

    drop_unread (reading);
    line_marks_name_notes (reading, &line->crop);
    text = drawn_line_text (reading);
    g_test_message ("%s, %s: %s", rows[i / 2].shown, fonts[i % 2], text);
    g_assert_cmpstr (text, ==, rows[i / 2].is);
  }
}

/* The engine was not sure of it, since it begins with the blank. */
static void
a_word_that_takes_in_the_room_of_a_note_is_none (void)
{
  g_autoptr (DrawnLine) line
      = drawn_line_new ("♪ 어디로 가나요 ♪", "Noto Sans CJK KR 38px");
  g_autoptr (LineReading) reading
      = drawn_line_read (line, "_ 어디로 가나요 »", 0);
  g_autofree gchar *text = NULL;
  ReadWord *first;

  drop_unread (reading);
  first = g_ptr_array_index (reading->words, 0);
  first->left = line->left;
  first->confidence = 40;
  line_marks_name_notes (reading, &line->crop);
  text = drawn_line_text (reading);
  g_assert_cmpstr (text, ==, "♪ 어디로 가나요 ♪");
}

static void
one_stroke_before_a_line_is_a_dash (void)
{
  static const struct
  {
    const gchar *shown, *read, *is;
  } rows[] = {
    { "- Her answer", "= Her answer", "- Her answer" },
    { "- Her answer", "—- Her answer", "- Her answer" },
    { "= Her answer", "= Her answer", "= Her answer" },
    { "- - Her answer", "-- Her answer", "-- Her answer" },
    { "– 어디로 가나요", "= 어디로 가나요", "- 어디로 가나요" },
  };
  static const gchar *const fonts[] = { "Noto Sans CJK KR 38px",
    "NanumMyeongjo 38px", "DejaVu Sans Bold 38px" };

  for (guint i = 0; i < 3 * G_N_ELEMENTS (rows); i++) {
    g_autoptr (DrawnLine) line
        = drawn_line_new (rows[i / 3].shown, fonts[i % 3]);
    g_autoptr (LineReading) reading
        = drawn_line_read (line, rows[i / 3].read, 0);
    g_autofree gchar *text = NULL;

    line_marks_name_dash (reading, &line->crop);
    text = drawn_line_text (reading);
    g_test_message ("%s, %s: %s", rows[i / 3].shown, fonts[i % 3], text);
    g_assert_cmpstr (text, ==, rows[i / 3].is);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (marks_at_both_ends_are_notes);
  ADD (notes_are_told_by_their_ink);
  ADD (a_word_that_takes_in_the_room_of_a_note_is_none);
  ADD (one_stroke_before_a_line_is_a_dash);
  return g_test_run ();
}
