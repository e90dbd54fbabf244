/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prospect.h"

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
look (KocrRoster * roster, const KocrJob * job, gint64 now)
{
  KocrGovernor *governor = roster->governor;
  View view;

  view.lossless = kocr_client_user_is_lossless (job->user);
  g_mutex_lock (&roster->lock);
  view.opening = kocr_governor_get_opening (governor, now, view.lossless);
  view.outage = kocr_governor_get_outage (governor, now);
  view.health = kocr_governor_get_health (governor, now);
  view.next_change = kocr_governor_get_next_change (governor, now,
      view.lossless);
  if (view.next_change == G_MAXINT64
      && kocr_governor_get_slots (governor, now, view.lossless) > 0)
    view.next_change = now + CLAIM_POLL;
  g_mutex_unlock (&roster->lock);
  return view;
}

gboolean
kocr_prospect_is_hopeless (KocrRoster * roster, const KocrJob * job, gint64 now)
{
  const KocrClientUser *user = job->user;
  View view = look (roster, job, now);
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
kocr_prospect_get_wake (KocrRoster * roster, const KocrJob * job, gint64 now)
{
  const KocrClientUser *user = job->user;
  gint64 wake = job->request->deadline;
  View view;

  /* An attempt has its own timer. */
  if (job->state == KOCR_JOB_SENT)
    return G_MAXINT64;
  if (job->state == KOCR_JOB_RESOLVING)
    return wake;

  view = look (roster, job, now);
  if (view.lossless && user->max_outage > 0 && view.outage > 0)
    wake = MIN (wake, now + MAX (user->max_outage - view.outage, CLAIM_POLL));
  if (job->state == KOCR_JOB_RETRYING && job->due > now)
    return MIN (wake, job->due);
  return MIN (wake, view.next_change);
}
