/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr merge DB DIR…
 *
 * Takes in what `kakaoocr index --results` left, on other machines too.  A
 * result that is there already is left as it is: twice is the same as once.
 */
#include "commands.h"

#include <string.h>

#include "archive/archive.h"

typedef struct
{
  Database *database;
  guint n_taken, n_known, n_failed;
} Merge;

static gboolean
is_known (Merge * self, const VideoRecord * video, gboolean * known,
    GError ** error)
{
  g_auto (KnownVideo) there = { 0 };
  GError *failure = NULL;
  gboolean found = archive_find (self->database, video->path, &there,
      &failure);

  if (failure) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  /* A whole reading is not given up for one that failed. */
  *known = found && there.size == video->size
      && g_strcmp0 (there.sha256, video->sha256) == 0
      && (there.state == VIDEO_INDEXED || there.state == video->state);
  return TRUE;
}

static gboolean
take_in (Merge * self, const gchar * path, GError ** error)
{
  g_autofree gchar *lines = NULL;
  g_autoptr (VideoRecord) video = NULL;
  gboolean known;

  if (!g_file_get_contents (path, &lines, NULL, error)
      || !(video = video_record_from_lines (lines, error))
      || !is_known (self, video, &known, error)
      || (!known && !archive_put (self->database, video, error)))
    return FALSE;
  if (known)
    self->n_known++;
  else
    self->n_taken++;
  return TRUE;
}

static void
complain (Merge * self, const gchar * path, const GError * error)
{
  command_tell_problem (path, error->message);
  self->n_failed++;
}

static void
take_in_folder (Merge * self, const gchar * folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const gchar *name;

  if (!dir) {
    complain (self, folder, error);
    return;
  }
  while ((name = g_dir_read_name (dir))) {
    g_autofree gchar *path = g_build_filename (folder, name, NULL);
    g_autoptr (GError) failure = NULL;

    if (g_str_has_suffix (name, ".jsonl") && !take_in (self, path, &failure))
      complain (self, path, failure);
  }
}

static CommandStatus
run_merge (gint argc, gchar ** argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (Database) database = NULL;
  Merge self = { NULL };

  if (!command_parse (&argc, &argv, "DB DIR…",
          "Takes into an archive what kakaoocr index --results left.", entries,
          NULL, 2, -1))
    return COMMAND_USAGE;
  database = database_open (argv[1], DATABASE_WRITE, &error);
  if (!database) {
    g_printerr ("Cannot use %s: %s\n", argv[1], error->message);
    return COMMAND_NOTHING_DONE;
  }
  self.database = database;
  for (gint i = 2; i < argc; i++)
    take_in_folder (&self, argv[i]);
  g_print ("%u taken in, %u known already, %u failed\n", self.n_taken,
      self.n_known, self.n_failed);
  return command_get_status (self.n_taken + self.n_known, self.n_failed);
}

const Command merge_command = {
  "merge", "takes results of other machines into an archive", run_merge
};
