/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "encodequeue.h"

#include "base/clock.h"
#include "encoderpool.h"
#include "resend.h"

struct _KocrEncodeQueue
{
  KocrEncodeQueueCallbacks callbacks;
  gpointer user_data;
  gboolean lossless;
  KocrEncoderPool encoders;

  /* Held for the comparison of two pictures, and taken before the other. */
  GMutex gate_lock;
  KocrPictureCache *cache;      /* gate_lock */
  KocrFrameViewer *viewer;      /* gate_lock */

  GMutex lock;
  GCond cond;

  /* lock */
  GQueue samples;               /* requests whose buffer no worker has yet */
  GQueue resends;               /* requests that go again in another shape */
  guint encoding;               /* workers between a queue and a callback's
                                 * end */
  guint jobs;                   /* handed to the pool and not ended */
};

static KocrRequest *
pop (KocrEncodeQueue * self, GQueue * queue)
{
  KocrRequest *request;

  g_mutex_lock (&self->lock);
  request = g_queue_pop_head (queue);
  if (request)
    self->encoding++;
  g_mutex_unlock (&self->lock);
  return request;
}

/* Takes the next one through the gate. FALSE: there is none. */
static gboolean
take_sample (KocrEncodeQueue * self, KocrEncodeJob * job)
{
  KocrRequest *request;

  g_mutex_lock (&self->gate_lock);
  request = pop (self, &self->samples);
  if (request)
    kocr_encode_job_compare (job, request, self->viewer, self->cache);
  g_mutex_unlock (&self->gate_lock);
  return request != NULL;
}

/* FALSE: there is none. */
static gboolean
encode_sample (KocrEncodeQueue * self)
{
  KocrEncodeJob job;

  if (!take_sample (self, &job))
    return FALSE;
  kocr_encode_job_encode (&job, &self->encoders, self->lossless);
  self->callbacks.encoded (&job, self->user_data);
  g_clear_pointer (&job.duplicate_of, kocr_request_unref);
  kocr_request_unref (job.request);
  return TRUE;
}

/* The same picture in another shape. FALSE: there is none. */
static gboolean
encode_resend (KocrEncodeQueue * self)
{
  g_autoptr (KocrRequest) request = pop (self, &self->resends);
  KocrRequest *parts[KOCR_N_TILES];
  KocrPictureEncoder *encoder;
  guint n_parts;

  if (!request)
    return FALSE;
  encoder = kocr_encoder_pool_take (&self->encoders);
  n_parts = kocr_resend_encode (request, encoder, parts);
  kocr_encoder_pool_give (&self->encoders, encoder);
  self->callbacks.reshaped (request, parts, n_parts, self->user_data);
  return TRUE;
}

static void
work (gpointer queue, gpointer unused)
{
  KocrEncodeQueue *self = queue;
  gboolean worked = encode_resend (self) || encode_sample (self);

  kocr_encoder_pool_trim (&self->encoders, kocr_clock_now ());

  g_mutex_lock (&self->lock);
  if (worked)
    self->encoding--;
  self->jobs--;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
push (KocrEncodeQueue * self, GQueue * queue, KocrRequest * request)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (queue, kocr_request_ref (request));
  self->jobs++;
  g_mutex_unlock (&self->lock);
  kocr_encoder_pool_push_job (work, self);
}

KocrEncodeQueue *
kocr_encode_queue_new (const KocrEncodeQueueCallbacks * callbacks,
    gpointer user_data)
{
  KocrEncodeQueue *self = g_new0 (KocrEncodeQueue, 1);

  self->callbacks = *callbacks;
  self->user_data = user_data;
  g_mutex_init (&self->gate_lock);
  self->cache = kocr_picture_cache_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  g_queue_init (&self->samples);
  g_queue_init (&self->resends);
  kocr_encoder_pool_init (&self->encoders);
  self->viewer = kocr_frame_viewer_new (self->encoders.pool);
  return self;
}

void
kocr_encode_queue_free (KocrEncodeQueue * self)
{
  g_mutex_lock (&self->lock);
  while (self->jobs > 0)
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);

  kocr_frame_viewer_free (self->viewer);
  kocr_encoder_pool_clear (&self->encoders);
  kocr_picture_cache_free (self->cache);
  g_mutex_clear (&self->gate_lock);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
kocr_encode_queue_set_lossless (KocrEncodeQueue * self, gboolean lossless)
{
  self->lossless = lossless;
}

void
kocr_encode_queue_push (KocrEncodeQueue * self, KocrRequest * request)
{
  push (self, &self->samples, request);
}

void
kocr_encode_queue_push_resend (KocrEncodeQueue * self, KocrRequest * request)
{
  push (self, &self->resends, request);
}

void
kocr_encode_queue_steal (KocrEncodeQueue * self, GQueue * samples,
    GQueue * resends)
{
  g_mutex_lock (&self->lock);
  *samples = self->samples;
  *resends = self->resends;
  g_queue_init (&self->samples);
  g_queue_init (&self->resends);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

void
kocr_encode_queue_release_buffers (KocrEncodeQueue * self)
{
  g_mutex_lock (&self->lock);
  while (self->encoding > 0 || !g_queue_is_empty (&self->samples))
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
}
