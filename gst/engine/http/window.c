/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/window.h"

#define FIRST 2.0
#define CUT 0.7
/* Slots a success, until the first cut: 2, 6, 8.  With one (2, 4, 8) an archive
 * of 320 samples, 8 at once, could have 0.952 of its rate before anything has
 * cost time; with two it is 0.976, as with four (2, 8), which would try a
 * service that is full with more. */
#define OPENING_STEP 2

void
kocr_window_init (KocrWindow *self)
{
  *self = (KocrWindow){ .most = 1, .first = FIRST, .size = FIRST };
}

void
kocr_window_set_first (KocrWindow *self, guint n)
{
  self->size = self->first = MAX (n, FIRST);
}

void
kocr_window_begin_anew (KocrWindow *self)
{
  self->size = self->first;
  self->cut_at = 0;
}

guint
kocr_window_get (const KocrWindow *self)
{
  return CLAMP ((guint)self->size, 1, self->most);
}

void
kocr_window_note_end (KocrWindow *self, guint used, gint64 now)
{
  if (used >= kocr_window_get (self))
    self->full_until = now;
}

/* More only where the window held something back meanwhile. */
void
kocr_window_grow (KocrWindow *self, gint64 started)
{
  guint step = self->cut_at ? 1 : OPENING_STEP;

  if (self->full_until <= started
      || (self->cut_at && ++self->successes < kocr_window_get (self)))
    return;
  self->size = MIN (self->size + step, MAX (self->size, self->most));
  self->successes = 0;
}

void
kocr_window_cut (KocrWindow *self, gint64 started, gint64 now)
{
  if (started <= self->cut_at)
    return;
  self->size = MAX (1, self->size * CUT);
  self->cut_at = now;
  self->successes = 0;
}
