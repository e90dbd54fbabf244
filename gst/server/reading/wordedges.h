/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Where the words of a line begin and end.  Tesseract's own columns come from
 * its network's time steps: they cut through letters, and those of neighbours
 * overlap.  The blank columns of the crop tell better.  Pure.
 */
#pragma once

#include "reading/linecrop.h"

typedef struct
{
  gdouble left, right;          /* columns of the crop */
} WordEdges;

/* Moves the edges of @words, which are in the order they stand in, to the ink of
 * @crop: between two words to the sides of the widest blank near their border,
 * at the ends to where the ink stops. Without a blank neighbours meet in the
 * middle. No word overlaps the next afterwards. */
void word_edges_snap (const LineCrop * crop, WordEdges * words, guint n_words);
