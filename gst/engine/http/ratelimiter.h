/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rate limiter: how many requests a second. Pure; times in microseconds of any
 * clock.
 *
 * A token bucket holds the rate that was set, and a lower one that is learned
 * from the service's 429s. The window alone cannot hold a rate: at a service
 * that answers in 50 ms one slot already makes 20 requests a second, and what
 * exceeds the quota is found out by wasting requests. So at a throttling
 * answer the rate that the service has really accepted becomes the ceiling,
 * and the pace goes a tenth below it; then it follows CUBIC's curve (RFC 9438):
 * back to the ceiling fast, flat around it, and on beyond it ever faster, so
 * that a raised quota is found. One stretch of the curve takes 20 s and 60
 * requests at least, which keeps the waste near one request in fifty. Going
 * further down at each 429, as congestion control does for links, costs a
 * third of a quota of ten a second; do not try that again.
 *
 * Measured by tests/check/engine/throttling.c: 92 to 100 % of quotas of 2 to
 * 50 a second are used and at most 2.0 % of requests wasted, by 1 to 16
 * elements. A service that takes no two requests at once throttles below any
 * ceiling, above all what was saved up while nothing could go; 72 to 91 % of
 * its quota is used since nothing is saved up after a throttling answer and our
 * own pauses do not count as its slowness. Keeping the bucket small for longer
 * costs the others up to a twentieth.
 */
#pragma once

#include <glib.h>

typedef struct
{
  gdouble max_rate;             /* requests a second as set; 0: none */

  gdouble ceiling;              /* learned; 0: never throttled, or forgotten */
  gdouble progress;             /* along the curve; 1 is at the ceiling */
  gint64 slowed;                /* when the ceiling was learned */

  guint cautious;               /* accepted ones until the bucket may fill */
  gdouble tokens;
  gint64 filled;                /* when tokens was true */

  /* Accepted requests of this and of the former span. */
  gint64 span_start;
  gint64 former_start;
  guint accepted, former_accepted;
} KocrRateLimiter;

void kocr_rate_limiter_init (KocrRateLimiter * self, gint64 now);
void kocr_rate_limiter_set_max_rate (
    KocrRateLimiter *self, gint64 now, gdouble max_rate);
/* How many requests may begin now; G_MAXUINT: no limit. */
guint kocr_rate_limiter_get_tokens (const KocrRateLimiter * self, gint64 now);
/* When the next may, if none may now. */
gint64 kocr_rate_limiter_get_next (const KocrRateLimiter * self, gint64 now);
void kocr_rate_limiter_take (KocrRateLimiter * self, gint64 now);
/* One that was taken was not used. */
void kocr_rate_limiter_give_back (KocrRateLimiter * self);
void kocr_rate_limiter_accepted (KocrRateLimiter * self, gint64 now);
/* Nothing goes for so long, which says nothing of the service's rate. */
void kocr_rate_limiter_pause (KocrRateLimiter * self, gint64 length);
/* One that had begun at @started was throttled. */
void kocr_rate_limiter_throttled (
    KocrRateLimiter *self, gint64 now, gint64 started);
