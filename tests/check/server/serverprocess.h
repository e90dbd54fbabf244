/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr-server as a process, for tests over real HTTP.
 */
#pragma once

#include <gio/gio.h>

/* Generous: a machine under sanitizers and load. */
#define TEST_TIMEOUT_SECONDS 60
    typedef struct
{
  GSubprocess *process;
  gchar *url;                   /* as it was announced */
  guint16 port;                 /* 0: a Unix socket */
  gint pid;
} ServerProcess;

typedef struct
{
  const gchar *arguments;       /* blanks between; %s stands for @file */
  const gchar *file;
  const gchar *key;             /* nullable; through the environment */
  const gchar *input;           /* nullable; the start of its stdin */
  GSocket *socket;              /* nullable; its descriptor 3 */
} ServerStart;

/* Starts it and waits until it listens. */
ServerProcess *server_process_start_as (const ServerStart * start);
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
