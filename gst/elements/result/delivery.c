/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "result/delivery.h"

#include "result/sample.h"

struct _KocrDelivery
{
  GstElement *element;          /* not owned: it outlives the delivery */
  KocrDeliveryFunc deliver;
  gpointer user_data;
  void (*tick) (gpointer user_data);    /* nullable */
  GThread *thread;

  GMutex lock;
  GCond cond;

  /* lock */
  GQueue requests;              /* KocrRequest, in the order of the samples */
  GQueue messages;              /* GstMessage */
  gint64 period, next_tick;     /* us, monotonic; 0: none */
  gboolean ticking;             /* tick is being called */
  gboolean busy;                /* the thread is outside the lock */
  gboolean stopping;
};

static gboolean
has_work (KocrDelivery * self)
{
  KocrRequest *head = g_queue_peek_head (&self->requests);

  return !g_queue_is_empty (&self->messages)
      || (head && kocr_sample_is_published (head));
}

/* With the lock held. */
static gboolean
is_tick_due (KocrDelivery * self)
{
  gint64 now = self->period > 0 ? g_get_monotonic_time () : 0;

  if (self->period == 0 || now < self->next_tick)
    return FALSE;
  self->next_tick = now + self->period;
  return TRUE;
}

static void
wait_for_work (KocrDelivery * self)
{
  if (self->period > 0)
    g_cond_wait_until (&self->cond, &self->lock, self->next_tick);
  else
    g_cond_wait (&self->cond, &self->lock);
}

static void
call_tick (KocrDelivery * self)
{
  self->ticking = TRUE;
  g_mutex_unlock (&self->lock);
  self->tick (self->user_data);
  g_mutex_lock (&self->lock);
  self->ticking = FALSE;
  g_cond_broadcast (&self->cond);
}

static gpointer
delivery_thread (gpointer data)
{
  KocrDelivery *self = data;

  g_mutex_lock (&self->lock);
  while (!self->stopping) {
    GstMessage *message;
    KocrRequest *request;

    if (is_tick_due (self)) {
      call_tick (self);
      continue;
    }
    if (!has_work (self)) {
      wait_for_work (self);
      continue;
    }
    message = g_queue_pop_head (&self->messages);
    request = message ? NULL : g_queue_pop_head (&self->requests);
    self->busy = TRUE;
    g_mutex_unlock (&self->lock);

    if (message) {
      gst_element_post_message (self->element, message);
    } else {
      self->deliver (request, self->user_data);
      kocr_request_unref (request);
    }

    g_mutex_lock (&self->lock);
    self->busy = FALSE;
    g_cond_broadcast (&self->cond);
  }
  g_mutex_unlock (&self->lock);
  return NULL;
}

KocrDelivery *
kocr_delivery_new (GstElement * element, KocrDeliveryFunc deliver,
    gpointer user_data)
{
  KocrDelivery *self = g_new0 (KocrDelivery, 1);

  self->element = element;
  self->deliver = deliver;
  self->user_data = user_data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  g_queue_init (&self->requests);
  g_queue_init (&self->messages);
  self->thread = g_thread_new ("kakaoocr-results", delivery_thread, self);
  return self;
}

void
kocr_delivery_set_tick (KocrDelivery * self, gint64 period,
    void (*tick) (gpointer user_data))
{
  g_mutex_lock (&self->lock);
  while (self->ticking)
    g_cond_wait (&self->cond, &self->lock);
  self->tick = tick;
  self->period = period;
  self->next_tick = g_get_monotonic_time () + period;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

void
kocr_delivery_free (KocrDelivery * self)
{
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);

  g_queue_clear_full (&self->requests, (GDestroyNotify) kocr_request_unref);
  g_queue_clear_full (&self->messages, (GDestroyNotify) gst_message_unref);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
kocr_delivery_add (KocrDelivery * self, KocrRequest * request)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->requests, kocr_request_ref (request));
  g_mutex_unlock (&self->lock);
}

void
kocr_delivery_add_message (KocrDelivery * self, GstMessage * message)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->messages, message);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

void
kocr_delivery_take (KocrDelivery * self, KocrRequest * request)
{
  gboolean dropped;

  g_mutex_lock (&self->lock);
  dropped =
      g_error_matches (request->outcome.error, KOCR_ERROR, KOCR_ERROR_CANCELLED)
      && g_queue_remove (&self->requests, request);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
  if (dropped)
    kocr_request_unref (request);
}

void
kocr_delivery_discard (KocrDelivery * self)
{
  GQueue discarded;

  g_mutex_lock (&self->lock);
  discarded = self->requests;
  g_queue_init (&self->requests);
  /* Who drains waits for what is no longer there. */
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
  g_queue_clear_full (&discarded, (GDestroyNotify) kocr_request_unref);
}

void
kocr_delivery_drain (KocrDelivery * self)
{
  g_mutex_lock (&self->lock);
  while (!self->stopping && (self->busy || has_work (self)))
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
}
