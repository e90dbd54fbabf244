/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Memory search: whether a secret stands in the memory of a process, this one
 * too, in what it has freed as well.
 */
#pragma once

#include <fcntl.h>
#include <glib.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sanitized.h"

#define SECRET_MAX_LENGTH 511

/* Looking leaves nothing to be found, and takes no memory in which something
 * could have been found. */
static gchar memory_maps[1 << 20], memory_piece[1 << 16];

/* A secret in memory that is not searched, since nobody can write there; wipe
 * and free what it was made of. It lives as long as the process. */
static inline const gchar *
secret_keep (const gchar *text)
{
  gsize size = strlen (text) + 1;
  gchar *kept = mmap (
      NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  g_assert_true (kept != MAP_FAILED);
  g_assert_cmpuint (size, <=, SECRET_MAX_LENGTH + 1);
  memcpy (kept, text, size);
  g_assert_cmpint (mprotect (kept, size, PROT_READ), ==, 0);
  return kept;
}

static inline gboolean
memory_holds_between (gint fd, gulong start, gulong end, const gchar *text)
{
  gsize length = strlen (text);
  gboolean found = FALSE;

  while (start + length <= end && !found) {
    gssize n = pread (
        fd, memory_piece, MIN (sizeof memory_piece, end - start), start);

    if (n < (gssize)length)
      break;
    found = memmem (memory_piece, n, text, length) != NULL;
    start += n - length + 1;
  }
  explicit_bzero (memory_piece, sizeof memory_piece);
  return found;
}

/* Whether @text stands where process @pid can write. @text itself must not. */
static inline gboolean
memory_holds (gint pid, const gchar *text)
{
  gchar path[64];
  gboolean found = FALSE;
  gsize size = 0;
  gssize n;
  gint fd;

  g_snprintf (path, sizeof path, "/proc/%d/maps", pid);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  while ((n = read (fd, memory_maps + size, sizeof memory_maps - size)) > 0)
    size += n;
  close (fd);
  g_assert_cmpuint (size, <, sizeof memory_maps);
  memory_maps[size] = '\0';

  g_snprintf (path, sizeof path, "/proc/%d/mem", pid);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  for (gchar *line = memory_maps; *line != '\0' && !found;
       line = strchr (line, '\n') + 1) {
    gulong start, end;
    gchar rights[5];

    g_assert_cmpint (sscanf (line, "%lx-%lx %4s", &start, &end, rights), ==, 3);
    found = rights[1] == 'w' && memory_holds_between (fd, start, end, text);
  }
  close (fd);
  return found;
}

/* Whoever gives out memory is not to overwrite what is freed, here and in
 * processes that are started. */
static inline void
memory_keep_freed (void)
{
  g_unsetenv ("MALLOC_PERTURB_");
  mallopt (M_PERTURB, 0);
}

/* FALSE: skips the test. */
static inline gboolean
memory_can_be_searched (gint pid)
{
  gchar path[64];

  g_snprintf (path, sizeof path, "/proc/%d/mem", pid);
  /* The sanitizer keeps what was freed, in mappings of terabytes. */
  if (!SANITIZED && access (path, R_OK) == 0)
    return TRUE;
  g_test_skip ("the memory of a process cannot be read here");
  return FALSE;
}
