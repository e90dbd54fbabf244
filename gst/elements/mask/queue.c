/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/queue.h"

#include "common/framecaps.h"

/* Half a second of 4K at 60 frames a second is 385 MB. */
#define MAX_BYTES (512 * 1024 * 1024)
/* And of a small one at a thousand frames a second. */
#define MAX_ITEMS 1024

struct _KocrMaskQueue
{
  GQueue items;                 /* of KocrMaskItem */
  gsize bytes;
  KocrMaskHold *hold;
  gboolean readable;
};

KocrMaskQueue *
kocr_mask_queue_new (void)
{
  KocrMaskQueue *self = g_new0 (KocrMaskQueue, 1);

  g_queue_init (&self->items);
  self->hold = kocr_mask_hold_new ();
  return self;
}

void
kocr_mask_queue_free (KocrMaskQueue * self)
{
  kocr_mask_queue_clear (self);
  kocr_mask_hold_free (self->hold);
  g_free (self);
}

void
kocr_mask_queue_set_up (KocrMaskQueue * self, const GstVideoInfo * info,
    gboolean readable)
{
  self->readable = readable;
  kocr_mask_hold_set_up (self->hold, info, readable);
}

/* Takes @buffer. */
static GstBuffer *
make_holdable (KocrMaskQueue * self, GstBuffer * buffer)
{
  GstBuffer *copy;

  if (!self->readable || kocr_frame_may_be_held (buffer))
    return buffer;
  copy = gst_buffer_copy_deep (buffer);
  if (!copy)
    return buffer;
  gst_buffer_unref (buffer);
  return copy;
}

void
kocr_mask_queue_push_frame (KocrMaskQueue *self, GstBuffer *buffer,
    KocrFrameMask *mask, gint64 time, GstClockTime hold)
{
  KocrMaskItem *item = g_new0 (KocrMaskItem, 1);

  buffer = make_holdable (self, buffer);
  item->object = GST_MINI_OBJECT_CAST (buffer);
  item->time = time;
  item->mask = *mask;
  item->held
      = kocr_mask_hold_push (self->hold, buffer, time, mask->texts, hold);
  self->bytes += gst_buffer_get_size (buffer);
  g_queue_push_tail (&self->items, item);
}

void
kocr_mask_queue_push_event (KocrMaskQueue * self, GstEvent * event)
{
  KocrMaskItem *item = g_new0 (KocrMaskItem, 1);

  item->object = GST_MINI_OBJECT_CAST (event);
  g_queue_push_tail (&self->items, item);
}

gboolean
kocr_mask_queue_pop (KocrMaskQueue * self, KocrMaskItem * item)
{
  KocrMaskItem *head = g_queue_pop_head (&self->items);

  if (!head)
    return FALSE;
  *item = *head;
  g_free (head);
  if (GST_IS_BUFFER (item->object))
    self->bytes -= gst_buffer_get_size (GST_BUFFER_CAST (item->object));
  return TRUE;
}

gboolean
kocr_mask_queue_pop_due (KocrMaskQueue * self, gint64 now, GstClockTime hold,
    KocrMaskItem * item, gboolean * shortened)
{
  const KocrMaskItem *head = g_queue_peek_head (&self->items);
  gboolean full = self->bytes > MAX_BYTES || self->items.length > MAX_ITEMS;
  gboolean due = head && (GST_IS_EVENT (head->object) ||
      ABS (now - head->time) >= (gint64) hold);

  *shortened = head && !due && full;
  return (due || *shortened) && kocr_mask_queue_pop (self, item);
}

void
kocr_mask_queue_done (KocrMaskQueue *self, KocrMaskItem *item)
{
  if (item->held)
    kocr_mask_hold_pop (self->hold, item->held);
  kocr_frame_mask_clear (&item->mask);
}

gboolean
kocr_mask_queue_is_empty (const KocrMaskQueue * self)
{
  return self->items.length == 0;
}

void
kocr_mask_queue_clear (KocrMaskQueue * self)
{
  KocrMaskItem item;

  while (kocr_mask_queue_pop (self, &item)) {
    kocr_mask_queue_done (self, &item);
    gst_mini_object_unref (item.object);
  }
  kocr_mask_hold_clear (self->hold);
}
