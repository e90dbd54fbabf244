/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Silence: for how long a service owes an answer, to tell one that hangs from
 * one that has nothing to do. Pure; times in microseconds of any clock, @cpu as
 * in patience.h.
 *
 * It lasts from the first request that is out after the last answer, and goes
 * on when that one is given up: only an answer ends it, or that all that was
 * asked is recalled before anything was overdue.
 */
#pragma once

#include "local/patience.h"

/* All 0: nothing is owed. */
typedef struct
{
  gint64 since;                 /* 0: nothing is owed */
  KocrPatience patience;        /* of the most patient of those who ask */
  guint owed;
  gboolean overdue;             /* one was given up */
} KocrSilence;

/* A request goes out, for whose answer it is waited @timeout at most. */
void kocr_silence_ask (KocrSilence * self, gint64 now, gint64 timeout,
    gint64 cpu);
/* One has come back: answered, or broken off by the other side. */
void kocr_silence_hear (KocrSilence * self, gint64 now, gint64 cpu);
/* One is not waited for any more: its time is up, or nobody wants it. */
void kocr_silence_give_up (KocrSilence * self);
void kocr_silence_recall (KocrSilence * self);
/* When it may have lasted too long: twice the time that is waited for an
 * answer, and more where the service cannot run. G_MAXINT64: never. */
gint64 kocr_silence_get_end (const KocrSilence * self);
/* Then: whether it has. */
gboolean kocr_silence_is_over (KocrSilence * self, gint64 now, gint64 cpu);
