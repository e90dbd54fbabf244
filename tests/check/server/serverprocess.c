/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "serverprocess.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static GStrv
build_command (const gchar * arguments, const gchar * file)
{
  const gchar *server = g_getenv ("KAKAOOCR_SERVER");
  g_auto (GStrv) words = g_strsplit (arguments, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint i;

  g_assert_nonnull (server);
  g_strv_builder_add (builder, server);
  for (i = 0; words[i] != NULL; i++) {
    g_auto (GStrv) halves = g_strsplit (words[i], "%s", 2);

    if (*words[i] == '\0')
      continue;
    if (halves[1] != NULL) {
      g_autofree gchar *word = g_strconcat (halves[0], file, halves[1], NULL);

      g_strv_builder_add (builder, word);
    } else {
      g_strv_builder_add (builder, words[i]);
    }
  }
  return g_strv_builder_end (builder);
}

static gchar *
read_line (GInputStream * stream)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gchar c;

  while (g_input_stream_read (stream, &c, 1, NULL, NULL) == 1 && c != '\n')
    g_string_append_c (line, c);
  return g_strdup (line->str);
}

/* A test that aborts leaves no server behind. */
static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

ServerProcess *
server_process_start_as (const ServerStart * start)
{
  g_auto (GStrv) command = build_command (start->arguments, start->file);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE
      | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;
  ServerProcess *self = g_new0 (ServerProcess, 1);

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  if (start->key != NULL)
    g_subprocess_launcher_setenv (launcher, "KAKAOOCR_SERVER_KEY", start->key,
        TRUE);
  if (start->socket != NULL)
    g_subprocess_launcher_take_fd (launcher,
        dup (g_socket_get_fd (start->socket)), 3);
  self->process = g_subprocess_launcher_spawnv (launcher,
      (const gchar * const *) command, &error);
  g_assert_no_error (error);
  if (start->input != NULL)
    g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process),
        start->input, strlen (start->input), NULL, NULL, NULL);
  self->pid = atoi (g_subprocess_get_identifier (self->process));
  self->url = read_line (g_subprocess_get_stdout_pipe (self->process));
  g_assert_cmpstr (self->url, !=, "");
  self->port = atoi (strrchr (self->url, ':') + 1);
  return self;
}

ServerProcess *
server_process_start (const gchar * arguments, const gchar * file,
    const gchar * key)
{
  const ServerStart start = { arguments, file, key, NULL, NULL };

  return server_process_start_as (&start);
}

gint
server_process_end (ServerProcess * self, gint signal)
{
  GInputStream *output = g_subprocess_get_stdout_pipe (self->process);
  gchar more;
  gint status;

  if (signal != 0)
    g_subprocess_send_signal (self->process, signal);
  else
    g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL,
        NULL);
  /* Nothing but the URL comes on stdout; its end is the process's. */
  g_assert_cmpint (g_input_stream_read (output, &more, 1, NULL, NULL), ==, 0);
  g_subprocess_wait (self->process, NULL, NULL);
  status = g_subprocess_get_if_exited (self->process)
      ? g_subprocess_get_exit_status (self->process) : -1;
  g_object_unref (self->process);
  g_free (self->url);
  g_free (self);
  return status;
}

void
server_process_free (ServerProcess * self)
{
  g_assert_cmpint (server_process_end (self, SIGTERM), ==, 0);
}

gint
server_process_run (const gchar * arguments, gchar ** output, gchar ** errors)
{
  g_auto (GStrv) command = build_command (arguments, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_newv ((const gchar * const *) command,
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, output, errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

guint
server_process_count_descriptors (ServerProcess * self)
{
  g_autofree gchar *path = g_strdup_printf ("/proc/%d/fd", self->pid);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}
