/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr index DB FILE|DIR|-…
 *
 * Reads what is new or changed into an archive.  A video is put in when it was
 * read to its end, in one transaction: whatever ends the program loses at most
 * the videos in hand.
 */
#include "commands.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <unistd.h>

#include "archive/jsonmembers.h"
#include "commandline/terminaltext.h"
#include "index/filelist.h"
#include "index/store.h"
#include "index/videoreader.h"

#define MAX_JOBS 64

typedef struct
{
  /* What was asked for. */
  gint n_jobs;
  gboolean keyframes, prune, json, no_crops;
  gchar *results;
  OcrOptions options;
  VideoReaderSettings settings;

  /* While it runs. */
  Store *store;
  GPtrArray *paths;
  GCancellable *cancellable;
  GMainLoop *loop;

  GMutex lock;
  /* lock */
  guint next;                   /* of paths */
  guint n_running;
  guint n_read, n_known, n_failed;
  gboolean no_service;
} Job;

/* Telling. */

static const ReadingCost no_cost;

static void
tell_machine (const gchar *path, const gchar *what, const gchar *error,
    guint n_texts, const ReadingCost *cost)
{
  g_auto (KocrJsonWriter) json = KOCR_JSON_WRITER_INIT;
  g_autofree gchar *name = g_filename_display_name (path);

  kocr_json_open (&json, NULL, '{');
  json_add_string (&json, "video", name);
  json_add_string (&json, "state", what);
  json_add_int (&json, "texts", n_texts);
  json_add_int (&json, "samples", cost->samples);
  json_add_int (&json, "requests", cost->requests);
  json_add_int (&json, "bytes", cost->bytes);
  json_add_string (&json, "error", error);
  kocr_json_close (&json, '}');
  command_print_json (&json);
}

static void
tell_failure (Job *self, const gchar *path, const gchar *state,
    const gchar *error, const ReadingCost *cost)
{
  command_tell_problem (path, error);
  if (self->json)
    tell_machine (path, state, error, 0, cost);
}

static void
tell_read (
    Job *self, const VideoRecord *video, const ReadingCost *cost, gint64 begin)
{
  g_autofree gchar *name = printable_file_name (video->path);
  gdouble seconds = (g_get_monotonic_time () - begin) / 1e6;

  if (self->json)
    tell_machine (video->path, video_state_get_name (video->state), NULL,
        video->tracks->len, cost);
  else if (GST_CLOCK_TIME_IS_VALID (video->duration) && seconds > 0.0)
    g_print ("%s: %u texts, %.1f s read in %.1f s (%.1f x real time)\n", name,
        video->tracks->len, video->duration / 1e9, seconds,
        video->duration / 1e9 / seconds);
  else
    g_print ("%s: %u texts, read in %.1f s\n", name, video->tracks->len,
        seconds);
}

static void
on_bad_word (const gchar * name, const gchar * what, gpointer user_data)
{
  Job *self = user_data;

  self->n_failed++;
  tell_failure (self, name, "failed", what, &no_cost);
}

/* Working. */

static void
count (Job * self, guint * counter)
{
  g_mutex_lock (&self->lock);
  (*counter)++;
  g_mutex_unlock (&self->lock);
}

static void
fail (Job *self, const VideoRecord *video, const ReadingCost *cost,
    const gchar *error)
{
  count (self, &self->n_failed);
  tell_failure (
      self, video->path, video_state_get_name (video->state), error, cost);
}

static void
give_up (Job * self)
{
  g_mutex_lock (&self->lock);
  self->no_service = TRUE;
  g_mutex_unlock (&self->lock);
  g_cancellable_cancel (self->cancellable);
}

static void
read_video (Job * self, VideoRecord * video)
{
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  ReadingCost cost = no_cost;
  ReadingResult result
      = video_reader_read (&self->settings, video, &cost, self->cancellable);

  if (result == READING_STOPPED)
    return;
  if (result == READING_NO_SERVICE) {
    fail (self, video, &cost, video->error);
    give_up (self);
    return;
  }
  if (!store_put (self->store, video, &error)) {
    video->state = VIDEO_FAILED;
    fail (self, video, &cost, error->message);
  } else if (video->error) {
    fail (self, video, &cost, video->error);
  } else {
    count (self, &self->n_read);
    tell_read (self, video, &cost, begin);
  }
}

static void
take_video (Job * self, const gchar * path)
{
  g_autoptr (VideoRecord) video = video_record_new (path);
  g_autoptr (GError) error = NULL;
  StoreAnswer answer = store_ask (self->store, video, &error);

  if (error) {
    video->state = VIDEO_FAILED;
    fail (self, video, &no_cost, error->message);
    return;
  }
  switch (answer) {
    case STORE_NEW:
      read_video (self, video);
      break;
    case STORE_KNOWN:
      count (self, &self->n_known);
      break;
    case STORE_KNOWN_BROKEN:
      video->state = VIDEO_BROKEN;
      fail (self, video, &no_cost, video->error);
      break;
  }
}

static const gchar *
next_path (Job * self)
{
  const gchar *path = NULL;

  g_mutex_lock (&self->lock);
  if (!g_cancellable_is_cancelled (self->cancellable)
      && self->next < self->paths->len)
    path = g_ptr_array_index (self->paths, self->next++);
  g_mutex_unlock (&self->lock);
  return path;
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static gpointer
work (gpointer data)
{
  Job *self = data;
  const gchar *path;
  gboolean last;

  while ((path = next_path (self)))
    take_video (self, path);
  g_mutex_lock (&self->lock);
  last = --self->n_running == 0;
  g_mutex_unlock (&self->lock);
  /* Through the loop: it may not run yet. */
  if (last)
    g_idle_add (quit, self->loop);
  return NULL;
}

static gboolean
on_interrupt (gpointer data)
{
  Job *self = data;

  if (g_cancellable_is_cancelled (self->cancellable))
    _exit (COMMAND_SOME_FAILED);
  g_printerr ("Ending; what was read is kept, videos in hand are not.\n");
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_CONTINUE;
}

static void
run_jobs (Job * self)
{
  guint n = MIN ((guint) self->n_jobs, MAX (self->paths->len, 1));
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  guint interrupt = g_unix_signal_add (SIGINT, on_interrupt, self);
  guint terminate = g_unix_signal_add (SIGTERM, on_interrupt, self);

  self->n_running = n;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (threads, g_thread_new ("index", work, self));
  g_main_loop_run (self->loop);
  for (guint i = 0; i < n; i++)
    g_thread_join (g_ptr_array_index (threads, i));
  g_source_remove (interrupt);
  g_source_remove (terminate);
}

static CommandStatus
finish (Job * self)
{
  g_autoptr (GError) error = NULL;
  guint n_removed = 0;

  if (self->prune && !g_cancellable_is_cancelled (self->cancellable)
      && !store_prune (self->store, &n_removed, &error)) {
    g_printerr ("Cannot prune: %s\n", error->message);
    self->n_failed++;
  }
  if (!self->json) {
    g_print ("%u read, %u known already, %u failed", self->n_read,
        self->n_known, self->n_failed);
    if (self->prune)
      g_print (", %u removed", n_removed);
    g_print ("\n");
  }
  if (self->no_service)
    g_printerr ("The service cannot be used: no further video was tried.\n");
  /* What was not come to counts as well. */
  return command_get_status (self->n_read + self->n_known, self->n_failed
      + g_cancellable_is_cancelled (self->cancellable));
}

static void
job_clear (Job * self)
{
  g_clear_pointer (&self->store, store_free);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_object (&self->cancellable);
  ocr_options_clear (&self->options);
  g_free (self->results);
  g_mutex_clear (&self->lock);
}

/* *INDENT-OFF* */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)
/* *INDENT-ON* */

static gboolean
check (Job * self)
{
  g_autoptr (GError) error = NULL;

  self->settings = (VideoReaderSettings) {
    &self->options, self->keyframes, !self->no_crops
  };
  if (self->n_jobs < 1 || self->n_jobs > MAX_JOBS) {
    g_printerr ("kakaoocr index: --jobs is from 1 to %d\n", MAX_JOBS);
    return FALSE;
  }
  if (self->results && self->prune) {
    g_printerr ("kakaoocr index: --prune is for an archive, not for a folder "
        "of results\n");
    return FALSE;
  }
  if (!video_reader_check (&self->settings, &error)) {
    g_printerr ("kakaoocr index: %s\n", error->message);
    return FALSE;
  }
  return TRUE;
}

static CommandStatus
run_index (gint argc, gchar ** argv)
{
  g_auto (Job) self = {.n_jobs = 1 };
  const GOptionEntry entries[] = {
    {"jobs", 'j', 0, G_OPTION_ARG_INT, &self.n_jobs,
        "videos that are read at once (1)", "N"},
    {"keyframes", 0, 0, G_OPTION_ARG_NONE, &self.keyframes,
        "decode key frames alone: a fast first pass", NULL},
    {"results", 0, 0, G_OPTION_ARG_FILENAME, &self.results,
        "instead of DB: a file of lines a video, for kakaoocr merge", "DIR"},
    {"prune", 0, 0, G_OPTION_ARG_NONE, &self.prune,
        "take out videos whose file is gone", NULL},
    {"no-crops", 0, 0, G_OPTION_ARG_NONE, &self.no_crops,
        "keep no pictures of the texts", NULL},
    {"json", 0, 0, G_OPTION_ARG_NONE, &self.json,
        "print an object of JSON a video", NULL},
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;
  const gchar *place;

  g_mutex_init (&self.lock);
  if (!command_parse (&argc, &argv, "DB FILE|DIR|-…",
          "Reads the text of videos that are new or changed into an archive, "
          "which kakaoocr search\nand serve show. Whatever ends it, it goes "
          "on where it was. With --results there is no DB.", entries,
          ocr_options_new_group (&self.options), 1, -1))
    return COMMAND_USAGE;
  if (!check (&self))
    return COMMAND_USAGE;
  place = self.results ? self.results : argv[1];
  if (!self.results && argc < 3) {
    g_printerr ("kakaoocr index: something is missing: DB and what to read\n");
    return COMMAND_USAGE;
  }
  self.store = self.results ? store_new_folder (place, &error) :
      store_new_archive (place, &error);
  if (!self.store) {
    g_printerr ("Cannot use %s: %s\n", place, error->message);
    return COMMAND_NOTHING_DONE;
  }
  self.paths = file_list_expand (argv + (self.results ? 1 : 2), on_bad_word,
      &self);
  self.cancellable = g_cancellable_new ();
  self.loop = g_main_loop_new (NULL, FALSE);
  run_jobs (&self);
  return finish (&self);
}

const Command index_command = {
  "index", "reads new and changed videos into an archive", run_index
};
