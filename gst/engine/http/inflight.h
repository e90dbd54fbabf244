/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * In flight: the jobs that are out, from the slot they use to the outcome. For
 * the bundled service a job first asks for its endpoint, which starts it. A
 * picture that may have killed that service goes alone the next time, so that
 * another death is known to be its own doing. A process of that service that
 * does not answer is replaced. Belongs to the network's thread.
 */
#pragma once

#include "http/job.h"
#include "local/localservice.h"
#include "http/admission.h"
#include "local/silence.h"

/* @job is back; @outcome is cleared afterwards. */
typedef void (*KocrInFlightFunc) (KocrJob * job, KocrAttemptOutcome * outcome,
    gpointer data);

typedef struct _KocrInFlight KocrInFlight;

struct _KocrInFlight
{
  const KocrEndpoint *endpoint;
  KocrNetwork *network;
  KocrAdmission *admission;
  KocrLocalService *service;    /* NULL: the endpoint is not the bundled one */
  KocrInFlightFunc completed;
  gpointer data;

  guint n_out;
  gboolean solo;                /* one that must be alone is out */
  /* Of the bundled service, whose processes count from 1. */
  guint generation;             /* the last one that was asked */
  guint suspect;                /* that may have ended; 0: none */
  guint replaced;               /* that did not answer; 0: none */
  KocrSilence silence;
  guint listening;              /* counts its beginnings: what was sent before
                                 * is not part of it */

  guint refused_formats;        /* since a success */
};

/* From any thread, while there are no jobs. */
void kocr_in_flight_init (KocrInFlight *self, const KocrEndpoint *endpoint,
    KocrNetwork *network, KocrAdmission *admission, KocrInFlightFunc completed,
    gpointer data);
void kocr_in_flight_clear (KocrInFlight * self);

/* Whether one more may be out. */
gboolean kocr_in_flight_has_room (const KocrInFlight * self);
/* Whether @job must be alone and is not. */
gboolean kocr_in_flight_must_wait (
    const KocrInFlight *self, const KocrJob *job);
/* @job uses its slot. FALSE: it may not just now, and keeps it. */
gboolean kocr_in_flight_start (KocrInFlight * self, KocrJob * job, gint64 now);
/* When kocr_in_flight_watch() has something to do. */
gint64 kocr_in_flight_get_watch (const KocrInFlight * self);
/* Has a process of the bundled service replaced that is silent for too long. */
void kocr_in_flight_watch (KocrInFlight * self, gint64 now);
/* Takes @job back if it is out: no outcome comes. */
void kocr_in_flight_recall (KocrInFlight * self, KocrJob * job);
