/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Failures: what goes wrong in a run, as WARNING and ERROR messages.  A kind of
 * failure is told once until a result comes; states of the service that last
 * are told by themselves, once a change.
 *
 * Any thread.  Its lock is a leaf.
 */
#pragma once

#include "result/delivery.h"
#include "ocr/stats.h"

typedef struct _KocrFailures KocrFailures;

/* None of the arguments is owned. */
KocrFailures *kocr_failures_new (GstElement * element, KocrDelivery * delivery,
    KocrRunStats * stats);
void kocr_failures_free (KocrFailures * self);
/* Whether a sample that stays unanswered ends the run, as in exact. Before the
 * first one. */
void kocr_failures_set_lossless (KocrFailures * self, gboolean lossless);
gboolean kocr_failures_is_lossless (KocrFailures * self);

/* What a flush or a stop discarded is none, nor what waited for the answer to
 * a picture like it. */
gboolean kocr_request_is_failure (const KocrRequest * request);
/* Whether @request ended in a way that a lossless run cannot go on from. */
gboolean kocr_request_is_fatal (const KocrRequest * request);

/* The service's state changed; @error: NULL when it is well again. */
void kocr_failures_take_state (KocrFailures * self, KocrState state,
    const GError * error, guint http_status, const gchar * code);
/* @request has its turn in the order of the samples; if it failed that is told.
 * FALSE: a lossless run has ended before it. Whoever goes on from there asks
 * for it again. */
gboolean kocr_failures_take_turn (KocrFailures * self,
    const KocrRequest * request);
/* A flush: the run goes on elsewhere. */
void kocr_failures_begin_anew (KocrFailures * self);

/* ERROR: the run ends with @request, whose PTS is where to resume. */
void kocr_failures_post_fatal (KocrFailures * self,
    const KocrRequest * request);
/* A WARNING about the run itself. */
void kocr_failures_post_warning (KocrFailures * self, const gchar * message);
/* The same of frames that cannot even be tried: one WARNING for the run. */
void kocr_failures_post_unreadable (KocrFailures * self,
    const gchar * message);
