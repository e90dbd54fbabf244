/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "local/patience.h"

/* A process that has less than one part in so many stands still: it hangs.
 * At nice 10, beside 25 busy ones a core, it has one in 230. */
#define STANDSTILL 1000

void
kocr_patience_begin (KocrPatience *self, gint64 now, gint64 time, gint64 cpu)
{
  self->end = now + time;
  self->time = time;
  self->cpu_first = self->cpu_last = cpu;
}

void
kocr_patience_raise (KocrPatience *self, gint64 time)
{
  if (time <= self->time)
    return;
  self->end += time - self->time;
  self->time = time;
}

gboolean
kocr_patience_is_over (KocrPatience *self, gint64 now, gint64 cpu)
{
  if (now < self->end)
    return FALSE;
  if (cpu == KOCR_CPU_UNKNOWN || self->cpu_first == KOCR_CPU_UNKNOWN
      || cpu - self->cpu_first >= self->time / 2
      || cpu - self->cpu_last < self->time / STANDSTILL)
    return TRUE;
  self->cpu_last = cpu;
  self->end = now + self->time;
  return FALSE;
}
