/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a page says: of the readings of all lines that were found, the words
 * that are text, each once, in reading order.
 */
#pragma once

#include "reading/recognizer.h"
#include "reading/linereading.h"

/* Log odds from which a reading is taken for text: a likelihood of 0.3, where
 * a word missed and a word invented weigh the same. */
#define CANDIDATE_MIN_LOGIT -0.85
/* Lines that share more than this are finds of the same text. */
#define CANDIDATE_MAX_OVERLAP 0.5
/* Clean ones, of the same text, are not more times as high as each other. */
#define CANDIDATE_MAX_HEIGHTS 1.6

typedef struct
{
  const TextLine *line;
  LineReading *reading;         /* NULL: not read */
} Candidate;

static inline void
candidate_clear (Candidate * candidate)
{
  g_clear_pointer (&candidate->reading, line_reading_free);
}

static inline Candidate *
candidate_at (GArray * candidates, guint i)
{
  return &g_array_index (candidates, Candidate, i);
}

/* Returns (transfer full) an array of KocrAnswerWord. Clears of @candidates,
 * an array of Candidate, what is not taken. */
GPtrArray *page_words_collect (GArray * candidates);

/* Of how many lines it is sure that they are text, though no reading of any find
 * of them says something. Before the words are collected. */
guint page_words_count_unread (GArray * candidates);

/* What its readings are worth, of which the words were collected: of two
 * readings of a page the right one has more characters and is surer of them. A line
 * as steep as the finder goes counts nothing, for it may be steeper. */
gdouble page_words_worth (GArray * candidates);
