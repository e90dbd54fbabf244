/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What is taken away from a line's ends, and what its words can say.
 */
#include "reading/linesense.h"

#include <string.h>

#include "../../testrows.h"
#include "drawnline.h"

#define TESTS "/reading/linesense/"

/* A reading of @text, word by word, all of one confidence. */
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
    g_ptr_array_add (self->words, word);
  }
  return self;
}

static gchar *
text_of (const LineReading * reading)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < reading->words->len; i++)
    g_string_append_printf (text, "%s%s", i ? " " : "",
        ((ReadWord *) g_ptr_array_index (reading->words, i))->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
frames_at_the_ends_are_no_words (void)
{
  static const struct
  {
    const gchar *read;
    gdouble confidence;
    const gchar *is;
  } rows[] = {
    {"| 56Km ||", 95, "56Km"},
    {"[ Seoul", 60, "Seoul"},
    {"[ Seoul ]", 95, "[ Seoul ]"},
    {"a | b", 60, "a | b"},
    {"1 Seoul", 60, "1 Seoul"},
    {"||", 60, "||"},
    {"출구 [", 60, "출구"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading =
        make_reading (rows[i].read, rows[i].confidence);
    g_autofree gchar *text = NULL;

    line_sense_drop_frames (reading);
    text = text_of (reading);
    g_assert_cmpstr (text, ==, rows[i].is);
  }
}

static void
bar_before_a_lower_letter_is_an_i (void)
{
  static const struct
  {
    const gchar *read, *is;
  } rows[] = {
    {"| can eat", "I can eat"},
    {"|'m a mountain", "I'm a mountain"},
    {"|t is there", "It is there"},
    {"a | B", "a | B"},
    {"All| know", "All I know"},
    {"All l know", "All I know"},
    {"about 5 l water", "about 5 l water"},
    {"All| 56", "All| 56"},
    {"|", "|"},
    {"| 출구", "| 출구"},
    {"|| x", "|| x"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = make_reading (rows[i].read, 80);
    g_autofree gchar *text = NULL;

    line_sense_name_bars (reading);
    text = text_of (reading);
    g_assert_cmpstr (text, ==, rows[i].is);
  }
}

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
  const LineCrop blank = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = make_reading (rows[i].read, 80);
    g_autofree gchar *text = NULL;

    line_sense_name_notes (reading, &blank);
    text = text_of (reading);
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
    line_sense_name_notes (reading, &line->crop);
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
  line_sense_name_notes (reading, &line->crop);
  text = drawn_line_text (reading);
  g_assert_cmpstr (text, ==, "♪ 어디로 가나요 ♪");
}

static void
one_stroke_before_a_line_is_a_dash (void)
{
  static const struct
  {
    const gchar *shown, *is;
  } rows[] = {
    { "- Her answer", "- Her answer" },
    { "= Her answer", "= Her answer" },
    { "– 어디로 가나요", "- 어디로 가나요" },
  };
  static const gchar *const fonts[] = { "Noto Sans CJK KR 38px",
    "NanumMyeongjo 38px", "DejaVu Sans Bold 38px" };

  for (guint i = 0; i < 3 * G_N_ELEMENTS (rows); i++) {
    g_autoptr (DrawnLine) line
        = drawn_line_new (rows[i / 3].shown, fonts[i % 3]);
    g_autofree gchar *read
        = g_strconcat ("=", g_utf8_next_char (rows[i / 3].shown), NULL);
    g_autoptr (LineReading) reading = drawn_line_read (line, read, 0);
    g_autofree gchar *text = NULL;

    line_sense_name_dash (reading, &line->crop);
    text = drawn_line_text (reading);
    g_test_message ("%s, %s: %s", rows[i / 3].shown, fonts[i % 3], text);
    g_assert_cmpstr (text, ==, rows[i / 3].is);
  }
}

static void
strokes_without_letters_are_texture (void)
{
  static const struct
  {
    const gchar *read;
    gboolean is_texture;
  } rows[] = {
    {"//", TRUE},
    {"\\ \\ .", TRUE},
    {"/ ' |", TRUE},
    {"...", FALSE},
    {"- !", FALSE},
    {"a / b", FALSE},
    {"1/2", FALSE},
    {"/ 출구", FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = make_reading (rows[i].read, 95);

    g_assert_cmpint (line_sense_is_texture (reading), ==, rows[i].is_texture);
  }
}

static void
few_latin_letters_are_short (void)
{
  static const struct
  {
    const gchar *read;
    gboolean is_short;
  } rows[] = {
    { "Ny", TRUE },
    { "WW7", TRUE },
    { "I_T", TRUE },
    { "Op L", TRUE },
    { "Gates", FALSE },
    { "A", FALSE },
    { "10", FALSE },
    { "99%", FALSE },
    { "출구", FALSE },
    { "AI가", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = make_reading (rows[i].read, 80);

    for (guint j = 0; j < reading->words->len; j++)
      reading->n_characters
          += ((ReadWord *)g_ptr_array_index (reading->words, j))->n_characters;
    g_assert_cmpint (
        line_sense_is_short_latin (reading), ==, rows[i].is_short);
  }
}

static void
few_strokes_and_marks_are_thin (void)
{
  static const struct
  {
    const gchar *read;
    gboolean thin;
  } rows[] = {
    { "/1", TRUE },
    { "|, 1", TRUE },
    { "});", FALSE },
    { "1/ i", TRUE },
    { "on", FALSE },
    { "1 출", FALSE },
    { "10", FALSE },
    { "11:11", FALSE },
    { "77%", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = make_reading (rows[i].read, 80);

    for (guint j = 0; j < reading->words->len; j++)
      reading->n_characters
          += ((ReadWord *)g_ptr_array_index (reading->words, j))->n_characters;
    g_test_message ("%s", rows[i].read);
    g_assert_cmpint (line_sense_is_thin (reading), ==, rows[i].thin);
  }
}

static void
syllables_that_nobody_writes_are_odd (void)
{
  static const struct
  {
    const gchar *read;
    gdouble share;
  } rows[] = {
    {"오늘의 뉴스", 0},
    {"The news", 0},
    {"쀍쉙 abc", 1},
    {"닭쀍", 0.5},
    {"ㅋㅋㅋ 찦차", 0.2},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = make_reading (rows[i].read, 80);

    g_assert_cmpfloat_with_epsilon (line_sense_odd_syllables (reading),
        rows[i].share, 1e-9);
  }
}

/* Two words 20 pixels high, @gap pixels apart. */
static void
digits_that_stand_near_are_one_number (void)
{
  static const struct
  {
    const gchar *read;
    gdouble gap;
    gboolean split;
  } rows[] = {
    { "00:00:44 399", 7, TRUE },
    { "1,500 00", 4, TRUE },
    { "1,500 00", 14, FALSE },
    { "Room 399", 7, FALSE },
    { "399 rooms", 7, FALSE },
    { "399", 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = make_reading (rows[i].read, 95);

    for (guint j = 0; j < reading->words->len; j++) {
      ReadWord *word = g_ptr_array_index (reading->words, j);
      gdouble left = j * (100 + rows[i].gap), right = left + 100;
      gdouble box[8] = { left, 0, right, 0, right, 20, left, 20 };

      memcpy (word->box, box, sizeof box);
    }
    g_assert_cmpint (line_sense_has_split_number (reading), ==, rows[i].split);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (digits_that_stand_near_are_one_number);
  ADD (frames_at_the_ends_are_no_words);
  ADD (bar_before_a_lower_letter_is_an_i);
  ADD (marks_at_both_ends_are_notes);
  ADD (notes_are_told_by_their_ink);
  ADD (a_word_that_takes_in_the_room_of_a_note_is_none);
  ADD (one_stroke_before_a_line_is_a_dash);
  ADD (strokes_without_letters_are_texture);
  ADD (few_strokes_and_marks_are_thin);
  ADD (few_latin_letters_are_short);
  ADD (syllables_that_nobody_writes_are_odd);
  return g_test_run ();
}
