/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/ratelimiter.h"

#include <math.h>

/* Below the ceiling after a throttling answer, and the curve's scale. */
#define STEP_DOWN 0.1
/* A stretch of the curve: at least this long and so many requests. */
#define STRETCH_SECONDS 20.0
#define STRETCH_REQUESTS 60.0
/* Here the pace is seven times the ceiling: it limits nobody, forget it. */
#define FORGET_PROGRESS 5.0
/* The rate accepted is measured over one to two of these; it takes some
 * requests to be a rate. */
#define SPAN (10 * G_USEC_PER_SEC)
#define MIN_SPAN_REQUESTS 10
/* Fewer accepted requests are no rate at all. */
#define MIN_EVIDENCE 3
/* No measure is trusted to lower the ceiling to less than this part at once:
 * frames that do not come look like a slow service. */
#define MAX_DROP 0.5
/* Slower than this no quota is: one request in a minute. */
#define MIN_RATE (1.0 / 60)
/* The bucket: what it may save up while nobody asks between two frames. */
#define BUCKET_SECONDS 0.2
#define MIN_BUCKET 2.0
/* But not before so many were accepted after a throttling answer: two at once
 * are what a service with a small bucket of its own throttles next. */
#define CAUTION 3

void
kocr_rate_limiter_init (KocrRateLimiter * self, gint64 now)
{
  KocrRateLimiter zero = { 0 };

  *self = zero;
  self->tokens = 1;
  self->filled = now;
  self->span_start = self->former_start = now;
}

static gdouble
learned_rate (const KocrRateLimiter * self)
{
  gdouble x = self->progress - 1;

  return self->ceiling * (1 + STEP_DOWN * x * x * x);
}

/* Requests a second now; 0: no limit. */
static gdouble
get_rate (const KocrRateLimiter *self)
{
  if (self->ceiling <= 0)
    return self->max_rate;
  if (self->max_rate <= 0)
    return learned_rate (self);
  return MIN (learned_rate (self), self->max_rate);
}

static gdouble
bucket_size (const KocrRateLimiter * self, gdouble rate)
{
  if (self->cautious > 0)
    return 1;
  return MAX (MIN_BUCKET, rate * BUCKET_SECONDS);
}

static gdouble
tokens_at (const KocrRateLimiter * self, gint64 now, gdouble rate)
{
  return MIN (bucket_size (self, rate),
      self->tokens + rate * (now - self->filled) / G_USEC_PER_SEC);
}

static void
fill (KocrRateLimiter * self, gint64 now)
{
  gdouble rate = get_rate (self);

  if (rate > 0)
    self->tokens = tokens_at (self, now, rate);
  self->filled = now;
}

void
kocr_rate_limiter_set_max_rate (
    KocrRateLimiter *self, gint64 now, gdouble max_rate)
{
  fill (self, now);
  self->max_rate = max_rate;
}

guint
kocr_rate_limiter_get_tokens (const KocrRateLimiter * self, gint64 now)
{
  gdouble rate = get_rate (self), tokens;

  if (rate <= 0)
    return G_MAXUINT;
  tokens = tokens_at (self, now, rate);
  return tokens < 1 ? 0 : (guint) tokens;
}

gint64
kocr_rate_limiter_get_next (const KocrRateLimiter * self, gint64 now)
{
  gdouble rate = get_rate (self), missing;

  if (rate <= 0)
    return now;
  missing = 1 - tokens_at (self, now, rate);
  if (missing <= 0)
    return now;
  return now + (gint64) ceil (missing / rate * G_USEC_PER_SEC) + 1;
}

/* Along the curve. Where the pace holds nothing back only time counts: going
 * faster costs nothing then. */
static void
advance (KocrRateLimiter * self, gdouble seconds)
{
  gdouble step = seconds / STRETCH_SECONDS;

  if (self->tokens < bucket_size (self, get_rate (self)))
    step = MIN (step, 1 / STRETCH_REQUESTS);
  self->progress += step;
  if (self->progress > FORGET_PROGRESS)
    self->ceiling = 0;
}

void
kocr_rate_limiter_take (KocrRateLimiter * self, gint64 now)
{
  gdouble seconds = (gdouble) (now - self->filled) / G_USEC_PER_SEC;

  fill (self, now);
  if (self->ceiling > 0)
    advance (self, seconds);
  if (get_rate (self) > 0)
    self->tokens -= 1;
}

void
kocr_rate_limiter_give_back (KocrRateLimiter * self)
{
  if (get_rate (self) > 0)
    self->tokens += 1;
}

void
kocr_rate_limiter_accepted (KocrRateLimiter * self, gint64 now)
{
  if (now - self->span_start >= SPAN && self->accepted >= MIN_SPAN_REQUESTS) {
    self->former_start = self->span_start;
    self->former_accepted = self->accepted;
    self->span_start = now;
    self->accepted = 0;
  }
  self->accepted++;
  if (self->cautious > 0)
    self->cautious--;
}

void
kocr_rate_limiter_pause (KocrRateLimiter * self, gint64 length)
{
  self->span_start += length;
  self->former_start += length;
}

static gdouble
accepted_rate (const KocrRateLimiter * self, gint64 now)
{
  gint64 span = MAX (now - self->former_start, G_USEC_PER_SEC / 10);

  return (gdouble) (self->accepted + self->former_accepted) * G_USEC_PER_SEC
      / span;
}

void
kocr_rate_limiter_throttled (KocrRateLimiter * self, gint64 now, gint64 started)
{
  gdouble accepted = accepted_rate (self, now);

  /* Sent at the pace that is already given up. */
  if (self->slowed && started <= self->slowed)
    return;
  if (self->accepted + self->former_accepted < MIN_EVIDENCE)
    return;

  fill (self, now);
  if (self->ceiling > 0) {
    gdouble rate = learned_rate (self);

    self->ceiling = CLAMP (accepted, rate * MAX_DROP, rate);
  } else {
    self->ceiling = MAX (accepted, MIN_RATE);
    self->tokens = 0;
  }
  self->progress = 0;
  self->slowed = now;
  self->cautious = CAUTION;
  self->tokens = MIN (self->tokens, 1);
}
