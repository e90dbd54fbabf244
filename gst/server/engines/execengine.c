/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engines/execengine.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "bounds.h"
#include "engines/picturefolder.h"
#include "engines/wordsparser.h"

typedef struct
{
  Recognizer parent;
  GStrv command;
  PictureFolder *folder;
  GSubprocess *process;         /* NULL: it does not run */
  GDataInputStream *output;     /* of the process */
} ExecEngine;

gboolean
exec_engine_check (const gchar * command, GError ** error)
{
  g_auto (GStrv) words = NULL;

  return g_shell_parse_argv (command, NULL, &words, error);
}

/* In the new process: what it starts is killed with it, it ends however the
 * service ends, and what the service ignores it need not. */
static void
lead_group (gpointer data)
{
  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  signal (SIGPIPE, SIG_DFL);
  signal (SIGHUP, SIG_DFL);
  signal (SIGINT, SIG_DFL);
}

static void
end_process (ExecEngine * self)
{
  const gchar *pid;

  if (self->process == NULL)
    return;
  pid = g_subprocess_get_identifier (self->process);
  if (pid != NULL)
    kill (-atoi (pid), SIGKILL);
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->output);
  g_clear_object (&self->process);
}

static gboolean
start_process (ExecEngine * self, GError ** error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE
      | G_SUBPROCESS_FLAGS_STDOUT_PIPE);

  g_subprocess_launcher_set_child_setup (launcher, lead_group, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher,
      (const gchar * const *) self->command, error);
  if (self->process == NULL)
    return FALSE;
  self->output =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  return TRUE;
}

/* (transfer full) its next line; NULL with @error: it ended, wrote too much,
 * or was silent until @cancellable. */
static gchar *
read_line (ExecEngine * self, GCancellable * cancellable, GError ** error)
{
  GBufferedInputStream *buffered = G_BUFFERED_INPUT_STREAM (self->output);
  gsize seen = 0;

  for (;;) {
    gsize size;
    const gchar *bytes = g_buffered_input_stream_peek_buffer (buffered, &size);
    const gchar *end = memchr (bytes + seen, '\n', size - seen);
    gssize n;

    if (end != NULL) {
      gchar *line = g_strndup (bytes, end - bytes);

      g_input_stream_skip (G_INPUT_STREAM (buffered), end + 1 - bytes, NULL,
          NULL);
      return line;
    }
    seen = size;
    if (size == g_buffered_input_stream_get_buffer_size (buffered)) {
      if (size >= LIMIT_EXEC_LINE_BYTES) {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
            "its answer has no end");
        return NULL;
      }
      g_buffered_input_stream_set_buffer_size (buffered, 2 * size);
    }
    n = g_buffered_input_stream_fill (buffered, -1, cancellable, error);
    if (n == 0)
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE,
          "it ended without an answer");
    if (n <= 0)
      return NULL;
  }
}

static gchar *
ask (ExecEngine * self, const gchar * path, GCancellable * cancellable,
    GError ** error)
{
  g_autofree gchar *question = g_strconcat (path, "\n", NULL);

  if (self->process == NULL && !start_process (self, error))
    return NULL;
  if (!g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process),
          question, strlen (question), NULL, cancellable, error))
    return NULL;
  return read_line (self, cancellable, error);
}

/* An engine that had ended by itself before is started once more. */
static GPtrArray *
read_path (ExecEngine * self, const gchar * path, GCancellable * cancellable,
    GError ** error)
{
  gboolean was_running = self->process != NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree gchar *line = ask (self, path, cancellable, &reason);
  GPtrArray *words = NULL;

  if (line == NULL && was_running
      && g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE)) {
    end_process (self);
    g_clear_error (&reason);
    line = ask (self, path, cancellable, &reason);
  }
  if (line != NULL)
    words = words_parse (line, &reason);
  if (words == NULL) {
    /* What it writes from here on answers nothing. */
    end_process (self);
    g_propagate_prefixed_error (error, g_steal_pointer (&reason),
        "%s: ", self->command[0]);
  }
  return words;
}

static GPtrArray *
read_bytes (ExecEngine * self, GBytes * file, const gchar * suffix,
    GCancellable * cancellable, GError ** error)
{
  g_autofree gchar *path = g_strconcat (picture_folder_get_path (self->folder),
      "/picture", suffix, NULL);
  GPtrArray *words = NULL;

  if (g_file_set_contents_full (path, g_bytes_get_data (file, NULL),
          g_bytes_get_size (file), G_FILE_SET_CONTENTS_NONE, 0600, error))
    words = read_path (self, path, cancellable, error);
  g_unlink (path);
  return words;
}

static GPtrArray *
exec_engine_read_file (Recognizer * recognizer, GBytes * file,
    GCancellable * cancellable, GError ** error)
{
  const guint8 *bytes = g_bytes_get_data (file, NULL);

  return read_bytes ((ExecEngine *) recognizer, file,
      *bytes == 0xff ? ".jpg" : ".png", cancellable, error);
}

static GPtrArray *
exec_engine_read (Recognizer * recognizer, const GrayPicture * picture,
    guint max_words, GCancellable * cancellable, GError ** error)
{
  g_autofree gchar *head = g_strdup_printf ("P5\n%d %d\n255\n", picture->width,
      picture->height);
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (GBytes) file = NULL;
  gint y;

  g_byte_array_append (bytes, (const guint8 *) head, strlen (head));
  for (y = 0; y < picture->height; y++)
    g_byte_array_append (bytes, picture->pixels + y * picture->stride,
        picture->width);
  file = g_byte_array_free_to_bytes (bytes);
  return read_bytes ((ExecEngine *) recognizer, file, ".pgm", cancellable,
      error);
}

static void
exec_engine_free (Recognizer * recognizer)
{
  ExecEngine *self = (ExecEngine *) recognizer;

  end_process (self);
  picture_folder_free (self->folder);
  g_strfreev (self->command);
  g_free (self);
}

static const RecognizerClass exec_engine_class = {
  .read = exec_engine_read,
  .read_file = exec_engine_read_file,
  .free = exec_engine_free,
};

Recognizer *
exec_engine_new (const gchar * command, GError ** error)
{
  PictureFolder *folder = picture_folder_new (error);
  ExecEngine *self;

  if (folder == NULL)
    return NULL;
  self = g_new0 (ExecEngine, 1);
  self->parent.klass = &exec_engine_class;
  self->folder = folder;
  if (!g_shell_parse_argv (command, NULL, &self->command, error)
      || !start_process (self, error)) {
    exec_engine_free (&self->parent);
    return NULL;
  }
  return &self->parent;
}
