/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A listening socket that gives each connection a thread of its own, up to
 * LIMIT_CONNECTIONS; further ones wait in the kernel's backlog. Accepts in the
 * main loop. (GThreadedSocketService does the same, but crashes the main loop
 * when its limit is reached: threads that end restart it while it runs.)
 */
#pragma once

#include <gio/gio.h>

typedef struct _Listener Listener;

/* Called in the connection's thread, which ends with it. */
typedef void (*ListenerFunc) (GSocketConnection * stream, gpointer user_data);
/* Called in the main loop when all places are taken: to free one. */
typedef void (*ListenerFullFunc) (gpointer user_data);

/* @socket: listens, and does not block. */
Listener *listener_new (GSocket * socket, ListenerFunc func,
    ListenerFullFunc on_full, gpointer user_data);
/* Accepts no more. From the main thread. */
void listener_stop (Listener * self);
/* After listener_stop(): waits until every connection's thread is through. */
void listener_free (Listener * self);
