/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "search/query.h"

#include <string.h>

#include "archive/archivetext.h"
#include "archive/jsonmembers.h"

#define TRIGRAM 3
/* What has the words, but not as one, counts less. */
#define SCORE_OF_WORDS 0.9
/* What has the letters of the query, but as parts of others. */
#define SCORE_OF_LETTERS 0.99
/* Of a fuzzy query at least so much must stand in a text. */
#define LEAST_LIKENESS 0.6
/* So many of bm25's best are looked at closely. */
#define FUZZY_CANDIDATES 300
/* Trigrams of a fuzzy query, which the user may paste. */
#define MAX_TRIGRAMS 128
/* Of these the rarest are looked for, as long as all texts that have one of them
 * are not more than so many, and a few of them anyhow: what is common costs most
 * and tells least. On a million texts of few words the right line comes first as
 * often as with all of them, in a tenth of the time. */
#define FEW_TRIGRAMS 3
#define MANY_TEXTS 60000
/* A trigram that is in more is as common as any. */
#define COMMON "20000"
#define COUNT "SELECT count(*) FROM (SELECT 1 FROM track_text" \
    " WHERE track_text MATCH ? LIMIT " COMMON ")"

#define COLUMNS "track.id, track.video, track.track, video.path, " \
    "track.text, track.box, track.start, track.\"end\", track.crop NOTNULL"
#define FILTERS " AND (?2 IS NULL OR track.\"end\" >= ?2)" \
    " AND (?3 IS NULL OR track.start <= ?3)" \
    " AND (?4 IS NULL OR video.path GLOB ?4)" \
    " AND (?5 = 0 OR track.video = ?5)"
#define INDEXED "SELECT " COLUMNS " FROM track_text " \
    "JOIN track ON track.id = track_text.rowid " \
    "JOIN video ON video.id = track.video " \
    "WHERE track_text MATCH ?1" FILTERS " ORDER BY track_text.rank"
#define UNINDEXED "SELECT " COLUMNS " FROM track " \
    "JOIN video ON video.id = track.video " \
    "WHERE track.text LIKE ?1 ESCAPE '\\'" FILTERS

typedef struct
{
  const Query *query;
  gchar *folded, *composed;     /* all of it */
  gchar **words;                /* composed */
} Search;

static void
hit_free (gpointer data)
{
  Hit *hit = data;

  g_free (hit->path);
  g_free (hit->text);
  g_free (hit->box);
  g_free (hit);
}

/* FTS5's own syntax: a string is in double quotes, which are doubled in it. */
static void
append_string (GString * match, const gchar * operator, const gchar * text,
    gssize length)
{
  g_autofree gchar *part = length < 0 ? g_strdup (text) :
      g_strndup (text, length);
  g_auto (GStrv) pieces = g_strsplit (part, "\"", -1);
  g_autofree gchar *doubled = g_strjoinv ("\"\"", pieces);

  if (match->len > 0)
    g_string_append (match, operator);
  g_string_append_printf (match, "\"%s\"", doubled);
}

/* All words that are long enough. (transfer full) (nullable): there are none. */
static gchar *
match_words (const gchar * folded)
{
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\n\r", -1);
  GString *match = g_string_new (NULL);

  for (gchar ** word = words; *word; word++)
    if (g_utf8_strlen (*word, -1) >= TRIGRAM)
      append_string (match, " AND ", *word, -1);
  return g_string_free (match, match->len == 0);
}

typedef struct
{
  gchar *string;                /* as FTS5 has it */
  guint n_texts;
} Trigram;

static void
trigram_clear (gpointer data)
{
  g_free (((Trigram *) data)->string);
}

/* Those that no text has come last, as they find nothing. */
static gint
compare_trigrams (gconstpointer a, gconstpointer b)
{
  guint one = ((const Trigram *) a)->n_texts - 1;
  guint other = ((const Trigram *) b)->n_texts - 1;

  return one < other ? -1 : one > other;
}

/* FALSE with an error. */
static gboolean
count_texts (Database * database, Trigram * trigram, GError ** error)
{
  sqlite3_stmt *statement = database_prepare (database, COUNT, error);
  gint result = 0;

  if (!statement)
    return FALSE;
  database_bind_text (statement, 1, trigram->string);
  result = database_step (database, statement, error);
  if (result == SQLITE_ROW)
    trigram->n_texts = sqlite3_column_int (statement, 0);
  sqlite3_reset (statement);
  return result == SQLITE_ROW;
}

/* All that the query has, the rarest first; NULL with an error. */
static GArray *
find_trigrams (Database * database, const gchar * folded, GError ** error)
{
  g_autoptr (GArray) trigrams = g_array_new (FALSE, FALSE, sizeof (Trigram));
  glong n = g_utf8_strlen (folded, -1);

  g_array_set_clear_func (trigrams, trigram_clear);
  for (glong i = 0; i + TRIGRAM <= MIN (n, MAX_TRIGRAMS); i++) {
    const gchar *end = g_utf8_offset_to_pointer (folded, TRIGRAM);
    g_autoptr (GString) string = g_string_new (NULL);
    Trigram trigram = { NULL, 0 };

    append_string (string, "", folded, end - folded);
    trigram.string = g_string_free (g_steal_pointer (&string), FALSE);
    g_array_append_val (trigrams, trigram);
    if (!count_texts (database, &g_array_index (trigrams, Trigram, i), error))
      return NULL;
    folded = g_utf8_next_char (folded);
  }
  g_array_sort (trigrams, compare_trigrams);
  return g_steal_pointer (&trigrams);
}

/* Any of the letters that tell it from others, three by three. FALSE with an
 * error; @match: (out) (transfer full) (nullable): it is shorter. */
static gboolean
match_trigrams (Database * database, const gchar * folded, gchar ** match,
    GError ** error)
{
  g_autoptr (GArray) trigrams = find_trigrams (database, folded, error);
  GString *any = g_string_new (NULL);
  guint n_texts = 0;

  for (guint i = 0; trigrams && i < trigrams->len; i++) {
    const Trigram *trigram = &g_array_index (trigrams, Trigram, i);

    n_texts += trigram->n_texts;
    if (i >= FEW_TRIGRAMS && n_texts > MANY_TEXTS)
      break;
    g_string_append_printf (any, "%s%s", i > 0 ? " OR " : "",
        trigram->string);
  }
  *match = g_string_free (any, any->len == 0);
  return trigrams != NULL;
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

/* Equal scores stay in bm25's order, which is that of @index. */
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
bind (sqlite3_stmt * statement, const Query * query, const gchar * match)
{
  database_bind_text (statement, 1, match);
  database_bind_time (statement, 2, query->from);
  database_bind_time (statement, 3, query->to);
  database_bind_text (statement, 4, query->glob);
  sqlite3_bind_int64 (statement, 5, query->video);
}

/* Enough are found when those with all of the query in one fill the limit, or
 * when a multiple of it was looked at. */
static gboolean
collect (const Search * self, Database * database, sqlite3_stmt * statement,
    GPtrArray * hits, GError ** error)
{
  guint n_whole = 0, n_seen = 0;
  gint result = SQLITE_DONE;

  while (n_whole < self->query->limit
      && (!self->query->fuzzy || n_seen < FUZZY_CANDIDATES)
      && (result = database_step (database, statement, error)) == SQLITE_ROW) {
    gdouble points = score (self,
        (const gchar *) sqlite3_column_text (statement, 4));

    n_seen++;
    if (points < LEAST_LIKENESS)
      continue;
    if (points == 1.0)
      n_whole++;
    g_ptr_array_add (hits, new_hit (statement, points));
  }
  sqlite3_reset (statement);
  return result != 0;
}

static GPtrArray *
search (const Search * self, Database * database, GError ** error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func (hit_free);
  g_autofree gchar *match = NULL, *pattern = NULL;
  sqlite3_stmt *statement;

  if (!self->query->fuzzy)
    match = match_words (self->folded);
  else if (!match_trigrams (database, self->folded, &match, error))
    return NULL;
  if (!match)
    pattern = like_word (self->words[0]);
  statement = database_prepare (database, match ? INDEXED : UNINDEXED, error);
  if (!statement)
    return NULL;
  bind (statement, self->query, match ? match : pattern);
  if (!collect (self, database, statement, hits, error))
    return NULL;
  sort_hits (hits);
  if (hits->len > self->query->limit)
    g_ptr_array_set_size (hits, self->query->limit);
  return g_steal_pointer (&hits);
}

GPtrArray *
query_run (Database * database, const Query * query, GError ** error)
{
  Search self = {.query = query };
  g_autofree gchar *text = g_strstrip (g_strdup (query->text));
  GPtrArray *hits;

  if (!*text || query->limit == 0)
    return g_ptr_array_new_with_free_func (hit_free);
  self.folded = archive_text_fold (text);
  self.composed = archive_text_compose (text);
  self.words = g_strsplit_set (self.composed, " \t\n\r", -1);
  hits = search (&self, database, error);
  g_free (self.folded);
  g_free (self.composed);
  g_strfreev (self.words);
  return hits;
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
