/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "enc/stallwatch.h"

typedef enum
{
  STALL_WATCH_STOPPED,
  STALL_WATCH_STARTED,
  STALL_WATCH_OVER,
  STALL_WATCH_FREED
} State;

struct _KocrStallWatch
{
  KocrStallWatchFunc func;
  gpointer data;
  GThread *thread;              /* NULL until it is needed */

  GMutex lock;
  GCond changed;
  /* lock */
  State state;
  gint64 patience;              /* us */
  gint64 deadline;              /* when started; monotonic, in us */
};

static gpointer
watch (gpointer data)
{
  KocrStallWatch *self = data;

  g_mutex_lock (&self->lock);
  while (self->state != STALL_WATCH_FREED) {
    if (self->state != STALL_WATCH_STARTED) {
      g_cond_wait (&self->changed, &self->lock);
    } else if (g_get_monotonic_time () < self->deadline) {
      g_cond_wait_until (&self->changed, &self->lock, self->deadline);
    } else {
      self->state = STALL_WATCH_OVER;
      g_mutex_unlock (&self->lock);
      self->func (self->data);
      g_mutex_lock (&self->lock);
    }
  }
  g_mutex_unlock (&self->lock);
  return NULL;
}

KocrStallWatch *
kocr_stall_watch_new (KocrStallWatchFunc func, gpointer data)
{
  KocrStallWatch *self = g_new0 (KocrStallWatch, 1);

  self->func = func;
  self->data = data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  return self;
}

/* With the lock. */
static void
set_state (KocrStallWatch * self, State state)
{
  /* A thread that waits for an earlier deadline looks again by itself. */
  if (self->state != state)
    g_cond_signal (&self->changed);
  self->state = state;
  self->deadline = g_get_monotonic_time () + self->patience;
}

void
kocr_stall_watch_free (KocrStallWatch * self)
{
  g_mutex_lock (&self->lock);
  set_state (self, STALL_WATCH_FREED);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->thread, g_thread_join);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
kocr_stall_watch_start (KocrStallWatch * self, GstClockTime patience)
{
  g_mutex_lock (&self->lock);
  if (!self->thread)
    self->thread = g_thread_new ("kakaoocrenc", watch, self);
  self->patience = (gint64) (patience / GST_USECOND);
  set_state (self, STALL_WATCH_STARTED);
  g_mutex_unlock (&self->lock);
}

void
kocr_stall_watch_restart (KocrStallWatch * self)
{
  g_mutex_lock (&self->lock);
  if (self->state == STALL_WATCH_OVER)
    set_state (self, STALL_WATCH_STARTED);
  g_mutex_unlock (&self->lock);
}

void
kocr_stall_watch_stop (KocrStallWatch * self)
{
  g_mutex_lock (&self->lock);
  set_state (self, STALL_WATCH_STOPPED);
  g_mutex_unlock (&self->lock);
}

gboolean
kocr_stall_watch_is_over (KocrStallWatch * self)
{
  gboolean is_over;

  g_mutex_lock (&self->lock);
  is_over = self->state == STALL_WATCH_OVER;
  g_mutex_unlock (&self->lock);
  return is_over;
}
