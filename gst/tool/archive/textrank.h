/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How well a text of the index fits a query, told by the index alone: an
 * auxiliary function of FTS5, which reads no text.
 *
 *   text_rank(track_text, COUNTS)
 *
 * COUNTS is a blob of doubles, one a phrase of the query: how many texts have
 * it; what is rare tells more.  NULL: all phrases are in each text, as they are
 * in what AND finds.  It is BM25 of phrases that stand in a text once, as those
 * of a sign do: the shorter text is the better one.  FTS5's own bm25() looks
 * all phrases up once more to count them, and each of their places, which takes
 * twice to four times as long.
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/* Makes it known to the connection; an SQLite code. */
gint text_rank_register (sqlite3 *handle);
