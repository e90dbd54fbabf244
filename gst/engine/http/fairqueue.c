/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/fairqueue.h"

/* How long a claim outlives the expected question, and its bounds: three
 * frames at 30 a second, and one and a half at one a second. */
#define CLAIM_GAPS 1.5
#define MIN_CLAIM (100 * G_TIME_SPAN_MILLISECOND)
#define MAX_CLAIM (1500 * G_TIME_SPAN_MILLISECOND)

void
kocr_fair_queue_init (KocrFairQueue * self)
{
  self->entries = g_ptr_array_new ();
  self->last_place = 0;
}

void
kocr_fair_queue_clear (KocrFairQueue * self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
}

void
kocr_fair_queue_add (KocrFairQueue * self, KocrFairQueueEntry * entry)
{
  g_ptr_array_add (self->entries, entry);
}

void
kocr_fair_queue_remove (KocrFairQueue * self, KocrFairQueueEntry * entry)
{
  g_ptr_array_remove (self->entries, entry);
}

static gboolean
is_live (const KocrFairQueueEntry * entry, gint64 now)
{
  return entry->place > 0 && (entry->waiting || entry->expires > now);
}

/* Whether one of @n_free slots is left when all before @entry took theirs. */
static gboolean
is_turn (const KocrFairQueue *self, const KocrFairQueueEntry *entry, gint64 now,
    guint n_free)
{
  guint before = 0, i;

  for (i = 0; i < self->entries->len && before < n_free; i++) {
    const KocrFairQueueEntry *other = g_ptr_array_index (self->entries, i);

    if (other != entry && other->place < entry->place && is_live (other, now))
      before++;
  }
  return before < n_free;
}

gboolean
kocr_fair_queue_ask (
    KocrFairQueue *self, KocrFairQueueEntry *entry, gint64 now, guint n_free)
{
  if (entry->place == 0)
    entry->place = ++self->last_place;

  if (is_turn (self, entry, now, n_free)) {
    entry->place = entry->waiting ? ++self->last_place : 0;
    entry->asked = 0;
    return TRUE;
  }
  if (entry->asked)
    entry->gap = now - entry->asked;
  entry->asked = now;
  entry->expires = now + CLAMP ((gint64) (CLAIM_GAPS * entry->gap), MIN_CLAIM,
      MAX_CLAIM);
  return FALSE;
}

void
kocr_fair_queue_set_waiting (
    KocrFairQueue *self, KocrFairQueueEntry *entry, gboolean waiting)
{
  if (waiting && entry->place == 0)
    entry->place = ++self->last_place;
  else if (!waiting && entry->waiting)
    entry->place = 0;
  entry->waiting = waiting;
}

KocrFairQueueEntry *
kocr_fair_queue_next (KocrFairQueue * self, gint64 now, guint n_free)
{
  KocrFairQueueEntry *next = NULL;
  guint i;

  for (i = 0; i < self->entries->len; i++) {
    KocrFairQueueEntry *entry = g_ptr_array_index (self->entries, i);

    if (entry->waiting && (!next || entry->place < next->place))
      next = entry;
  }
  if (!next || !is_turn (self, next, now, n_free))
    return NULL;
  next->place = ++self->last_place;
  return next;
}
