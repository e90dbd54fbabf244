/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "encoderpool.h"

#define TRIM_INTERVAL (5 * (gint64) G_USEC_PER_SEC)

void
kocr_encoder_pool_init (KocrEncoderPool * self)
{
  g_mutex_init (&self->lock);
  g_queue_init (&self->idle);
  self->pool = kocr_block_pool_new ();
  self->trim_time = 0;
}

void
kocr_encoder_pool_clear (KocrEncoderPool * self)
{
  g_queue_clear_full (&self->idle, (GDestroyNotify) kocr_picture_encoder_free);
  kocr_block_pool_free (self->pool);
  g_mutex_clear (&self->lock);
}

KocrPictureEncoder *
kocr_encoder_pool_take (KocrEncoderPool * self)
{
  KocrPictureEncoder *encoder;

  g_mutex_lock (&self->lock);
  encoder = g_queue_pop_head (&self->idle);
  g_mutex_unlock (&self->lock);
  return encoder ? encoder : kocr_picture_encoder_new (self->pool);
}

void
kocr_encoder_pool_give (KocrEncoderPool * self, KocrPictureEncoder * encoder)
{
  g_mutex_lock (&self->lock);
  g_queue_push_head (&self->idle, encoder);
  g_mutex_unlock (&self->lock);
}

void
kocr_encoder_pool_trim (KocrEncoderPool * self, gint64 now)
{
  gboolean due;

  g_mutex_lock (&self->lock);
  due = now >= self->trim_time;
  if (due)
    self->trim_time = now + TRIM_INTERVAL;
  g_mutex_unlock (&self->lock);
  if (due)
    kocr_block_pool_trim (self->pool);
}

void
kocr_encoder_pool_push_job (GFunc job, gpointer data)
{
  static gsize pool;

  if (g_once_init_enter (&pool)) {
    g_once_init_leave (&pool, (gsize) g_thread_pool_new (job, NULL,
            (gint) g_get_num_processors (), FALSE, NULL));
  }
  g_thread_pool_push ((GThreadPool *) pool, data, NULL);
}
