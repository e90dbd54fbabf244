/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How many texts a second an archive takes in: a folder of results into an
 * archive that is left behind, as `kakaoocr merge` does it, with what reading
 * the results takes apart from what putting them in does.
 *
 * bench-inserting DB DIR
 */
#include <gst/gst.h>

#include "archive/archive.h"
#include "measure.h"

typedef struct
{
  Database *database;
  guint n_texts;
  gdouble reading_ms, putting_ms;
} Insertion;

static void
take_in (Insertion *self, const gchar *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *lines = NULL;
  g_autoptr (VideoRecord) video = NULL;
  gdouble begin = measure_process_ms (), read;

  if (!g_file_get_contents (path, &lines, NULL, &error)
      || !(video = video_record_from_lines (lines, &error)))
    g_error ("%s: %s", path, error->message);
  read = measure_process_ms ();
  self->n_texts += video->tracks->len;
  self->reading_ms += read - begin;
  read = measure_process_ms ();
  if (!archive_put (self->database, video, &error))
    g_error ("%s", error->message);
  self->putting_ms += measure_process_ms () - read;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Insertion self = { NULL };
  MeasureRow row = { .group = "archive", .unit = "a CPU second" };
  GDir *dir;
  const gchar *name;
  gdouble begin;

  gst_init (NULL, NULL);
  self.database
      = argc == 3 ? database_open (argv[1], DATABASE_WRITE, &error) : NULL;
  dir = self.database ? g_dir_open (argv[2], 0, &error) : NULL;
  if (!dir)
    g_error ("bench-inserting DB DIR: %s", error ? error->message : "");
  while ((name = g_dir_read_name (dir))) {
    g_autofree gchar *path = g_build_filename (argv[2], name, NULL);

    take_in (&self, path);
  }
  g_dir_close (dir);
  /* The end of it is work, too. */
  begin = measure_process_ms ();
  database_close (self.database);
  self.putting_ms += measure_process_ms () - begin;

  row.name = "texts put into an archive, with their index";
  row.value = 1000.0 * self.n_texts / self.putting_ms;
  row.held = MEASURE_VALUE;
  row.limit = 60000.0;
  row.at_least = TRUE;
  measure_report (&row);
  row.name = "texts read from results of other machines";
  row.value = 1000.0 * self.n_texts / self.reading_ms;
  row.held = MEASURE_UNHELD;
  measure_report (&row);
  return measure_finish ();
}
