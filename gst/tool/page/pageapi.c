/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "page/pageapi.h"

#include <string.h>

#include "archive/archivesubtitles.h"
#include "archive/jsonmembers.h"
#include "page/pagefiles.h"
#include "search/query.h"

#define DEFAULT_HITS 60
#define MAX_HITS 500

#define VIDEO "SELECT path, id, duration, width, height, state, error, indexed"
#define NEWEST_FIRST                                                           \
  VIDEO ", (SELECT count(*) FROM track"                                        \
        " WHERE track.video = video.id) AS tracks,"                            \
        " (SELECT min(id) FROM track WHERE track.video = video.id) AS cover"   \
        " FROM video ORDER BY indexed DESC, id DESC LIMIT 10000"
#define ONE VIDEO " FROM video WHERE id = ?"
#define TRACKS                                                                 \
  "SELECT id, track, text, start, \"end\", box,"                               \
  " crop NOTNULL AS crop, moving, places"                                      \
  " FROM track WHERE video = ? ORDER BY start, id LIMIT 100000"

/* Answers. */

static void
refuse (SoupServerMessage * message, guint status)
{
  soup_server_message_set_status (message, status, NULL);
}

static void
answer_text (SoupServerMessage * message, const gchar * type, gchar * text)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_TAKE, text,
      strlen (text));
}

static void
answer_json (SoupServerMessage * message, KocrJsonWriter * writer)
{
  answer_text (message, "application/json; charset=utf-8",
      kocr_json_finish (writer));
}

static void
answer_error (SoupServerMessage * message, GError * error)
{
  g_printerr ("Cannot read the archive: %s\n", error->message);
  g_error_free (error);
  refuse (message, SOUP_STATUS_INTERNAL_SERVER_ERROR);
}

/* Rows as JSON. */

static void
add_name (KocrJsonWriter * writer, const gchar * path)
{
  g_autofree gchar *display = g_filename_display_name (path);
  g_autofree gchar *name = g_path_get_basename (display);

  json_add_string (writer, "name", name);
}

/* The path, which comes first, is not told. */
static void
add_video (KocrJsonWriter * writer, sqlite3_stmt * statement)
{
  add_name (writer, (const gchar *) sqlite3_column_text (statement, 0));
  json_add_row (writer, statement, 1);
}

static void
add_track (KocrJsonWriter * writer, sqlite3_stmt * statement)
{
  json_add_row (writer, statement, 0);
}

/* Adds all rows, as an array; @statement: nullable after an error. */
static gboolean
add_rows (KocrJsonWriter * writer, const gchar * name, Database * database,
    sqlite3_stmt * statement,
    void (*add_row) (KocrJsonWriter * writer, sqlite3_stmt * statement),
    GError ** error)
{
  gint result = 0;

  kocr_json_open (writer, name, '[');
  while (statement
      && (result = database_step (database, statement, error)) == SQLITE_ROW) {
    kocr_json_open (writer, NULL, '{');
    add_row (writer, statement);
    kocr_json_close (writer, '}');
  }
  kocr_json_close (writer, ']');
  return result == SQLITE_DONE;
}

static void
answer_videos (Database * database, SoupServerMessage * message)
{
  GError *error = NULL;
  g_auto (KocrJsonWriter) json = KOCR_JSON_WRITER_INIT;
  sqlite3_stmt *statement = database_prepare (database, NEWEST_FIRST, &error);

  kocr_json_open (&json, NULL, '{');
  if (!add_rows (&json, "videos", database, statement, add_video, &error)) {
    answer_error (message, error);
    return;
  }
  kocr_json_close (&json, '}');
  answer_json (message, &json);
}

/* The row of @id; NULL: there is none, or an error, and it was answered. */
static sqlite3_stmt *
find_row (Database * database, SoupServerMessage * message, const gchar * sql,
    gint64 id)
{
  GError *error = NULL;
  sqlite3_stmt *statement = database_prepare (database, sql, &error);
  gint result = 0;

  if (statement) {
    sqlite3_bind_int64 (statement, 1, id);
    result = database_step (database, statement, &error);
  }
  if (result == SQLITE_ROW)
    return statement;
  if (error)
    answer_error (message, error);
  else
    refuse (message, SOUP_STATUS_NOT_FOUND);
  if (statement)
    sqlite3_reset (statement);
  return NULL;
}

static void
answer_video (const PageSource *source, SoupServerMessage *message, gint64 id)
{
  GError *error = NULL;
  sqlite3_stmt *statement = find_row (source->database, message, ONE, id);
  g_auto (KocrJsonWriter) json = KOCR_JSON_WRITER_INIT;

  if (!statement)
    return;
  kocr_json_open (&json, NULL, '{');
  add_video (&json, statement);
  sqlite3_reset (statement);
  statement = database_prepare (source->database, TRACKS, &error);
  if (statement)
    sqlite3_bind_int64 (statement, 1, id);
  if (!add_rows (
          &json, "tracks", source->database, statement, add_track, &error)) {
    answer_error (message, error);
    return;
  }
  kocr_json_close (&json, '}');
  answer_json (message, &json);
}

static void
answer_vtt (const PageSource *source, SoupServerMessage *message, gint64 id)
{
  GError *error = NULL;
  gchar *vtt = archive_subtitles_write (
      source->database, id, "application/x-subtitle-vtt", FALSE, &error);

  if (vtt)
    answer_text (message, "text/vtt; charset=utf-8", vtt);
  else
    answer_error (message, error);
}

/* Hits. */

static void
add_hit (KocrJsonWriter * writer, const Hit * hit)
{
  kocr_json_open (writer, NULL, '{');
  json_add_int (writer, "id", hit->id);
  add_name (writer, hit->path);
  hit_add_members (hit, writer);
  json_add_boolean (writer, "crop", hit->has_crop);
  kocr_json_close (writer, '}');
}

static void
answer_search (Database * database, SoupServerMessage * message,
    GHashTable * options)
{
  const gchar *text = options ? g_hash_table_lookup (options, "q") : NULL;
  const gchar *fuzzy = options ? g_hash_table_lookup (options, "fuzzy") : NULL;
  const gchar *limit = options ? g_hash_table_lookup (options, "limit") : NULL;
  Query query = {
    .text = text ? text : "",
    .fuzzy = g_strcmp0 (fuzzy, "1") == 0,
    .from = GST_CLOCK_TIME_NONE,
    .to = GST_CLOCK_TIME_NONE,
    .limit = limit ? CLAMP (atoi (limit), 1, MAX_HITS) : DEFAULT_HITS,
  };
  GError *error = NULL;
  g_autoptr (GPtrArray) hits = query_run (database, &query, &error);
  g_auto (KocrJsonWriter) json = KOCR_JSON_WRITER_INIT;

  if (!hits) {
    answer_error (message, error);
    return;
  }
  kocr_json_open (&json, NULL, '{');
  kocr_json_open (&json, "hits", '[');
  for (guint i = 0; i < hits->len; i++)
    add_hit (&json, g_ptr_array_index (hits, i));
  kocr_json_close (&json, ']');
  kocr_json_close (&json, '}');
  answer_json (message, &json);
}

/* Files and pictures. */

static void
answer_media (const PageSource *source, SoupServerMessage *message, gint64 id)
{
  sqlite3_stmt *statement = find_row (source->database, message, ONE, id);
  g_autofree gchar *path = NULL;

  if (!statement)
    return;
  path = g_strdup ((const gchar *) sqlite3_column_text (statement, 0));
  sqlite3_reset (statement);
  page_files_answer (message, path);
}

static void
answer_crop (const PageSource *source, SoupServerMessage *message, gint64 id)
{
  sqlite3_stmt *statement = find_row (source->database, message,
      "SELECT crop FROM track WHERE id = ? AND crop NOTNULL", id);

  if (!statement)
    return;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "image/jpeg", SOUP_MEMORY_COPY,
      sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0));
  sqlite3_reset (statement);
}

/* A little into the text, so that the picture is one that has it. */
#define INTO_TEXT (50 * GST_MSECOND)

static void
answer_frame (const PageSource *source, SoupServerMessage *message, gint64 id)
{
  sqlite3_stmt *statement = find_row (source->database, message,
      "SELECT path, start, \"end\" - start FROM track"
      " JOIN video ON video.id = track.video"
      " WHERE track.id = ? AND start NOTNULL",
      id);
  g_autofree gchar *path = NULL;
  guint64 start, span;

  if (!statement)
    return;
  path = g_strdup ((const gchar *)sqlite3_column_text (statement, 0));
  start = MAX (sqlite3_column_int64 (statement, 1), 0);
  span = MAX (sqlite3_column_int64 (statement, 2), 0);
  sqlite3_reset (statement);
  page_stills_answer (
      source->stills, message, path, start + MIN (INTO_TEXT, span / 2));
}

/* Digits alone, and all of it; 0: it is no number. */
static gint64
parse_id (const gchar * text, const gchar ** rest)
{
  gint64 id = 0;

  while (g_ascii_isdigit (*text) && id < G_MAXINT64 / 100)
    id = 10 * id + g_ascii_digit_value (*text++);
  *rest = text;
  return id;
}

gboolean
page_api_answer (const PageSource *source, SoupServerMessage *message,
    const gchar *path, GHashTable *query)
{
  static const struct
  {
    const gchar *before, *after;
    void (*answer) (
        const PageSource *source, SoupServerMessage *message, gint64 id);
  } resources[] = {
    { "api/videos/", "", answer_video },
    { "api/videos/", "/text.vtt", answer_vtt },
    { "media/", "", answer_media },
    { "crops/", "", answer_crop },
    { "frames/", "", answer_frame },
  };

  if (g_str_equal (path, "api/videos")) {
    answer_videos (source->database, message);
    return TRUE;
  }
  if (g_str_equal (path, "api/search")) {
    answer_search (source->database, message, query);
    return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (resources); i++) {
    const gchar *rest;
    gint64 id;

    if (!g_str_has_prefix (path, resources[i].before))
      continue;
    id = parse_id (path + strlen (resources[i].before), &rest);
    if (id > 0 && g_str_equal (rest, resources[i].after)) {
      resources[i].answer (source, message, id);
      return TRUE;
    }
  }
  return FALSE;
}
