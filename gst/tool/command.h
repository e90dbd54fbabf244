/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A command of the program `kakaoocr`: what it is called, what it does in a
 * line, and what runs it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

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

G_END_DECLS
