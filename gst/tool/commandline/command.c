/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "commandline/command.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "commandline/terminaltext.h"

static gboolean
complain (GOptionContext * context, const gchar * command,
    const gchar * what)
{
  g_autofree gchar *help = g_option_context_get_help (context, TRUE, NULL);
  const gchar *end = strchr (help, '\n');
  /* The first two lines are the usage. */
  const gchar *usage_end = end ? strchr (end + 1, '\n') : NULL;

  g_printerr ("kakaoocr %s: %s\n\n%.*s\n\nkakaoocr %s --help tells more.\n",
      command, what, usage_end ? (gint) (usage_end - help) : -1, help,
      command);
  return FALSE;
}

gboolean
command_parse (gint * argc, gchar *** argv, const gchar * arguments,
    const gchar * description, const GOptionEntry * entries,
    GOptionGroup * group, gint min_words, gint max_words)
{
  const gchar *command = (*argv)[0];
  g_autofree gchar *program = g_strdup_printf ("kakaoocr %s", command);
  g_autoptr (GOptionContext) context = g_option_context_new (arguments);
  g_autoptr (GError) error = NULL;

  /* The usage line names the program so. */
  g_set_prgname (program);
  g_option_context_set_summary (context, description);
  g_option_context_add_main_entries (context, entries, NULL);
  if (group)
    g_option_context_add_group (context, group);
  if (!g_option_context_parse (context, argc, argv, &error))
    return complain (context, command, error->message);
  /* What ends the options stays where it was. */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--")) {
    for (gint i = 1; i < *argc; i++)
      (*argv)[i] = (*argv)[i + 1];
    (*argc)--;
  }
  if (*argc - 1 < min_words)
    return complain (context, command, "something is missing");
  if (max_words >= 0 && *argc - 1 > max_words)
    return complain (context, command, "that is too much");
  return TRUE;
}

CommandStatus
command_get_status (guint n_done, guint n_failed)
{
  if (n_failed == 0)
    return COMMAND_DONE;
  return n_done > 0 ? COMMAND_SOME_FAILED : COMMAND_NOTHING_DONE;
}

void
command_tell_problem (const gchar * path, const gchar * what)
{
  g_autofree gchar *name = printable_file_name (path);

  g_printerr ("%s: %s\n", name, what);
}

void
command_print_json (const KocrJsonWriter * writer)
{
  g_print ("%s\n", writer->text->str);
}

gboolean
command_make_folder (const gchar * path, GError ** error)
{
  gint reason;

  if (g_mkdir_with_parents (path, 0777) == 0)
    return TRUE;
  reason = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason),
      "the folder %s cannot be made: %s", path, g_strerror (reason));
  return FALSE;
}
