/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "search/query.h"

#include <string.h>

#include "archive/archivetext.h"
#include "archive/jsonmembers.h"
#include "search/candidates.h"
#include "search/matching.h"

/* What has the words, but not as one, counts less. */
#define SCORE_OF_WORDS 0.9
/* What has the letters of the query, but as parts of others. */
#define SCORE_OF_LETTERS 0.99
/* Of a fuzzy query at least so much must stand in a text. */
#define LEAST_LIKENESS 0.6
/* So many of the best are looked at closely. */
#define FUZZY_CANDIDATES 600

#define COLUMNS "track.id, track.video, track.track, video.path, " \
    "track.text, track.box, track.start, track.\"end\", track.crop NOTNULL"
#define FILTERS " AND (?2 IS NULL OR track.\"end\" >= ?2)" \
    " AND (?3 IS NULL OR track.start <= ?3)" \
    " AND (?4 IS NULL OR video.path GLOB ?4)" \
    " AND (?5 = 0 OR track.video = ?5)"
#define TEXT "SELECT text FROM track WHERE id = ?"
#define BY_ID                                                                  \
  "SELECT " COLUMNS " FROM track "                                             \
  "JOIN video ON video.id = track.video WHERE track.id = ?1" FILTERS
#define UNINDEXED "SELECT " COLUMNS " FROM track " \
    "JOIN video ON video.id = track.video " \
    "WHERE track.text LIKE ?1 ESCAPE '\\'" FILTERS

typedef struct
{
  const Query *query;
  gchar *folded, *composed;     /* all of it */
  gchar **words;                /* composed */
  GPtrArray *hits;              /* of Hit */
  guint n_whole;                /* of them have all of it */
  GHashTable *seen;             /* ids of rows */
} Search;

typedef enum
{
  PASS_WHOLE,  /* texts with the whole query */
  PASS_WORDS,  /* with all words of it */
  PASS_LETTERS /* with some of its letters */
} Pass;

static void
hit_free (gpointer data)
{
  Hit *hit = data;

  g_free (hit->path);
  g_free (hit->text);
  g_free (hit->box);
  g_free (hit);
}

/* LIKE's pattern of the first word: others are looked for in what it finds. */
static gchar *
like_word (const gchar * word)
{
  GString *pattern = g_string_new ("%");

  for (; *word; word++) {
    if (*word == '%' || *word == '_' || *word == '\\')
      g_string_append_c (pattern, '\\');
    g_string_append_c (pattern, *word);
  }
  g_string_append_c (pattern, '%');
  return g_string_free (pattern, FALSE);
}

/* To LIKE all letters but those of ASCII differ from their capitals. */
static gboolean
is_like_itself (const gchar *word)
{
  for (; *word; word = g_utf8_next_char (word)) {
    gunichar letter = g_utf8_get_char (word);

    if (letter >= 0x80 && g_unichar_toupper (letter) != letter)
      return FALSE;
  }
  return TRUE;
}

/* Of a word that the index is too coarse for, before each text with the others
 * is looked at. (transfer full) (nullable) */
static gchar *
like_short_word (gchar **words)
{
  for (; *words; words++) {
    g_autofree gchar *folded = archive_text_fold (*words);

    if (**words && g_utf8_strlen (folded, -1) < MATCHING_LEAST
        && is_like_itself (*words))
      return like_word (*words);
  }
  return NULL;
}

static gdouble
score (const Search * self, const gchar * text)
{
  g_autofree gchar *composed = archive_text_compose (text);

  if (strstr (composed, self->composed))
    return 1.0;
  if (self->query->fuzzy) {
    g_autofree gchar *folded = archive_text_fold (text);

    return MIN (archive_text_likeness (self->folded, folded),
        SCORE_OF_LETTERS);
  }
  for (gchar ** word = self->words; *word; word++)
    if (!strstr (composed, *word))
      return 0.0;
  return SCORE_OF_WORDS;
}

static GstClockTime
get_time (sqlite3_stmt * statement, gint column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ?
      GST_CLOCK_TIME_NONE : (GstClockTime) sqlite3_column_int64 (statement,
      column);
}

static gchar *
dup_column (sqlite3_stmt * statement, gint column)
{
  return g_strdup ((const gchar *) sqlite3_column_text (statement, column));
}

static Hit *
new_hit (sqlite3_stmt * statement, gdouble score)
{
  Hit *hit = g_new0 (Hit, 1);

  hit->id = sqlite3_column_int64 (statement, 0);
  hit->video = sqlite3_column_int64 (statement, 1);
  hit->track = sqlite3_column_int64 (statement, 2);
  hit->path = dup_column (statement, 3);
  hit->text = dup_column (statement, 4);
  hit->box = dup_column (statement, 5);
  hit->start = get_time (statement, 6);
  hit->end = get_time (statement, 7);
  hit->has_crop = sqlite3_column_int (statement, 8);
  hit->score = score;
  return hit;
}

/* Equal scores stay in the order in which they were found, @index. */
static gint
compare_hits (gconstpointer a, gconstpointer b, gpointer index)
{
  const Hit *one = *(Hit * const *) a, *other = *(Hit * const *) b;

  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;
  return GPOINTER_TO_INT (g_hash_table_lookup (index, one))
      - GPOINTER_TO_INT (g_hash_table_lookup (index, other));
}

static void
sort_hits (GPtrArray * hits)
{
  g_autoptr (GHashTable) index = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < hits->len; i++)
    g_hash_table_insert (index, g_ptr_array_index (hits, i),
        GINT_TO_POINTER (i));
  g_ptr_array_sort_with_data (hits, compare_hits, index);
}

static void
bind_filters (sqlite3_stmt *statement, const Query *query)
{
  database_bind_time (statement, 2, query->from);
  database_bind_time (statement, 3, query->to);
  database_bind_text (statement, 4, query->glob);
  sqlite3_bind_int64 (statement, 5, query->video);
}

/* How well @text, of the row @id, fits; 0: not at all, or it was looked at
 * before. */
static gdouble
judge (Search *self, gint64 id, const gchar *text)
{
  gdouble points;

  if (!g_hash_table_add (self->seen, g_memdup2 (&id, sizeof id)))
    return 0.0;
  points = score (self, text);
  return points < LEAST_LIKENESS ? 0.0 : points;
}

static void
take (Search *self, sqlite3_stmt *statement, gdouble points)
{
  if (points == 1.0)
    self->n_whole++;
  g_ptr_array_add (self->hits, new_hit (statement, points));
}

/* What has the whole query was found first; of the rest any will do. */
static gboolean
is_enough (const Search *self, Pass pass)
{
  if (pass == PASS_LETTERS)
    return g_hash_table_size (self->seen) >= FUZZY_CANDIDATES;
  return (pass == PASS_WHOLE ? self->n_whole : self->hits->len)
         >= self->query->limit;
}

static gboolean
look_at (Search *self, Database *database, gint64 id, GError **error)
{
  sqlite3_stmt *text = database_prepare (database, TEXT, error), *row;
  gdouble points = 0.0;
  gint result;

  if (!text)
    return FALSE;
  sqlite3_bind_int64 (text, 1, id);
  result = database_step (database, text, error);
  if (result == SQLITE_ROW)
    points = judge (self, id, (const gchar *)sqlite3_column_text (text, 0));
  sqlite3_reset (text);
  if (points == 0.0)
    return result != 0;
  row = database_prepare (database, BY_ID, error);
  if (!row)
    return FALSE;
  sqlite3_bind_int64 (row, 1, id);
  bind_filters (row, self->query);
  result = database_step (database, row, error);
  if (result == SQLITE_ROW)
    take (self, row, points);
  sqlite3_reset (row);
  return result != 0;
}

static gboolean
look_up (Search *self, Database *database, Pass pass, const gchar *match,
    const GArray *counts, const gchar *like, GError **error)
{
  g_autoptr (GArray) ids
      = candidates_find (database, match, counts, like, error);

  for (guint i = 0; ids && i < ids->len && !is_enough (self, pass); i++)
    if (!look_at (self, database, g_array_index (ids, gint64, i), error))
      return FALSE;
  return ids != NULL;
}

/* Of all texts those that LIKE finds, without the index. */
static gboolean
look_through (Search *self, Database *database, GError **error)
{
  g_autofree gchar *pattern = like_word (self->words[0]);
  sqlite3_stmt *statement = database_prepare (database, UNINDEXED, error);
  gint result = SQLITE_DONE;

  if (!statement)
    return FALSE;
  database_bind_text (statement, 1, pattern);
  bind_filters (statement, self->query);
  while (
      !is_enough (self, PASS_WORDS)
      && (result = database_step (database, statement, error)) == SQLITE_ROW) {
    gdouble points = judge (self, sqlite3_column_int64 (statement, 0),
        (const gchar *)sqlite3_column_text (statement, 4));

    if (points > 0.0)
      take (self, statement, points);
  }
  sqlite3_reset (statement);
  return result != 0;
}

static gboolean
find_exactly (Search *self, Database *database, GError **error)
{
  g_autofree gchar *whole = matching_whole (self->folded);
  g_autofree gchar *words = matching_words (self->folded);
  g_autofree gchar *like = NULL;

  if (whole && !look_up (self, database, PASS_WHOLE, whole, NULL, NULL, error))
    return FALSE;
  if (is_enough (self, PASS_WORDS) || (words && g_strcmp0 (whole, words) == 0))
    return TRUE;
  like = like_short_word (self->words);
  return words ? look_up (self, database, PASS_WORDS, words, NULL, like, error)
               : look_through (self, database, error);
}

static gboolean
find_misread (Search *self, Database *database, GError **error)
{
  g_autoptr (GArray) counts = NULL;
  g_autofree gchar *match = NULL;

  if (!matching_letters (database, self->folded, &match, &counts, error))
    return FALSE;
  return match ? look_up (
             self, database, PASS_LETTERS, match, counts, NULL, error)
               : look_through (self, database, error);
}

static void
search_clear (Search *self)
{
  g_free (self->folded);
  g_free (self->composed);
  g_strfreev (self->words);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
}

/* *INDENT-OFF* */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)
/* *INDENT-ON* */

GPtrArray *
query_run (Database * database, const Query * query, GError ** error)
{
  g_autofree gchar *text = g_strstrip (g_strdup (query->text));
  g_auto (Search) self = {
    .query = query,
    .hits = g_ptr_array_new_with_free_func (hit_free),
    .seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
  };

  if (!*text || query->limit == 0)
    return g_steal_pointer (&self.hits);
  self.folded = archive_text_fold (text);
  self.composed = archive_text_compose (text);
  self.words = g_strsplit_set (self.composed, " \t\n\r", -1);
  if (!(query->fuzzy ? find_misread : find_exactly) (&self, database, error))
    return NULL;
  sort_hits (self.hits);
  if (self.hits->len > query->limit)
    g_ptr_array_set_size (self.hits, query->limit);
  return g_steal_pointer (&self.hits);
}

void
hit_add_members (const Hit * hit, KocrJsonWriter * writer)
{
  json_add_int (writer, "video", hit->video);
  json_add_int (writer, "track", hit->track);
  json_add_int (writer, "start", hit->start);
  json_add_int (writer, "end", hit->end);
  json_add_string (writer, "text", hit->text);
  json_add_box (writer, "box", hit->box);
  kocr_json_add_number (writer, "score", hit->score);
}
