/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Continuity: whether the times of a stream's frames go on.  Pure.
 *
 * Cameras and recorders stamp a frame hours away now and then, and streams that
 * were joined begin anew without saying so.  A single frame cannot tell the one
 * from the other, the next one does: a frame that does not follow the ones
 * before it is astray until then.  If the next one goes on from where the time
 * line was, nothing happened; if it does not, the time line is broken, and
 * begins anew there.
 */
#pragma once

#include <gst/gst.h>

typedef enum
{
  KOCR_CONTINUITY_KEPT,
  KOCR_CONTINUITY_ASTRAY, /* this frame alone: no time of the line's */
  KOCR_CONTINUITY_BROKEN  /* what was before does not go on here */
} KocrContinuityOutcome;

typedef struct
{
  GstClockTime last, end;       /* of the newest frame on the line; NONE: there
                                 * was none */
  gboolean astray;              /* the frame before was */
  gboolean announced;
} KocrContinuity;

/* As before any frame. */
void kocr_continuity_reset (KocrContinuity * self);
/* Somebody said that times may go on elsewhere: no frame is astray for that. */
void kocr_continuity_announce (KocrContinuity * self);

/* For a GAP, whose frames may not all be out: frames may lie as far ahead as behind
 * its end, and none has come for it. FALSE: it does not follow. */
gboolean kocr_continuity_extend (KocrContinuity *self, GstClockTime time,
    GstClockTime duration, GstClockTime frame_duration);

/* To be called once for every frame that has a @time, which grows with the
 * stream (running time does in reverse, too). @duration: of this frame, by
 * itself; @frame_duration: by the caps; NONE or 0 when unknown. */
KocrContinuityOutcome kocr_continuity_check (KocrContinuity *self,
    GstClockTime time, GstClockTime duration, GstClockTime frame_duration);
