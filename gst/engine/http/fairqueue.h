/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Fair queue: who is next, among the users of one client. Pure; times in
 * microseconds of any clock.
 *
 * A user asks for a slot whenever it has a frame, and takes no for an answer.
 * If the next free slot went to whoever asks first, users with a higher frame
 * rate, or with luck, would take them all. So a user that is denied leaves a
 * claim, and a free slot belongs to the oldest claim. A claim of a user that
 * stops asking expires: somewhat after its next question was to be expected.
 * A user that hands in and waits has a claim that does not expire.
 */
#pragma once

#include <glib.h>

/* One user's place in the line; lives inside the user. All zero at first. */
typedef struct
{
  guint64 place;                /* lower is earlier; 0: none */
  gint64 asked;                 /* when it was denied last, 0: it was not */
  gint64 gap;                   /* between its questions when denied */
  gint64 expires;               /* its claim holds others back until then */
  gboolean waiting;             /* has something that goes when it may */
} KocrFairQueueEntry;

typedef struct
{
  GPtrArray *entries;           /* of KocrFairQueueEntry */
  guint64 last_place;
} KocrFairQueue;

void kocr_fair_queue_init (KocrFairQueue * self);
void kocr_fair_queue_clear (KocrFairQueue * self);
void kocr_fair_queue_add (KocrFairQueue * self, KocrFairQueueEntry * entry);
void kocr_fair_queue_remove (KocrFairQueue * self, KocrFairQueueEntry * entry);

/* @entry asks for one of @n_free slots. TRUE: it is its turn, and over. */
gboolean kocr_fair_queue_ask (
    KocrFairQueue *self, KocrFairQueueEntry *entry, gint64 now, guint n_free);
/* Says whether @entry has something that waits. */
void kocr_fair_queue_set_waiting (
    KocrFairQueue *self, KocrFairQueueEntry *entry, gboolean waiting);
/* The one that waits and whose turn one of @n_free slots is, or NULL. Its turn
 * is over: when it still has something, it waits behind the others. */
KocrFairQueueEntry *kocr_fair_queue_next (
    KocrFairQueue *self, gint64 now, guint n_free);
