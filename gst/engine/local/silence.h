/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Silence: for how long a service owes an answer, to tell one that hangs from
 * one that has nothing to do. Pure; times in microseconds of any clock.
 *
 * It lasts from the first request that is out after the last answer, and goes
 * on when that one is given up: only an answer ends it, or that all that was
 * asked is recalled before anything was overdue.
 */
#pragma once

#include <glib.h>

/* All 0: nothing is owed. */
typedef struct
{
  gint64 since;                 /* 0: nothing is owed */
  gint64 patience;              /* the longest of those who ask */
  guint owed;
  gboolean overdue;             /* one was given up */
} KocrSilence;

/* A request goes out, for whose answer it is waited @timeout at most. */
void kocr_silence_ask (KocrSilence * self, gint64 now, gint64 timeout);
/* One has come back: answered, or broken off by the other side. */
void kocr_silence_hear (KocrSilence * self, gint64 now);
/* One is not waited for any more: its time is up, or nobody wants it. */
void kocr_silence_give_up (KocrSilence * self);
void kocr_silence_recall (KocrSilence * self);
/* When it has lasted too long: twice the time that is waited for an answer. */
gint64 kocr_silence_get_end (const KocrSilence * self);
