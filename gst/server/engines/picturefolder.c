/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engines/picturefolder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "kakaoocr-pictures-"
#define MAX_TRIES 10

struct _PictureFolder
{
  gchar *path;
  gint fd; /* holds the lock */
};

static gint
open_folder (const gchar *path)
{
  return open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* FALSE: another process has it, or had it and has removed it. */
static gboolean
lock_folder (gint fd)
{
  struct stat info;

  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    return FALSE;
  return fstat (fd, &info) == 0 && info.st_nlink > 0;
}

static void
remove_folder (const gchar *path, gint fd)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const gchar *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    unlinkat (fd, name, 0);
  g_rmdir (path);
}

static void
remove_if_left (const gchar *path)
{
  struct stat info;
  gint fd = open_folder (path);

  if (fd < 0)
    return;
  if (fstat (fd, &info) == 0 && info.st_uid == geteuid () && lock_folder (fd))
    remove_folder (path, fd);
  close (fd);
}

static void
remove_what_was_left (void)
{
  g_autoptr (GDir) dir = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const gchar *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, PREFIX)) {
      g_autofree gchar *path = g_build_filename (g_get_tmp_dir (), name, NULL);

      remove_if_left (path);
    }
}

PictureFolder *
picture_folder_new (GError **error)
{
  guint tries;

  remove_what_was_left ();
  /* Before it is locked, another process may take it for one that was left. */
  for (tries = 0; tries < MAX_TRIES; tries++) {
    g_autofree gchar *path = g_dir_make_tmp (PREFIX "XXXXXX", error);
    gint fd = path != NULL ? open_folder (path) : -1;
    PictureFolder *self;

    if (path == NULL)
      return NULL;
    if (fd >= 0 && lock_folder (fd)) {
      self = g_new0 (PictureFolder, 1);
      self->path = g_steal_pointer (&path);
      self->fd = fd;
      return self;
    }
    if (fd >= 0)
      close (fd);
    /* Nobody was told of it: it is empty. */
    g_rmdir (path);
  }
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
      "no folder in %s can be locked", g_get_tmp_dir ());
  return NULL;
}

void
picture_folder_free (PictureFolder *self)
{
  remove_folder (self->path, self->fd);
  close (self->fd);
  g_free (self->path);
  g_free (self);
}

const gchar *
picture_folder_get_path (PictureFolder *self)
{
  return self->path;
}
