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
 * The frame queue's lock is the first in the lock order; nothing is called out
 * under it.
 */
#pragma once

#include "request.h"

G_BEGIN_DECLS

typedef struct _FrameQueue FrameQueue;

typedef enum
{
  FRAME_ITEM_BUFFER,
  FRAME_ITEM_EVENT,
  FRAME_ITEM_QUERY
} FrameItemType;

typedef struct
{
  FrameItemType type;
  GstMiniObject *object;        /* owned, but for a query */
  KocrRequest *carried;         /* (nullable) owned: the newest sample at or
                                 * before this frame */
  gboolean sampled;             /* carried is this very frame's */
  gboolean may_copy;            /* to system memory */
  gint64 deadline;              /* monotonic, us; G_MAXINT64: none */
  guint attach;                 /* GstKakaoOcrAttach */
  gboolean drop;                /* a GAP leaves in its place */
  gsize size;
  gboolean borrowed;            /* its memory is somebody's who misses it, and
                                 * may be copied */
} FrameItem;

void frame_item_clear (FrameItem * item);

typedef enum
{
  FRAME_QUEUE_ITEM,
  FRAME_QUEUE_WAITING,          /* the head has stayed for patience */
  FRAME_QUEUE_FLUSHING
} FrameQueueStatus;

FrameQueue *frame_queue_new (void);
void frame_queue_free (FrameQueue * self);

/* Takes @item's content. Waits while there are more than @max_bytes in the
 * queue, but takes one frame of any size. FALSE: flushing; the content is
 * freed. */
gboolean frame_queue_push (FrameQueue * self, FrameItem * item,
    guint64 max_bytes);
/* Waits until the output task has called frame_queue_query_done(). FALSE:
 * flushing. */
gboolean frame_queue_push_query (FrameQueue * self, GstQuery * query,
    gboolean * answer);
void frame_queue_query_done (FrameQueue * self, gboolean answer);

/* Fills @item with the head as soon as it may leave. @lossless: only a published
 * head may. Until then the memory of held frames that is somebody else's is
 * copied, here in the caller's thread. @patience: us; G_MAXINT64: for ever. */
FrameQueueStatus frame_queue_pop (FrameQueue * self, FrameItem * item,
    gboolean lossless, gint64 patience);

/* A request was published. From any thread. */
void frame_queue_wake (FrameQueue * self);

/* TRUE ends all waits and stays; FALSE opens the queue, empty. */
void frame_queue_set_flushing (FrameQueue * self, gboolean flushing);
/* Drops what is in the queue; not while it is in use. @dropped (nullable) gets
 * the events, in order. */
typedef void (*FrameQueueEventFunc) (GstEvent * event, gpointer user_data);
void frame_queue_clear (FrameQueue * self, FrameQueueEventFunc dropped,
    gpointer user_data);

/* Whether holding @buffer keeps nobody waiting for it: plain memory that is
 * bound neither to a pool of so many buffers nor to another buffer. */
gboolean frame_queue_may_hold (GstBuffer * buffer);

G_END_DECLS
