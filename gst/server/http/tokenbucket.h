/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A token bucket: at most `rate` requests a second, a second's worth at once.
 * Pure: time is passed in.
 */
#pragma once

#include <glib.h>

typedef struct
{
  gdouble rate;                 /* a second; 0: no limit */
  gdouble tokens;
  gint64 updated;               /* monotonic µs */
} TokenBucket;

void token_bucket_init (TokenBucket * self, gdouble rate, gint64 now);

/* TRUE: a token was taken. FALSE: *@retry_after is the whole seconds, at least
 * one, after which there is one. */
gboolean token_bucket_take (TokenBucket * self, gint64 now,
    guint * retry_after);
