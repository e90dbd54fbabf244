/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr-server as a process, for tests over real HTTP.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS
/* Generous: a machine under sanitizers and load. */
#define TEST_TIMEOUT_SECONDS 60
    typedef struct
{
  GSubprocess *process;
  gchar *url;                   /* as it was announced */
  guint16 port;
  gint pid;
} ServerProcess;

/* Starts it with @arguments (blanks between, one file name may stand for %s)
 * and waits until it listens. @key: through the environment, nullable. */
ServerProcess *server_process_start (const gchar * arguments,
    const gchar * file, const gchar * key);
/* Sends @signal, or closes its stdin when that is 0; the exit status, which
 * must be one: -1 for a death by signal. */
gint server_process_end (ServerProcess * self, gint signal);
/* Ends it by SIGTERM and requires a clean exit. */
void server_process_free (ServerProcess * self);

/* For starts that must fail: the exit status, and what it wrote. */
gint server_process_run (const gchar * arguments, gchar ** output,
    gchar ** errors);

guint server_process_count_descriptors (ServerProcess * self);

G_END_DECLS
