/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "usage.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "processusage.h"
#include "../check/sanitized.h"

gsize
usage_get_peak (void)
{
#if SANITIZED
  return 0;
#else
  g_autofree gchar *status = NULL;
  const gchar *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL,
          NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024;
#endif
}

void
usage_measure (Usage * usage)
{
  ProcessUsage process;

  malloc_trim (0);
  process_usage_read (&process);
  usage->files = process.n_fds;
  usage->threads = process.n_threads;
  usage->memory = SANITIZED ? 0 : process.rss_kb * 1024;
  usage->heap = SANITIZED ? 0 : process.heap_kb * 1024;
}

gsize
usage_reset_peak (void)
{
  FILE *file = fopen ("/proc/self/clear_refs", "w");

  g_assert_nonnull (file);
  fputs ("5", file);
  fclose (file);
  return usage_get_peak ();
}
