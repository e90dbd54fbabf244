/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * An engine that is a program of its own (`--engine exec:COMMAND`): it reads
 * the path of a picture, a line each, on stdin, and writes the answer as the
 * API has it on stdout, a line each. It is started for the first picture, and
 * again for the next one when it has ended or was killed for its silence.
 *
 * What it writes is read as anything from outside: only its words and their
 * boxes go on.
 */
#pragma once

#include "reading/recognizer.h"

/* Whether @command is one, quoted as in a shell. */
gboolean exec_engine_check (const gchar * command, GError ** error);

Recognizer *exec_engine_new (const gchar * command, GError ** error);
