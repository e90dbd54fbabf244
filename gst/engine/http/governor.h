/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Governor: may a request go now, may a failed one go again, and when? One a
 * client, so that all who share a key share its limits. Pure: it is told the
 * time (microseconds of any clock that does not go back), knows no network and
 * no thread; who owns it locks it. The same seed decides the same.
 *
 * A request takes a slot (which may be kept a while, as a reservation), starts
 * and ends; or gives the slot back. What holds slots back:
 * - the window (http/window.h), which is cut by throttling, 503 and timeouts;
 * - the limiter: the rate that was set and the one learned;
 * - the gate: Retry-After, or a backoff of our own when a throttling answer has
 *   none; for all alike;
 * - the breaker, in an outage;
 * - the latch: configuration and credential errors; a probe each 300 s.
 * Retries cost tokens of a quota of 500 that successes refill one by one (the
 * AWS SDKs' standard mode), so that retries stay a small part of all requests.
 */
#pragma once

#include "http/denial.h"

typedef struct _KocrGovernor KocrGovernor;

/* How a request ended, as far as the service's health goes. */
typedef enum
{
  KOCR_FEEDBACK_SUCCESS,
  KOCR_FEEDBACK_ANSWERED,        /* refused for this picture's sake: alive */
  KOCR_FEEDBACK_TRANSIENT,       /* connect, DNS, reset, invalid answer */
  KOCR_FEEDBACK_TIMEOUT,
  KOCR_FEEDBACK_UNAVAILABLE,     /* 5xx */
  KOCR_FEEDBACK_THROTTLED,       /* 429 */
  KOCR_FEEDBACK_LATCHED,
  KOCR_FEEDBACK_DIED,            /* its process ended under it, and is replaced:
                                 * not answered, but no reason to wait */
  KOCR_FEEDBACK_ABANDONED        /* cancelled: says nothing */
} KocrFeedback;

typedef enum
{
  KOCR_HEALTH_OK,
  KOCR_HEALTH_THROTTLED,
  KOCR_HEALTH_OPEN,
  KOCR_HEALTH_LATCHED
} KocrHealth;

/* One request's slot. All zero when it has none. */
typedef struct
{
  gboolean taken;
  gboolean running;
  gint64 started;
  gboolean breaker_probe, latch_probe;
  gboolean unpaid;              /* a retry that the quota did not cover */
} KocrPermit;

KocrGovernor *kocr_governor_new (guint32 seed, gint64 now);
void kocr_governor_free (KocrGovernor * self);
void kocr_governor_set_limits (KocrGovernor * self, gint64 now,
    guint max_in_flight, gdouble max_rate);

/* The service does @n requests at once: the window starts there. Before the
 * first one. */
void kocr_governor_set_first_window (KocrGovernor * self, guint n);

/* Why no slot may be taken now; NONE: one may. @lossless: for one who waits out
 * an hour of Retry-After where others look again after 300 s. */
KocrDenial kocr_governor_get_denial (KocrGovernor * self, gint64 now,
    gboolean lossless);
/* How many slots may be taken now; 0 when there is a denial. */
guint kocr_governor_get_slots (KocrGovernor * self, gint64 now,
    gboolean lossless);
/* The earliest time at which that can change by itself, G_MAXINT64: not. */
gint64 kocr_governor_get_next_change (KocrGovernor * self, gint64 now,
    gboolean lossless);
/* When gate, breaker and latch let something through again; <= @now: they do.
 * Nothing is sent before. */
gint64 kocr_governor_get_opening (KocrGovernor * self, gint64 now,
    gboolean lossless);

/* Takes a slot; get_slots said that there is one. */
void kocr_governor_take (KocrGovernor * self, gint64 now, KocrPermit * permit);
/* Takes a slot for a retry that the quota did not cover: one at a time. */
gboolean kocr_governor_take_unpaid (KocrGovernor * self, gint64 now,
    KocrPermit * permit);
/* Gives a slot back that was not started. */
void kocr_governor_give_back (KocrGovernor * self, KocrPermit * permit);
/* Whether a slot that was taken, maybe a while ago, may be used now. */
gboolean kocr_governor_may_start (KocrGovernor * self, gint64 now,
    const KocrPermit * permit, gboolean lossless);
void kocr_governor_start (KocrGovernor * self, gint64 now,
    KocrPermit * permit);
/* The end of one that was started. @retry_after: how long the answer asked to
 * wait, 0: it did not. */
void kocr_governor_end (KocrGovernor * self, gint64 now, KocrPermit * permit,
    KocrFeedback feedback, gint64 retry_after);

/* When a request that has failed @n_failures times, last with @feedback, may go
 * again: full jitter over a doubling base. G_MAXINT64: the quota is spent and
 * the request not lossless; a lossless one gets *@unpaid. */
gint64 kocr_governor_schedule_retry (KocrGovernor * self, gint64 now,
    KocrFeedback feedback, guint n_failures, gboolean lossless,
    gboolean * unpaid);

/* Another process takes the place of the one that failed: what was learned of
 * that one holds nothing back. An open breaker probes at once. */
void kocr_governor_begin_anew (KocrGovernor * self, gint64 now);

/* Lets the latch's next probe go at once: somebody came who may know better. */
void kocr_governor_allow_probe (KocrGovernor * self, gint64 now);

KocrHealth kocr_governor_get_health (KocrGovernor * self, gint64 now);
guint kocr_governor_get_window (const KocrGovernor * self);
guint kocr_governor_get_in_flight (const KocrGovernor * self);
/* For how long nothing was answered but failures and throttling, without the
 * waits that the service ordered; 0: not. */
gint64 kocr_governor_get_outage (const KocrGovernor * self, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrGovernor, kocr_governor_free)
