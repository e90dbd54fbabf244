/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr COMMAND …: from videos to their text.
 */
#include <gst/gst.h>
#include <locale.h>

#include "commands.h"

static const Command *const commands[] = {
  &read_command,
  &index_command,
  &merge_command,
  &estimate_command,
  &search_command,
  &serve_command,
  &export_command,
};

static void
print_usage (void (*print) (const gchar * format, ...))
{
  print ("Usage: kakaoocr COMMAND [OPTION…] …\n\n"
      "Makes the text in videos readable by programs.\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    print ("  %-10s %s\n", commands[i]->name, commands[i]->summary);
  print ("\nkakaoocr COMMAND --help tells of each.\n\n"
      "Exit status: 0 all is well, 1 it was called wrongly, 2 some inputs "
      "failed,\n3 nothing was done.\n");
}

static const Command *
find_command (const gchar * name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i]->name, name))
      return commands[i];
  return NULL;
}

int
main (int argc, char **argv)
{
  const gchar *name = argc > 1 ? argv[1] : "";
  const Command *command = find_command (name);

  /* Texts are printed in the user's character set. */
  setlocale (LC_ALL, "");
  if (g_str_equal (name, "--help") || g_str_equal (name, "-h")
      || g_str_equal (name, "help")) {
    print_usage (g_print);
    return COMMAND_DONE;
  }
  if (g_str_equal (name, "--version")) {
    g_print ("kakaoocr %s\n", PACKAGE_VERSION);
    return COMMAND_DONE;
  }
  if (!command) {
    if (*name)
      g_printerr ("kakaoocr: there is no command “%s”\n\n", name);
    print_usage (g_printerr);
    return COMMAND_USAGE;
  }
  gst_init (NULL, NULL);
  return command->run (argc - 1, argv + 1);
}
