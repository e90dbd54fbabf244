/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sampler.h"

static GstClockTime
distance (GstClockTime a, GstClockTime b)
{
  return a > b ? a - b : b - a;
}

void
kocr_sampler_reset (KocrSampler * sampler)
{
  sampler->next_is_due = TRUE;
  sampler->last_sample = GST_CLOCK_TIME_NONE;
  sampler->last_frame = GST_CLOCK_TIME_NONE;
  sampler->last_missed = GST_CLOCK_TIME_NONE;
}

gboolean
kocr_sampler_is_due (KocrSampler * sampler, GstClockTime position,
    GstClockTime frame_duration, GstClockTime interval)
{
  if (!GST_CLOCK_TIME_IS_VALID (position)) {
    if (!GST_CLOCK_TIME_IS_VALID (frame_duration) || frame_duration == 0) {
      sampler->last_frame = GST_CLOCK_TIME_NONE;
      return TRUE;
    }
    position = GST_CLOCK_TIME_IS_VALID (sampler->last_frame) ?
        sampler->last_frame + frame_duration : 0;
  }
  sampler->last_frame = position;

  return sampler->next_is_due || !GST_CLOCK_TIME_IS_VALID (sampler->last_sample)
      || distance (position, sampler->last_sample) >= interval;
}

void
kocr_sampler_take (KocrSampler * sampler)
{
  sampler->next_is_due = FALSE;
  sampler->last_sample = sampler->last_frame;
  sampler->last_missed = GST_CLOCK_TIME_NONE;
}

gboolean
kocr_sampler_miss (KocrSampler * sampler, GstClockTime interval)
{
  if (GST_CLOCK_TIME_IS_VALID (sampler->last_missed)
      && GST_CLOCK_TIME_IS_VALID (sampler->last_frame)
      && distance (sampler->last_frame, sampler->last_missed) < interval)
    return FALSE;

  sampler->last_missed = sampler->last_frame;
  return TRUE;
}
