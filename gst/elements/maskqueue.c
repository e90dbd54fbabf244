/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "maskqueue.h"

#include "framequeue.h"

/* Half a second of 4K at 60 frames a second is 385 MB. */
#define MAX_BYTES (512 * 1024 * 1024)
/* And of a small one at a thousand frames a second. */
#define MAX_ITEMS 1024

struct _MaskQueue
{
  GQueue items;                 /* of MaskItem */
  gsize bytes;
  MaskHold *hold;
  gboolean readable;
};

MaskQueue *
mask_queue_new (void)
{
  MaskQueue *self = g_new0 (MaskQueue, 1);

  g_queue_init (&self->items);
  self->hold = mask_hold_new ();
  return self;
}

void
mask_queue_free (MaskQueue * self)
{
  mask_queue_clear (self);
  mask_hold_free (self->hold);
  g_free (self);
}

void
mask_queue_set_up (MaskQueue * self, const GstVideoInfo * info,
    gboolean readable)
{
  self->readable = readable;
  mask_hold_set_up (self->hold, info, readable);
}

/* Takes @buffer. */
static GstBuffer *
make_holdable (MaskQueue * self, GstBuffer * buffer)
{
  GstBuffer *copy;

  if (!self->readable || frame_queue_may_hold (buffer))
    return buffer;
  copy = gst_buffer_copy_deep (buffer);
  if (!copy)
    return buffer;
  gst_buffer_unref (buffer);
  return copy;
}

void
mask_queue_push_frame (MaskQueue * self, GstBuffer * buffer, FrameMask * mask,
    gint64 time, GstClockTime hold)
{
  MaskItem *item = g_new0 (MaskItem, 1);

  buffer = make_holdable (self, buffer);
  item->object = GST_MINI_OBJECT_CAST (buffer);
  item->time = time;
  item->mask = *mask;
  item->held = mask_hold_add (self->hold, buffer, time, mask->texts, hold);
  self->bytes += gst_buffer_get_size (buffer);
  g_queue_push_tail (&self->items, item);
}

void
mask_queue_push_event (MaskQueue * self, GstEvent * event)
{
  MaskItem *item = g_new0 (MaskItem, 1);

  item->object = GST_MINI_OBJECT_CAST (event);
  g_queue_push_tail (&self->items, item);
}

gboolean
mask_queue_pop (MaskQueue * self, MaskItem * item)
{
  MaskItem *head = g_queue_pop_head (&self->items);

  if (!head)
    return FALSE;
  *item = *head;
  g_free (head);
  if (GST_IS_BUFFER (item->object))
    self->bytes -= gst_buffer_get_size (GST_BUFFER_CAST (item->object));
  return TRUE;
}

gboolean
mask_queue_pop_due (MaskQueue * self, gint64 now, GstClockTime hold,
    MaskItem * item, gboolean * shortened)
{
  const MaskItem *head = g_queue_peek_head (&self->items);
  gboolean full = self->bytes > MAX_BYTES || self->items.length > MAX_ITEMS;
  gboolean due = head && (GST_IS_EVENT (head->object) ||
      ABS (now - head->time) >= (gint64) hold);

  *shortened = head && !due && full;
  return (due || *shortened) && mask_queue_pop (self, item);
}

void
mask_queue_end (MaskQueue * self, MaskItem * item)
{
  if (item->held)
    mask_hold_leave (self->hold, item->held);
  frame_mask_clear (&item->mask);
}

gboolean
mask_queue_is_empty (const MaskQueue * self)
{
  return self->items.length == 0;
}

void
mask_queue_clear (MaskQueue * self)
{
  MaskItem item;

  while (mask_queue_pop (self, &item)) {
    mask_queue_end (self, &item);
    gst_mini_object_unref (item.object);
  }
  mask_hold_forget (self->hold);
}
