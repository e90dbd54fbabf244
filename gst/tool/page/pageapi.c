/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pageapi.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "pagefiles.h"
#include "search/query.h"

#define DEFAULT_HITS 60
#define MAX_HITS 500

#define VIDEO "SELECT id, path, duration, width, height, state, error," \
    " indexed FROM video"
#define NEWEST_FIRST VIDEO " ORDER BY indexed DESC, id DESC LIMIT 10000"
#define ONE VIDEO " WHERE id = ?"
#define TRACKS "SELECT id, track, text, start, \"end\", box, crop NOTNULL," \
    " moving" \
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
answer_json (SoupServerMessage * message, JsonBuilder * builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  answer_text (message, "application/json; charset=utf-8",
      json_to_string (root, FALSE));
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
add_column (JsonBuilder * builder, const gchar * name,
    sqlite3_stmt * statement, gint column)
{
  json_builder_set_member_name (builder, name);
  switch (sqlite3_column_type (statement, column)) {
    case SQLITE_INTEGER:
      json_builder_add_int_value (builder,
          sqlite3_column_int64 (statement, column));
      break;
    case SQLITE_TEXT:
      json_builder_add_string_value (builder,
          (const gchar *) sqlite3_column_text (statement, column));
      break;
    default:
      json_builder_add_null_value (builder);
      break;
  }
}

static void
add_name (JsonBuilder * builder, const gchar * path)
{
  g_autofree gchar *display = g_filename_display_name (path);
  g_autofree gchar *name = g_path_get_basename (display);

  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, name);
}

static void
add_box (JsonBuilder * builder, const gchar * box)
{
  JsonNode *node = box ? json_from_string (box, NULL) : NULL;

  json_builder_set_member_name (builder, "box");
  json_builder_add_value (builder, node ? node : json_node_new
      (JSON_NODE_NULL));
}

static void
add_time (JsonBuilder * builder, const gchar * name, GstClockTime time)
{
  json_builder_set_member_name (builder, name);
  if (GST_CLOCK_TIME_IS_VALID (time))
    json_builder_add_int_value (builder, time);
  else
    json_builder_add_null_value (builder);
}

static void
add_video (JsonBuilder * builder, sqlite3_stmt * statement)
{
  static const gchar *const names[] = {
    "id", NULL, "duration", "width", "height", "state", "error", "indexed"
  };

  add_name (builder, (const gchar *) sqlite3_column_text (statement, 1));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i])
      add_column (builder, names[i], statement, i);
}

static void
add_track (JsonBuilder * builder, sqlite3_stmt * statement)
{
  static const gchar *const names[] = {
    "id", "track", "text", "start", "end"
  };

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_column (builder, names[i], statement, i);
  add_box (builder, (const gchar *) sqlite3_column_text (statement, 5));
  json_builder_set_member_name (builder, "crop");
  json_builder_add_boolean_value (builder, sqlite3_column_int (statement, 6));
  json_builder_set_member_name (builder, "moving");
  if (sqlite3_column_type (statement, 7) == SQLITE_NULL)
    json_builder_add_null_value (builder);
  else
    json_builder_add_boolean_value (builder, sqlite3_column_int (statement,
            7));
  json_builder_end_object (builder);
}

static gint64
count_tracks (Database * database, gint64 video)
{
  sqlite3_stmt *statement = database_prepare (database,
      "SELECT count(*) FROM track WHERE video = ?", NULL);
  gint64 n = 0;

  if (!statement)
    return 0;
  sqlite3_bind_int64 (statement, 1, video);
  if (database_step (database, statement, NULL) == SQLITE_ROW)
    n = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return n;
}

static void
answer_videos (Database * database, SoupServerMessage * message)
{
  GError *error = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  sqlite3_stmt *statement = database_prepare (database, NEWEST_FIRST, &error);
  gint result = 0;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "videos");
  json_builder_begin_array (builder);
  while (statement
      && (result = database_step (database, statement, &error)) == SQLITE_ROW) {
    json_builder_begin_object (builder);
    add_video (builder, statement);
    json_builder_set_member_name (builder, "tracks");
    json_builder_add_int_value (builder, count_tracks (database,
            sqlite3_column_int64 (statement, 0)));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (result == SQLITE_DONE)
    answer_json (message, builder);
  else
    answer_error (message, error);
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
answer_video (Database * database, SoupServerMessage * message, gint64 id)
{
  GError *error = NULL;
  sqlite3_stmt *statement = find_row (database, message, ONE, id);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gint result = 0;

  if (!statement)
    return;
  json_builder_begin_object (builder);
  add_video (builder, statement);
  sqlite3_reset (statement);
  json_builder_set_member_name (builder, "tracks");
  json_builder_begin_array (builder);
  statement = database_prepare (database, TRACKS, &error);
  if (statement)
    sqlite3_bind_int64 (statement, 1, id);
  while (statement
      && (result = database_step (database, statement, &error)) == SQLITE_ROW)
    add_track (builder, statement);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (result == SQLITE_DONE)
    answer_json (message, builder);
  else
    answer_error (message, error);
}

/* WebVTT. */

static void
append_vtt_time (GString * vtt, gint64 ns)
{
  gint64 ms = ns / 1000000;

  g_string_append_printf (vtt, "%02d:%02d:%02d.%03d", (gint) (ms / 3600000),
      (gint) (ms / 60000 % 60), (gint) (ms / 1000 % 60), (gint) (ms % 1000));
}

static void
append_vtt_text (GString * vtt, const gchar * text)
{
  for (; *text; text++) {
    if (*text == '&')
      g_string_append (vtt, "&amp;");
    else if (*text == '<')
      g_string_append (vtt, "&lt;");
    else if (*text == '>')
      g_string_append (vtt, "&gt;");
    else
      g_string_append_c (vtt, (guchar) * text < ' ' ? ' ' : *text);
  }
}

static void
answer_vtt (Database * database, SoupServerMessage * message, gint64 id)
{
  GError *error = NULL;
  GString *vtt = g_string_new ("WEBVTT\n\n");
  sqlite3_stmt *statement = database_prepare (database, TRACKS, &error);
  gint result = 0;

  if (statement)
    sqlite3_bind_int64 (statement, 1, id);
  while (statement
      && (result = database_step (database, statement, &error)) == SQLITE_ROW) {
    gint64 start = sqlite3_column_int64 (statement, 3);
    gint64 end = sqlite3_column_int64 (statement, 4);

    if (end <= start)
      continue;
    append_vtt_time (vtt, start);
    g_string_append (vtt, " --> ");
    append_vtt_time (vtt, end);
    g_string_append_c (vtt, '\n');
    append_vtt_text (vtt, (const gchar *) sqlite3_column_text (statement, 2));
    g_string_append (vtt, "\n\n");
  }
  if (result == SQLITE_DONE) {
    answer_text (message, "text/vtt; charset=utf-8", g_string_free (vtt,
            FALSE));
  } else {
    g_string_free (vtt, TRUE);
    answer_error (message, error);
  }
}

/* Hits. */

static gboolean
has_crop (Database * database, gint64 id)
{
  sqlite3_stmt *statement = database_prepare (database,
      "SELECT crop NOTNULL FROM track WHERE id = ?", NULL);
  gboolean has = FALSE;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  if (database_step (database, statement, NULL) == SQLITE_ROW)
    has = sqlite3_column_int (statement, 0);
  sqlite3_reset (statement);
  return has;
}

static void
add_hit (JsonBuilder * builder, Database * database, const Hit * hit)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_int_value (builder, hit->id);
  json_builder_set_member_name (builder, "video");
  json_builder_add_int_value (builder, hit->video);
  add_name (builder, hit->path);
  json_builder_set_member_name (builder, "track");
  json_builder_add_int_value (builder, hit->track);
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, hit->text);
  add_time (builder, "start", hit->start);
  add_time (builder, "end", hit->end);
  add_box (builder, hit->box);
  json_builder_set_member_name (builder, "score");
  json_builder_add_double_value (builder, hit->score);
  json_builder_set_member_name (builder, "crop");
  json_builder_add_boolean_value (builder, has_crop (database, hit->id));
  json_builder_end_object (builder);
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
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!hits) {
    answer_error (message, error);
    return;
  }
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "hits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < hits->len; i++)
    add_hit (builder, database, g_ptr_array_index (hits, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  answer_json (message, builder);
}

/* Files and pictures. */

static void
answer_media (Database * database, SoupServerMessage * message, gint64 id)
{
  sqlite3_stmt *statement = find_row (database, message, ONE, id);
  g_autofree gchar *path = NULL;

  if (!statement)
    return;
  path = g_strdup ((const gchar *) sqlite3_column_text (statement, 1));
  sqlite3_reset (statement);
  page_files_answer (message, path);
}

static void
answer_crop (Database * database, SoupServerMessage * message, gint64 id)
{
  sqlite3_stmt *statement = find_row (database, message,
      "SELECT crop FROM track WHERE id = ? AND crop NOTNULL", id);

  if (!statement)
    return;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "image/jpeg", SOUP_MEMORY_COPY,
      sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0));
  sqlite3_reset (statement);
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
page_api_answer (Database * database, SoupServerMessage * message,
    const gchar * path, GHashTable * query)
{
  static const struct
  {
    const gchar *before, *after;
    void (*answer) (Database * database, SoupServerMessage * message,
        gint64 id);
  } resources[] = {
    {"api/videos/", "", answer_video},
    {"api/videos/", "/text.vtt", answer_vtt},
    {"media/", "", answer_media},
    {"crops/", "", answer_crop},
  };

  if (g_str_equal (path, "api/videos")) {
    answer_videos (database, message);
    return TRUE;
  }
  if (g_str_equal (path, "api/search")) {
    answer_search (database, message, query);
    return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (resources); i++) {
    const gchar *rest;
    gint64 id;

    if (!g_str_has_prefix (path, resources[i].before))
      continue;
    id = parse_id (path + strlen (resources[i].before), &rest);
    if (id > 0 && g_str_equal (rest, resources[i].after)) {
      resources[i].answer (database, message, id);
      return TRUE;
    }
  }
  return FALSE;
}
