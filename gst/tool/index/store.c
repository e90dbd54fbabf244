/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "index/store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>

#include "archive/archive.h"
#include "commandline/command.h"

#define CHUNK (1024 * 1024)

struct _Store
{
  GMutex lock;
  Database *database;           /* lock; or NULL */
  gchar *folder;                /* or NULL */
};

Store *
store_new_archive (const gchar * path, GError ** error)
{
  Database *database = database_open (path, DATABASE_WRITE, error);
  Store *self;

  if (!database)
    return NULL;
  self = g_new0 (Store, 1);
  g_mutex_init (&self->lock);
  self->database = database;
  return self;
}

static void
set_file_error (GError ** error, const gchar * path)
{
  gint reason = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason), "%s: %s",
      path, g_strerror (reason));
}

Store *
store_new_folder (const gchar * path, GError ** error)
{
  Store *self;

  if (!command_make_folder (path, error))
    return NULL;
  self = g_new0 (Store, 1);
  g_mutex_init (&self->lock);
  self->folder = g_strdup (path);
  return self;
}

void
store_free (Store * self)
{
  g_clear_pointer (&self->database, database_close);
  g_free (self->folder);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* The file. */

static gboolean
look_at (VideoRecord * video, GError ** error)
{
  GStatBuf status;

  if (g_stat (video->path, &status) != 0) {
    set_file_error (error, video->path);
    return FALSE;
  }
  video->size = status.st_size;
  video->mtime = status.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000)
      + status.st_mtim.tv_nsec;
  return TRUE;
}

static gboolean
digest (VideoRecord * video, GError ** error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  FILE *file;
  gsize length;
  gboolean failed;

  if (video->sha256)
    return TRUE;
  file = g_fopen (video->path, "rb");
  if (!file) {
    set_file_error (error, video->path);
    return FALSE;
  }
  while ((length = fread (chunk, 1, CHUNK, file)) > 0)
    g_checksum_update (checksum, chunk, length);
  failed = ferror (file);
  if (failed)
    set_file_error (error, video->path);
  fclose (file);
  if (!failed)
    video->sha256 = g_strdup (g_checksum_get_string (checksum));
  return !failed;
}

static StoreAnswer
judge (VideoRecord * video, VideoState state, const gchar * reason)
{
  if (state == VIDEO_INDEXED)
    return STORE_KNOWN;
  if (state == VIDEO_FAILED)
    return STORE_NEW;
  g_free (video->error);
  video->error = g_strdup (reason);
  return STORE_KNOWN_BROKEN;
}

/* An archive. */

/* A file that was only moved keeps what was paid for it. */
static StoreAnswer
ask_for_content (Store * self, VideoRecord * video, GError ** error)
{
  g_autofree gchar *other = NULL;
  gboolean moved;

  if (!digest (video, error))
    return STORE_NEW;
  g_mutex_lock (&self->lock);
  moved = archive_find_content (self->database, video->sha256, &other, error)
      && other && !g_file_test (other, G_FILE_TEST_EXISTS)
      && archive_move (self->database, other, video, error);
  g_mutex_unlock (&self->lock);
  return moved ? STORE_KNOWN : STORE_NEW;
}

static StoreAnswer
ask_archive (Store * self, VideoRecord * video, GError ** error)
{
  g_auto (KnownVideo) known = { 0 };
  GError *failure = NULL;
  gboolean found, touched;

  g_mutex_lock (&self->lock);
  found = archive_find (self->database, video->path, &known, &failure);
  g_mutex_unlock (&self->lock);
  if (failure) {
    g_propagate_error (error, failure);
    return STORE_NEW;
  }
  if (!found)
    return ask_for_content (self, video, error);
  if (known.size == video->size && known.mtime == video->mtime)
    return judge (video, known.state, known.error);
  if (known.size != video->size || !known.sha256
      || !digest (video, error) || !g_str_equal (known.sha256, video->sha256))
    return STORE_NEW;
  g_mutex_lock (&self->lock);
  touched = archive_touch (self->database, known.id, video->mtime, error);
  g_mutex_unlock (&self->lock);
  return touched ? judge (video, known.state, known.error) : STORE_NEW;
}

/* A folder. */

/* The name tells people the video; the digest of its path tells two of one name
 * apart. */
static gchar *
get_lines_path (Store * self, const VideoRecord * video)
{
  g_autofree gchar *path_digest =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, video->path, -1);
  g_autofree gchar *title = g_path_get_basename (video->path);
  g_autofree gchar *name = g_strdup_printf ("%.150s-%.16s.jsonl", title,
      path_digest);

  return g_build_filename (self->folder, name, NULL);
}

static VideoRecord *
load_lines (Store * self, const VideoRecord * video)
{
  g_autofree gchar *path = get_lines_path (self, video);
  g_autofree gchar *lines = NULL;

  return g_file_get_contents (path, &lines, NULL, NULL) ?
      video_record_from_lines (lines, NULL) : NULL;
}

static StoreAnswer
ask_folder (Store * self, VideoRecord * video, GError ** error)
{
  g_autoptr (VideoRecord) known = load_lines (self, video);

  if (!known || known->size != video->size)
    return STORE_NEW;
  if (known->mtime != video->mtime && (!known->sha256
          || !digest (video, error)
          || !g_str_equal (known->sha256, video->sha256)))
    return STORE_NEW;
  return judge (video, known->state, known->error);
}

static gboolean
put_lines (Store * self, VideoRecord * video, GError ** error)
{
  g_autofree gchar *path = get_lines_path (self, video);
  g_autofree gchar *lines = video_record_to_lines (video);

  /* By another name, then renamed: whole or not at all. */
  return g_file_set_contents_full (path, lines, -1,
      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666,
      error);
}

/* Either. */

StoreAnswer
store_ask (Store * self, VideoRecord * video, GError ** error)
{
  if (!look_at (video, error))
    return STORE_NEW;
  return self->database ? ask_archive (self, video, error) :
      ask_folder (self, video, error);
}

gboolean
store_put (Store * self, VideoRecord * video, GError ** error)
{
  gboolean done;

  if (!digest (video, error))
    return FALSE;
  if (!self->database)
    return put_lines (self, video, error);
  g_mutex_lock (&self->lock);
  done = archive_put (self->database, video, error);
  g_mutex_unlock (&self->lock);
  return done;
}

gboolean
store_prune (Store * self, guint * n_removed, GError ** error)
{
  gboolean done;

  *n_removed = 0;
  if (!self->database)
    return TRUE;
  g_mutex_lock (&self->lock);
  done = archive_prune (self->database, n_removed, error);
  g_mutex_unlock (&self->lock);
  return done;
}
