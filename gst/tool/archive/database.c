/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "archive/database.h"

#include <glib/gstdio.h>

#include "archive/textrank.h"

/* How long one process waits for another that writes. */
#define PATIENCE_MS 30000
/* Pages of the file that a connection keeps: a search among a million texts
 * goes to and fro in 200 MB. */
#define CACHE "PRAGMA cache_size = -65536"
/* "kkoc", so that file(1) and we know the file. */
#define APPLICATION_ID 0x6b6b6f63

struct _Database
{
  sqlite3 *handle;
  GHashTable *statements; /* a literal → sqlite3_stmt */
};

/* Each brings the schema from the version that is its place to the next. */
static const gchar *const upgrades[] = {
  "CREATE TABLE video (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE,"
  " size INTEGER, mtime INTEGER, sha256 TEXT, duration INTEGER,"
  " width INTEGER, height INTEGER, orientation TEXT,"
  " state TEXT NOT NULL, error TEXT, indexed INTEGER);"
  "CREATE INDEX video_sha256 ON video (sha256);"
  "CREATE TABLE track (id INTEGER PRIMARY KEY,"
  " video INTEGER NOT NULL REFERENCES video (id) ON DELETE CASCADE,"
  " track INTEGER NOT NULL, text TEXT NOT NULL, start INTEGER,"
  " \"end\" INTEGER, samples INTEGER, agreement REAL, moving INTEGER,"
  " box TEXT, crop BLOB);"
  "CREATE INDEX track_video ON track (video);"
  "CREATE VIRTUAL TABLE track_text USING fts5 (text, content = '',"
  " tokenize = 'trigram case_sensitive 1');",
  "ALTER TABLE track ADD COLUMN places TEXT;",
};

#define SCHEMA_VERSION ((gint) G_N_ELEMENTS (upgrades))

GQuark
database_error_quark (void)
{
  return g_quark_from_static_string ("kakaoocr-database-error");
}

static void
set_error (Database * self, GError ** error)
{
  g_set_error_literal (error, DATABASE_ERROR,
      sqlite3_extended_errcode (self->handle), sqlite3_errmsg (self->handle));
}

static gboolean
execute (Database *self, const gchar *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error (self, error);
  return FALSE;
}

sqlite3_stmt *
database_prepare (Database * self, const gchar * sql, GError ** error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement) {
    sqlite3_reset (statement);
    sqlite3_clear_bindings (statement);
    return statement;
  }
  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
          &statement, NULL) != SQLITE_OK) {
    set_error (self, error);
    return NULL;
  }
  g_hash_table_insert (self->statements, (gpointer)sql, statement);
  return statement;
}

gint
database_step (Database * self, sqlite3_stmt * statement, GError ** error)
{
  gint result = sqlite3_step (statement);

  if (result == SQLITE_ROW || result == SQLITE_DONE)
    return result;
  set_error (self, error);
  sqlite3_reset (statement);
  return 0;
}

gboolean
database_run (Database * self, sqlite3_stmt * statement, GError ** error)
{
  gint result;

  while ((result = database_step (self, statement, error)) == SQLITE_ROW);
  sqlite3_reset (statement);
  return result == SQLITE_DONE;
}

gint64
database_get_last_id (Database * self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

gboolean
database_begin (Database * self, GError ** error)
{
  return execute (self, "BEGIN IMMEDIATE", error);
}

gboolean
database_commit (Database * self, GError ** error)
{
  return execute (self, "COMMIT", error);
}

void
database_roll_back (Database * self)
{
  if (!sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

void
database_bind_text (sqlite3_stmt * statement, gint index, const gchar * value)
{
  if (value)
    sqlite3_bind_text (statement, index, value, -1, SQLITE_STATIC);
  else
    sqlite3_bind_null (statement, index);
}

void
database_bind_time (sqlite3_stmt * statement, gint index, guint64 time)
{
  if (time <= G_MAXINT64)
    sqlite3_bind_int64 (statement, index, time);
  else
    sqlite3_bind_null (statement, index);
}

/* Opening. */

static gboolean
read_number (Database * self, const gchar * sql, gint64 * number,
    GError ** error)
{
  sqlite3_stmt *statement = database_prepare (self, sql, error);

  if (!statement || database_step (self, statement, error) != SQLITE_ROW)
    return FALSE;
  *number = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
upgrade (Database * self, GError ** error)
{
  gint64 version;

  /* Under the lock: another process may have done it meanwhile. */
  if (!database_begin (self, error)
      || !read_number (self, "PRAGMA user_version", &version, error))
    return FALSE;
  for (; version < SCHEMA_VERSION; version++)
    if (!execute (self, upgrades[version], error))
      return FALSE;
  {
    g_autofree gchar *pragmas =
        g_strdup_printf ("PRAGMA user_version = %d; PRAGMA application_id = %d",
        SCHEMA_VERSION, APPLICATION_ID);

    return execute (self, pragmas, error) && database_commit (self, error);
  }
}

static gboolean
check_kind (Database * self, DatabaseMode mode, gint64 * version,
    GError ** error)
{
  gint64 application, n_tables;

  if (!read_number (self, "PRAGMA user_version", version, error)
      || !read_number (self, "PRAGMA application_id", &application, error)
      || !read_number (self, "SELECT count(*) FROM sqlite_schema", &n_tables,
          error))
    return FALSE;
  if (application != APPLICATION_ID
      && (n_tables > 0 || mode == DATABASE_READ)) {
    g_set_error_literal (error, DATABASE_ERROR, SQLITE_NOTADB,
        "it is no archive of kakaoocr");
    return FALSE;
  }
  if (*version > SCHEMA_VERSION) {
    g_set_error (error, DATABASE_ERROR, SQLITE_MISMATCH,
        "it was written by a newer kakaoocr (schema %d, this one knows %d)",
        (gint) * version, SCHEMA_VERSION);
    return FALSE;
  }
  return TRUE;
}

static gboolean
set_up (Database * self, DatabaseMode mode, GError ** error)
{
  gint64 version;

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, PATIENCE_MS);
  /* A file from elsewhere runs no code of its schema. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  if (text_rank_register (self->handle) != SQLITE_OK) {
    g_set_error_literal (
        error, DATABASE_ERROR, SQLITE_ERROR, "this SQLite has no FTS5");
    return FALSE;
  }
  if (!check_kind (self, mode, &version, error))
    return FALSE;
  if (mode == DATABASE_READ && version < SCHEMA_VERSION) {
    g_set_error_literal (error, DATABASE_ERROR, SQLITE_MISMATCH,
        "it is of an older kakaoocr: any `kakaoocr index` of it brings it up");
    return FALSE;
  }
  if (!execute (self, CACHE, error))
    return FALSE;
  if (mode == DATABASE_READ)
    return TRUE;
  return execute (self,
             "PRAGMA journal_mode = WAL;"
             "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON",
             error)
         && (version == SCHEMA_VERSION || upgrade (self, error));
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

Database *
database_open (const gchar * path, DatabaseMode mode, GError ** error)
{
  g_autoptr (Database) self = g_new0 (Database, 1);
  gint flags = SQLITE_OPEN_NOMUTEX | (mode == DATABASE_READ ?
      SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);

  self->statements
      = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
  if (sqlite3_open_v2 (path, &self->handle, flags, NULL) != SQLITE_OK
      || !set_up (self, mode, error)) {
    if (error && !*error)
      set_error (self, error);
    database_roll_back (self);
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
database_close (Database * self)
{
  g_hash_table_unref (self->statements);
  sqlite3_close (self->handle);
  g_free (self);
}
