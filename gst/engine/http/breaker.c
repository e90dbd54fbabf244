/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/breaker.h"

#include <string.h>

#define MAX_IN_A_ROW 5
#define MIN_OUTCOMES 20
#define BUCKET_SPAN (5 * G_USEC_PER_SEC)
#define MIN_OPEN (30 * G_USEC_PER_SEC)
#define MAX_OPEN (300 * G_USEC_PER_SEC)
#define OPEN_JITTER 0.2
#define PROBES_TO_CLOSE 2

guint
kocr_breaker_get_slots (const KocrBreaker * self, gint64 now)
{
  if (self->state == KOCR_BREAKER_CLOSED)
    return G_MAXUINT;
  return !self->probing && now >= self->open_until;
}

gboolean
kocr_breaker_begin (KocrBreaker * self)
{
  if (self->state == KOCR_BREAKER_CLOSED)
    return FALSE;
  self->state = KOCR_BREAKER_HALF_OPEN;
  self->probing = TRUE;
  return TRUE;
}

static void
count (KocrBreaker * self, gboolean failed, gint64 now)
{
  gint64 number = now / BUCKET_SPAN;
  guint i = number % KOCR_BREAKER_N_BUCKETS;

  if (self->buckets[i].number != number)
    memset (&self->buckets[i], 0, sizeof self->buckets[i]);
  self->buckets[i].number = number;
  if (failed)
    self->buckets[i].failed++;
  else
    self->buckets[i].succeeded++;
}

static gboolean
mostly_failed (const KocrBreaker * self, gint64 now)
{
  gint64 oldest = now / BUCKET_SPAN - KOCR_BREAKER_N_BUCKETS + 1;
  guint succeeded = 0, failed = 0, i;

  for (i = 0; i < KOCR_BREAKER_N_BUCKETS; i++) {
    if (self->buckets[i].number >= oldest) {
      succeeded += self->buckets[i].succeeded;
      failed += self->buckets[i].failed;
    }
  }
  return succeeded + failed >= MIN_OUTCOMES && failed >= succeeded;
}

static void
open_up (KocrBreaker * self, gint64 now, GRand * random)
{
  gdouble jitter = g_rand_double_range (random, 1 - OPEN_JITTER,
      1 + OPEN_JITTER);

  self->open_for = self->open_for ? MIN (self->open_for * 2, MAX_OPEN) :
      MIN_OPEN;
  self->open_until = now + (gint64) (self->open_for * jitter);
  self->state = KOCR_BREAKER_OPEN;
  self->probes_succeeded = 0;
}

void
kocr_breaker_succeeded (KocrBreaker * self, gboolean probe, gint64 now)
{
  if (probe) {
    self->probing = FALSE;
    if (++self->probes_succeeded >= PROBES_TO_CLOSE)
      memset (self, 0, sizeof *self);
  } else if (self->state == KOCR_BREAKER_CLOSED) {
    self->in_a_row = 0;
    count (self, FALSE, now);
  }
}

void
kocr_breaker_failed (KocrBreaker * self, gboolean probe, gint64 now,
    GRand * random)
{
  if (probe) {
    self->probing = FALSE;
    open_up (self, now, random);
  } else if (self->state == KOCR_BREAKER_CLOSED) {
    count (self, TRUE, now);
    if (++self->in_a_row >= MAX_IN_A_ROW || mostly_failed (self, now))
      open_up (self, now, random);
  }
}

void
kocr_breaker_abandoned (KocrBreaker * self, gboolean probe)
{
  if (probe)
    self->probing = FALSE;
}

void
kocr_breaker_allow_probe (KocrBreaker * self, gint64 now)
{
  self->open_until = MIN (self->open_until, now);
  self->open_for = 0;
  self->in_a_row = 0;
}
