/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The archive's SQLite file: opened, made, brought up to today's schema.
 *
 *   video(id, path, size, mtime, sha256, duration, width, height, orientation,
 *         state, error, indexed)
 *   track(id, video, track, text, start, end, samples, agreement, moving, box,
 *         crop, places)
 *   track_text: FTS5, contentless, one row a track by its id
 *
 * Times are nanoseconds, `mtime` and `indexed` since 1970; `box` is JSON,
 * [[x,y]×4] in pixels of the upright picture; `crop` is a JPEG; `places` is
 * JSON,
 * [[time,box],…] of a text that moves, else NULL.  What stands in
 * `track_text` is archivetext.h's: decomposed, so that a part of a Hangul word
 * is long enough for trigrams.  `user_version` is the schema's number.
 *
 * A connection is one thread's at a time.
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>

#define DATABASE_ERROR (database_error_quark ())
GQuark database_error_quark (void);

typedef enum
{
  DATABASE_READ,                /* it must be there; nothing is written */
  DATABASE_WRITE                /* made if it is not there */
} DatabaseMode;

typedef struct _Database Database;

/* NULL with an error: it cannot be opened, is no archive, or of a schema that
 * is newer than this program. */
Database *database_open (const gchar * path, DatabaseMode mode,
    GError ** error);
void database_close (Database * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Database, database_close)

/* A statement that is made once and kept; reset, with nothing bound.  Valid
 * until it is asked for again.  @sql: a literal, known by its address. NULL
 * with an error. */
sqlite3_stmt *database_prepare (Database * self, const gchar * sql,
    GError ** error);
/* Steps @statement: SQLITE_ROW, SQLITE_DONE, or 0 with an error. */
gint database_step (Database * self, sqlite3_stmt * statement,
    GError ** error);
/* Steps it to its end and resets it, so that it keeps no lock. */
gboolean database_run (Database *self, sqlite3_stmt *statement, GError **error);
gint64 database_get_last_id (Database * self);

gboolean database_begin (Database * self, GError ** error);
gboolean database_commit (Database * self, GError ** error);
/* After anything failed since begin. */
void database_roll_back (Database * self);

/* A @value that is NULL is bound as NULL. The text lives until the statement is
 * reset. */
void database_bind_text (sqlite3_stmt * statement, gint index,
    const gchar * value);
/* GST_CLOCK_TIME_NONE and what is beyond SQLite's integers is bound as NULL. */
void database_bind_time (sqlite3_stmt * statement, gint index, guint64 time);
