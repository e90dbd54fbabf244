/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/sampletimes.h"

/* A service's answer is late by seconds. What comes longer than this after one
 * of a later time is not late: that one was astray, or time fell back. */
#define MAX_LATE (60 * GST_SECOND)

void
kocr_sample_times_init (KocrSampleTimes * self)
{
  self->times = g_array_new (FALSE, FALSE, sizeof (GstClockTime));
}

void
kocr_sample_times_clear (KocrSampleTimes * self)
{
  g_array_unref (self->times);
}

void
kocr_sample_times_forget (KocrSampleTimes * self)
{
  g_array_set_size (self->times, 0);
}

static GstClockTime
get (const KocrSampleTimes * self, guint i)
{
  return g_array_index (self->times, GstClockTime, i);
}

/* How many are at @time or before. */
static guint
count_until (const KocrSampleTimes * self, GstClockTime time)
{
  guint n = self->times->len;

  while (n > 0 && get (self, n - 1) > time)
    n--;
  return n;
}

void
kocr_sample_times_add (KocrSampleTimes * self,
    GstClockTime time)
{
  g_array_insert_val (self->times, count_until (self, time), time);
  if (self->times->len > KOCR_TIMES_REMEMBERED)
    g_array_remove_index (self->times, 0);
}

GstClockTime
kocr_sample_times_get_newest (const KocrSampleTimes * self)
{
  return self->times->len == 0 ? GST_CLOCK_TIME_NONE :
      get (self, self->times->len - 1);
}

gboolean
kocr_sample_times_is_late (const KocrSampleTimes * self,
    GstClockTime time)
{
  return self->times->len > 0
      && time < kocr_sample_times_get_newest (self);
}

void
kocr_sample_times_find (const KocrSampleTimes * self,
    GstClockTime time, GstClockTime * before, GstClockTime * after)
{
  guint i;

  *before = *after = GST_CLOCK_TIME_NONE;
  for (i = 0; i < self->times->len; i++) {
    if (get (self, i) < time)
      *before = get (self, i);
    else if (get (self, i) > time && !GST_CLOCK_TIME_IS_VALID (*after))
      *after = get (self, i);
  }
}

KocrTimesOutcome
kocr_sample_times_mend (KocrSampleTimes * self,
    GstClockTime time, GstClockTime * newest)
{
  guint n = count_until (self, time);

  *newest = kocr_sample_times_get_newest (self);
  if (!kocr_sample_times_is_late (self, time)
      || *newest - time <= MAX_LATE)
    return KOCR_TIMES_GO_ON;
  if (n == 0 || get (self, n) - get (self, n - 1) <= MAX_LATE)
    return KOCR_TIMES_FELL_BACK;
  g_array_set_size (self->times, n);
  *newest = get (self, n - 1);
  return KOCR_TIMES_WERE_ASTRAY;
}

GstClockTime
kocr_time_between (GstClockTime a, GstClockTime b)
{
  if (!GST_CLOCK_TIME_IS_VALID (a) || !GST_CLOCK_TIME_IS_VALID (b))
    return GST_CLOCK_TIME_IS_VALID (a) ? a : b;
  return MIN (a, b) + (MAX (a, b) - MIN (a, b)) / 2;
}

void
kocr_time_retract (GstClockTime *of, GstClockTime time)
{
  if (GST_CLOCK_TIME_IS_VALID (*of))
    *of = MIN (*of, time);
}
