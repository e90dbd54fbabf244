/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/tokenbucket.h"

#include <math.h>

/* A day; a rate of 1e-9 must not overflow the header. */
#define RETRY_AFTER_MAX 86400

static gdouble
capacity (const TokenBucket * self)
{
  return MAX (self->rate, 1.0);
}

void
token_bucket_init (TokenBucket * self, gdouble rate, gint64 now)
{
  self->rate = rate;
  self->tokens = capacity (self);
  self->updated = now;
}

gboolean
token_bucket_take (TokenBucket * self, gint64 now, guint * retry_after)
{
  gdouble wait;

  if (self->rate <= 0)
    return TRUE;
  self->tokens += (now - self->updated) * self->rate / G_USEC_PER_SEC;
  self->tokens = MIN (self->tokens, capacity (self));
  self->updated = now;
  if (self->tokens >= 1) {
    self->tokens -= 1;
    return TRUE;
  }
  wait = ceil ((1 - self->tokens) / self->rate);
  *retry_after = (guint) CLAMP (wait, 1, RETRY_AFTER_MAX);
  return FALSE;
}
