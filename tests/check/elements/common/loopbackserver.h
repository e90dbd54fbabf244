/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Loopback server: a SoupServer in a thread of its own, for services that tests
 * make.
 */
#pragma once

#include <libsoup/soup.h>

typedef struct
{
  gchar *url;            /* http://127.0.0.1:PORT/ai/OCR/test */
  GMainContext *context; /* the thread's */

  /*< private >*/
  GMainLoop *loop;
  GThread *thread;
  SoupServer *server;
} LoopbackServer;

/* Calls @answer with @data for each request, in its thread. */
void loopback_server_start (
    LoopbackServer *self, SoupServerCallback answer, gpointer data);
/* When this returns, no request is under way. */
void loopback_server_stop (LoopbackServer *self);
