/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr export DB
 */
#include "exportcommand.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "archive/database.h"

#define TRACKS "SELECT video.path, track.track, track.start, track.\"end\"," \
    " track.text, track.samples, track.agreement, track.moving, track.box" \
    " FROM track JOIN video ON video.id = track.video" \
    " WHERE ?1 IS NULL OR video.path GLOB ?1" \
    " ORDER BY video.path, track.start, track.id"

static const gchar *const columns[] = {
  "file", "track", "start", "end", "text", "samples", "agreement", "moving",
  "box"
};

#define MOVING 7
#define BOX 8

static void
print_header_csv (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_print ("%s%s", i > 0 ? "," : "", columns[i]);
  g_print ("\r\n");
}

/* As RFC 4180 has it.  A spreadsheet takes a cell that begins so for a formula,
 * which a picture must not have it compute. */
static void
print_row_csv (sqlite3_stmt * statement)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    const gchar *value = (const gchar *) sqlite3_column_text (statement, i);
    gboolean is_text = sqlite3_column_type (statement, i) == SQLITE_TEXT;
    g_auto (GStrv) parts = g_strsplit (value ? value : "", "\"", -1);
    g_autofree gchar *doubled = g_strjoinv ("\"\"", parts);

    if (i > 0)
      g_print (",");
    if (is_text)
      g_print ("\"%s%s\"", *doubled && strchr ("=+-@\t\r", *doubled) ? "'" :
          "", doubled);
    else
      g_print ("%s", doubled);
  }
  g_print ("\r\n");
}

static JsonNode *
get_node (sqlite3_stmt * statement, gint column)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  const gchar *text = (const gchar *) sqlite3_column_text (statement, column);

  switch (sqlite3_column_type (statement, column)) {
    case SQLITE_INTEGER:
      if (column == MOVING)
        json_node_set_boolean (node, sqlite3_column_int (statement, column));
      else
        json_node_set_int (node, sqlite3_column_int64 (statement, column));
      return node;
    case SQLITE_FLOAT:
      json_node_set_double (node, sqlite3_column_double (statement, column));
      return node;
    case SQLITE_TEXT:
      if (column == BOX) {
        json_node_unref (node);
        node = json_from_string (text, NULL);
        return node ? node : json_node_new (JSON_NODE_NULL);
      }
      json_node_set_string (node, text);
      return node;
    default:
      json_node_unref (node);
      return json_node_new (JSON_NODE_NULL);
  }
}

static void
print_row_jsonl (sqlite3_stmt * statement)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree gchar *line = NULL;

  json_object_set_string_member (object, "type", "track");
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    json_object_set_member (object, columns[i], get_node (statement, i));
  json_node_take_object (root, object);
  line = json_to_string (root, FALSE);
  g_print ("%s\n", line);
}

typedef struct
{
  const gchar *name;
  void (*print_header) (void);
  void (*print_row) (sqlite3_stmt * statement);
} ExportFormat;

static const ExportFormat formats[] = {
  {"jsonl", NULL, print_row_jsonl},
  {"csv", print_header_csv, print_row_csv},
};

static const ExportFormat *
find_format (const gchar * name)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].name, name))
      return &formats[i];
  return NULL;
}

static gboolean
export (Database * database, const ExportFormat * format, const gchar * glob,
    GError ** error)
{
  sqlite3_stmt *statement = database_prepare (database, TRACKS, error);
  gint result;

  if (!statement)
    return FALSE;
  database_bind_text (statement, 1, glob);
  if (format->print_header)
    format->print_header ();
  while ((result = database_step (database, statement, error)) == SQLITE_ROW)
    format->print_row (statement);
  sqlite3_reset (statement);
  return result == SQLITE_DONE;
}

static CommandStatus
run_export (gint argc, gchar ** argv)
{
  g_autofree gchar *name = NULL, *glob = NULL;
  const GOptionEntry entries[] = {
    {"format", 'f', 0, G_OPTION_ARG_STRING, &name, "jsonl (the default) or csv",
        "FORMAT"},
    {"file", 0, 0, G_OPTION_ARG_FILENAME, &glob,
        "of files whose path is like this (*, ?, [abc])", "GLOB"},
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (Database) database = NULL;
  const ExportFormat *format;

  if (!command_parse (&argc, &argv, "DB",
          "Prints all texts of an archive.", entries, NULL, 1, 1))
    return COMMAND_USAGE;
  format = find_format (name ? name : "jsonl");
  if (!format) {
    g_printerr ("kakaoocr export: there is no format “%s”\n", name);
    return COMMAND_USAGE;
  }
  database = database_open (argv[1], DATABASE_READ, &error);
  if (!database || !export (database, format, glob, &error)) {
    g_printerr ("Cannot export %s: %s\n", argv[1], error->message);
    return COMMAND_NOTHING_DONE;
  }
  return COMMAND_DONE;
}

const Command export_command = {
  "export", "prints all texts of an archive", run_export
};
