/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "local/localprocess.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/log.h"
#include "base/printable.h"

#define GST_CAT_DEFAULT KOCR_LOG_HTTP

#define PROGRAM_VARIABLE "KAKAOOCR_SERVER"
/* The first one behind stderr. */
#define LISTEN_FD 3
/* Half of the way to the least: reading text is not worth a late frame. */
#define NICENESS 10
/* Who asks knows better for how long: a busy machine does not let it run. */
#define READ_SECONDS "86400"
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

static gint
get_fd (GInputStream * stream)
{
  return g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream));
}

/* The key is in the pipe before anybody reads there, so that no end of the
 * process can break the writing. */
static gboolean
open_stdin (const gchar * key, gint fds[2], GError ** error)
{
  struct iovec line[] = {
    {(gpointer) key, strlen (key)}, {(gpointer) "\n", 1}
  };

  if (!g_unix_open_pipe (fds, FD_CLOEXEC, error))
    return FALSE;
  if (writev (fds[1], line, G_N_ELEMENTS (line)) == (gssize) strlen (key) + 1)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "stdin: %s",
      g_strerror (errno));
  close (fds[0]);
  close (fds[1]);
  return FALSE;
}

/* In the child, between fork and exec. */
static void
lower_priority (gpointer unused)
{
  setpriority (PRIO_PROCESS, 0, NICENESS);
}

static GSubprocess *
start_program (const gchar * program, const KocrLocalOrder * order,
    gint stdin_fd, GError ** error)
{
  g_autofree gchar *listen_fd = g_strdup_printf ("%d", LISTEN_FD);
  g_autofree gchar *jobs = g_strdup_printf ("%u", order->n_jobs);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
      | G_SUBPROCESS_FLAGS_STDERR_PIPE);

  g_subprocess_launcher_take_stdin_fd (launcher, stdin_fd);
  g_subprocess_launcher_take_fd (launcher, fcntl (order->listen_fd,
          F_DUPFD_CLOEXEC, 0), LISTEN_FD);
  g_subprocess_launcher_set_child_setup (launcher, lower_priority, NULL, NULL);
  /* One thread a line; the server's jobs are its parallelism. */
  g_subprocess_launcher_setenv (launcher, "OMP_THREAD_LIMIT", "1", TRUE);
  /* The key of another service is none of its business. */
  g_subprocess_launcher_unsetenv (launcher, "KAKAOOCR_API_KEY");
  return g_subprocess_launcher_spawn (launcher, error, program, "--listen-fd",
      listen_fd, "--api-key-file", "-", "--max-regions", "0", "--jobs", jobs,
      "--lang", order->languages, "--read-seconds", READ_SECONDS,
      "--exit-with-stdin", NULL);
}

KocrLocalProcess *
kocr_local_process_spawn (const KocrLocalOrder * order, GError ** error)
{
  g_autofree gchar *program = find_program (error);
  GSubprocess *subprocess;
  KocrLocalProcess *self;
  const gchar *pid;
  gint fds[2];

  if (program == NULL || !open_stdin (order->key, fds, error))
    return NULL;
  subprocess = start_program (program, order, fds[0], error);
  if (subprocess == NULL) {
    close (fds[1]);
    return NULL;
  }
  pid = g_subprocess_get_identifier (subprocess);
  GST_INFO ("local service: process %s started", pid ? pid : "that has ended");

  self = g_new0 (KocrLocalProcess, 1);
  self->subprocess = subprocess;
  self->stdin_fd = fds[1];
  self->started = g_get_monotonic_time ();
  self->pid = pid ? g_ascii_strtoll (pid, NULL, 10) : 0;
  self->output.fd = get_fd (g_subprocess_get_stdout_pipe (subprocess));
  self->output.line = g_string_new (NULL);
  self->errors.fd = get_fd (g_subprocess_get_stderr_pipe (subprocess));
  self->errors.line = g_string_new (NULL);
  return self;
}

void
kocr_local_process_ask_to_end (KocrLocalProcess * self)
{
  if (self->stdin_fd >= 0)
    close (self->stdin_fd);
  self->stdin_fd = -1;
}

void
kocr_local_process_end (KocrLocalProcess * self)
{
  g_subprocess_force_exit (self->subprocess);
  g_subprocess_wait (self->subprocess, NULL, NULL);
  if (kocr_local_process_has_exited (self))
    GST_INFO ("local service: its process ended, with status %d",
        g_subprocess_get_exit_status (self->subprocess));
  else
    GST_INFO ("local service: its process ended, by signal %d",
        g_subprocess_get_term_sig (self->subprocess));
}

gboolean
kocr_local_process_has_exited (const KocrLocalProcess * self)
{
  return g_subprocess_get_if_exited (self->subprocess);
}

void
kocr_local_process_free (KocrLocalProcess * self)
{
  kocr_local_process_ask_to_end (self);
  g_object_unref (self->subprocess);
  g_string_free (self->output.line, TRUE);
  g_string_free (self->errors.line, TRUE);
  g_free (self->url);
  g_free (self->last_words);
  g_free (self);
}

static void
on_error_line (KocrLocalProcess * self, const gchar * line)
{
  g_free (self->last_words);
  self->last_words = kocr_printable (line, LINE_BYTES);
  GST_DEBUG ("local service: says: %s", self->last_words);
}

static void
on_output_line (KocrLocalProcess * self, const gchar * line)
{
  /* Of a Unix socket: the host is only a name. */
  if (self->url == NULL && g_str_has_prefix (line, "http://localhost/"))
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
    GST_DEBUG ("local service: wake: %s", g_strerror (errno));
  /* Its last words first: the end of stdout ends the process. */
  if (fds[1].revents != 0
      && !read_lines (self, self->errors.fd, self->errors.line, on_error_line))
    self->errors.fd = -1;
  return fds[2].revents == 0
      || read_lines (self, self->output.fd, self->output.line, on_output_line);
}
