/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Result poster: a thread that hands published requests to the element in the
 * order of their samples, so that neither the streaming nor the network thread
 * ever runs an application's handlers.
 */
#pragma once

#include "request.h"

G_BEGIN_DECLS

typedef struct _ResultPoster ResultPoster;

/* Called in the poster's thread with no lock held; @request is published. */
typedef void (*ResultPosterFunc) (KocrRequest * request, gpointer user_data);

ResultPoster *result_poster_new (GstElement * element, ResultPosterFunc deliver,
    gpointer user_data);
/* Calls @tick every @period (us) from the thread, ahead of any result that is
 * waited for. 0: not any more; a call that is under way ends first. */
void result_poster_set_tick (ResultPoster * self, gint64 period,
    void (*tick) (gpointer user_data));
/* Ends the thread; what was not delivered by then never is. */
void result_poster_free (ResultPoster * self);

/* To be called in the order of the samples, before they can be published. */
void result_poster_add (ResultPoster * self, KocrRequest * request);
/* Takes @message and posts it soon, ahead of any result that is waited for. */
void result_poster_add_message (ResultPoster * self, GstMessage * message);
/* A request was published. From any thread. */
void result_poster_wake (ResultPoster * self);
/* @request is not delivered: there is nothing to tell of it, and it does not wait
 * for those before it. */
void result_poster_drop (ResultPoster * self, KocrRequest * request);
/* Nothing that was added is delivered any more, but for what is being delivered
 * just now; that is not waited for, since it is an application's handler. */
void result_poster_discard (ResultPoster * self);
/* Waits until all that is published, up to the first that is not, is delivered. */
void result_poster_drain (ResultPoster * self);

G_END_DECLS
