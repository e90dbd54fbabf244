/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/videogap.h"

void
kocr_video_gap_reset (KocrVideoGap *self)
{
  self->end = GST_CLOCK_TIME_NONE;
}

gboolean
kocr_video_gap_goes_on (
    KocrVideoGap *self, GstClockTime start, GstClockTime duration)
{
  GstClockTime before = self->end;

  self->end = start;
  if (GST_CLOCK_TIME_IS_VALID (start) && GST_CLOCK_TIME_IS_VALID (duration))
    self->end += duration;
  return GST_CLOCK_TIME_IS_VALID (start) && GST_CLOCK_TIME_IS_VALID (before)
         && start >= before;
}
