/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Delivery: a thread that hands published requests to who tells of them, in
 * the order of their samples, so that neither the streaming nor the network
 * thread ever runs an application's handlers.
 */
#pragma once

#include "request.h"

typedef struct _KocrDelivery KocrDelivery;

/* Called in its thread with no lock held; @request is published. */
typedef void (*KocrDeliveryFunc) (KocrRequest *request, gpointer user_data);

KocrDelivery *kocr_delivery_new (
    GstElement *element, KocrDeliveryFunc deliver, gpointer user_data);
/* Calls @tick every @period (us) from the thread, ahead of any result that is
 * waited for. 0: not any more; a call that is under way ends first. */
void kocr_delivery_set_tick (KocrDelivery * self, gint64 period,
    void (*tick) (gpointer user_data));
/* Ends the thread; what was not delivered by then never is. */
void kocr_delivery_free (KocrDelivery * self);

/* To be called in the order of the samples, before they can be published. */
void kocr_delivery_add (KocrDelivery * self, KocrRequest * request);
/* Takes @message and posts it soon, ahead of any result that is waited for. */
void kocr_delivery_add_message (
    KocrDelivery *self, GstMessage *message);
/* @request was published. What was cancelled is not delivered: there is nothing
 * to tell of it, and it does not wait for those before it. From any thread. */
void kocr_delivery_take (KocrDelivery * self, KocrRequest * request);
/* Nothing that was added is delivered any more, but for what is being delivered
 * just now; that is not waited for, since it is an application's handler. */
void kocr_delivery_discard (KocrDelivery * self);
/* Waits until all that is published, up to the first that is not, is delivered.
 */
void kocr_delivery_drain (KocrDelivery * self);
