/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Result poster: a thread that hands published requests to the element in the
 * order of their samples, so that neither the streaming nor the network thread
 * ever runs an application's handlers.
 */
#pragma once

#include "request.h"

G_BEGIN_DECLS

typedef struct _KocrResultPoster KocrResultPoster;

/* Called in the poster's thread with no lock held; @request is published. */
typedef void (*KocrResultPosterFunc) (KocrRequest *request, gpointer user_data);

KocrResultPoster *kocr_result_poster_new (
    GstElement *element, KocrResultPosterFunc deliver, gpointer user_data);
/* Calls @tick every @period (us) from the thread, ahead of any result that is
 * waited for. 0: not any more; a call that is under way ends first. */
void kocr_result_poster_set_tick (KocrResultPoster * self, gint64 period,
    void (*tick) (gpointer user_data));
/* Ends the thread; what was not delivered by then never is. */
void kocr_result_poster_free (KocrResultPoster * self);

/* To be called in the order of the samples, before they can be published. */
void kocr_result_poster_add (KocrResultPoster * self, KocrRequest * request);
/* Takes @message and posts it soon, ahead of any result that is waited for. */
void kocr_result_poster_add_message (
    KocrResultPoster *self, GstMessage *message);
/* A request was published. From any thread. */
void kocr_result_poster_wake (KocrResultPoster * self);
/* @request is not delivered: there is nothing to tell of it, and it does not
 * wait for those before it. */
void kocr_result_poster_drop (KocrResultPoster * self, KocrRequest * request);
/* Nothing that was added is delivered any more, but for what is being delivered
 * just now; that is not waited for, since it is an application's handler. */
void kocr_result_poster_discard (KocrResultPoster * self);
/* Waits until all that is published, up to the first that is not, is delivered.
 */
void kocr_result_poster_drain (KocrResultPoster * self);

G_END_DECLS
