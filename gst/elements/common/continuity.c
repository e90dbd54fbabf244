/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/continuity.h"

/* What a lossy camera may lose, or a screen may stand still, and still be the
 * same stream: this long, or so many frames where they come slowly. Where caps
 * do not say how they come, a slide may stand for long. */
#define MAX_GAP (10 * GST_SECOND)
#define MAX_GAP_FRAMES 25
#define MAX_GAP_UNKNOWN (3600 * GST_SECOND)

/* What comes out of order by less was only swapped. */
#define MAX_STEP_BACK_FRAMES 4
#define MAX_STEP_BACK_UNKNOWN (200 * GST_MSECOND)

void
kocr_continuity_reset (KocrContinuity * self)
{
  self->last = self->end = GST_CLOCK_TIME_NONE;
  self->astray = self->announced = FALSE;
}

void
kocr_continuity_announce (KocrContinuity * self)
{
  self->announced = TRUE;
}

static gboolean
is_known (GstClockTime duration)
{
  return GST_CLOCK_TIME_IS_VALID (duration) && duration > 0;
}

/* Whether @time goes on from a frame at @last that was there until @end. */
static gboolean
follows (GstClockTime last, GstClockTime end, GstClockTime time,
    GstClockTime frame_duration)
{
  gboolean known = is_known (frame_duration);

  if (time < last)
    return last - time <= (known ? MAX_STEP_BACK_FRAMES * frame_duration
        : MAX_STEP_BACK_UNKNOWN);
  return time <= end
      || time - end <= (known ? MAX (MAX_GAP, MAX_GAP_FRAMES * frame_duration)
      : MAX_GAP_UNKNOWN);
}

static GstClockTime
find_end (GstClockTime time, GstClockTime duration)
{
  return GST_CLOCK_TIME_IS_VALID (duration) ?
      time + MIN (duration, MAX_GAP_UNKNOWN) : time;
}

gboolean
kocr_continuity_extend (KocrContinuity *self, GstClockTime time,
    GstClockTime duration, GstClockTime frame_duration)
{
  if (!GST_CLOCK_TIME_IS_VALID (self->last))
    return TRUE;
  if (!follows (self->last, self->end, time, frame_duration))
    return FALSE;
  self->end = MAX (self->end, find_end (time, duration));
  self->astray = FALSE;
  return TRUE;
}

static void
go_on (KocrContinuity * self, GstClockTime time, GstClockTime end)
{
  gboolean swapped = GST_CLOCK_TIME_IS_VALID (self->last) && time < self->last;

  kocr_continuity_reset (self);
  self->last = time;
  self->end = swapped ? time : end;
}

KocrContinuityOutcome
kocr_continuity_check (KocrContinuity *self, GstClockTime time,
    GstClockTime duration, GstClockTime frame_duration)
{
  GstClockTime end = find_end (time, duration);

  if (!GST_CLOCK_TIME_IS_VALID (self->last)
      || follows (self->last, self->end, time, frame_duration)) {
    go_on (self, time, end);
    return KOCR_CONTINUITY_KEPT;
  }
  if (!self->announced && !self->astray) {
    self->astray = TRUE;
    return KOCR_CONTINUITY_ASTRAY;
  }
  kocr_continuity_reset (self);
  go_on (self, time, end);
  return KOCR_CONTINUITY_BROKEN;
}
