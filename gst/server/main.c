/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr-server: the General OCR API on your own machine.
 * docs/kakaoocr-server.md is its manual.
 */
#include <errno.h>
#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "bounds.h"
#include "service.h"
#include "settings.h"

/* A picture that is being read when the service ends is not waited for. */
#define END_SECONDS 1

typedef struct
{
  GMainLoop *loop;
  Service *service;
  gboolean is_draining;
} Server;

static gboolean
on_drained (gpointer data)
{
  Server *server = data;

  g_main_loop_quit (server->loop);
  return G_SOURCE_REMOVE;
}

/* The first lets requests end that have come; another does not wait. */
static gboolean
on_signal (gpointer data)
{
  Server *server = data;

  if (server->is_draining) {
    g_main_loop_quit (server->loop);
    return G_SOURCE_CONTINUE;
  }
  server->is_draining = TRUE;
  g_timeout_add_seconds (LIMIT_DRAIN_SECONDS, on_drained, server);
  service_drain (server->service, on_drained, server);
  return G_SOURCE_CONTINUE;
}

/* What is on stdin does not matter, only that it ends. */
static gboolean
on_stdin (gint fd, GIOCondition condition, gpointer data)
{
  Server *server = data;
  gchar ignored[256];
  gssize n = read (fd, ignored, sizeof ignored);

  if (n > 0 || (n < 0 && errno == EINTR))
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (server->loop);
  return G_SOURCE_REMOVE;
}

static void
on_alarm (int number)
{
  _exit (EXIT_SUCCESS);
}

static void
watch_for_end (const Settings * settings, Server * server)
{
  /* A terminal that is closed is not the end of a service. */
  signal (SIGHUP, SIG_IGN);
  g_unix_signal_add (SIGTERM, on_signal, server);
  if (settings->exit_with_stdin) {
    /* Ctrl-C in a terminal reaches the whole group. Who holds our stdin may
     * have pictures left to read, and ends us by closing it. */
    signal (SIGINT, SIG_IGN);
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_stdin,
        server);
  } else {
    g_unix_signal_add (SIGINT, on_signal, server);
  }
}

static gboolean
announce (Service * service, GError ** error)
{
  gchar *line = g_strdup_printf ("%s\n", service_get_url (service));
  gsize length = strlen (line);
  gboolean written = write (STDOUT_FILENO, line, length) == (gssize) length;

  g_free (line);
  if (!written)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
        "cannot write to stdout: %s", g_strerror (errno));
  return written;
}

static gboolean
run (gint argc, gchar ** argv, GError ** error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (Settings) settings = settings_parse (argc, argv, error);
  g_autoptr (Service) service = NULL;
  Server server = { loop, NULL, FALSE };

  if (settings == NULL)
    return FALSE;
  watch_for_end (settings, &server);
  service = server.service = service_new (settings, error);
  if (service == NULL || !announce (service, error))
    return FALSE;
  g_main_loop_run (loop);

  signal (SIGALRM, on_alarm);
  alarm (END_SECONDS);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  /* For arguments and messages; numbers stay as they are in C. */
  setlocale (LC_CTYPE, "");
  signal (SIGPIPE, SIG_IGN);
  if (run (argc, argv, &error))
    return EXIT_SUCCESS;
  g_printerr ("kakaoocr-server: %s\n", error->message);
  return EXIT_FAILURE;
}
