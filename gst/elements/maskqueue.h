/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Mask queue: frames with their masks, and the events between them, that wait
 * for what is read in the frames after them. One thread at a time.
 */
#pragma once

#include "framemask.h"
#include "maskhold.h"

G_BEGIN_DECLS

/* A frame or an event. */
typedef struct
{
  GstMiniObject *object;
  gint64 time;                  /* running time, of a frame */
  FrameMask mask;
  HeldFrame *held;
} MaskItem;

typedef struct _MaskQueue MaskQueue;

MaskQueue *mask_queue_new (void);
void mask_queue_free (MaskQueue * self);

/* Frames from now on are of @info; none waits. @readable: whether they may be
 * looked at, and copied. */
void mask_queue_set_up (MaskQueue * self, const GstVideoInfo * info,
    gboolean readable);

/* Takes @buffer and @mask. A frame that keeps somebody waiting while it is held
 * is copied. */
void mask_queue_push_frame (MaskQueue * self, GstBuffer * buffer,
    FrameMask * mask, gint64 time, GstClockTime hold);
/* Takes @event. */
void mask_queue_push_event (MaskQueue * self, GstEvent * event);

/* The next that has waited @hold by @now; @shortened: (out) whether it did not,
 * since more is waiting than may. FALSE: it waits on. */
gboolean mask_queue_pop_due (MaskQueue * self, gint64 now, GstClockTime hold,
    MaskItem * item, gboolean * shortened);
gboolean mask_queue_pop (MaskQueue * self, MaskItem * item);
/* What was popped is done with, its object was taken. */
void mask_queue_end (MaskQueue * self, MaskItem * item);

gboolean mask_queue_is_empty (const MaskQueue * self);
/* Drops what waits, and all that is held. */
void mask_queue_clear (MaskQueue * self);

G_END_DECLS
