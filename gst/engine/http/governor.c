/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/governor.h"

#include "http/breaker.h"
#include "http/ratelimiter.h"
#include "http/window.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

#define QUOTA 500
#define TRANSIENT_COST 14
#define THROTTLED_COST 5

#define TRANSIENT_BASE (SECOND / 10)
#define SERVICE_BASE SECOND     /* 429 and 5xx: it knows that it is busy */
#define LIVE_BACKOFF_CAP (20 * SECOND)
#define LOSSLESS_BACKOFF_CAP (60 * SECOND)

/* Retry-After is honoured up to here. */
#define LIVE_PATIENCE (300 * SECOND)
#define LOSSLESS_PATIENCE (3600 * SECOND)
/* Spreads the clients that got the same Retry-After. */
#define GATE_JITTER 0.1

#define LATCH_PROBE_INTERVAL (300 * SECOND)

/* Throttled counts as one state, not as many, when it comes again within ten
 * minutes: it is over after twice the time between the last two. */
#define THROTTLE_MEMORY (600 * SECOND)
#define MAX_THROTTLE_HOLD (120 * SECOND)

struct _KocrGovernor
{
  GRand *random;
  KocrRateLimiter limiter;
  KocrBreaker breaker;
  KocrWindow window;

  guint taken, running;         /* slots; running ones are not taken */

  gint quota;
  guint unpaid;                 /* retries out without having paid */

  gint64 gate_set, gate_until;  /* ordered by the service */
  gint64 backoff_until;         /* ours, after a 429 without an order */
  guint throttled_in_a_row;

  gboolean throttled;           /* the state that is shown */
  gint64 throttled_at;
  gint64 throttle_hold;

  gboolean latched, latch_probing;
  gint64 latch_probe_at;

  gint64 failing_since;         /* 0: the last one was answered */
  gint64 ordered_wait;          /* inside of that, ordered by the service */
  gint64 ordered_until;
};

KocrGovernor *
kocr_governor_new (guint32 seed, gint64 now)
{
  KocrGovernor *self = g_new0 (KocrGovernor, 1);

  self->random = g_rand_new_with_seed (seed);
  kocr_rate_limiter_init (&self->limiter, now);
  kocr_window_init (&self->window);
  self->quota = QUOTA;
  return self;
}

void
kocr_governor_free (KocrGovernor * self)
{
  g_rand_free (self->random);
  g_free (self);
}

void
kocr_governor_set_limits (KocrGovernor * self, gint64 now,
    guint max_in_flight, gdouble max_rate)
{
  self->window.most = max_in_flight;
  kocr_rate_limiter_set_max_rate (&self->limiter, now, max_rate);
}

void
kocr_governor_set_first_window (KocrGovernor * self, guint n)
{
  kocr_window_set_first (&self->window, n);
}

guint
kocr_governor_get_window (const KocrGovernor * self)
{
  return kocr_window_get (&self->window);
}

guint
kocr_governor_get_in_flight (const KocrGovernor * self)
{
  return self->running;
}

static gint64
ordered_opening (const KocrGovernor * self, gboolean lossless)
{
  gint64 patience = lossless ? LOSSLESS_PATIENCE : LIVE_PATIENCE;

  return MIN (self->gate_until,
      self->gate_set + (gint64) (patience * (1 + GATE_JITTER)));
}

static gint64
gate_opening (const KocrGovernor * self, gboolean lossless)
{
  return MAX (ordered_opening (self, lossless), self->backoff_until);
}

gint64
kocr_governor_get_opening (KocrGovernor * self, gint64 now, gboolean lossless)
{
  gint64 opening = gate_opening (self, lossless);

  if (self->latched)
    opening = MAX (opening, self->latch_probe_at);
  if (self->breaker.state != KOCR_BREAKER_CLOSED)
    opening = MAX (opening, self->breaker.open_until);
  return opening;
}

KocrDenial
kocr_governor_get_denial (KocrGovernor * self, gint64 now, gboolean lossless)
{
  if (self->latched && (self->latch_probing || now < self->latch_probe_at))
    return KOCR_DENIAL_LATCHED;
  if (kocr_breaker_get_slots (&self->breaker, now) == 0)
    return KOCR_DENIAL_BREAKER_OPEN;
  if (now < ordered_opening (self, lossless))
    return KOCR_DENIAL_RETRY_AFTER;
  if (now < self->backoff_until)
    return KOCR_DENIAL_THROTTLED;
  if (self->taken + self->running >= kocr_governor_get_window (self))
    return KOCR_DENIAL_WINDOW_FULL;
  if (kocr_rate_limiter_get_tokens (&self->limiter, now) == 0)
    return KOCR_DENIAL_RATE_LIMIT;
  return KOCR_DENIAL_NONE;
}

guint
kocr_governor_get_slots (KocrGovernor * self, gint64 now, gboolean lossless)
{
  guint used = self->taken + self->running, slots;

  if (kocr_governor_get_denial (self, now, lossless) != KOCR_DENIAL_NONE)
    return 0;
  slots = MIN (kocr_governor_get_window (self) - used,
      kocr_rate_limiter_get_tokens (&self->limiter, now));
  if (self->latched)
    slots = MIN (slots, 1);
  return MIN (slots, kocr_breaker_get_slots (&self->breaker, now));
}

gint64
kocr_governor_get_next_change (KocrGovernor * self, gint64 now,
    gboolean lossless)
{
  gint64 opening = kocr_governor_get_opening (self, now, lossless);

  if (now < opening)
    return opening;
  if (self->taken + self->running >= kocr_governor_get_window (self)
      || kocr_rate_limiter_get_tokens (&self->limiter, now) > 0)
    return G_MAXINT64;
  return kocr_rate_limiter_get_next (&self->limiter, now);
}

/* A probe is one from the moment that its slot is taken. */
static void
begin_probes (KocrGovernor * self, KocrPermit * permit)
{
  if (self->latched && !permit->latch_probe)
    self->latch_probing = permit->latch_probe = TRUE;
  if (!permit->breaker_probe)
    permit->breaker_probe = kocr_breaker_begin (&self->breaker);
}

void
kocr_governor_take (KocrGovernor * self, gint64 now, KocrPermit * permit)
{
  permit->taken = TRUE;
  self->taken++;
  kocr_rate_limiter_take (&self->limiter, now);
  begin_probes (self, permit);
}

gboolean
kocr_governor_take_unpaid (KocrGovernor * self, gint64 now, KocrPermit * permit)
{
  if (self->unpaid > 0)
    return FALSE;
  self->unpaid++;
  permit->unpaid = TRUE;
  kocr_governor_take (self, now, permit);
  return TRUE;
}

static void
end_unpaid (KocrGovernor * self, KocrPermit * permit)
{
  if (permit->unpaid)
    self->unpaid--;
}

static void
end_latch_probe (KocrGovernor * self, KocrPermit * permit)
{
  if (permit->latch_probe)
    self->latch_probing = FALSE;
}

void
kocr_governor_give_back (KocrGovernor * self, KocrPermit * permit)
{
  static const KocrPermit none = { 0 };

  self->taken--;
  kocr_rate_limiter_give_back (&self->limiter);
  kocr_breaker_abandoned (&self->breaker, permit->breaker_probe);
  end_latch_probe (self, permit);
  end_unpaid (self, permit);
  *permit = none;
}

gboolean
kocr_governor_may_start (KocrGovernor * self, gint64 now,
    const KocrPermit * permit, gboolean lossless)
{
  if (now < gate_opening (self, lossless))
    return FALSE;
  if (self->latched && !permit->latch_probe
      && (self->latch_probing || now < self->latch_probe_at))
    return FALSE;
  return permit->breaker_probe
      || kocr_breaker_get_slots (&self->breaker, now) > 0;
}

void
kocr_governor_start (KocrGovernor * self, gint64 now, KocrPermit * permit)
{
  begin_probes (self, permit);
  permit->running = TRUE;
  permit->started = now;
  self->taken--;
  self->running++;
}

static gint64
backoff (KocrGovernor * self, gint64 base, guint n_failures, gint64 cap)
{
  guint doublings = CLAMP (n_failures, 1, 20) - 1;

  return (gint64) (g_rand_double (self->random)
      * MIN (cap, base << doublings));
}

static void
close_gate (KocrGovernor * self, gint64 now, gint64 retry_after)
{
  gint64 jittered = (gint64) (retry_after
      * g_rand_double_range (self->random, 1, 1 + GATE_JITTER));
  gint64 until = now + MIN (jittered,
      (gint64) (LOSSLESS_PATIENCE * (1 + GATE_JITTER)));

  if (until > self->ordered_until) {
    self->ordered_wait += until - MAX (now, self->ordered_until);
    self->ordered_until = until;
  }
  if (until > self->gate_until) {
    self->gate_set = now;
    self->gate_until = until;
  }
}

static void
show_throttled (KocrGovernor * self, gint64 now)
{
  gint64 since = now - self->throttled_at;

  if (self->throttled_at == 0 || since > THROTTLE_MEMORY)
    self->throttle_hold = 0;
  else
    self->throttle_hold = MIN (2 * since, MAX_THROTTLE_HOLD);
  self->throttled = TRUE;
  self->throttled_at = now;
}

static void
answered (KocrGovernor * self)
{
  self->failing_since = 0;
  self->ordered_wait = 0;
  self->throttled_in_a_row = 0;
}

static void
not_answered (KocrGovernor * self, const KocrPermit * permit)
{
  if (self->failing_since == 0)
    self->failing_since = permit->started;
}

static void
throttle (KocrGovernor * self, gint64 now, KocrPermit * permit,
    gint64 retry_after)
{
  /* Those that were out together are one event. */
  gboolean first = self->throttled_at == 0
      || permit->started > self->throttled_at;
  gint64 wait;

  kocr_window_cut (&self->window, permit->started, now);
  kocr_rate_limiter_throttled (&self->limiter, now, permit->started);
  not_answered (self, permit);
  if (first) {
    show_throttled (self, now);
    self->throttled_in_a_row++;
  }
  wait = backoff (self, SERVICE_BASE, self->throttled_in_a_row,
      LIVE_BACKOFF_CAP);
  if (retry_after > 0)
    close_gate (self, now, MAX (retry_after, wait));
  else if (first)
    self->backoff_until = now + wait;
  if (first)
    kocr_rate_limiter_pause (
        &self->limiter, MAX (0, gate_opening (self, TRUE) - now));
}

static void
succeed (KocrGovernor *self, gint64 now, KocrPermit *permit)
{
  answered (self);
  kocr_breaker_succeeded (&self->breaker, permit->breaker_probe, now);
  kocr_rate_limiter_accepted (&self->limiter, now);
  kocr_window_grow (&self->window, permit->started);
  self->quota = MIN (self->quota + 1, QUOTA);
  self->latched = FALSE;
  if (self->throttled && now >= self->throttled_at + self->throttle_hold)
    self->throttled = FALSE;
}

static void
fail (KocrGovernor * self, gint64 now, KocrPermit * permit,
    KocrFeedback feedback, gint64 retry_after)
{
  not_answered (self, permit);
  kocr_breaker_failed (&self->breaker, permit->breaker_probe, now,
      self->random);
  if (feedback != KOCR_FEEDBACK_TRANSIENT)
    kocr_window_cut (&self->window, permit->started, now);
  if (retry_after > 0)
    close_gate (self, now, retry_after);
}

void
kocr_governor_end (KocrGovernor * self, gint64 now, KocrPermit * permit,
    KocrFeedback feedback, gint64 retry_after)
{
  static const KocrPermit none = { 0 };

  kocr_window_note_end (&self->window, self->taken + self->running, now);
  self->running--;
  end_latch_probe (self, permit);
  end_unpaid (self, permit);

  switch (feedback) {
    case KOCR_FEEDBACK_SUCCESS:
      succeed (self, now, permit);
      break;
    case KOCR_FEEDBACK_ANSWERED:
      answered (self);
      kocr_breaker_succeeded (&self->breaker, permit->breaker_probe, now);
      kocr_rate_limiter_accepted (&self->limiter, now);
      self->latched = FALSE;
      break;
    case KOCR_FEEDBACK_THROTTLED:
      kocr_breaker_abandoned (&self->breaker, permit->breaker_probe);
      throttle (self, now, permit, retry_after);
      break;
    case KOCR_FEEDBACK_LATCHED:
      kocr_breaker_abandoned (&self->breaker, permit->breaker_probe);
      self->latched = TRUE;
      self->latch_probe_at = now + LATCH_PROBE_INTERVAL;
      break;
    case KOCR_FEEDBACK_DIED:
      kocr_breaker_abandoned (&self->breaker, permit->breaker_probe);
      not_answered (self, permit);
      break;
    case KOCR_FEEDBACK_ABANDONED:
      kocr_breaker_abandoned (&self->breaker, permit->breaker_probe);
      break;
    default:
      fail (self, now, permit, feedback, retry_after);
      break;
  }
  *permit = none;
}

gint64
kocr_governor_schedule_retry (KocrGovernor *self, gint64 now,
    KocrFeedback feedback, guint n_failures, gboolean lossless,
    gboolean *unpaid)
{
  gint cost = feedback == KOCR_FEEDBACK_THROTTLED ? THROTTLED_COST :
      TRANSIENT_COST;
  gint64 base = feedback == KOCR_FEEDBACK_THROTTLED
      || feedback == KOCR_FEEDBACK_UNAVAILABLE ? SERVICE_BASE : TRANSIENT_BASE;
  gint64 cap = lossless ? LOSSLESS_BACKOFF_CAP : LIVE_BACKOFF_CAP;

  *unpaid = self->quota < cost;
  if (*unpaid && !lossless)
    return G_MAXINT64;
  if (!*unpaid)
    self->quota -= cost;
  return now + backoff (self, base, n_failures, cap);
}

void
kocr_governor_begin_anew (KocrGovernor * self, gint64 now)
{
  kocr_window_begin_anew (&self->window);
  kocr_breaker_allow_probe (&self->breaker, now);
}

void
kocr_governor_allow_probe (KocrGovernor * self, gint64 now)
{
  self->latch_probe_at = MIN (self->latch_probe_at, now);
}

KocrHealth
kocr_governor_get_health (KocrGovernor * self, gint64 now)
{
  if (self->latched)
    return KOCR_HEALTH_LATCHED;
  if (self->breaker.state != KOCR_BREAKER_CLOSED)
    return KOCR_HEALTH_OPEN;
  return self->throttled ? KOCR_HEALTH_THROTTLED : KOCR_HEALTH_OK;
}

gint64
kocr_governor_get_outage (const KocrGovernor * self, gint64 now)
{
  gint64 still_ordered = MAX (0, self->ordered_until - now);

  if (self->failing_since == 0)
    return 0;
  return MAX (0, now - self->failing_since
      - MAX (0, self->ordered_wait - still_ordered));
}
