/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lumapool.h"

/* Refcounted: by its owner and by each picture that is out. */
struct _KocrLumaPool
{
  GMutex lock;

  /* lock */
  gint width, height;           /* of the frames that idle ones are for */
  GQueue idle;                  /* of KocrLumaPyramid, without a reference */
  guint n_out;
  guint most_out;               /* since the last trim */
  gboolean freed;               /* keeps nothing any more */
};

KocrLumaPool *
kocr_luma_pool_new (void)
{
  KocrLumaPool *self = g_atomic_rc_box_new0 (KocrLumaPool);

  g_mutex_init (&self->lock);
  g_queue_init (&self->idle);
  return self;
}

static void
kocr_luma_pool_clear (KocrLumaPool * self)
{
  g_mutex_clear (&self->lock);
}

static void
unref (KocrLumaPool * self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) kocr_luma_pool_clear);
}

void
kocr_luma_pool_trim (KocrLumaPool * self)
{
  g_mutex_lock (&self->lock);
  while (self->idle.length + self->n_out > self->most_out)
    g_free (g_queue_pop_tail (&self->idle));
  self->most_out = self->n_out;
  g_mutex_unlock (&self->lock);
}

guint
kocr_luma_pool_get_n_idle (KocrLumaPool * self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->idle.length;
  g_mutex_unlock (&self->lock);
  return n;
}

void
kocr_luma_pool_free (KocrLumaPool * self)
{
  g_mutex_lock (&self->lock);
  self->freed = TRUE;
  g_queue_clear_full (&self->idle, g_free);
  g_mutex_unlock (&self->lock);
  unref (self);
}

static void
give_back (KocrLumaPyramid * picture, gpointer data)
{
  KocrLumaPool *self = data;

  g_mutex_lock (&self->lock);
  self->n_out--;
  if (!self->freed && picture->width == self->width
      && picture->height == self->height)
    g_queue_push_head (&self->idle, g_steal_pointer (&picture));
  g_mutex_unlock (&self->lock);
  g_free (picture);
  unref (self);
}

KocrLumaPyramid *
kocr_luma_pool_take (KocrLumaPool * self, gint width, gint height)
{
  KocrLumaPyramid *picture;

  g_mutex_lock (&self->lock);
  if (width != self->width || height != self->height)
    g_queue_clear_full (&self->idle, g_free);
  self->width = width;
  self->height = height;
  picture = g_queue_pop_head (&self->idle);
  self->most_out = MAX (self->most_out, ++self->n_out);
  g_mutex_unlock (&self->lock);

  if (picture)
    g_atomic_ref_count_init (&picture->references);
  else
    picture = kocr_luma_pyramid_new (width, height);
  picture->released = give_back;
  picture->owner = g_atomic_rc_box_acquire (self);
  return picture;
}
