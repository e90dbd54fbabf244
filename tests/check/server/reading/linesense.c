/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What is taken away from a line's ends, and what its words can say.
 */
#include "reading/linesense.h"

#include <math.h>
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

static void
sum_up (LineReading *self)
{
  gdouble sum = 0;

  self->n_characters = 0;
  for (guint i = 0; i < self->words->len; i++) {
    const ReadWord *word = g_ptr_array_index (self->words, i);

    self->n_characters += word->n_characters;
    sum += word->confidence * word->n_characters;
  }
  self->confidence = sum / self->n_characters;
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
    {"\\ Twelve boats", 95, "Twelve boats"},
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
    text = drawn_line_text (reading);
    g_assert_cmpstr (text, ==, rows[i].is);
  }
}

/* In one as much in doubt it stays. */
static void
letter_in_doubt_at_an_end_of_a_sure_line_is_texture (void)
{
  static const struct
  {
    const gchar *read;
    gdouble confidence;
    guint letter;
    const gchar *is;
  } rows[] = {
    { "4 The government", 72, 0, "The government" },
    { "The news 1", 40, 2, "The news" },
    { "The news 1", 82, 2, "The news 1" },
    { "The news .", 40, 2, "The news ." },
    { "The 1 news", 40, 1, "The 1 news" },
    { "The news 12", 40, 2, "The news 12" },
    { "4", 40, 0, "4" },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (rows); i++) {
    gdouble sure = i % 2 ? 70 : 95;
    g_autoptr (LineReading) reading = make_reading (rows[i / 2].read, sure);
    ReadWord *letter
        = g_ptr_array_index (reading->words, rows[i / 2].letter);
    g_autofree gchar *text = NULL;

    letter->confidence = rows[i / 2].confidence;
    sum_up (reading);
    line_sense_drop_doubtful_letters (reading);
    text = drawn_line_text (reading);
    g_assert_cmpstr (text, ==, i % 2 ? rows[i / 2].read : rows[i / 2].is);
  }
}

/* Not what was mended, of which the engine knows no letter. */
static void
few_letters_in_doubt_at_an_end_of_a_sure_line_are_texture (void)
{
  static const struct
  {
    const gchar *read;
    gdouble confidence;
    gboolean mended;
    const gchar *is;
  } rows[] = {
    { "the news ae", 41, FALSE, "the news" },
    { "the news ae", 65, FALSE, "the news ae" },
    { "the news AI", 41, TRUE, "the news AI" },
    { "the news also", 41, FALSE, "the news also" },
    { "the news 12", 41, FALSE, "the news 12" },
    { "저녁에 다시 ㅋㅁ", 41, FALSE, "저녁에 다시" },
    { "저녁에 다시 거예요", 41, FALSE, "저녁에 다시 거예요" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = make_reading (rows[i].read, 95);
    ReadWord *word = g_ptr_array_index (reading->words, 2);
    g_autofree gchar *text = NULL;

    word->confidence = rows[i].confidence;
    if (!rows[i].mended)
      word->letters = g_array_new (FALSE, FALSE, sizeof (ReadLetter));
    sum_up (reading);
    line_sense_drop_doubtful_letters (reading);
    text = drawn_line_text (reading);
    g_assert_cmpstr (text, ==, rows[i].is);
  }
}

static void
letter_with_marks_is_a_single_one (void)
{
  static const struct
  {
    const gchar *read;
    gboolean is;
  } rows[] = { { "y", TRUE }, { "/y", TRUE }, { "- 왜?", TRUE }, { "//", FALSE },
    { "44", FALSE }, { "a b", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = make_reading (rows[i].read, 90);

    g_assert_cmpint (line_sense_is_single (reading), ==, rows[i].is);
  }
}

static void
bar_before_a_lower_letter_is_an_i (void)
{
  static const struct
  {
    const gchar *read, *is;
  } rows[] = {
    { "| can eat", "I can eat" },
    { "|'m a mountain", "I'm a mountain" },
    { "|t is there", "It is there" },
    { "a | B", "a | B" },
    { "-| never said", "-I never said" },
    { "-|'m here", "-I'm here" },
    { "- | never said", "- I never said" },
    { "All| know", "All I know" },
    { "All l know", "All I know" },
    { "about 5 l water", "about 5 l water" },
    { "All| 56", "All| 56" },
    { "|", "|" },
    { "| 출구", "| 출구" },
    { "|| x", "|| x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = make_reading (rows[i].read, 80);
    g_autofree gchar *text = NULL;

    line_sense_name_bars (reading);
    text = drawn_line_text (reading);
    g_assert_cmpstr (text, ==, rows[i].is);
  }
}

static void
small_l_among_capitals_is_an_i (void)
{
  static const struct
  {
    const gchar *read, *is;
  } rows[] = {
    { "미 ClA 국장", "미 CIA 국장" },
    { "The ClA said", "The CIA said" },
    { "인공지능(Al) 기술", "인공지능(AI) 기술" },
    { "Al가 바꾼다", "AI가 바꾼다" },
    { "VlP", "VIP" },
    { "Al Pacino", "Al Pacino" },
    { "All 사랑", "All 사랑" },
    { "물 5l", "물 5l" },
    { "Paul과", "Paul과" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = make_reading (rows[i].read, 80);
    g_autofree gchar *text = NULL;

    line_sense_name_capitals (reading);
    text = drawn_line_text (reading);
    g_assert_cmpstr (text, ==, rows[i].is);
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
    { "\\ S yeh", TRUE },
    { "['id',", FALSE },
    { "/ A", FALSE },
    { "Gates", FALSE },
    { "A", FALSE },
    { "10", FALSE },
    { "99%", FALSE },
    { "출구", FALSE },
    { "AI가", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = make_reading (rows[i].read, 80);

    sum_up (reading);
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

    sum_up (reading);
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

static void
figures_count_what_stands_after_them (void)
{
  static const struct
  {
    const gchar *read;
    gboolean odd;
  } rows[] = {
    { "마을 도 1관이 새로", TRUE },
    { "창문0을 닫아", TRUE },
    { "3시 15분에 20대 2,500원으로", FALSE },
    { "제1회 6개월 2층에", FALSE },
    { "코로나19 유행", FALSE },
    { "2 마을 도서관", FALSE },
    { "Gate 42", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) reading = make_reading (rows[i].read, 95);

    g_test_message ("%s", rows[i].read);
    g_assert_cmpint (line_sense_has_odd_figure (reading), ==, rows[i].odd);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (digits_that_stand_near_are_one_number);
  ADD (figures_count_what_stands_after_them);
  ADD (frames_at_the_ends_are_no_words);
  ADD (letter_in_doubt_at_an_end_of_a_sure_line_is_texture);
  ADD (few_letters_in_doubt_at_an_end_of_a_sure_line_are_texture);
  ADD (letter_with_marks_is_a_single_one);
  ADD (bar_before_a_lower_letter_is_an_i);
  ADD (small_l_among_capitals_is_an_i);
  ADD (strokes_without_letters_are_texture);
  ADD (few_strokes_and_marks_are_thin);
  ADD (few_latin_letters_are_short);
  ADD (syllables_that_nobody_writes_are_odd);
  return g_test_run ();
}
