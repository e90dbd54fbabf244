/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame queue: frames that wait for a result, with the serialized events and
 * queries between them, in order.
 *
 * The streaming thread pushes at the tail, the output task pops the head.  A
 * frame may leave once the request it carries is published, or at its deadline,
 * or, when the queue is asked not to be lossless, as soon as it is over-full.
 * Every wait ends at once when the queue is flushing.
 *
 * A frame between two samples may also wait for the second one, which knows what
 * came and went in between.  It does while there is room, more frames come, and
 * nothing stands in the queue that they end with or that upstream waits for.
 *
 * The frame queue's lock is the first in the lock order; nothing is called out
 * under it.
 */
#pragma once

#include "request.h"

typedef struct _KocrFrameQueue KocrFrameQueue;

typedef enum
{
  KOCR_FRAME_ITEM_BUFFER,
  KOCR_FRAME_ITEM_EVENT,
  KOCR_FRAME_ITEM_QUERY,
  KOCR_FRAME_ITEM_RESULT /* of a frame that has left */
} KocrFrameItemType;

typedef struct
{
  KocrFrameItemType type;
  GstMiniObject *object;        /* (nullable) owned, but for a query */
  KocrRequest *carried;         /* (nullable) owned: the newest sample at or
                                 * before this frame */
  KocrRequest *next;            /* (nullable) owned: the next one after it, if it
                                 * is published when this frame leaves */
  gboolean sampled;             /* carried is this very frame's */
  gboolean awaits_next;         /* if it can */
  gboolean may_copy;            /* to system memory */
  gint64 deadline;              /* monotonic, us; G_MAXINT64: none */
  guint attach;                 /* GstKakaoOcrAttach */
  gboolean drop;                /* a GAP leaves in its place */
  gsize size;
  gboolean borrowed;            /* its memory is somebody's who misses it, and
                                 * may be copied */
} KocrFrameItem;

void kocr_frame_item_clear (KocrFrameItem * item);

typedef enum
{
  KOCR_FRAME_QUEUE_ITEM,
  KOCR_FRAME_QUEUE_WAITING,          /* the head has stayed for patience */
  KOCR_FRAME_QUEUE_FLUSHING
} KocrFrameQueueStatus;

KocrFrameQueue *kocr_frame_queue_new (void);
void kocr_frame_queue_free (KocrFrameQueue * self);

/* Takes @item's content. Waits while there are more than @max_bytes in the
 * queue, but takes one frame of any size. FALSE: flushing; the content is
 * freed. */
gboolean kocr_frame_queue_push (KocrFrameQueue * self, KocrFrameItem * item,
    guint64 max_bytes);
/* Waits until the output task has called kocr_frame_queue_query_done(). FALSE:
 * flushing. */
gboolean kocr_frame_queue_push_query (KocrFrameQueue * self, GstQuery * query,
    gboolean * answer);
void kocr_frame_queue_query_done (KocrFrameQueue * self, gboolean answer);

/* Fills @item with the head as soon as it may leave. @lossless: only a
 * published head may. Until then the memory of held frames that is somebody
 * else's is copied, here in the caller's thread. @patience: us; G_MAXINT64: for
 * ever. */
KocrFrameQueueStatus kocr_frame_queue_pop (KocrFrameQueue *self,
    KocrFrameItem *item, gboolean lossless, gint64 patience);

/* Whether the streaming thread is at work on a frame. While it is not, who waits
 * for the next sample waits for upstream, and not for long. */
void kocr_frame_queue_set_busy (KocrFrameQueue * self, gboolean busy);

/* A request was published. From any thread. */
void kocr_frame_queue_wake (KocrFrameQueue * self);

/* TRUE ends all waits and stays; FALSE opens the queue, empty. */
void kocr_frame_queue_set_flushing (KocrFrameQueue * self, gboolean flushing);
/* Drops what is in the queue; not while it is in use. @dropped (nullable) gets
 * the events, in order. */
typedef void (*KocrFrameQueueEventFunc) (GstEvent * event, gpointer user_data);
void kocr_frame_queue_clear (
    KocrFrameQueue *self, KocrFrameQueueEventFunc dropped, gpointer user_data);
