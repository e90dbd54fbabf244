/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Flight: the jobs that are out, from the slot they use to the verdict. For
 * the bundled service a job first asks for its endpoint, which starts it. A
 * picture that may have killed that service goes alone the next time, so that
 * another death is known to be its own doing. A process of that service that
 * does not answer is replaced. Belongs to the network's thread.
 */
#pragma once

#include "job.h"
#include "localservice.h"
#include "roster.h"
#include "silence.h"

G_BEGIN_DECLS

/* @job is back; @verdict is cleared afterwards. */
typedef void (*KocrFlightFunc) (KocrJob * job, KocrVerdict * verdict,
    gpointer data);

typedef struct _KocrFlight KocrFlight;

struct _KocrFlight
{
  const KocrEndpoint *endpoint;
  KocrNetwork *network;
  KocrRoster *roster;
  KocrLocalService *service;    /* NULL: the endpoint is not the bundled one */
  KocrFlightFunc landed;
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

  guint refused_formats;        /* a bit a KocrImageFormat, since a success */
};

/* From any thread, while there are no jobs. */
void kocr_flight_init (KocrFlight * self, const KocrEndpoint * endpoint,
    KocrNetwork * network, KocrRoster * roster, KocrFlightFunc landed,
    gpointer data);
void kocr_flight_clear (KocrFlight * self);

/* Whether one more may be out. */
gboolean kocr_flight_has_room (const KocrFlight * self);
/* Whether @job must be alone and is not. */
gboolean kocr_flight_must_wait (const KocrFlight * self, const KocrJob * job);
/* @job uses its slot. FALSE: it may not just now, and keeps it. */
gboolean kocr_flight_start (KocrFlight * self, KocrJob * job, gint64 now);
/* When kocr_flight_watch() has something to do. */
gint64 kocr_flight_get_watch (const KocrFlight * self);
/* Has a process of the bundled service replaced that is silent for too long. */
void kocr_flight_watch (KocrFlight * self, gint64 now);
/* Takes @job back if it is out: no verdict comes. */
void kocr_flight_recall (KocrFlight * self, KocrJob * job);

G_END_DECLS
