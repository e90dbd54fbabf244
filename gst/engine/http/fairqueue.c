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
  self->turns = g_ptr_array_new ();
  self->last_place = 0;
}

void
kocr_fair_queue_clear (KocrFairQueue * self)
{
  g_clear_pointer (&self->turns, g_ptr_array_unref);
}

void
kocr_fair_queue_add (KocrFairQueue * self, KocrFairQueueEntry * turn)
{
  g_ptr_array_add (self->turns, turn);
}

void
kocr_fair_queue_remove (KocrFairQueue * self, KocrFairQueueEntry * turn)
{
  g_ptr_array_remove (self->turns, turn);
}

static gboolean
is_live (const KocrFairQueueEntry * turn, gint64 now)
{
  return turn->place > 0 && (turn->waiting || turn->expires > now);
}

/* Whether one of @n_free slots is left when all before @turn took theirs. */
static gboolean
is_turn (const KocrFairQueue *self, const KocrFairQueueEntry *turn, gint64 now,
    guint n_free)
{
  guint before = 0, i;

  for (i = 0; i < self->turns->len && before < n_free; i++) {
    const KocrFairQueueEntry *other = g_ptr_array_index (self->turns, i);

    if (other != turn && other->place < turn->place && is_live (other, now))
      before++;
  }
  return before < n_free;
}

gboolean
kocr_fair_queue_ask (
    KocrFairQueue *self, KocrFairQueueEntry *turn, gint64 now, guint n_free)
{
  if (turn->place == 0)
    turn->place = ++self->last_place;

  if (is_turn (self, turn, now, n_free)) {
    turn->place = turn->waiting ? ++self->last_place : 0;
    turn->asked = 0;
    return TRUE;
  }
  if (turn->asked)
    turn->gap = now - turn->asked;
  turn->asked = now;
  turn->expires = now + CLAMP ((gint64) (CLAIM_GAPS * turn->gap), MIN_CLAIM,
      MAX_CLAIM);
  return FALSE;
}

void
kocr_fair_queue_set_waiting (
    KocrFairQueue *self, KocrFairQueueEntry *turn, gboolean waiting)
{
  if (waiting && turn->place == 0)
    turn->place = ++self->last_place;
  else if (!waiting && turn->waiting)
    turn->place = 0;
  turn->waiting = waiting;
}

KocrFairQueueEntry *
kocr_fair_queue_next (KocrFairQueue * self, gint64 now, guint n_free)
{
  KocrFairQueueEntry *next = NULL;
  guint i;

  for (i = 0; i < self->turns->len; i++) {
    KocrFairQueueEntry *turn = g_ptr_array_index (self->turns, i);

    if (turn->waiting && (!next || turn->place < next->place))
      next = turn;
  }
  if (!next || !is_turn (self, next, now, n_free))
    return NULL;
  next->place = ++self->last_place;
  return next;
}
