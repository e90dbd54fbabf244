/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which words of overlapping readings are told.
 */
#include "reading/pagewords.h"

#include <string.h>

#include "../../testrows.h"

#define TESTS "/reading/pagewords/"

typedef struct
{
  const gchar *text;
  gdouble confidence, left, right;
} Word;

/* A line 20 pixels high around @y that reads as @words, up to one without
 * text. */
static Candidate
make_candidate (TextLine * line, gdouble y, const Word * words)
{
  Candidate self = { .line = line, .reading = g_new0 (LineReading, 1) };
  gdouble left = words[0].left, right = left;

  self.reading->words =
      g_ptr_array_new_with_free_func ((GDestroyNotify) read_word_free);
  self.reading->confidence = 90;
  for (; words->text; words++) {
    ReadWord *word = g_new0 (ReadWord, 1);
    gdouble box[8] = { words->left, y - 10, words->right, y - 10,
      words->right, y + 10, words->left, y + 10
    };

    word->text = g_strdup (words->text);
    word->confidence = words->confidence;
    word->n_characters = strlen (words->text);
    memcpy (word->box, box, sizeof box);
    g_ptr_array_add (self.reading->words, word);
    self.reading->n_characters += word->n_characters;
    right = words->right;
  }
  *line = (TextLine){
    .x = (left + right) / 2, .y = y, .width = right - left, .height = 20
  };
  return self;
}

static gchar *
collect_both (Candidate both[2])
{
  g_autoptr (GArray) candidates =
      g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GPtrArray) words = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_array_set_clear_func (candidates, (GDestroyNotify) candidate_clear);
  g_array_append_vals (candidates, both, 2);
  words = page_words_collect (candidates);
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%s%s", i ? " " : "",
        ((KocrAnswerWord *) g_ptr_array_index (words, i))->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gchar *
collect (const Word * a, gdouble a_y, const Word * b, gdouble b_y)
{
  TextLine lines[2];
  Candidate both[2] = { make_candidate (&lines[0], a_y, a),
    make_candidate (&lines[1], b_y, b)
  };

  return collect_both (both);
}

static void
word_that_two_lines_share_is_told_once (void)
{
  static const Word left[] = {
    {"your", 95, 0, 40}, {"risk", 90, 45, 85}, {"of", 90, 90, 110}, {NULL}
  };
  static const Word right[] = {
    {"isk", 96, 55, 85}, {"of", 90, 90, 110}, {"infection", 95, 115, 300},
    {NULL}
  };
  g_autofree gchar *text = collect (left, 100, right, 102);

  g_assert_cmpstr (text, ==, "your risk of infection");
}

static void
surer_reading_of_a_shared_word_is_told (void)
{
  static const Word left[] = {
    {"come", 95, 0, 40}, {"gown", 60, 45, 85}, {NULL}
  };
  static const Word right[] = {
    {"down", 90, 45, 85}, {"again", 95, 90, 200}, {NULL}
  };
  g_autofree gchar *text = collect (left, 100, right, 98);

  g_assert_cmpstr (text, ==, "come down again");
}

/* As a figure beside the line that was cut out with it. */
static void
word_beyond_a_lines_end_is_told_once (void)
{
  static const Word line[]
      = { { "LIONS", 95, 0, 90 }, { "2", 95, 110, 120 }, { NULL } };
  static const Word figure[] = { { "2", 95, 110, 120 }, { NULL } };
  TextLine lines[2];
  Candidate both[2] = { make_candidate (&lines[0], 100, line),
    make_candidate (&lines[1], 100, figure) };
  g_autofree gchar *text = NULL;

  lines[0].x = 45;
  lines[0].width = 90;
  text = collect_both (both);
  g_assert_cmpstr (text, ==, "LIONS 2");
}

/* It has a texture's strokes as well. */
static void
far_higher_find_adds_no_words (void)
{
  static const Word line[] = { { "Where", 95, 0, 90 }, { NULL } };
  static const Word higher[]
      = { { "Where", 70, 0, 90 }, { "4", 92, 110, 120 }, { NULL } };
  TextLine lines[2];
  Candidate both[2] = { make_candidate (&lines[0], 100, line),
    make_candidate (&lines[1], 100, higher) };
  g_autofree gchar *text = NULL;

  lines[1].height = 60;
  both[1].reading->confidence = 70;
  text = collect_both (both);
  g_assert_cmpstr (text, ==, "Where");
}

/* One find of the line has texture at its start, the other one ends too soon. */
static void
words_that_the_worse_find_reads_better_are_told (void)
{
  static const Word longer[] = {
    { "Latency:", 80, 0, 90 },
    { "865.8", 70, 100, 150 },
    { NULL },
  };
  static const Word shorter[] = {
    { "265.8", 93, 100, 150 },
    { "ms", 92, 160, 190 },
    { NULL },
  };
  g_autofree gchar *text = collect (longer, 100, shorter, 101);

  g_assert_cmpstr (text, ==, "Latency: 265.8 ms");
}

static void
words_of_lines_that_touch_are_all_told (void)
{
  static const Word words[] = {
    {"same", 95, 0, 40}, {"word", 90, 45, 85}, {NULL}
  };
  g_autofree gchar *text = collect (words, 100, words, 115);

  g_assert_cmpstr (text, ==, "same word same word");
}

/* The piece was found with what stands below the line. */
static void
higher_find_of_a_lines_piece_adds_no_words (void)
{
  static const Word line[]
      = { { "Nothing", 96, 0, 130 }, { "to", 97, 145, 400 }, { NULL } };
  static const Word piece[] = { { "1ing", 97, 67, 130 }, { NULL } };
  TextLine lines[2];
  Candidate both[2] = { make_candidate (&lines[0], 100, line),
    make_candidate (&lines[1], 120, piece) };
  ReadWord *word = g_ptr_array_index (both[1].reading->words, 0);
  g_autofree gchar *text = NULL;

  lines[1].height = 60;
  word->box[1] = word->box[3] = 90;
  word->box[5] = word->box[7] = 150;
  text = collect_both (both);
  g_assert_cmpstr (text, ==, "Nothing to");
}

/* Its dots are found as a line of their own. */
static void
dots_after_a_word_do_not_take_its_place (void)
{
  static const Word line[]
      = { { "plan", 90, 0, 80 }, { "opened...", 86, 90, 300 }, { NULL } };
  static const Word dots[] = { { "oor", 93, 260, 300 }, { NULL } };
  TextLine lines[2];
  Candidate both[2] = { make_candidate (&lines[0], 100, line),
    make_candidate (&lines[1], 106, dots) };
  g_autofree gchar *text = NULL;

  lines[0].width = 250;
  lines[0].x = 125;
  text = collect_both (both);
  g_assert_cmpstr (text, ==, "plan opened...");
}

/* It was sure with words that another line has, too. */
static void
what_is_left_of_a_line_has_to_be_text_by_itself (void)
{
  static const Word line[] = { { "this", 97, 0, 40 }, { "place.", 97, 45, 120 },
    { NULL } };
  Word higher[] = { { "this", 97, 0, 40 }, { "place.", 94, 45, 120 },
    { "um", 44, 130, 260 }, { NULL } };

  for (guint i = 0; i < 2; i++) {
    TextLine lines[2];
    Candidate both[2] = { make_candidate (&lines[0], 100, line), { NULL } };
    g_autofree gchar *text = NULL;

    higher[2].confidence = i ? 95 : 44;
    both[1] = make_candidate (&lines[1], 101, higher);
    /* They are no two finds of one line. */
    lines[1].x = 200;
    lines[1].width = 200;
    both[1].reading->logit = 2;
    text = collect_both (both);
    g_assert_cmpstr (text, ==, i ? "this place. um" : "this place.");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (word_that_two_lines_share_is_told_once);
  ADD (surer_reading_of_a_shared_word_is_told);
  ADD (words_that_the_worse_find_reads_better_are_told);
  ADD (word_beyond_a_lines_end_is_told_once);
  ADD (far_higher_find_adds_no_words);
  ADD (words_of_lines_that_touch_are_all_told);
  ADD (higher_find_of_a_lines_piece_adds_no_words);
  ADD (dots_after_a_word_do_not_take_its_place);
  ADD (what_is_left_of_a_line_has_to_be_text_by_itself);
  return g_test_run ();
}
