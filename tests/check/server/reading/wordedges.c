/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/wordedges.h"

#include <string.h>

#include "../../testrows.h"

#define TESTS "/wordedges/"

#define HEIGHT 24
/* Of a line in which one pixel is noise. */
#define TALL 44

/* A crop whose columns are inked where @columns has a '#', and at one pixel
 * where it has a '.'. */
static void
crop_init (LineCrop * crop, const gchar * columns, gint height)
{
  *crop = (LineCrop){ .width = strlen (columns),
    .height = height,
    .text_top = 2,
    .text_bottom = height - 2 };
  crop->pixels = g_malloc (crop->width * crop->height);
  memset (crop->pixels, 240, crop->width * crop->height);
  for (gint u = 0; u < crop->width; u++) {
    for (gint v = 6; v < height - 6 && columns[u] == '#'; v++)
      crop->pixels[v * crop->width + u] = 20;
    if (columns[u] == '.')
      crop->pixels[(height - 8) * crop->width + u] = 20;
  }
}

static void
test_words_end_where_their_ink_does (void)
{
  static const struct
  {
    const gchar *columns;
    guint n_words;
    WordEdges given[3], expected[3];
  } table[] = {
    /* Too short, too long, cut through. */
    {"   ##########   ", 1, {{5, 9}}, {{3, 13}}},
    {"   ##########   ", 1, {{0, 16}}, {{3, 13}}},
    {"   ###  #####   ", 1, {{8, 12}}, {{3, 13}}},
    /* Overlapping, and apart from the blank between them. */
    {" ######     ##### ", 2, {{1, 13}, {9, 17}}, {{1, 7}, {12, 17}}},
    {" ######     ##### ", 2, {{1, 5}, {8, 16}}, {{1, 7}, {12, 17}}},
    /* The widest blank is the border, not the one between two letters. */
    {" ### ###     ### ## ", 2, {{1, 8}, {11, 19}}, {{1, 8}, {13, 19}}},
    {" ####    ###    #### ", 3, {{1, 7}, {6, 14}, {13, 20}},
        {{1, 5}, {9, 12}, {16, 20}}},
    /* The second one is given within the first, and is no wider than nothing. */
    {"################", 3, {{0, 12}, {9, 10}, {8, 16}},
        {{0, 10.5}, {10.5, 11.5}, {11.5, 16}}},
    /* Nothing to go by. */
    {"                ", 1, {{4, 9}}, {{4, 9}}},
    {"################", 2, {{0, 9}, {7, 16}}, {{0, 8}, {8, 16}}},
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    LineCrop crop;
    WordEdges words[3];

    crop_init (&crop, table[i].columns, HEIGHT);
    memcpy (words, table[i].given, sizeof words);
    word_edges_snap (&crop, words, table[i].n_words);
    for (guint w = 0; w < table[i].n_words; w++) {
      g_test_message ("row %u word %u: %g..%g", i, w, words[w].left,
          words[w].right);
      g_assert_cmpfloat (words[w].left, ==, table[i].expected[w].left);
      g_assert_cmpfloat (words[w].right, ==, table[i].expected[w].right);
    }
    g_free (crop.pixels);
  }
}

static void
test_a_foot_is_ink_and_a_speck_is_none (void)
{
  struct
  {
    const gchar *columns;
    WordEdges given[2], expected[2];
  } table[] = {
    /* The foot of a thin letter, which another stroke ends. */
    {" ####      ##............### ", {{1, 6}, {14, 28}}, {{1, 5}, {11, 28}}},
    /* Noise in a blank. */
    {" ####      .  .     .   ### ", {{1, 6}, {14, 27}}, {{1, 5}, {24, 27}}},
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    LineCrop crop;

    crop_init (&crop, table[i].columns, TALL);
    word_edges_snap (&crop, table[i].given, 2);
    for (guint w = 0; w < 2; w++) {
      g_assert_cmpfloat (table[i].given[w].left, ==, table[i].expected[w].left);
      g_assert_cmpfloat (table[i].given[w].right, ==,
          table[i].expected[w].right);
    }
    g_free (crop.pixels);
  }
}

#define N_LETTERS 4

/* Letters of a line, each of them a # in @read, where blanks are between words. */
typedef struct
{
  const gchar *name, *columns, *read;
  WordEdges given[N_LETTERS], expected[N_LETTERS];
} Line;

static const Line lines[] = {
  /* The second one is given what is its neighbours' as well. */
  { "a_letter_that_reaches_over_others", " ####  ####      ####  #### ",
      "## ##", { { 1, 6 }, { 6, 28 }, { 16, 21 }, { 22, 27 } },
      { { 1, 5 }, { 7, 11 }, { 17, 21 }, { 23, 27 } } },
  /* The nearest blank is the next word's. */
  { "letters_that_touch", " ##########      ####  #### ", "## ##",
      { { 1, 7 }, { 9, 14 }, { 15, 22 }, { 23, 27 } },
      { { 1, 8 }, { 8, 11 }, { 17, 21 }, { 23, 27 } } },
  /* As far, but nothing was read there. */
  { "a_blank_that_was_not_read", " ####  ####      ####  #### ", "####",
      { { 1, 5 }, { 7, 11 }, { 17, 21 }, { 23, 27 } },
      { { 1, 5 }, { 7, 11 }, { 17, 21 }, { 23, 27 } } },
  { "a_blank_that_is_none", " ####  ####  ####  #### ", "### #",
      { { 1, 5 }, { 7, 11 }, { 13, 17 }, { 19, 23 } },
      { { 1, 5 }, { 7, 11 }, { 13, 17 }, { 19, 23 } } },
};

/* What was read as @read, with letters in the columns of @given. */
static LineReading *
read_letters (const gchar *read, const WordEdges *given)
{
  LineReading *reading = g_new0 (LineReading, 1);
  g_auto (GStrv) words = g_strsplit (read, " ", -1);

  reading->words
      = g_ptr_array_new_with_free_func ((GDestroyNotify)read_word_free);
  for (guint i = 0; words[i]; i++) {
    ReadWord *word = g_new0 (ReadWord, 1);

    word->text = g_strdup (words[i]);
    word->letters = g_array_new (FALSE, FALSE, sizeof (ReadLetter));
    for (const gchar *at = words[i]; *at; at++, given++) {
      const ReadLetter letter = { 1, 95, given->left, given->right };

      g_array_append_val (word->letters, letter);
    }
    g_ptr_array_add (reading->words, word);
  }
  return reading;
}

static void
letters_stand_by_the_blanks_that_were_read (gconstpointer data)
{
  const Line *line = data;
  g_autoptr (LineReading) reading = read_letters (line->read, line->given);
  g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (LetterPlace));
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (WordEdges));
  g_auto (LineCrop) crop = { 0 };

  crop_init (&crop, line->columns, HEIGHT);
  word_edges_find_letters (reading, &crop, letters, edges);
  g_assert_cmpuint (edges->len, ==, N_LETTERS);
  for (guint i = 0; i < N_LETTERS; i++) {
    const WordEdges *found = &g_array_index (edges, WordEdges, i);

    g_test_message ("%u: %g to %g", i, found->left, found->right);
    g_assert_cmpfloat (found->left, ==, line->expected[i].left);
    g_assert_cmpfloat (found->right, ==, line->expected[i].right);
  }
}

static void
test_edges_outside_the_crop_are_harmless (void)
{
  static const WordEdges wild[][2] = {
    {{-50, -10}, {-5, 90}}, {{90, 120}, {130, 10}}, {{0, 0}, {0, 0}}
  };

  for (guint i = 0; i < G_N_ELEMENTS (wild); i++) {
    LineCrop crop;
    WordEdges words[2];

    crop_init (&crop, " ####    ### ", HEIGHT);
    memcpy (words, wild[i], sizeof words);
    word_edges_snap (&crop, words, 2);
    g_assert_cmpfloat (words[0].right, <=, MAX (words[1].left, 120));
    g_free (crop.pixels);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wordedges/words_end_where_their_ink_does",
      test_words_end_where_their_ink_does);
  g_test_add_func ("/wordedges/a_foot_is_ink_and_a_speck_is_none",
      test_a_foot_is_ink_and_a_speck_is_none);
  ADD_ROWS (letters_stand_by_the_blanks_that_were_read, lines);
  g_test_add_func ("/wordedges/edges_outside_the_crop_are_harmless",
      test_edges_outside_the_crop_are_harmless);
  return g_test_run ();
}
