/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/wordedges.h"

#include <string.h>

#define HEIGHT 24

/* A crop whose columns are inked where @columns has a '#'. */
static void
crop_init (LineCrop * crop, const gchar * columns)
{
  *crop = (LineCrop){ .width = strlen (columns),
    .height = HEIGHT,
    .text_top = 2,
    .text_bottom = 22 };
  crop->pixels = g_malloc (crop->width * crop->height);
  memset (crop->pixels, 240, crop->width * crop->height);
  for (gint u = 0; u < crop->width; u++) {
    for (gint v = 6; v < 18 && columns[u] == '#'; v++)
      crop->pixels[v * crop->width + u] = 20;
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

    crop_init (&crop, table[i].columns);
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
test_edges_outside_the_crop_are_harmless (void)
{
  static const WordEdges wild[][2] = {
    {{-50, -10}, {-5, 90}}, {{90, 120}, {130, 10}}, {{0, 0}, {0, 0}}
  };

  for (guint i = 0; i < G_N_ELEMENTS (wild); i++) {
    LineCrop crop;
    WordEdges words[2];

    crop_init (&crop, " ####    ### ");
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
  g_test_add_func ("/wordedges/edges_outside_the_crop_are_harmless",
      test_edges_outside_the_crop_are_harmless);
  return g_test_run ();
}
