/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Verdict: what an attempt's answer means. Pure.
 */
#pragma once

#include "attempt.h"
#include "governor.h"
#include "request.h"

G_BEGIN_DECLS

/* Either result or fault and error are set. */
typedef struct
{
  KocrOutcome outcome;
  GstKakaoOcrResult *result;
  guint regions_dropped;
  guint status;                 /* HTTP; 0: there was no answer */
  const KocrFault *fault;
  GError *error;
  gboolean unusable;            /* a 2xx that is no answer */
  gboolean cut_upload;          /* it broke while the picture was sent */
  gboolean silent;              /* no answer at all */
  gboolean lost;                /* none, though the request went out */
} KocrVerdict;

/* Who was asked. */
typedef struct
{
  gboolean own;                 /* the bundled service */
  gboolean has_key;             /* and was told a key */
} KocrAsked;

/* @now: of kocr_clock_now(), for the result's latency. */
void kocr_verdict_of_answer (KocrVerdict * self, const KocrAnswer * answer,
    const KocrRequest * request, const KocrAsked * asked, gint64 now);
/* No attempt could be made, for @error. */
void kocr_verdict_of_error (KocrVerdict * self, const GError * error);
void kocr_verdict_clear (KocrVerdict * self);
/* A request ends with @fault instead. */
void kocr_verdict_set_fault (KocrVerdict * self, const KocrFault * fault);

G_END_DECLS
