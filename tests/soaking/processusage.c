/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "processusage.h"

#include <malloc.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static guint
count_entries (const gchar * path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

void
process_usage_read (ProcessUsage * self)
{
  g_autofree gchar *statm = NULL;
  guint64 pages = 0;
  struct mallinfo2 heap = mallinfo2 ();
  struct timespec cpu;

  if (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL))
    sscanf (statm, "%*s %" G_GUINT64_FORMAT, &pages);
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &cpu);
  *self = (ProcessUsage){
    .rss_kb = pages * sysconf (_SC_PAGESIZE) / 1024,
    .heap_kb = (heap.uordblks + heap.hblkhd) / 1024,
    .n_fds = count_entries ("/proc/self/fd") - 1,
    .n_threads = count_entries ("/proc/self/task"),
    .cpu_ms = cpu.tv_sec * 1000 + cpu.tv_nsec / 1000000,
  };
}
