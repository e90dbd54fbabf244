/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sample times: when the newest samples were, for begins and ends between
 * them.
 */
#pragma once

#include <gst/gst.h>

/* When the newest samples were, in the order of their times. */
typedef struct
{
  GArray *times;                /* of GstClockTime */
} KocrSampleTimes;

/* How many are remembered: more than a service has requests in flight. */
#define KOCR_TIMES_REMEMBERED 64

void kocr_sample_times_init (KocrSampleTimes * self);
void kocr_sample_times_clear (KocrSampleTimes * self);
void kocr_sample_times_forget (KocrSampleTimes * self);

void kocr_sample_times_add (KocrSampleTimes * self,
    GstClockTime time);

/* NONE: there is none. */
GstClockTime kocr_sample_times_get_newest (const KocrSampleTimes *self);
/* Whether a sample at @time is not the newest. */
gboolean kocr_sample_times_is_late (
    const KocrSampleTimes *self, GstClockTime time);
/* The samples before and after @time, as far as they are known. */
void kocr_sample_times_find (const KocrSampleTimes * self,
    GstClockTime time, GstClockTime * before, GstClockTime * after);

/* Half way from @a to @b; the one that is known if the other is not. */
GstClockTime kocr_time_between (GstClockTime a, GstClockTime b);

/* A time after @time was at @time; an unknown one stays unknown. */
void kocr_time_retract (GstClockTime *of, GstClockTime time);

typedef enum
{
  KOCR_TIMES_GO_ON,
  KOCR_TIMES_WERE_ASTRAY,      /* those after it, which are dropped:
                                         * @newest is that of those before */
  KOCR_TIMES_FELL_BACK
} KocrTimesOutcome;

/* What a sample at @time says of those that are known. @newest: (out) */
KocrTimesOutcome kocr_sample_times_mend (
    KocrSampleTimes * self, GstClockTime time, GstClockTime * newest);
