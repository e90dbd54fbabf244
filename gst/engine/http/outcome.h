/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Outcome: what an attempt's answer means. Pure.
 */
#pragma once

#include "http/attempt.h"
#include "http/governor.h"
#include "http/statuses.h"
#include "request.h"

/* Either result or fault and error are set. */
typedef struct
{
  KocrFeedback feedback;
  GstKakaoOcrResult *result;
  guint regions_dropped;
  gboolean unread;              /* the bundled service found lines that its
                                 * languages do not fit */
  guint status;                 /* HTTP; 0: there was no answer */
  const KocrFault *fault;
  GError *error;
  gboolean unusable;            /* a 2xx that is no answer */
  gboolean cut_upload;          /* it broke while the picture was sent */
  gboolean silent;              /* no answer at all */
  gboolean lost;                /* none, though the request went out */
} KocrAttemptOutcome;

/* Who was asked. */
typedef struct
{
  gboolean own;                 /* the bundled service */
  gboolean has_key;             /* and was told a key */
} KocrPeer;

/* @now: of kocr_clock_now(), for the result's latency. */
void kocr_outcome_of_answer (KocrAttemptOutcome * self,
    const KocrAnswer * answer, const KocrRequest * request,
    const KocrPeer * peer, gint64 now);
/* No attempt could be made, for @error. */
void kocr_outcome_of_error (KocrAttemptOutcome * self, const GError * error);
void kocr_outcome_clear (KocrAttemptOutcome * self);
/* A request ends with @fault instead. */
void kocr_outcome_set_fault (KocrAttemptOutcome * self,
    const KocrFault * fault);
