/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What this process uses, as /proc and malloc tell it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS typedef struct
{
  guint64 rss_kb, heap_kb;      /* resident; allocated */
  guint n_fds, n_threads;
  guint64 cpu_ms;               /* user and system, since it started */
} ProcessUsage;

void process_usage_read (ProcessUsage * self);
