/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "archive/archive.h"

#include <glib/gstdio.h>

#include "archive/archivetext.h"

void
known_video_clear (KnownVideo * self)
{
  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->error, g_free);
}

static gchar *
dup_column (sqlite3_stmt * statement, gint column)
{
  return g_strdup ((const gchar *) sqlite3_column_text (statement, column));
}

gboolean
archive_find (Database * database, const gchar * path, KnownVideo * known,
    GError ** error)
{
  sqlite3_stmt *statement = database_prepare (database,
      "SELECT id, size, mtime, sha256, state, error FROM video WHERE path = ?",
      error);

  if (!statement)
    return FALSE;
  database_bind_text (statement, 1, path);
  if (database_step (database, statement, error) != SQLITE_ROW) {
    sqlite3_reset (statement);
    return FALSE;
  }
  *known = (KnownVideo) {
    .id = sqlite3_column_int64 (statement, 0),
    .size = sqlite3_column_int64 (statement, 1),
    .mtime = sqlite3_column_int64 (statement, 2),
    .sha256 = dup_column (statement, 3),
    .state = video_state_from_name ((const gchar *)
        sqlite3_column_text (statement, 4)),
    .error = dup_column (statement, 5),
  };
  sqlite3_reset (statement);
  return TRUE;
}

gboolean
archive_find_content (Database * database, const gchar * sha256,
    gchar ** path, GError ** error)
{
  sqlite3_stmt *statement = database_prepare (database,
      "SELECT path FROM video WHERE sha256 = ? AND state = 'indexed'", error);
  gint result;

  *path = NULL;
  if (!statement)
    return FALSE;
  database_bind_text (statement, 1, sha256);
  result = database_step (database, statement, error);
  if (result == SQLITE_ROW)
    *path = dup_column (statement, 0);
  sqlite3_reset (statement);
  return result != 0;
}

/* Taking out. */

/* A contentless index forgets a row only when it is told what it was. */
static gboolean
forget_texts (Database * database, gint64 video, GError ** error)
{
  sqlite3_stmt *texts = database_prepare (database,
      "SELECT id, text FROM track WHERE video = ?", error);
  sqlite3_stmt *forget = database_prepare (database,
      "INSERT INTO track_text (track_text, rowid, text) VALUES ('delete', ?, ?)",
      error);
  gint result = SQLITE_DONE;

  if (!texts || !forget)
    return FALSE;
  sqlite3_bind_int64 (texts, 1, video);
  while ((result = database_step (database, texts, error)) == SQLITE_ROW) {
    g_autofree gchar *folded = archive_text_fold ((const gchar *)
        sqlite3_column_text (texts, 1));

    sqlite3_bind_int64 (forget, 1, sqlite3_column_int64 (texts, 0));
    database_bind_text (forget, 2, folded);
    if (!database_run (database, forget, error)) {
      sqlite3_reset (texts);
      return FALSE;
    }
  }
  return result == SQLITE_DONE;
}

static gboolean
run_with_id (Database * database, const gchar * sql, gint64 id,
    GError ** error)
{
  sqlite3_stmt *statement = database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  return database_run (database, statement, error);
}

static gboolean
take_out (Database * database, gint64 video, GError ** error)
{
  return forget_texts (database, video, error)
      && run_with_id (database, "DELETE FROM track WHERE video = ?", video,
      error)
      && run_with_id (database, "DELETE FROM video WHERE id = ?", video, error);
}

/* Putting in. */

static gboolean
insert_video (Database * database, const VideoRecord * video, gint64 * id,
    GError ** error)
{
  sqlite3_stmt *statement = database_prepare (database,
      "INSERT INTO video (path, size, mtime, sha256, duration, width, height,"
      " orientation, state, error, indexed)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (!statement)
    return FALSE;
  database_bind_text (statement, 1, video->path);
  sqlite3_bind_int64 (statement, 2, video->size);
  sqlite3_bind_int64 (statement, 3, video->mtime);
  database_bind_text (statement, 4, video->sha256);
  database_bind_time (statement, 5, video->duration);
  if (video->width > 0) {
    sqlite3_bind_int (statement, 6, video->width);
    sqlite3_bind_int (statement, 7, video->height);
  }
  database_bind_text (statement, 8, video->orientation);
  database_bind_text (statement, 9, video_state_get_name (video->state));
  database_bind_text (statement, 10, video->error);
  sqlite3_bind_int64 (statement, 11, video->indexed);
  if (!database_run (database, statement, error))
    return FALSE;
  *id = database_get_last_id (database);
  return TRUE;
}

/* (transfer full) (nullable) */
static gchar *
dup_places (const TrackRecord *track)
{
  g_auto (KocrJsonWriter) json = KOCR_JSON_WRITER_INIT;

  if (!track->places)
    return NULL;
  places_write (&json, NULL, track->places);
  return kocr_json_finish (&json);
}

static gboolean
insert_row (Database * database, gint64 video, const TrackRecord * track,
    GError ** error)
{
  sqlite3_stmt *statement = database_prepare (database,
      "INSERT INTO track (video, track, text, start, \"end\", samples,"
      " agreement, moving, box, crop, places)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  g_autofree gchar *places = dup_places (track);
  gsize size = 0;
  gconstpointer crop = track->crop ? g_bytes_get_data (track->crop, &size) :
      NULL;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, video);
  sqlite3_bind_int64 (statement, 2, track->track);
  database_bind_text (statement, 3, track->text);
  database_bind_time (statement, 4, track->start);
  database_bind_time (statement, 5, track->end);
  sqlite3_bind_int64 (statement, 6, track->samples);
  if (track->agreement >= 0.0)
    sqlite3_bind_double (statement, 7, track->agreement);
  if (track->moving >= 0)
    sqlite3_bind_int (statement, 8, track->moving);
  database_bind_text (statement, 9, track->box);
  if (crop)
    sqlite3_bind_blob64 (statement, 10, crop, size, SQLITE_STATIC);
  database_bind_text (statement, 11, places);
  return database_run (database, statement, error);
}

static gboolean
insert_text (Database * database, gint64 id, const gchar * text,
    GError ** error)
{
  sqlite3_stmt *statement = database_prepare (database,
      "INSERT INTO track_text (rowid, text) VALUES (?, ?)", error);
  g_autofree gchar *folded = archive_text_fold (text);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  database_bind_text (statement, 2, folded);
  return database_run (database, statement, error);
}

static gboolean
put (Database * database, const VideoRecord * video, GError ** error)
{
  g_auto (KnownVideo) known = { 0 };
  GError *failure = NULL;
  gint64 id;

  if (archive_find (database, video->path, &known, &failure)
      && !take_out (database, known.id, &failure)) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  if (failure) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  if (!insert_video (database, video, &id, error))
    return FALSE;
  for (guint i = 0; i < video->tracks->len; i++) {
    const TrackRecord *track = g_ptr_array_index (video->tracks, i);

    if (!insert_row (database, id, track, error)
        || !insert_text (database, database_get_last_id (database),
            track->text, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
archive_put (Database * database, const VideoRecord * video, GError ** error)
{
  if (database_begin (database, error) && put (database, video, error)
      && database_commit (database, error))
    return TRUE;
  database_roll_back (database);
  return FALSE;
}

gboolean
archive_touch (Database * database, gint64 id, gint64 mtime, GError ** error)
{
  sqlite3_stmt *statement = database_prepare (database,
      "UPDATE video SET mtime = ? WHERE id = ?", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, mtime);
  sqlite3_bind_int64 (statement, 2, id);
  return database_run (database, statement, error);
}

gboolean
archive_move (Database * database, const gchar * from, const VideoRecord * to,
    GError ** error)
{
  sqlite3_stmt *statement = database_prepare (database,
      "UPDATE video SET path = ?, mtime = ? WHERE path = ?", error);

  if (!statement)
    return FALSE;
  database_bind_text (statement, 1, to->path);
  sqlite3_bind_int64 (statement, 2, to->mtime);
  database_bind_text (statement, 3, from);
  return database_run (database, statement, error);
}

static gboolean
list_gone (Database * database, GArray * gone, GError ** error)
{
  sqlite3_stmt *statement = database_prepare (database,
      "SELECT id, path FROM video", error);
  gint result;

  if (!statement)
    return FALSE;
  while ((result = database_step (database, statement, error)) == SQLITE_ROW) {
    gint64 id = sqlite3_column_int64 (statement, 0);

    if (!g_file_test ((const gchar *) sqlite3_column_text (statement, 1),
            G_FILE_TEST_EXISTS))
      g_array_append_val (gone, id);
  }
  sqlite3_reset (statement);
  return result == SQLITE_DONE;
}

gboolean
archive_prune (Database * database, guint * n_removed, GError ** error)
{
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));

  *n_removed = 0;
  if (!list_gone (database, gone, error))
    return FALSE;
  for (guint i = 0; i < gone->len; i++) {
    if (!database_begin (database, error)
        || !take_out (database, g_array_index (gone, gint64, i), error)
        || !database_commit (database, error)) {
      database_roll_back (database);
      return FALSE;
    }
    (*n_removed)++;
  }
  return TRUE;
}
