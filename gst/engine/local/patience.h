/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Patience: for how long a process is waited for, to tell one that hangs from
 * one that the machine does not let run. Pure; microseconds of any clock.
 *
 * Its time does not run out while the process, whose priority is low, gets less
 * than half of a core, and uses what it gets.
 */
#pragma once

#include <glib.h>

/* For a time of a processor that is not known. */
#define KOCR_CPU_UNKNOWN (-1)

typedef struct
{
  gint64 end;                   /* unless it is prolonged then */

  /*< private > */
  gint64 time;                  /* at a process that runs */
  gint64 cpu_first, cpu_last;   /* at the beginning, and at the last end */
} KocrPatience;

/* @cpu: what the process has had of processors so far. */
void kocr_patience_begin (KocrPatience * self, gint64 now, gint64 time,
    gint64 cpu);
/* At least @time from its beginning. */
void kocr_patience_raise (KocrPatience * self, gint64 time);
/* FALSE: there is time until `end`, which may be another one now. */
gboolean kocr_patience_is_over (KocrPatience * self, gint64 now, gint64 cpu);
