/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Where the words of a line begin and end.  Tesseract's own columns come from
 * its network's time steps: they cut through letters, and those of neighbours
 * overlap.  The blank columns of the crop tell better.  Pure.
 */
#pragma once

#include "reading/linereading.h"

typedef struct
{
  gdouble left, right;          /* columns of the crop */
} WordEdges;

/* Moves the edges of @words, which are in the order they stand in, to the ink of
 * @crop: between two words to the sides of the blank that speaks most for their
 * border by its width and place, at the ends to where the ink stops. Without a blank
 * neighbours meet in the middle. No word overlaps the next afterwards. */
void word_edges_snap (const LineCrop * crop, WordEdges * words, guint n_words);

/* A letter of a line, or a word of which the letters are not known. */
typedef struct
{
  guint word;                   /* its number */
  gsize start, n_bytes;         /* of the word's text */
} LetterPlace;

/* Appends the letters (LetterPlace) of @reading, which is of @crop, and their edges
 * (WordEdges), moved to the ink as those of words are; the blanks that were read
 * count more than others. */
void word_edges_find_letters (const LineReading *reading, const LineCrop *crop,
    GArray *letters, GArray *edges);
