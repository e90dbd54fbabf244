/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "job.h"

#include <string.h>

/* Attempts in all, when the request is not lossless. */
#define MAX_LIVE_ATTEMPTS 3
/* A 2xx that is no answer, and a connection that breaks while the picture is
 * sent, come again at every attempt when they come three times. */
#define MAX_UNUSABLE 3
#define MAX_CUT_UPLOADS 3
/* A picture that fails while others succeed. At a service that fails half of
 * the time at random this is reached by one in a million. */
#define MAX_LONELY_FAILURES 20
#define MAX_CRASHES 2

static const KocrFault too_large = {
  0, NULL, KOCR_ACTION_FAIL, KOCR_ERROR_REFUSED,
  "The service breaks the connection while the picture is sent; possibly it "
      "is too large: lower `max-dimension` or `quality`."
};

static const KocrFault deadly = {
  0, NULL, KOCR_ACTION_FAIL, KOCR_ERROR_REFUSED,
  "The bundled service ended, or hung, twice while it read this picture."
};

static const KocrFault never_answered = {
  0, NULL, KOCR_ACTION_FAIL, KOCR_ERROR_REFUSED,
  "The service never answers for this picture, though it does for others."
};

KocrJob *
kocr_job_new (KocrClientUser * user, KocrRequest * request)
{
  KocrJob *job = g_rc_box_new0 (KocrJob);

  job->user = user;
  job->request = request;
  return job;
}

KocrJob *
kocr_job_ref (KocrJob * job)
{
  return g_rc_box_acquire (job);
}

static void
kocr_job_clear (KocrJob * job)
{
  kocr_request_unref (job->request);
  kocr_verdict_clear (&job->last);
}

void
kocr_job_unref (KocrJob * job)
{
  g_rc_box_release_full (job, (GDestroyNotify) kocr_job_clear);
}

static void
keep_verdict (KocrJob * job, KocrVerdict * verdict)
{
  kocr_verdict_clear (&job->last);
  job->last = *verdict;
  memset (verdict, 0, sizeof *verdict);
}

gboolean
kocr_job_fail (KocrJob * job, KocrVerdict * verdict, gboolean lossless,
    guint64 successes)
{
  gboolean throttled = verdict->outcome == KOCR_OUTCOME_THROTTLED;
  gboolean again = verdict->fault->action == KOCR_ACTION_RETRY || throttled;

  job->failures++;
  if (!throttled && job->failures > 1 && successes != job->successes_seen)
    job->lonely_failures++;
  job->successes_seen = successes;
  if (verdict->unusable)
    job->unusable++;
  if (verdict->cut_upload)
    job->cut_uploads++;
  job->suspect = verdict->silent ? job->generation : 0;
  job->exposed = verdict->lost && !job->innocent;
  keep_verdict (job, verdict);

  if (!again)
    return FALSE;
  if (job->cut_uploads >= MAX_CUT_UPLOADS) {
    kocr_verdict_set_fault (&job->last, &too_large);
    return FALSE;
  }
  if (job->lonely_failures >= MAX_LONELY_FAILURES) {
    kocr_verdict_set_fault (&job->last, &never_answered);
    return FALSE;
  }
  return job->unusable < MAX_UNUSABLE
      && (lossless || job->failures < MAX_LIVE_ATTEMPTS);
}

const KocrFault *
kocr_job_reach_generation (KocrJob * job, guint generation, gboolean silent)
{
  gboolean may_hang = silent && generation == job->suspect && job->exposed;

  if (job->suspect && job->exposed && generation != job->suspect)
    job->crashes++;
  /* What hangs already does not hang for who comes next. */
  job->innocent = silent && !may_hang;
  if (!may_hang) {
    job->suspect = 0;
    job->exposed = FALSE;
  }
  job->generation = generation;
  return job->crashes < MAX_CRASHES ? NULL : &deadly;
}

gboolean
kocr_job_is_suspicious (const KocrJob * job)
{
  return (job->suspect && job->exposed) || job->crashes;
}

gboolean
kocr_job_is_out (const KocrJob * job)
{
  return job->state == KOCR_JOB_SENT || job->state == KOCR_JOB_RESOLVING;
}
