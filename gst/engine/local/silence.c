/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "local/silence.h"

/* A full page takes a few seconds on a slow machine, whatever time is set. */
#define LEAST_PATIENCE (5 * (gint64) G_USEC_PER_SEC)

void
kocr_silence_ask (KocrSilence * self, gint64 now, gint64 timeout)
{
  if (self->since == 0) {
    self->since = now;
    self->patience = LEAST_PATIENCE;
    self->overdue = FALSE;
  }
  self->patience = MAX (self->patience, 2 * timeout);
  self->owed++;
}

void
kocr_silence_hear (KocrSilence * self, gint64 now)
{
  self->owed--;
  self->since = self->owed > 0 ? now : 0;
  self->overdue = FALSE;
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
  return self->since == 0 ? G_MAXINT64 : self->since + self->patience;
}
