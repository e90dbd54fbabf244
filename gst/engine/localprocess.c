/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "localprocess.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <poll.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define PROGRAM_VARIABLE "KAKAOOCR_SERVER"
#define KEY_VARIABLE "KAKAOOCR_SERVER_KEY"
#define KEY_BYTES 16
/* Of its lines no more is kept. */
#define LINE_BYTES 1024

static gchar *
find_program (GError ** error)
{
  const gchar *named = g_getenv (PROGRAM_VARIABLE);
  gboolean is_named = named != NULL && *named != '\0';
  g_autofree gchar *path = is_named ? g_canonicalize_filename (named, NULL)
      : g_strdup (KOCR_SERVER_PATH);

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR)
      && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&path);
  g_set_error (error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE,
      "There is no program %s%s to recognise text on this machine: install "
      "kakaoocr-server, or set " PROGRAM_VARIABLE
      " to where it is, or set " "endpoint to the URL of a service",
      path, is_named ? " (from " PROGRAM_VARIABLE ")" : "");
  return NULL;
}

static gchar *
make_key (void)
{
  guint8 bytes[KEY_BYTES];
  GString *key = g_string_new (NULL);
  guint i;

  while (getrandom (bytes, sizeof bytes, 0) != KEY_BYTES);
  for (i = 0; i < sizeof bytes; i++)
    g_string_append_printf (key, "%02x", bytes[i]);
  return g_string_free (key, FALSE);
}

static gint
get_fd (GInputStream * stream)
{
  return g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream));
}

KocrLocalProcess *
kocr_local_process_spawn (GError ** error)
{
  g_autofree gchar *program = find_program (error);
  g_autofree gchar *key = make_key ();
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  GSubprocess *subprocess;
  KocrLocalProcess *self;

  if (program == NULL)
    return NULL;
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE
      | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_setenv (launcher, KEY_VARIABLE, key, TRUE);
  /* One thread a line; the server's jobs are its parallelism. */
  g_subprocess_launcher_setenv (launcher, "OMP_THREAD_LIMIT", "1", TRUE);
  /* The key of another service is none of its business. */
  g_subprocess_launcher_unsetenv (launcher, "KAKAOOCR_API_KEY");
  subprocess = g_subprocess_launcher_spawn (launcher, error, program,
      "--exit-with-stdin", NULL);
  if (subprocess == NULL)
    return NULL;
  g_debug ("local service: started %s as process %s", program,
      g_subprocess_get_identifier (subprocess));

  self = g_new0 (KocrLocalProcess, 1);
  self->subprocess = subprocess;
  self->key = g_steal_pointer (&key);
  self->started = g_get_monotonic_time ();
  self->output.fd = get_fd (g_subprocess_get_stdout_pipe (subprocess));
  self->output.line = g_string_new (NULL);
  self->errors.fd = get_fd (g_subprocess_get_stderr_pipe (subprocess));
  self->errors.line = g_string_new (NULL);
  return self;
}

void
kocr_local_process_ask_to_end (KocrLocalProcess * self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->subprocess), NULL,
      NULL);
}

void
kocr_local_process_end (KocrLocalProcess * self)
{
  g_subprocess_force_exit (self->subprocess);
  g_subprocess_wait (self->subprocess, NULL, NULL);
  g_debug ("local service: process ended, status 0x%x",
      g_subprocess_get_status (self->subprocess));
}

gboolean
kocr_local_process_has_exited (const KocrLocalProcess * self)
{
  return g_subprocess_get_if_exited (self->subprocess);
}

void
kocr_local_process_free (KocrLocalProcess * self)
{
  g_object_unref (self->subprocess);
  g_string_free (self->output.line, TRUE);
  g_string_free (self->errors.line, TRUE);
  g_free (self->key);
  g_free (self->url);
  g_free (self->last_words);
  g_free (self);
}

static void
on_error_line (KocrLocalProcess * self, const gchar * line)
{
  g_free (self->last_words);
  self->last_words = g_utf8_make_valid (line, -1);
  g_debug ("local service: %s", self->last_words);
}

static void
on_output_line (KocrLocalProcess * self, const gchar * line)
{
  /* Its key goes there in the clear. */
  if (self->url == NULL && g_str_has_prefix (line, "http://127.0.0.1:"))
    self->url = g_strdup (line);
}

/* Reads what there is and hands on the lines that it ends. FALSE: it ended. */
static gboolean
read_lines (KocrLocalProcess * self, gint fd, GString * line,
    void (*on_line) (KocrLocalProcess *, const gchar *))
{
  gchar bytes[LINE_BYTES];
  gssize i, n;

  do
    n = read (fd, bytes, sizeof bytes);
  while (n < 0 && errno == EINTR);
  for (i = 0; i < n; i++) {
    if (bytes[i] == '\n') {
      on_line (self, line->str);
      g_string_truncate (line, 0);
    } else if (line->len < LINE_BYTES) {
      g_string_append_c (line, bytes[i]);
    }
  }
  return n > 0;
}

gboolean
kocr_local_process_wait (KocrLocalProcess * self, gint wake_fd, gint64 deadline)
{
  struct pollfd fds[] = {
    {wake_fd, POLLIN, 0},
    {self ? self->errors.fd : -1, POLLIN, 0},
    {self ? self->output.fd : -1, POLLIN, 0},
  };
  gint64 left = MAX (deadline - g_get_monotonic_time (), 0);
  guint64 ignored;
  gint n;

  n = poll (fds, G_N_ELEMENTS (fds), deadline == G_MAXINT64 ? -1
      : (gint) MIN ((left + 999) / 1000, G_MAXINT));
  if (n <= 0)
    return TRUE;
  if (fds[0].revents != 0 && read (wake_fd, &ignored, sizeof ignored) < 0)
    g_debug ("local service: wake: %s", g_strerror (errno));
  /* Its last words first: the end of stdout ends the process. */
  if (fds[1].revents != 0
      && !read_lines (self, self->errors.fd, self->errors.line, on_error_line))
    self->errors.fd = -1;
  return fds[2].revents == 0
      || read_lines (self, self->output.fd, self->output.line, on_output_line);
}
