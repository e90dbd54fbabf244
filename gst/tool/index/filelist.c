/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "index/filelist.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gst/base/gsttypefindhelper.h>
#include <stdio.h>
#include <string.h>

/* Enough for GStreamer's typefinders of containers. */
#define HEAD_SIZE (64 * 1024)

typedef struct
{
  GPtrArray *paths;
  GHashTable *seen;             /* of paths */
  FileListProblem problem;
  gpointer user_data;
} Expansion;

static gboolean
is_video_type (const gchar * name)
{
  /* Containers whose names do not tell. */
  static const gchar *const containers[] = {
    "application/ogg", "application/mxf", "application/vnd.rn-realmedia",
    "application/x-yuv4mpeg", "multipart/x-mixed-replace", "image/gif",
  };

  if (g_str_has_prefix (name, "video/"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (containers); i++)
    if (g_str_equal (name, containers[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_video_content (const gchar * path)
{
  g_autofree guint8 *head = g_malloc (HEAD_SIZE);
  FILE *file = g_fopen (path, "rb");
  gsize length = file ? fread (head, 1, HEAD_SIZE, file) : 0;
  GstCaps *caps;
  gboolean is_video;

  if (file)
    fclose (file);
  caps = length > 0 ? gst_type_find_helper_for_data (NULL, head, length,
      NULL) : NULL;
  if (!caps)
    return FALSE;
  is_video =
      is_video_type (gst_structure_get_name (gst_caps_get_structure (caps, 0)));
  gst_caps_unref (caps);
  return is_video;
}

static gboolean
has_video_name (const gchar * path)
{
  g_autofree gchar *type = g_content_type_guess (path, NULL, 0, NULL);
  g_autofree gchar *mime = g_content_type_get_mime_type (type);

  return mime && g_str_has_prefix (mime, "video/");
}

/* What SQLite keeps beside a database, as an archive in the folder is one: to
 * GStreamer 1.26 it looks like a bare stream of AV1. */
static gboolean
is_of_database (const gchar * path)
{
  static const gchar *const endings[] = { "-shm", "-wal", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree gchar *database = g_str_has_suffix (path, endings[i]) ?
        g_strndup (path, strlen (path) - strlen (endings[i])) : NULL;

    if (database && g_file_test (database, G_FILE_TEST_IS_REGULAR))
      return TRUE;
  }
  return FALSE;
}

static gboolean
may_be_video (const gchar * path)
{
  return g_file_test (path, G_FILE_TEST_IS_REGULAR) && !is_of_database (path)
      && (has_video_name (path) || has_video_content (path));
}

static void
add_path (Expansion * self, const gchar * path)
{
  g_autofree gchar *absolute = g_canonicalize_filename (path, NULL);

  if (g_hash_table_contains (self->seen, absolute))
    return;
  g_ptr_array_add (self->paths, g_strdup (absolute));
  g_hash_table_add (self->seen, g_steal_pointer (&absolute));
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const gchar * const *) a, *(const gchar * const *) b);
}

static void
walk (Expansion * self, const gchar * path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const gchar *name;

  if (!dir) {
    self->problem (path, error->message, self->user_data);
    return;
  }
  while ((name = g_dir_read_name (dir)))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    g_autofree gchar *child = g_build_filename (path,
        g_ptr_array_index (names, i), NULL);

    /* A folder that is a link may lead back. */
    if (g_file_test (child, G_FILE_TEST_IS_DIR)) {
      if (!g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        walk (self, child);
    } else if (may_be_video (child)) {
      add_path (self, child);
    }
  }
}

static void
expand_word (Expansion * self, const gchar * word)
{
  if (g_file_test (word, G_FILE_TEST_IS_DIR))
    walk (self, word);
  else if (g_file_test (word, G_FILE_TEST_EXISTS))
    add_path (self, word);
  else
    self->problem (word, "there is no such file", self->user_data);
}

static void
expand_stdin (Expansion * self)
{
  char *line = NULL;
  size_t size = 0;
  ssize_t length;

  while ((length = getline (&line, &size, stdin)) >= 0) {
    if (length > 0 && line[length - 1] == '\n')
      line[length - 1] = '\0';
    if (*line)
      expand_word (self, line);
  }
  free (line);
}

GPtrArray *
file_list_expand (gchar ** words, FileListProblem problem, gpointer user_data)
{
  Expansion self = {
    .paths = g_ptr_array_new_with_free_func (g_free),
    .seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .problem = problem,
    .user_data = user_data,
  };

  for (; *words; words++) {
    if (g_str_equal (*words, "-"))
      expand_stdin (&self);
    else
      expand_word (&self, *words);
  }
  g_hash_table_unref (self.seen);
  return self.paths;
}
