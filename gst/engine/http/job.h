/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Job: one request on its way through a client, with what has happened to it,
 * and the decision whether it is sent again. Belongs to the network's thread.
 */
#pragma once

#include "http/clientregistry.h"
#include "http/admission.h"
#include "http/outcome.h"
#include "local/patience.h"

typedef enum
{
  KOCR_JOB_WAITING,             /* for its user's turn */
  KOCR_JOB_HELD,                /* has a slot that may not be used just now */
  KOCR_JOB_RETRYING,            /* until due, then for a slot */
  KOCR_JOB_RESOLVING,           /* asks for the bundled service's endpoint */
  KOCR_JOB_SENT,                /* an attempt is out */
  KOCR_JOB_ENDED
} KocrJobState;

typedef struct
{
  KocrRequest *request;
  KocrClientUser *user;
  KocrJobState state;
  KocrPermit permit;
  struct _KocrInFlight *in_flight;      /* that it is, or was, out with */
  KocrAttempt *attempt;         /* SENT */
  GCancellable *resolving;      /* RESOLVING */

  gint64 due;                   /* RETRYING: not before */
  gboolean unpaid;              /* the quota did not cover the retry */
  guint failures;               /* attempts, for whatever reason */
  guint unusable, cut_uploads;  /* of these */
  guint lonely_failures;        /* while others were answered */
  guint64 successes_seen;       /* of the client, at the last failure */
  KocrAttemptOutcome last;             /* of the last failure */

  /* Of the bundled service. */
  guint generation;             /* that the attempt went to */
  KocrPatience patience;        /* with the attempt; lossless */
  guint listening;              /* in_flight's, when it did; 0: never */
  guint suspect;                /* that left the last attempt without answer */
  gboolean exposed;             /* and had got the picture, ... */
  gboolean innocent;            /* ... but was silent before */
  guint crashes;                /* processes that died with this picture */
} KocrJob;

KocrJob *kocr_job_new (KocrClientUser * user, KocrRequest * request);
KocrJob *kocr_job_ref (KocrJob * job);
void kocr_job_unref (KocrJob * job);

/* Takes in a failure; steals @outcome's error. TRUE: the same bytes may go
 * again as far as the request itself goes. FALSE: job->last ends it, maybe with
 * another fault than the outcome's. @successes: of the client so far. */
gboolean kocr_job_fail (KocrJob * job, KocrAttemptOutcome * outcome,
    gboolean lossless, guint64 successes);
/* The bundled service runs, as process @generation. @silent: that owes answers
 * for too long, and may hang. NULL, or what ends the job: processes died twice
 * on this picture. */
const KocrFault *kocr_job_reach_generation (KocrJob * job, guint generation,
    gboolean silent);
/* Whether a process may have died of this picture. */
gboolean kocr_job_is_suspicious (const KocrJob * job);
/* RESOLVING or SENT. */
gboolean kocr_job_is_out (const KocrJob * job);

/* Whether it is not worth waiting with. Live: it cannot go before its deadline.
 * Lossless: the latch holds, or the service has not answered for max_outage. */
gboolean kocr_job_is_hopeless (KocrAdmission * admission, const KocrJob * job,
    gint64 now);
/* When something about a job that is not out can change without an event;
 * G_MAXINT64: not. */
gint64 kocr_job_get_wake (KocrAdmission * admission, const KocrJob * job,
    gint64 now);
