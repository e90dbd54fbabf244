/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Circuit breaker: during an outage nearly nothing is sent. Pure; times in
 * microseconds of any clock.
 *
 * Closed, it opens after 5 failures in a row, or when at least half of at
 * least 20 feedbacks of the last minute were failures. Open for 30 s, give or
 * take a fifth, it lets one probe through: a second success closes it, a
 * failure opens it for twice as long, up to 300 s. (The states and the two
 * conditions are those of Resilience4j's CircuitBreaker.)
 */
#pragma once

#include <glib.h>

#define KOCR_BREAKER_N_BUCKETS 12

typedef enum
{
  KOCR_BREAKER_CLOSED,
  KOCR_BREAKER_OPEN,
  KOCR_BREAKER_HALF_OPEN
} KocrBreakerState;

typedef struct
{
  KocrBreakerState state;
  gint64 open_until;
  gint64 open_for;              /* before the jitter; 0: never opened */
  guint in_a_row;               /* failures */
  guint probes_succeeded;
  gboolean probing;
  struct
  {
    gint64 number;              /* of its time span, since the clock's zero */
    guint succeeded, failed;
  } buckets[KOCR_BREAKER_N_BUCKETS];    /* the last minute */
} KocrBreaker;

/* How many more may be sent now: 0, 1 (a probe) or G_MAXUINT. */
guint kocr_breaker_get_slots (const KocrBreaker * self, gint64 now);
/* One is sent. TRUE: it is the probe, whose end must be told. */
gboolean kocr_breaker_begin (KocrBreaker * self);
/* The feedback of one that was sent; @probe as begin said. */
void kocr_breaker_succeeded (KocrBreaker * self, gboolean probe, gint64 now);
void kocr_breaker_failed (KocrBreaker * self, gboolean probe, gint64 now,
    GRand * random);
/* It ended and says nothing about the service. */
void kocr_breaker_abandoned (KocrBreaker * self, gboolean probe);
/* The service is another one now: when open, the next probe may go at once. */
void kocr_breaker_allow_probe (KocrBreaker * self, gint64 now);
