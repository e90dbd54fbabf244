/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The element's own service, with small scripts in the place of the server, in
 * a directory of the test's own.
 */
#pragma once

#include "local/localservice.h"

/* For a script: it says its pid to a file, and what it was given, and how it
 * came to life; says its URL and lives until stdin ends, as far as the launcher
 * can see as a server does. */
#define LOCAL_NOTE_PID "echo $$ >> pids\n"
#define LOCAL_NOTE_ORDER                                                       \
  "read key; echo \"$key\" > key; echo \"$*\" > arguments; env > "             \
  "environment\n"                                                              \
  "cut -d' ' -f19 /proc/self/stat > nice; readlink /proc/$$/fd/3 > "           \
  "listening\n"
#define LOCAL_LISTEN "echo http://localhost/ai/OCR/local; exec cat\n"

typedef struct
{
  gchar *directory;
  KocrLocalService *service;    /* nullable: released in the end */
} LocalFixture;

typedef struct
{
  const gchar *name;
  void (*test) (LocalFixture *, gconstpointer);
} LocalTest;

/* Runs @tests, each with a fixture. Their data is the $KAKAOOCR_SERVER of the
 * environment, which local_use_script() replaces. At the end of each no process
 * may be left. */
int local_run (int argc, char **argv, const LocalTest * tests, guint n);

/* The server is a shell script with this body. */
void local_use_script (LocalFixture * f, const gchar * body);
/* (transfer full) (nullable): what a script wrote to the file @name. */
gchar *local_read_note (LocalFixture * f, const gchar * name);
/* (transfer full): of the processes that were started, in order. */
GArray *local_read_pids (LocalFixture * f);
gint local_last_pid (LocalFixture * f);
/* Waits for the end of @pid, a child, which must leave no zombie. */
void local_assert_vanishes (gint pid);
/* The same of a child's child, when that has gone: this process inherits it. */
void local_assert_orphan_ends (gint pid);

/* As the network thread does it: in a context of its own. (transfer full) */
KocrLocalEndpoint *local_get_endpoint (KocrLocalService * service,
    guint suspect, GCancellable * cancellable, GError ** error);
KocrLocalEndpoint *local_require_endpoint (LocalFixture * f, guint suspect);
