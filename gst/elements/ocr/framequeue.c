/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/framequeue.h"

#include "common/framecaps.h"
#include "result/sample.h"

struct _KocrFrameQueue
{
  GMutex lock;
  GCond cond;

  /* lock */
  GQueue items;                 /* KocrFrameItem, each allocated */
  gsize bytes;                  /* of all buffers in items */
  gboolean flushing;
  gboolean overfull;            /* the streaming thread waits for room */
  gboolean query_taken;         /* the output task is at work on it */
  gboolean query_done;
  gboolean query_answer;
};

void
kocr_frame_item_clear (KocrFrameItem * item)
{
  if (item->object && item->type != KOCR_FRAME_ITEM_QUERY)
    gst_mini_object_unref (item->object);
  item->object = NULL;
  g_clear_pointer (&item->carried, kocr_request_unref);
}

static void
frame_item_free (KocrFrameItem * item)
{
  kocr_frame_item_clear (item);
  g_free (item);
}

KocrFrameQueue *
kocr_frame_queue_new (void)
{
  KocrFrameQueue *self = g_new0 (KocrFrameQueue, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  g_queue_init (&self->items);
  self->flushing = TRUE;
  return self;
}

void
kocr_frame_queue_free (KocrFrameQueue * self)
{
  g_queue_clear_full (&self->items, (GDestroyNotify) frame_item_free);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  g_free (self);
}

gboolean
kocr_frame_queue_push (
    KocrFrameQueue *self, KocrFrameItem *item, guint64 max_bytes)
{
  gboolean is_buffer = item->type == KOCR_FRAME_ITEM_BUFFER;

  if (is_buffer) {
    GstBuffer *buffer = GST_BUFFER_CAST (item->object);

    item->size = gst_buffer_get_size (buffer);
    item->borrowed = item->may_copy && !kocr_frame_may_be_held (buffer);
  }

  g_mutex_lock (&self->lock);
  while (is_buffer && !self->flushing && self->bytes > 0
      && self->bytes + item->size > max_bytes) {
    self->overfull = TRUE;
    g_cond_broadcast (&self->cond);
    g_cond_wait (&self->cond, &self->lock);
  }
  self->overfull = FALSE;
  if (self->flushing) {
    g_mutex_unlock (&self->lock);
    kocr_frame_item_clear (item);
    return FALSE;
  }
  self->bytes += item->size;
  g_queue_push_tail (&self->items, g_memdup2 (item, sizeof *item));
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

gboolean
kocr_frame_queue_push_query (
    KocrFrameQueue *self, GstQuery *query, gboolean *answer)
{
  KocrFrameItem item = { KOCR_FRAME_ITEM_QUERY, GST_MINI_OBJECT_CAST (query) };
  KocrFrameItem *queued;
  gboolean answered;

  g_mutex_lock (&self->lock);
  if (!self->flushing) {
    queued = g_memdup2 (&item, sizeof item);
    self->query_taken = self->query_done = FALSE;
    g_queue_push_tail (&self->items, queued);
    g_cond_broadcast (&self->cond);

    /* The query is the caller's: a flush takes it back out of the queue, but
     * not out of the task's hands, which a flush downstream empties soon. */
    while (!self->query_done && (!self->flushing || self->query_taken))
      g_cond_wait (&self->cond, &self->lock);
    if (!self->query_done && g_queue_remove (&self->items, queued))
      frame_item_free (queued);
  } else {
    self->query_done = FALSE;
  }
  *answer = self->query_answer;
  answered = self->query_done;
  g_mutex_unlock (&self->lock);
  return answered;
}

void
kocr_frame_queue_query_done (KocrFrameQueue * self, gboolean answer)
{
  g_mutex_lock (&self->lock);
  self->query_taken = FALSE;
  self->query_done = TRUE;
  self->query_answer = answer;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static gboolean
may_leave (KocrFrameQueue * self, const KocrFrameItem * head, gboolean lossless)
{
  if (!head->carried || kocr_sample_is_published (head->carried))
    return TRUE;
  return !lossless
      && (self->overfull || g_get_monotonic_time () >= head->deadline);
}

/* Copies the memory of one held frame that is borrowed. Leaves the lock for
 * it: only this thread takes items out, but a flush, which is looked for by the
 * caller. FALSE: there is none. */
static gboolean
copy_one_borrowed (KocrFrameQueue * self)
{
  KocrFrameItem *item = NULL;
  GstBuffer *borrowed, *copy;

  for (GList * l = self->items.head; l && !item; l = l->next) {
    if (((KocrFrameItem *) l->data)->borrowed)
      item = l->data;
  }
  if (!item)
    return FALSE;

  borrowed = gst_buffer_ref (GST_BUFFER_CAST (item->object));
  g_mutex_unlock (&self->lock);
  copy = gst_buffer_copy_deep (borrowed);
  g_mutex_lock (&self->lock);

  if (g_queue_find (&self->items, item)) {
    item->borrowed = FALSE;
    if (copy)
      gst_mini_object_take (&item->object, GST_MINI_OBJECT_CAST (copy));
    copy = NULL;
  }
  gst_clear_buffer (&copy);
  gst_buffer_unref (borrowed);
  return TRUE;
}

KocrFrameQueueStatus
kocr_frame_queue_pop (KocrFrameQueue *self, KocrFrameItem *item,
    gboolean lossless, gint64 patience)
{
  KocrFrameQueueStatus status = KOCR_FRAME_QUEUE_FLUSHING;
  gint64 wake_at = G_MAXINT64;

  g_mutex_lock (&self->lock);
  while (!self->flushing) {
    KocrFrameItem *head = g_queue_peek_head (&self->items);
    gint64 until;

    if (head && may_leave (self, head, lossless)) {
      g_queue_pop_head (&self->items);
      self->bytes -= head->size;
      /* Who waits for room sets it again if this was not enough. */
      self->overfull = FALSE;
      *item = *head;
      g_free (head);
      self->query_taken = item->type == KOCR_FRAME_ITEM_QUERY;
      status = KOCR_FRAME_QUEUE_ITEM;
      g_cond_broadcast (&self->cond);
      break;
    }
    if (copy_one_borrowed (self))
      continue;
    if (head && wake_at == G_MAXINT64 && patience != G_MAXINT64)
      wake_at = g_get_monotonic_time () + patience;
    if (head && g_get_monotonic_time () >= wake_at) {
      status = KOCR_FRAME_QUEUE_WAITING;
      break;
    }
    until = head && !lossless ? MIN (wake_at, head->deadline) : wake_at;
    if (!head || until == G_MAXINT64)
      g_cond_wait (&self->cond, &self->lock);
    else
      g_cond_wait_until (&self->cond, &self->lock, until);
  }
  g_mutex_unlock (&self->lock);
  return status;
}

void
kocr_frame_queue_wake (KocrFrameQueue * self)
{
  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

void
kocr_frame_queue_clear (KocrFrameQueue * self, KocrFrameQueueEventFunc dropped,
    gpointer user_data)
{
  GQueue items;

  g_mutex_lock (&self->lock);
  items = self->items;
  g_queue_init (&self->items);
  self->bytes = 0;
  g_mutex_unlock (&self->lock);

  for (GList * l = items.head; l && dropped; l = l->next) {
    KocrFrameItem *item = l->data;

    if (item->type == KOCR_FRAME_ITEM_EVENT)
      dropped (GST_EVENT_CAST (item->object), user_data);
  }
  g_queue_clear_full (&items, (GDestroyNotify) frame_item_free);
}

void
kocr_frame_queue_set_flushing (KocrFrameQueue * self, gboolean flushing)
{
  if (!flushing)
    kocr_frame_queue_clear (self, NULL, NULL);

  g_mutex_lock (&self->lock);
  self->flushing = flushing;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}
