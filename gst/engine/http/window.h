/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Window: how many requests may be out at a time, learned by additive increase
 * and multiplicative decrease. Pure; times in microseconds of any clock.
 *
 * It starts at 2, or at what the service is known to do at once. While it is
 * used to the full each success opens two slots (2, 6, 18) until it was cut for
 * the first time, and each window of successes one from then on. A cut leaves
 * 0.7 of it, at most once a round trip.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint most;
  gdouble first;
  gdouble size;
  gint64 cut_at;     /* 0: it was not yet */
  guint successes;   /* while full, since it last changed */
  gint64 full_until; /* when it last ceased to be full */
} KocrWindow;

void kocr_window_init (KocrWindow *self);
/* What the service is known to do at once. */
void kocr_window_set_first (KocrWindow *self, guint n);
/* As at first: the service is another one. */
void kocr_window_begin_anew (KocrWindow *self);
guint kocr_window_get (const KocrWindow *self);
/* Before one of @used ends: those that come back together were all out while
 * the window was full. */
void kocr_window_note_end (KocrWindow *self, guint used, gint64 now);
/* One that was out from @started on ended well, */
void kocr_window_grow (KocrWindow *self, gint64 started);
/* or in a way that asks for fewer. */
void kocr_window_cut (KocrWindow *self, gint64 started, gint64 now);
