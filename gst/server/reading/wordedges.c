/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/wordedges.h"

#include <string.h>

/* A column with less ink than this part of the text's height is blank, for noise
 * leaves single dark pixels, unless the ink goes on along its row: the foot of a
 * thin ㄴ is a pixel high. */
#define MIN_INK 0.05
/* Ink that goes on after so small a blank, by the text's height, is of the same
 * word: the gap between two letters is about a tenth. */
#define LETTER_GAP 0.2
/* How far, by the text's height, an outer edge is looked for. */
#define REACH 0.6

static gboolean
is_along_row (const LineCrop * crop, gint u, gint v)
{
  return u > 0 && u < crop->width - 1 && line_crop_is_ink (crop, u - 1, v)
      && line_crop_is_ink (crop, u + 1, v);
}

static gboolean *
find_inked_columns (const LineCrop * crop)
{
  gboolean *inked = g_new0 (gboolean, crop->width);
  gint top = CLAMP ((gint) crop->text_top, 0, crop->height);
  gint bottom = CLAMP ((gint) crop->text_bottom, top, crop->height);
  gint least = MAX (1, MIN_INK * (bottom - top));

  for (gint u = 0; u < crop->width; u++) {
    gint n = 0;

    for (gint v = top; v < bottom && n < least; v++) {
      if (line_crop_is_ink (crop, u, v))
        n += is_along_row (crop, u, v) ? least : 1;
    }
    inked[u] = n >= least;
  }
  return inked;
}

/* Between the middles of two words, or a little beyond: a blank there counts
 * whole. */
static void
part (const LineCrop * crop, const gboolean * inked, WordEdges * a,
    WordEdges * b)
{
  gint from = CLAMP ((a->left + a->right) / 2, 0, crop->width);
  gint to = CLAMP ((b->left + b->right) / 2, from, crop->width);
  gint start, best_start = 0, best_end = 0;

  while (from > 0 && !inked[from - 1])
    from--;
  while (to < crop->width && !inked[to])
    to++;
  start = from;
  for (gint u = from; u <= to; u++) {
    if (u < to && !inked[u])
      continue;
    if (u - start > best_end - best_start) {
      best_start = start;
      best_end = u;
    }
    start = u + 1;
  }
  if (best_end > best_start && best_start > a->left && best_end < b->right) {
    a->right = best_start;
    b->left = best_end;
  } else if (a->right > b->left) {
    /* Each keeps a column, whatever the order of what was given. */
    a->right = b->left = MAX ((a->right + b->left) / 2, a->left + 1);
    b->right = MAX (b->right, b->left + 1);
  }
}

/* From @edge, inside the word, outwards by @step while ink goes on; inwards
 * first while there is none. */
static gdouble
find_end (const LineCrop * crop, const gboolean * inked, gdouble edge,
    gdouble middle, gint step)
{
  gdouble height = crop->text_bottom - crop->text_top;
  gint u = CLAMP ((gint) edge - (step > 0), 0, crop->width - 1), last;
  gint inner = CLAMP ((gint) middle, 0, crop->width - 1);

  while (u != inner && !inked[u])
    u -= step;
  if (!inked[u])
    return edge;
  last = u;
  for (; u >= 0 && u < crop->width && ABS (u - (gint) edge) <= REACH * height
      && ABS (u - last) <= LETTER_GAP * height; u += step) {
    if (inked[u])
      last = u;
  }
  return last + (step > 0);
}

void
word_edges_snap (const LineCrop * crop, WordEdges * words, guint n_words)
{
  g_autofree gboolean *inked = NULL;

  if (n_words == 0 || crop->width < 1)
    return;
  inked = find_inked_columns (crop);
  for (guint i = 0; i < n_words; i++) {
    WordEdges *word = &words[i];
    gdouble middle = (word->left + word->right) / 2;

    if (i == 0)
      word->left = find_end (crop, inked, word->left, middle, -1);
    if (i == n_words - 1)
      word->right = find_end (crop, inked, word->right, middle, 1);
    else
      part (crop, inked, word, &words[i + 1]);
  }
}

static void
add_letter (GArray *letters, GArray *edges, const LetterPlace *place,
    gdouble left, gdouble right)
{
  const WordEdges columns = { left, right };

  g_array_append_val (letters, *place);
  g_array_append_val (edges, columns);
}

void
word_edges_find_letters (const LineReading *reading, const LineCrop *crop,
    GArray *letters, GArray *edges)
{
  guint i, j;

  for (i = 0; i < reading->words->len; i++) {
    const ReadWord *word = g_ptr_array_index (reading->words, i);
    LetterPlace place = { i, 0, strlen (word->text) };

    if (!word->letters) {
      add_letter (letters, edges, &place, word->left, word->right);
      continue;
    }
    for (j = 0; j < word->letters->len; j++) {
      const ReadLetter *letter = &g_array_index (word->letters, ReadLetter, j);

      place.n_bytes = letter->n_bytes;
      add_letter (letters, edges, &place, letter->left, letter->right);
      place.start += letter->n_bytes;
    }
  }
  word_edges_snap (crop, (WordEdges *)edges->data, edges->len);
}
