/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/job.h"

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

static const KocrFault cut_answers = {
  0, NULL, KOCR_ACTION_FAIL, KOCR_ERROR_ANSWER,
  "The service's answers are not usable: the last one was cut off."
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
  kocr_outcome_clear (&job->last);
}

void
kocr_job_unref (KocrJob * job)
{
  g_rc_box_release_full (job, (GDestroyNotify) kocr_job_clear);
}

static void
keep_last (KocrJob * job, KocrAttemptOutcome * outcome)
{
  kocr_outcome_clear (&job->last);
  job->last = *outcome;
  memset (outcome, 0, sizeof *outcome);
}

gboolean
kocr_job_fail (KocrJob * job, KocrAttemptOutcome * outcome, gboolean lossless,
    guint64 successes)
{
  gboolean throttled = outcome->feedback == KOCR_FEEDBACK_THROTTLED;
  gboolean again = outcome->fault->action == KOCR_ACTION_RETRY || throttled;

  job->failures++;
  if (!throttled && job->failures > 1 && successes != job->successes_seen)
    job->lonely_failures++;
  job->successes_seen = successes;
  if (outcome->unusable)
    job->unusable++;
  if (outcome->cut_upload)
    job->cut_uploads++;
  job->suspect = outcome->silent ? job->generation : 0;
  job->exposed = outcome->lost && !job->innocent;
  keep_last (job, outcome);

  if (!again)
    return FALSE;
  if (job->cut_uploads >= MAX_CUT_UPLOADS) {
    kocr_outcome_set_fault (&job->last, &too_large);
    return FALSE;
  }
  if (job->lonely_failures >= MAX_LONELY_FAILURES) {
    kocr_outcome_set_fault (&job->last, &never_answered);
    return FALSE;
  }
  if (job->unusable >= MAX_UNUSABLE) {
    /* Answers came; no outage ends a run here. */
    if (job->last.fault->error != KOCR_ERROR_ANSWER)
      kocr_outcome_set_fault (&job->last, &cut_answers);
    return FALSE;
  }
  return lossless || job->failures < MAX_LIVE_ATTEMPTS;
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

/* A user that waits looks again so often when a claim of another, which may
 * expire, keeps a free slot from it. */
#define CLAIM_POLL (100 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  gboolean lossless;
  gint64 opening, next_change, outage;
  KocrHealth health;
} View;

/* What the governor says to @job's user. */
static View
look (KocrAdmission * admission, const KocrJob * job, gint64 now)
{
  KocrGovernor *governor = admission->governor;
  View view;

  view.lossless = kocr_client_user_is_lossless (job->user);
  g_mutex_lock (&admission->lock);
  view.opening = kocr_governor_get_opening (governor, now, view.lossless);
  view.outage = kocr_governor_get_outage (governor, now);
  view.health = kocr_governor_get_health (governor, now);
  view.next_change = kocr_governor_get_next_change (governor, now,
      view.lossless);
  if (view.next_change == G_MAXINT64
      && kocr_governor_get_slots (governor, now, view.lossless) > 0)
    view.next_change = now + CLAIM_POLL;
  g_mutex_unlock (&admission->lock);
  return view;
}

gboolean
kocr_job_is_hopeless (KocrAdmission *admission, const KocrJob *job, gint64 now)
{
  const KocrClientUser *user = job->user;
  View view = look (admission, job, now);
  gint64 start = MAX (now, view.opening);

  if (job->state == KOCR_JOB_RETRYING)
    start = MAX (start, job->due);
  if (start >= job->request->deadline)
    return TRUE;
  if (!view.lossless)
    return FALSE;
  if (view.health == KOCR_HEALTH_LATCHED && view.opening > now)
    return TRUE;
  return user->max_outage > 0 && view.outage >= user->max_outage
      && now - user->joined >= user->max_outage;
}

gint64
kocr_job_get_wake (KocrAdmission * admission, const KocrJob * job, gint64 now)
{
  const KocrClientUser *user = job->user;
  gint64 wake = job->request->deadline;
  View view;

  /* An attempt has its own timer. */
  if (job->state == KOCR_JOB_SENT)
    return G_MAXINT64;
  if (job->state == KOCR_JOB_RESOLVING)
    return wake;

  view = look (admission, job, now);
  if (view.lossless && user->max_outage > 0 && view.outage > 0)
    wake = MIN (wake, now + MAX (user->max_outage - view.outage, CLAIM_POLL));
  if (job->state == KOCR_JOB_RETRYING && job->due > now)
    return MIN (wake, job->due);
  return MIN (wake, view.next_change);
}
