/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr export DB
 */
#include "commands.h"

#include <string.h>

#include "archive/archivesubtitles.h"
#include "archive/database.h"
#include "archive/jsonmembers.h"

#define MATCHING " WHERE ?1 IS NULL OR video.path GLOB ?1"
#define TRACKS "SELECT video.path AS file, track.track AS track," \
    " track.start AS start, track.\"end\" AS \"end\", track.text AS text," \
    " track.samples AS samples, track.agreement AS agreement," \
    " track.moving AS moving, track.box AS box" \
    " FROM track JOIN video ON video.id = track.video" MATCHING \
    " ORDER BY video.path, track.start, track.id"
#define VIDEOS "SELECT id, path FROM video" MATCHING " ORDER BY path"

typedef struct
{
  const gchar *name;
  /* Rows of all videos. */
  void (*print_header) (sqlite3_stmt * statement);
  void (*print_row) (sqlite3_stmt * statement);
  /* Or a file a video. */
  const gchar *media_type;
} ExportFormat;

typedef struct
{
  const ExportFormat *format;
  const gchar *glob;            /* of paths; nullable */
  const gchar *dir;             /* nullable */
} Export;

/* Rows. */

static void
print_header_csv (sqlite3_stmt * statement)
{
  for (gint i = 0; i < sqlite3_column_count (statement); i++)
    g_print ("%s%s", i > 0 ? "," : "", sqlite3_column_name (statement, i));
  g_print ("\r\n");
}

/* As RFC 4180 has it.  A spreadsheet takes a cell that begins so for a formula,
 * which a picture must not have it compute. */
static void
print_row_csv (sqlite3_stmt * statement)
{
  for (gint i = 0; i < sqlite3_column_count (statement); i++) {
    gboolean is_text = sqlite3_column_type (statement, i) == SQLITE_TEXT;
    const gchar *value = (const gchar *) sqlite3_column_text (statement, i);
    g_autoptr (GString) cell = g_string_new (value);

    g_string_replace (cell, "\"", "\"\"", 0);
    if (i > 0)
      g_print (",");
    if (is_text)
      g_print ("\"%s%s\"", *cell->str && strchr ("=+-@\t\r", *cell->str) ?
          "'" : "", cell->str);
    else
      g_print ("%s", cell->str);
  }
  g_print ("\r\n");
}

static void
print_row_jsonl (sqlite3_stmt * statement)
{
  g_auto (KocrJsonWriter) json = KOCR_JSON_WRITER_INIT;

  kocr_json_open (&json, NULL, '{');
  json_add_string (&json, "type", "track");
  json_add_row (&json, statement, 0);
  kocr_json_close (&json, '}');
  command_print_json (&json);
}

static gboolean
export_rows (const Export * self, Database * database, GError ** error)
{
  sqlite3_stmt *statement = database_prepare (database, TRACKS, error);
  gint result;

  if (!statement)
    return FALSE;
  database_bind_text (statement, 1, self->glob);
  if (self->format->print_header)
    self->format->print_header (statement);
  while ((result = database_step (database, statement, error)) == SQLITE_ROW)
    self->format->print_row (statement);
  sqlite3_reset (statement);
  return result == SQLITE_DONE;
}

/* Files. */

typedef struct
{
  gint64 id;
  gchar *path;
} Video;

static void
video_clear (gpointer data)
{
  g_free (((Video *) data)->path);
}

/* (transfer full); NULL with an error. */
static GArray *
find_videos (const Export * self, Database * database, GError ** error)
{
  g_autoptr (GArray) videos = g_array_new (FALSE, FALSE, sizeof (Video));
  sqlite3_stmt *statement = database_prepare (database, VIDEOS, error);
  gint result;

  g_array_set_clear_func (videos, video_clear);
  if (!statement)
    return NULL;
  database_bind_text (statement, 1, self->glob);
  while ((result = database_step (database, statement, error)) == SQLITE_ROW) {
    Video video = { sqlite3_column_int64 (statement, 0),
      g_strdup ((const gchar *) sqlite3_column_text (statement, 1))
    };

    g_array_append_val (videos, video);
  }
  sqlite3_reset (statement);
  return result == SQLITE_DONE ? g_steal_pointer (&videos) : NULL;
}

/* By the video's own name, as players look for it; of two of one name the
 * second has its number in it. (transfer full) */
static gchar *
make_path (const Export * self, const Video * video, GHashTable * taken)
{
  g_autofree gchar *name = g_path_get_basename (video->path);
  gchar *dot = strrchr (name, '.');
  gchar *file;

  if (dot && dot > name)
    *dot = '\0';
  file = g_strdup_printf ("%s.%s", name, self->format->name);
  if (g_hash_table_contains (taken, file)) {
    g_free (file);
    file = g_strdup_printf ("%s.%" G_GINT64_FORMAT ".%s", name, video->id,
        self->format->name);
  }
  g_hash_table_add (taken, file);
  return g_build_filename (self->dir, file, NULL);
}

static gboolean
export_files (const Export * self, Database * database, const GArray * videos,
    GError ** error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash,
      g_str_equal, g_free, NULL);

  if (self->dir && !command_make_folder (self->dir, error))
    return FALSE;
  for (guint i = 0; i < videos->len; i++) {
    const Video *video = &g_array_index (videos, Video, i);
    g_autofree gchar *text = archive_subtitles_write (database, video->id,
        self->format->media_type, TRUE, error);
    g_autofree gchar *path = self->dir ? make_path (self, video, taken) : NULL;

    if (!text)
      return FALSE;
    if (!path)
      g_print ("%s", text);
    else if (!g_file_set_contents (path, text, -1, error))
      return FALSE;
  }
  return TRUE;
}

/* The command. */

static const ExportFormat formats[] = {
  {"jsonl", NULL, print_row_jsonl, NULL},
  {"csv", print_header_csv, print_row_csv, NULL},
  {"vtt", NULL, NULL, "application/x-subtitle-vtt"},
  {"srt", NULL, NULL, "application/x-subtitle"},
};

static const ExportFormat *
find_format (const gchar * name)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].name, name))
      return &formats[i];
  return NULL;
}

static CommandStatus
export (const Export * self, Database * database, GError ** error)
{
  g_autoptr (GArray) videos = NULL;

  if (!self->format->media_type)
    return export_rows (self, database, error) ? COMMAND_DONE :
        COMMAND_NOTHING_DONE;
  videos = find_videos (self, database, error);
  if (videos && !self->dir && videos->len != 1) {
    g_printerr ("kakaoocr export: subtitles are of one video, and these are "
        "%u: choose one with --file, or a folder for all with --out\n",
        videos->len);
    return COMMAND_USAGE;
  }
  return videos && export_files (self, database, videos, error) ?
      COMMAND_DONE : COMMAND_NOTHING_DONE;
}

static CommandStatus
run_export (gint argc, gchar ** argv)
{
  g_autofree gchar *name = NULL, *glob = NULL, *dir = NULL;
  const GOptionEntry entries[] = {
    {"format", 'f', 0, G_OPTION_ARG_STRING, &name,
        "jsonl (the default), csv, vtt or srt", "FORMAT"},
    {"file", 0, 0, G_OPTION_ARG_FILENAME, &glob,
        "of files whose path is like this (*, ?, [abc])", "GLOB"},
    {"out", 'o', 0, G_OPTION_ARG_FILENAME, &dir,
        "vtt, srt: the folder for a file a video (stdout, of one)", "DIR"},
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (Database) database = NULL;
  CommandStatus status = COMMAND_NOTHING_DONE;
  Export self = { NULL };

  if (!command_parse (&argc, &argv, "DB",
          "Prints all texts of an archive, or writes them as subtitles.",
          entries, NULL, 1, 1))
    return COMMAND_USAGE;
  self = (Export) {find_format (name ? name : "jsonl"), glob, dir };
  if (!self.format) {
    g_printerr ("kakaoocr export: there is no format “%s”\n", name);
    return COMMAND_USAGE;
  }
  if (dir && !self.format->media_type) {
    g_printerr ("kakaoocr export: --out is for vtt and srt\n");
    return COMMAND_USAGE;
  }
  database = database_open (argv[1], DATABASE_READ, &error);
  if (database)
    status = export (&self, database, &error);
  if (error)
    g_printerr ("Cannot export %s: %s\n", argv[1], error->message);
  return status;
}

const Command export_command = {
  "export", "prints all texts of an archive", run_export
};
