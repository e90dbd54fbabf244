/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/wordedges.h"

#include <math.h>
#include <string.h>

/* A column with less ink than this part of the text's height is blank, for noise
 * leaves single dark pixels, unless the ink goes on along its row: the foot of a
 * thin ㄴ is a pixel high. */
#define MIN_INK 0.05
/* Ink that goes on after so small a blank, by the text's height, is of the same
 * word: the gap between two letters is about a tenth. */
#define LETTER_GAP 0.2
/* The engine's columns are a few off, but for those of a letter now and then that
 * reach over its neighbours: by more than this they are as good as none. */
#define MAX_ERROR 0.5
/* How many columns further off a blank may be for each that it is wider, between
 * letters and where one was read; and how far beyond the letters' middles, by the
 * text's height, that one may be. */
#define GAIN 2
#define READ_GAIN 4
#define READ_REACH 1
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

/* Where one letter ends, at @left, and the next begins, at @right: a blank, or a
 * place in the ink. */
typedef struct
{
  gdouble left, right;
  gdouble cost; /* with the cheapest borders before it */
  guint before; /* the last of these */
} Border;

/* Of a line: its blanks (Border), and the borders between its letters that are
 * possible, from left to right. */
typedef struct
{
  gdouble height;
  GArray *blanks, *borders;
} Borders;

static const Border *
border_at (const GArray *borders, guint i)
{
  return &g_array_index (borders, Border, i);
}

static void
find_blanks (Borders *self, const gboolean *inked, gint width)
{
  gint last = -1;

  for (gint u = 0; u < width; u++) {
    if (inked[u] && last >= 0 && u > last + 1) {
      const Border blank = { .left = last + 1, .right = u };

      g_array_append_val (self->blanks, blank);
    }
    if (inked[u])
      last = u;
  }
}

/* Adds @border behind the cheapest of those from @first to before @end. The
 * letter between them keeps a column: what is no blank gives way for it. */
static void
add_border (Borders *self, guint first, guint end, const Border *border)
{
  gboolean is_blank = border->right > border->left;
  Border best = { .cost = G_MAXDOUBLE };

  for (guint i = first; i < end; i++) {
    const Border *before = border_at (self->borders, i);
    gdouble way = MAX (before->right + 1 - border->left, 0);
    gdouble cost = before->cost + border->cost + 2 * way;

    if ((is_blank && way > 0) || cost >= best.cost)
      continue;
    best = (Border){ border->left + way, border->right + way, cost, i };
  }
  if (best.cost < G_MAXDOUBLE)
    g_array_append_val (self->borders, best);
}

/* Adds those between @a and @b, behind those from @first on: the blanks between
 * their middles, some more where one was read, and one in the ink. */
static void
add_borders (Borders *self, guint first, const WordEdges *a, const WordEdges *b,
    gboolean was_read)
{
  gdouble most = MAX_ERROR * self->height;
  gdouble gain = was_read ? READ_GAIN : GAIN;
  gdouble reach = was_read ? READ_REACH * self->height : 0;
  gdouble from = (a->left + a->right) / 2, to = (b->left + b->right) / 2;
  gdouble meeting = (a->right + b->left) / 2;
  const Border in_ink = { meeting, meeting, 2 * most, 0 };
  guint end = self->borders->len;

  for (guint i = 0; i < self->blanks->len; i++) {
    Border blank = *border_at (self->blanks, i);

    blank.cost = MIN (fabs (blank.left - a->right), most)
                 + MIN (fabs (blank.right - b->left), most)
                 - gain * (blank.right - blank.left);
    if (blank.right > MIN (from, to) - reach
        && blank.left < MAX (from, to) + reach)
      add_border (self, first, end, &blank);
  }
  add_border (self, first, end, &in_ink);
}

/* The borders between letters, all at once: one that is given its neighbour's
 * place would leave none to the neighbour. */
static void
align (const LineCrop *crop, const gboolean *inked, WordEdges *words,
    const gboolean *was_read, guint n_words)
{
  g_autoptr (GArray) blanks = g_array_new (FALSE, FALSE, sizeof (Border));
  g_autoptr (GArray) borders = g_array_new (FALSE, FALSE, sizeof (Border));
  Borders self = { crop->text_bottom - crop->text_top, blanks, borders };
  const Border start = { words[0].left, words[0].left, 0, 0 };
  guint first = 0, best, i;

  find_blanks (&self, inked, crop->width);
  g_array_append_val (borders, start);
  for (i = 0; i + 1 < n_words; i++) {
    guint end = borders->len;

    add_borders (
        &self, first, &words[i], &words[i + 1], !was_read || was_read[i + 1]);
    first = end;
  }
  for (best = first, i = first + 1; i < borders->len; i++)
    if (border_at (borders, i)->cost < border_at (borders, best)->cost)
      best = i;
  for (i = n_words - 1; i > 0; i--) {
    const Border *border = border_at (borders, best);

    words[i - 1].right = border->left;
    words[i].left = border->right;
    best = border->before;
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

/* @was_read: for each word or letter, was there a blank before it? NULL: all. */
static void
snap (const LineCrop *crop, WordEdges *words, const gboolean *was_read,
    guint n_words)
{
  g_autofree gboolean *inked = NULL;
  WordEdges *last;
  guint i;

  if (n_words == 0 || crop->width < 1)
    return;
  inked = find_inked_columns (crop);
  last = &words[n_words - 1];
  /* Engines place some with their end before their start. */
  for (i = 0; i < n_words; i++)
    words[i] = (WordEdges){ MIN (words[i].left, words[i].right),
      MAX (words[i].left, words[i].right) };
  words->left = find_end (
      crop, inked, words->left, (words->left + words->right) / 2, -1);
  align (crop, inked, words, was_read, n_words);
  last->right = MAX (last->right, last->left + 1);
  last->right
      = find_end (crop, inked, last->right, (last->left + last->right) / 2, 1);
}

void
word_edges_snap (const LineCrop *crop, WordEdges *words, guint n_words)
{
  snap (crop, words, NULL, n_words);
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
  g_autofree gboolean *was_read = NULL;
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
  was_read = g_new (gboolean, letters->len);
  for (i = 0; i < letters->len; i++)
    was_read[i] = g_array_index (letters, LetterPlace, i).start == 0;
  snap (crop, (WordEdges *)edges->data, was_read, edges->len);
}
