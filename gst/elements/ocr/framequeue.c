/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/framequeue.h"

#include "common/framecaps.h"
#include "result/sample.h"

/* us. How long upstream may let the element wait for the next frame until those
 * that wait for the next sample leave: it may wait for them. A decoder takes less,
 * on any machine. */
#define UPSTREAM_PATIENCE (2 * G_USEC_PER_SEC)
/* From one sample to the next in a row, until it is taken for granted. */
#define MOST_STALLS 3

struct _KocrFrameQueue
{
  GMutex lock;
  GCond cond;

  /* lock */
  GQueue items;                 /* KocrFrameItem, each allocated */
  GQueue stops;                 /* of them those that frames need not wait beyond:
                                 * samples, and what frames end with */
  gsize bytes;                  /* of all buffers in items */
  gboolean flushing;
  gboolean overfull;            /* the streaming thread waits for room */
  gint64 idle_since;            /* monotonic, us: when it went back upstream;
                                 * G_MAXINT64: it is here */
  gboolean stalled;             /* since the last sample that left */
  guint n_stalls;               /* in a row, and with this one */
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
  g_clear_pointer (&item->next, kocr_request_unref);
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
  g_queue_init (&self->stops);
  self->flushing = TRUE;
  self->idle_since = G_MAXINT64;
  return self;
}

void
kocr_frame_queue_free (KocrFrameQueue * self)
{
  g_queue_clear (&self->stops);
  g_queue_clear_full (&self->items, (GDestroyNotify) frame_item_free);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* What upstream has to get an answer to, or frames do not go on behind. */
static gboolean
ends_frames (const KocrFrameItem * item)
{
  if (item->type == KOCR_FRAME_ITEM_QUERY)
    return TRUE;
  if (item->type != KOCR_FRAME_ITEM_EVENT)
    return FALSE;
  switch (GST_EVENT_TYPE (item->object)) {
    case GST_EVENT_STREAM_START:
    case GST_EVENT_CAPS:
    case GST_EVENT_SEGMENT:
    case GST_EVENT_SEGMENT_DONE:
    case GST_EVENT_STREAM_GROUP_DONE:
    case GST_EVENT_EOS:
      return TRUE;
    default:
      return FALSE;
  }
}

static gboolean
is_sample (const KocrFrameItem * item)
{
  return item->sampled || item->type == KOCR_FRAME_ITEM_RESULT;
}

/* With the lock held. Takes @item's content. */
static KocrFrameItem *
append (KocrFrameQueue * self, const KocrFrameItem * item)
{
  KocrFrameItem *queued = g_memdup2 (item, sizeof *item);

  g_queue_push_tail (&self->items, queued);
  if (is_sample (queued) || ends_frames (queued))
    g_queue_push_tail (&self->stops, queued);
  g_cond_broadcast (&self->cond);
  return queued;
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
  append (self, item);
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
    self->query_taken = self->query_done = FALSE;
    queued = append (self, &item);

    /* The query is the caller's: a flush takes it back out of the queue, but
     * not out of the task's hands, which a flush downstream empties soon. */
    while (!self->query_done && (!self->flushing || self->query_taken))
      g_cond_wait (&self->cond, &self->lock);
    if (!self->query_done && g_queue_remove (&self->items, queued)) {
      g_queue_remove (&self->stops, queued);
      frame_item_free (queued);
    }
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

/* Whether the head need not wait for the next sample. @wake_at: (inout) when to
 * ask again. */
static gboolean
has_next (KocrFrameQueue * self, gint64 * wake_at)
{
  const KocrFrameItem *stop = g_queue_peek_head (&self->stops);

  if (stop)
    return !is_sample (stop) || kocr_sample_is_published (stop->carried);
  if (self->overfull || self->stalled
      || self->n_stalls >= MOST_STALLS)
    return TRUE;
  if (self->idle_since == G_MAXINT64)
    return FALSE;
  if (g_get_monotonic_time () - self->idle_since >= UPSTREAM_PATIENCE) {
    self->stalled = TRUE;
    self->n_stalls++;
    return TRUE;
  }
  *wake_at = MIN (*wake_at, self->idle_since + UPSTREAM_PATIENCE);
  return FALSE;
}

/* @wake_at: (inout). */
static gboolean
may_leave (KocrFrameQueue * self, const KocrFrameItem * head,
    gboolean lossless, gint64 * wake_at)
{
  if (head->carried && !kocr_sample_is_published (head->carried)) {
    if (lossless)
      return FALSE;
    *wake_at = MIN (*wake_at, head->deadline);
    return self->overfull || g_get_monotonic_time () >= head->deadline;
  }
  return !head->awaits_next || has_next (self, wake_at);
}

/* Takes the head out of the queue. */
static void
take_head (KocrFrameQueue * self, KocrFrameItem * item)
{
  KocrFrameItem *head = g_queue_pop_head (&self->items);
  const KocrFrameItem *stop = g_queue_peek_head (&self->stops);

  if (head == stop)
    g_queue_pop_head (&self->stops);
  else if (stop && is_sample (stop)
      && kocr_sample_is_published (stop->carried))
    head->next = kocr_request_ref (stop->carried);
  if (head->sampled) {
    self->n_stalls = self->stalled ? self->n_stalls : 0;
    self->stalled = FALSE;
  }
  self->bytes -= head->size;
  *item = *head;
  g_free (head);
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
    gint64 until = G_MAXINT64;

    if (head && may_leave (self, head, lossless, &until)) {
      take_head (self, item);
      /* Who waits for room sets it again if this was not enough. */
      self->overfull = FALSE;
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
    until = MIN (until, wake_at);
    if (!head || until == G_MAXINT64)
      g_cond_wait (&self->cond, &self->lock);
    else
      g_cond_wait_until (&self->cond, &self->lock, until);
  }
  g_mutex_unlock (&self->lock);
  return status;
}

void
kocr_frame_queue_set_busy (KocrFrameQueue * self, gboolean busy)
{
  g_mutex_lock (&self->lock);
  self->idle_since = busy ? G_MAXINT64 : g_get_monotonic_time ();
  /* Nobody waits for a moment that has not begun. */
  if (!busy)
    g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
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
  g_queue_clear (&self->stops);
  self->bytes = 0;
  self->stalled = FALSE;
  self->n_stalls = 0;
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
