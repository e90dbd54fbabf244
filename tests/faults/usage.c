/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "usage.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "sanitized.h"

static guint
count_entries (const gchar * path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

/* @name: "VmRSS:", "VmHWM:", … */
static gsize
read_status (const gchar * name)
{
#if SANITIZED
  return 0;
#else
  g_autofree gchar *status = NULL;
  const gchar *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL,
          NULL));
  line = strstr (status, name);
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen (name), NULL, 10) * 1024;
#endif
}

static gsize
get_heap (void)
{
#if SANITIZED
  return 0;
#else
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
#endif
}

void
usage_measure (Usage * usage)
{
  malloc_trim (0);
  usage->files = count_entries ("/proc/self/fd");
  usage->threads = count_entries ("/proc/self/task");
  usage->memory = read_status ("VmRSS:");
  usage->heap = get_heap ();
}

gsize
usage_get_peak (void)
{
  return read_status ("VmHWM:");
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
