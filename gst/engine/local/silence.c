/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "local/silence.h"

/* A full page takes a few seconds on a slow machine, whatever time is set. */
#define LEAST_PATIENCE (5 * (gint64) G_USEC_PER_SEC)

void
kocr_silence_ask (KocrSilence * self, gint64 now, gint64 timeout, gint64 cpu)
{
  if (self->since == 0) {
    self->since = now;
    self->overdue = FALSE;
    kocr_patience_begin (&self->patience, now, LEAST_PATIENCE, cpu);
  }
  kocr_patience_raise (&self->patience, 2 * timeout);
  self->owed++;
}

void
kocr_silence_hear (KocrSilence * self, gint64 now, gint64 cpu)
{
  self->owed--;
  self->since = self->owed > 0 ? now : 0;
  self->overdue = FALSE;
  kocr_patience_begin (&self->patience, now, self->patience.time, cpu);
}

void
kocr_silence_give_up (KocrSilence * self)
{
  self->owed--;
  self->overdue = TRUE;
}

void
kocr_silence_recall (KocrSilence * self)
{
  self->owed--;
  if (self->owed == 0 && !self->overdue)
    self->since = 0;
}

gint64
kocr_silence_get_end (const KocrSilence * self)
{
  return self->since == 0 ? G_MAXINT64 : self->patience.end;
}

gboolean
kocr_silence_is_over (KocrSilence * self, gint64 now, gint64 cpu)
{
  return self->since != 0 && kocr_patience_is_over (&self->patience, now, cpu);
}
