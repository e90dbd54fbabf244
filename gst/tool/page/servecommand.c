/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr serve DB
 */
#include "commands.h"

#include <glib-unix.h>
#include <string.h>

#include "page/pageserver.h"

#define MIN_TOKEN 16

static gboolean
on_end (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* One line of letters that a cookie and an address can have. */
static gboolean
read_token (const gchar * path, gchar ** token, GError ** error)
{
  g_autofree gchar *text = NULL;

  *token = NULL;
  if (!path)
    return TRUE;
  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  g_strstrip (text);
  if (strlen (text) < MIN_TOKEN
      || strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.~") !=
      strlen (text)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
        "%s: a token is %d and more of A-Z a-z 0-9 - _ . ~", path, MIN_TOKEN);
    return FALSE;
  }
  *token = g_steal_pointer (&text);
  return TRUE;
}

static CommandStatus
serve (const gchar * path, const gchar * address, guint port,
    const gchar * token, GError ** error)
{
  g_autoptr (Database) database = database_open (path, DATABASE_READ, error);
  g_autoptr (PageServer) server = database ? page_server_new (database,
      address, port, token, error) : NULL;
  g_autofree gchar *url = server ? page_server_get_url (server) : NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (!server)
    return COMMAND_NOTHING_DONE;
  g_print ("%s\n", url);
  g_unix_signal_add (SIGINT, on_end, loop);
  g_unix_signal_add (SIGTERM, on_end, loop);
  g_main_loop_run (loop);
  return COMMAND_DONE;
}

static CommandStatus
run_serve (gint argc, gchar ** argv)
{
  g_autofree gchar *address = NULL, *token_file = NULL, *token = NULL;
  gint port = 8080;
  const GOptionEntry entries[] = {
    {"address", 0, 0, G_OPTION_ARG_STRING, &address,
        "where it listens (127.0.0.1)", "ADDRESS"},
    {"port", 0, 0, G_OPTION_ARG_INT, &port, "8080; 0: any that is free", "N"},
    {"token-file", 0, 0, G_OPTION_ARG_FILENAME, &token_file,
        "a file with what a visitor must know; needed beyond this machine",
        "FILE"},
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;
  CommandStatus status = COMMAND_NOTHING_DONE;

  if (!command_parse (&argc, &argv, "DB",
          "Shows an archive as a page: its address is the first line.",
          entries, NULL, 1, 1))
    return COMMAND_USAGE;
  if (port < 0 || port > 65535) {
    g_printerr ("kakaoocr serve: --port is from 0 to 65535\n");
    return COMMAND_USAGE;
  }
  if (read_token (token_file, &token, &error))
    status = serve (argv[1], address ? address : "127.0.0.1", port, token,
        &error);
  if (error)
    g_printerr ("Cannot serve %s: %s\n", argv[1], error->message);
  return status;
}

const Command serve_command = {
  "serve", "shows an archive as a page", run_serve
};
