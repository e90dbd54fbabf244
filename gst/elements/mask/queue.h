/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Mask queue: frames with their masks, and the events between them, that wait
 * for what is read in the frames after them. One thread at a time.
 */
#pragma once

#include "mask/framemask.h"
#include "mask/hold.h"

/* A frame or an event. */
typedef struct
{
  GstMiniObject *object;
  gint64 time;                  /* running time, of a frame */
  KocrFrameMask mask;
  KocrHeldFrame *held;
} KocrMaskItem;

typedef struct _KocrMaskQueue KocrMaskQueue;

KocrMaskQueue *kocr_mask_queue_new (void);
void kocr_mask_queue_free (KocrMaskQueue * self);

/* Frames from now on are of @info; none waits. @readable: whether they may be
 * looked at, and copied. */
void kocr_mask_queue_set_up (KocrMaskQueue * self, const GstVideoInfo * info,
    gboolean readable);

/* Takes @buffer and @mask. A frame whose memory others wait for is copied. */
void kocr_mask_queue_push_frame (KocrMaskQueue * self, GstBuffer * buffer,
    KocrFrameMask * mask, gint64 time, GstClockTime hold);
/* Takes @event. */
void kocr_mask_queue_push_event (KocrMaskQueue * self, GstEvent * event);

/* Pops the oldest when it has waited for @hold by @now, or when too many wait,
 * which @shortened tells of. FALSE: it waits on. */
gboolean kocr_mask_queue_pop_due (KocrMaskQueue *self, gint64 now,
    GstClockTime hold, KocrMaskItem *item, gboolean *shortened);
gboolean kocr_mask_queue_pop (KocrMaskQueue * self, KocrMaskItem * item);
/* Frees what was popped, whose object was taken. */
void kocr_mask_queue_done (KocrMaskQueue *self, KocrMaskItem *item);

gboolean kocr_mask_queue_is_empty (const KocrMaskQueue * self);
/* Drops what waits, and all that is held. */
void kocr_mask_queue_clear (KocrMaskQueue * self);
