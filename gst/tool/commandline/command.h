/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A command of the program `kakaoocr`: what it is called, what it does in a
 * line, and what runs it.
 */
#pragma once

#include "json/writer.h"

/* Exit statuses of the program. */
typedef enum
{
  COMMAND_DONE = 0,
  COMMAND_USAGE = 1,            /* it was called wrongly: nothing was begun */
  COMMAND_SOME_FAILED = 2,      /* each was named on stderr, the others done */
  COMMAND_NOTHING_DONE = 3
} CommandStatus;

typedef struct
{
  const gchar *name;
  const gchar *summary;
  /* @argv[0] is the command's name. */
  CommandStatus (*run) (gint argc, gchar ** argv);
} Command;

/* Parses @argv: options of @entries and of @group (transfer full) (nullable),
 * and words from @min_words to @max_words of them, which stay behind argv[0].
 * @arguments: the words as the usage line has them.  FALSE: it was called
 * wrongly, which was told; --help prints and ends the program. */
gboolean command_parse (gint * argc, gchar *** argv, const gchar * arguments,
    const gchar * description, const GOptionEntry * entries,
    GOptionGroup * group, gint min_words, gint max_words);

/* How it ends, when so many inputs were done and so many failed. */
CommandStatus command_get_status (guint n_done, guint n_failed);
/* On stderr, with the name of the input. */
void command_tell_problem (const gchar * path, const gchar * what);
/* What was written, as a line on stdout. */
void command_print_json (const KocrJsonWriter * writer);
/* With its parents, where it is missing; FALSE with an error. */
gboolean command_make_folder (const gchar * path, GError ** error);
