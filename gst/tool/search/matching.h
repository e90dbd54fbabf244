/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What FTS5 is asked for, in its own syntax, whatever a query has in it.
 */
#pragma once

#include "archive/database.h"

/* Letters of folded text that the index can look for. */
#define MATCHING_LEAST 3

/* @folded: archivetext.h's. (transfer full) (nullable) each: it is shorter than
 * what is indexed. */
gchar *matching_whole (const gchar *folded);
/* All words that are long enough. */
gchar *matching_words (const gchar *folded);

/* Any of the letters that tell it from others, three by three, and in @counts
 * (out) (transfer full) in how many texts each of them is, to a bound. FALSE
 * with an error; @match: (out) (transfer full) (nullable): it is shorter. */
gboolean matching_letters (Database *database, const gchar *folded,
    gchar **match, GArray **counts, GError **error);
