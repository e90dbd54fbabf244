/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Network: the one thread that owns a client's GMainContext, SoupSession and
 * messages. Nobody else touches libsoup, whose sessions are safe in one thread
 * only; even a cancellation from another thread is a race in GLib 2.74. So
 * other threads post functions to it.
 */
#pragma once

#include <libsoup/soup.h>
#include "http/endpoint.h"

/* A message beyond the session's connections would wait inside libsoup, where
 * it cannot be cancelled: no more than so many are ever pending. */
#define KOCR_NETWORK_MAX_CONNECTIONS 64

typedef struct _KocrNetwork KocrNetwork;

/* Starts the thread. */
KocrNetwork *kocr_network_new (const KocrEndpoint * endpoint);
/* Ends what is pending and joins the thread. Short: it does not wait for the
 * network. Not from the thread itself. */
void kocr_network_free (KocrNetwork * self);

/* Calls @function (@data) in the thread, soon, in the order of the posts.
 * Never directly, not even from the thread itself. */
void kocr_network_post (KocrNetwork * self, GSourceOnceFunc function,
    gpointer data);
/* Attaches @source to the thread's context. */
void kocr_network_attach (KocrNetwork * self, GSource * source);

/* The rest is for the thread itself. */
/* All goes to @remote, whatever host a message names. Before the first session;
 * later calls change nothing. */
void kocr_network_set_remote (KocrNetwork * self, GSocketConnectable * remote);
SoupSession *kocr_network_get_session (KocrNetwork * self);
/* The priority of a body that is sent from now on: behind those of before, and
 * all of them behind answers, timers and what is posted. */
gint kocr_network_get_turn (KocrNetwork * self);
/* The certificates that are trusted beside the system's; nullable. */
GTlsDatabase *kocr_network_get_ca (KocrNetwork * self);
/* Operations whose callbacks must have run before the thread may end. */
void kocr_network_begin (KocrNetwork * self);
void kocr_network_end (KocrNetwork * self);
guint kocr_network_get_pending (KocrNetwork * self);
/* libsoup has lost a request: the session is given up for a new one. */
void kocr_network_replace_session (KocrNetwork * self);
