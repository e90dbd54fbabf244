/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "search/candidates.h"

#define RANKED                                                                 \
  "SELECT rowid, text_rank (track_text, ?2) FROM track_text"                   \
  " WHERE track_text MATCH ?1"

#define RANKED_LIKE                                                            \
  "SELECT track_text.rowid, text_rank (track_text, ?2) FROM track_text"        \
  " JOIN track ON track.id = track_text.rowid"                                 \
  " WHERE track_text MATCH ?1 AND track.text LIKE ?3 ESCAPE '\\'"

typedef struct
{
  gint64 id;
  gdouble rank;
} Candidate;

static gint
compare (gconstpointer a, gconstpointer b)
{
  const Candidate *one = a, *other = b;

  if (one->rank != other->rank)
    return one->rank > other->rank ? -1 : 1;
  return one->id < other->id ? -1 : one->id > other->id;
}

static GArray *
take_ids (GArray *candidates)
{
  GArray *ids
      = g_array_sized_new (FALSE, FALSE, sizeof (gint64), candidates->len);

  g_array_sort (candidates, compare);
  for (guint i = 0; i < candidates->len; i++)
    g_array_append_val (ids, g_array_index (candidates, Candidate, i).id);
  return ids;
}

GArray *
candidates_find (Database *database, const gchar *match, const GArray *counts,
    const gchar *like, GError **error)
{
  sqlite3_stmt *statement
      = database_prepare (database, like ? RANKED_LIKE : RANKED, error);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Candidate));
  gint result = 0;

  if (!statement)
    return NULL;
  database_bind_text (statement, 1, match);
  if (like)
    database_bind_text (statement, 3, like);
  if (counts)
    sqlite3_bind_blob64 (statement, 2, counts->data,
        counts->len * sizeof (gdouble), SQLITE_STATIC);
  while ((result = database_step (database, statement, error)) == SQLITE_ROW) {
    Candidate candidate = { sqlite3_column_int64 (statement, 0),
      sqlite3_column_double (statement, 1) };

    g_array_append_val (found, candidate);
  }
  sqlite3_reset (statement);
  return result == SQLITE_DONE ? take_ids (found) : NULL;
}
