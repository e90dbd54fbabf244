/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/publishedsamples.h"

/* More than may be in flight at once. */
#define MAX_SAMPLES 64

struct _KocrPublishedSamples
{
  GMutex lock;

  /* lock */
  GQueue requests; /* of KocrRequest, in the order of the samples */
};

KocrPublishedSamples *
kocr_published_samples_new (void)
{
  KocrPublishedSamples *self = g_new0 (KocrPublishedSamples, 1);

  g_mutex_init (&self->lock);
  g_queue_init (&self->requests);
  return self;
}

void
kocr_published_samples_free (KocrPublishedSamples * self)
{
  g_queue_clear_full (&self->requests, (GDestroyNotify) kocr_request_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
kocr_published_samples_add (KocrPublishedSamples * self, KocrRequest * request)
{
  KocrRequest *oldest = NULL;
  GList *link;

  g_mutex_lock (&self->lock);
  link = self->requests.tail;
  while (link && ((KocrRequest *) link->data)->serial > request->serial)
    link = link->prev;
  g_queue_insert_after (&self->requests, link, kocr_request_ref (request));
  if (self->requests.length > MAX_SAMPLES)
    oldest = g_queue_pop_head (&self->requests);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&oldest, kocr_request_unref);
}

GPtrArray *
kocr_published_samples_list_after (KocrPublishedSamples * self, guint64 serial)
{
  GPtrArray *list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kocr_request_unref);

  g_mutex_lock (&self->lock);
  for (GList * l = self->requests.head; l; l = l->next) {
    KocrRequest *request = l->data;

    if (request->serial > serial)
      g_ptr_array_add (list, kocr_request_ref (request));
  }
  g_mutex_unlock (&self->lock);
  return list;
}
