/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/consensus.h"

#include <string.h>

#include "track/textdistance.h"

/* Characters that are remembered for a place: what a glyph is misread as is one
 * or two others. */
#define N_CANDIDATES 4

/* A column that was empty in so many readings, and in so many times more than
 * it was not, was a slip. */
#define SLIP_READINGS 8
#define SLIP_RATIO 4

#define MAX_COLUMNS (2 * KOCR_TEXT_COMPARED)

#define NOTE 0x266A /* ♪ */
/* A letter between two of them. */
#define LEAST_SUNG 3

/* Whole readings that are counted apart: more differ only where none is right,
 * and what comes later is then of no more weight than what is kept. */
#define MAX_SPELLINGS 32

typedef struct
{
  gunichar *chars;
  guint n_chars;
  guint64 n;
} Spelling;

typedef struct
{
  gunichar c;                   /* 0: none is there */
  guint votes;
} Candidate;

typedef struct
{
  Candidate candidates[N_CANDIDATES];   /* the first one leads */
} Column;

/* One step of an alignment. */
typedef struct
{
  guint column;
  gunichar c;
  gboolean inserted;            /* before column, where there is none for it */
} Step;

static void
spelling_clear (gpointer data)
{
  g_free (((Spelling *) data)->chars);
}

void
kocr_consensus_init (KocrConsensus * self)
{
  memset (self, 0, sizeof (*self));
  self->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  self->spellings = g_array_new (FALSE, FALSE, sizeof (Spelling));
  g_array_set_clear_func (self->spellings, spelling_clear);
}

void
kocr_consensus_clear (KocrConsensus * self)
{
  g_array_unref (self->columns);
  g_array_unref (self->spellings);
  g_clear_pointer (&self->chars, g_free);
}

void
kocr_consensus_reset (KocrConsensus * self)
{
  kocr_consensus_clear (self);
  kocr_consensus_init (self);
}

/* --- Whole readings --- */

static guint
find_spelling (const KocrConsensus * self, const gunichar * chars,
    guint n_chars)
{
  guint i;

  for (i = 0; i < self->spellings->len; i++) {
    const Spelling *spelling = &g_array_index (self->spellings, Spelling, i);

    if (spelling->n_chars == n_chars
        && memcmp (spelling->chars, chars, n_chars * sizeof (gunichar)) == 0)
      return i;
  }
  return G_MAXUINT;
}

static void
count_spelling (KocrConsensus * self, const gunichar * chars,
    guint n_chars)
{
  self->latest = find_spelling (self, chars, n_chars);
  if (self->latest == G_MAXUINT && self->spellings->len < MAX_SPELLINGS) {
    Spelling spelling = { g_memdup2 (chars, n_chars * sizeof (gunichar)),
      n_chars, 0
    };

    self->latest = self->spellings->len;
    g_array_append_val (self->spellings, spelling);
  }
  kocr_consensus_repeat (self);
}

void
kocr_consensus_repeat (KocrConsensus * self)
{
  if (self->latest < self->spellings->len)
    g_array_index (self->spellings, Spelling, self->latest).n++;
  self->n_spelled++;
}

gdouble
kocr_consensus_get_agreement (const KocrConsensus * self)
{
  guint found = find_spelling (self, self->chars, self->n_chars);

  if (found == G_MAXUINT || self->n_spelled == 0)
    return 0.0;
  return (gdouble) g_array_index (self->spellings, Spelling, found).n
      / (gdouble) self->n_spelled;
}

/* --- Columns --- */

static guint
column_get_votes (const Column * column, gunichar c)
{
  guint i;

  for (i = 0; i < N_CANDIDATES; i++) {
    if (column->candidates[i].votes > 0 && column->candidates[i].c == c)
      return column->candidates[i].votes;
  }
  return 0;
}

static void
column_vote (Column * column, gunichar c, guint votes)
{
  Candidate *candidates = column->candidates;
  guint i;

  for (i = 0; i < N_CANDIDATES - 1; i++) {
    if (candidates[i].votes == 0 || candidates[i].c == c)
      break;
  }
  if (candidates[i].votes > 0 && candidates[i].c != c)
    candidates[i].votes = 0;
  candidates[i].c = c;
  candidates[i].votes += votes;
  for (; i > 0 && candidates[i].votes > candidates[i - 1].votes; i--) {
    Candidate swapped = candidates[i];

    candidates[i] = candidates[i - 1];
    candidates[i - 1] = swapped;
  }
}

/* The character that is there if any is. */
static gunichar
column_get_char (const Column * column)
{
  return column->candidates[0].c ? column->candidates[0].c :
      column->candidates[1].c;
}

static gboolean
column_is_empty (const Column * column)
{
  return column->candidates[0].c == 0;
}

static gboolean
column_is_slip (const Column * column)
{
  guint empty = column_get_votes (column, 0);

  return column_is_empty (column) && empty >= SLIP_READINGS &&
      empty >= SLIP_RATIO * column->candidates[1].votes;
}

/* --- Alignment --- */

static guint
cost_of_char (const Column * column, gunichar c)
{
  return kocr_char_distance (column_get_char (column), c) +
      (column_is_empty (column) ? 1 : 0);
}

static guint
cost_of_none (const Column * column)
{
  return column_is_empty (column) ? 0 :
      kocr_char_distance (column_get_char (column), 0);
}

/* The steps (of Step) from the first column to the last. */
static GArray *
align (const KocrConsensus * self, const gunichar * chars, guint n_chars)
{
  const Column *columns = (const Column *) self->columns->data;
  guint n = self->columns->len, width = n_chars + 1, i, j;
  g_autofree guint *costs = g_new (guint, (n + 1) * width);
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (Step));

  costs[0] = 0;
  for (j = 1; j <= n_chars; j++)
    costs[j] = costs[j - 1] + kocr_char_distance (0, chars[j - 1]);
  for (i = 1; i <= n; i++) {
    const guint *above = costs + (i - 1) * width;
    guint *row = costs + i * width, none = cost_of_none (&columns[i - 1]);

    row[0] = above[0] + none;
    for (j = 1; j <= n_chars; j++) {
      guint both = above[j - 1] + cost_of_char (&columns[i - 1], chars[j - 1]);
      guint added = row[j - 1] + kocr_char_distance (0, chars[j - 1]);

      row[j] = MIN (MIN (both, added), above[j] + none);
    }
  }

  for (i = n, j = n_chars; i > 0 || j > 0;) {
    guint cost = costs[i * width + j];
    Step step = { i, 0, FALSE };

    if (i > 0 && j > 0 && cost == costs[(i - 1) * width + j - 1] +
        cost_of_char (&columns[i - 1], chars[j - 1])) {
      step.column = --i;
      step.c = chars[--j];
    } else if (i > 0 && cost == costs[(i - 1) * width + j] +
        cost_of_none (&columns[i - 1])) {
      step.column = --i;
    } else {
      step.c = chars[--j];
      step.inserted = TRUE;
    }
    g_array_append_val (steps, step);
  }
  for (i = 0; i < steps->len / 2; i++) {
    Step *a = &g_array_index (steps, Step, i);
    Step *b = &g_array_index (steps, Step, steps->len - 1 - i);
    Step swapped = *a;

    *a = *b;
    *b = swapped;
  }
  return steps;
}

/* --- Readings --- */

static gboolean
is_text (const KocrConsensus * self, const gunichar * chars,
    guint n_chars)
{
  return kocr_texts_equal (self->chars, self->n_chars, chars, n_chars);
}

static gboolean
counts_whole_readings (const KocrConsensus * self, guint n_chars)
{
  return n_chars > KOCR_TEXT_COMPARED || (self->n_readings > 0
      && self->columns->len == 0);
}

static void
set_text (KocrConsensus * self, const gunichar * chars, guint n_chars)
{
  g_free (self->chars);
  self->chars = g_memdup2 (chars, n_chars * sizeof (gunichar));
  self->n_chars = n_chars;
}

/* The majority vote of Boyer and Moore (1981). */
static void
add_whole (KocrConsensus * self, const gunichar * chars, guint n_chars)
{
  if (self->n_readings > 0 && self->columns->len > 0)
    return;
  if (self->n_readings > 0 && is_text (self, chars, n_chars)) {
    self->n_votes++;
  } else if (self->n_votes > 0) {
    self->n_votes--;
  } else {
    set_text (self, chars, n_chars);
    self->n_votes = 1;
  }
}

static void
vote (KocrConsensus * self, const gunichar * chars, guint n_chars)
{
  g_autoptr (GArray) steps = align (self, chars, n_chars);
  GArray *columns = g_array_sized_new (FALSE, TRUE, sizeof (Column),
      steps->len);
  guint i;

  for (i = 0; i < steps->len; i++) {
    const Step *step = &g_array_index (steps, Step, i);
    Column column = { 0, };

    if (step->inserted && self->n_readings > 0)
      column_vote (&column, 0, self->n_readings);
    else if (!step->inserted)
      column = g_array_index (self->columns, Column, step->column);
    column_vote (&column, step->c, 1);
    if (!column_is_slip (&column) && columns->len < MAX_COLUMNS)
      g_array_append_val (columns, column);
  }
  g_array_unref (self->columns);
  self->columns = columns;
}

static gboolean
is_end_mark (gunichar c)
{
  return c == '.' || c == ',' || c == '!' || c == '?' || c == '-' || c == ' '
         || c == 0x2026 /* … */ || c == NOTE;
}

/* Small marks at the ends of a text are lost more often than they are made up:
 * as many readings with one as without are enough. */
static gboolean
column_is_end_mark (const Column * column)
{
  return is_end_mark (column_get_char (column))
      && column->candidates[1].votes == column->candidates[0].votes;
}

/* Notes are drawn around what is sung, and read as marks that begin and end
 * nothing else alike. */
static gboolean
is_note (gunichar c)
{
  return c == NOTE || c == 0x266B /* ♫ */ || c == 0xBB /* » */;
}

/* Each end may be lost, but what a reading has of them is not made up. */
static void
look_for_notes (KocrConsensus *self, const gunichar *chars, guint n_chars)
{
  if (n_chars < LEAST_SUNG)
    return;
  self->begins_with_note |= is_note (chars[0]) && chars[1] == ' ';
  self->ends_with_note
      |= is_note (chars[n_chars - 1]) && chars[n_chars - 2] == ' ';
}

/* What may stand in the place of one, once there are notes. */
static gboolean
is_note_or_blank (gunichar c)
{
  return is_note (c) || c == '>' || c == ' ';
}

/* What is left of one that was hardly seen; as a word it is nothing. */
static gboolean
is_lone_quote (gunichar c, gunichar beside)
{
  return beside == ' '
         && (c == '\'' || c == '`' || c == 0x2018 /* ‘ */
             || c == 0x2019 /* ’ */);
}

/* Puts @chars, of which there are @n and room for four more, between notes. */
static guint
add_notes (gunichar *chars, guint n)
{
  guint first = 0;

  while (n > 0
         && (is_note_or_blank (chars[n - 1])
             || (n > 1 && is_lone_quote (chars[n - 1], chars[n - 2]))))
    n--;
  while (
      first < n
      && (is_note_or_blank (chars[first])
          || (first + 1 < n && is_lone_quote (chars[first], chars[first + 1]))))
    first++;
  n -= first;
  memmove (chars + 2, chars + first, n * sizeof *chars);
  chars[0] = chars[n + 3] = NOTE;
  chars[1] = chars[n + 2] = ' ';
  return n + 4;
}

/* Which columns count: those that lead with a character, and marks before the
 * first and after the last of them. */
static gboolean *
choose_columns (const KocrConsensus * self)
{
  const Column *columns = (const Column *) self->columns->data;
  guint n = self->columns->len, first = n, end = 0, i;
  gboolean *chosen = g_new (gboolean, n);

  for (i = 0; i < n; i++) {
    chosen[i] = !column_is_empty (&columns[i]);
    if (chosen[i]) {
      first = MIN (first, i);
      end = i + 1;
    }
  }
  for (i = MIN (first, end); i > 0 && column_is_end_mark (&columns[i - 1]); i--)
    chosen[i - 1] = TRUE;
  for (i = end; end > 0 && i < n && column_is_end_mark (&columns[i]); i++)
    chosen[i] = TRUE;
  return chosen;
}

/* The characters of the columns that count. Where a word is missing two blanks
 * may meet. */
static void
read_columns (KocrConsensus * self)
{
  g_autofree gunichar *chars = g_new (gunichar, self->columns->len + 4);
  g_autofree gboolean *chosen = choose_columns (self);
  guint i, n = 0;

  for (i = 0; i < self->columns->len; i++) {
    gunichar c = column_get_char (&g_array_index (self->columns, Column, i));

    if (chosen[i] && !(c == ' ' && (n == 0 || chars[n - 1] == ' ')))
      chars[n++] = c;
  }
  while (n > 0 && chars[n - 1] == ' ')
    n--;
  if (n > 0 && self->begins_with_note && self->ends_with_note)
    n = add_notes (chars, n);
  set_text (self, chars, n);
}

void
kocr_consensus_add (KocrConsensus * self,
    const gunichar * chars, guint n_chars)
{
  if (counts_whole_readings (self, n_chars)) {
    add_whole (self, chars, n_chars);
  } else {
    vote (self, chars, n_chars);
    look_for_notes (self, chars, n_chars);
    read_columns (self);
  }
  self->n_readings++;
  count_spelling (self, chars, n_chars);
}

void
kocr_consensus_compare (const KocrConsensus * self,
    const gunichar * chars, guint n_chars, GArray * differences)
{
  g_autoptr (GArray) steps = NULL;
  guint i;

  if (counts_whole_readings (self, n_chars) || is_text (self, chars, n_chars))
    return;
  steps = align (self, chars, n_chars);
  for (i = 0; i < steps->len; i++) {
    const Step *step = &g_array_index (steps, Step, i);
    KocrDifference difference = { 2 * step->column, 0, step->c,
      self->n_readings, 0
    };

    if (!step->inserted) {
      const Column *column = &g_array_index (self->columns, Column,
          step->column);

      difference.place++;
      difference.shown = column->candidates[0].c;
      difference.votes = column->candidates[0].votes;
      difference.others = column_get_votes (column, step->c);
    }
    if (difference.shown != difference.read)
      g_array_append_val (differences, difference);
  }
}
