/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Process end: waits until a process ends, whoever's child it is.
 */
#pragma once

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Fails the test when @pid is still there after @timeout milliseconds. */
static inline void
process_wait_end (gint pid, gint timeout)
{
  gint fd = syscall (SYS_pidfd_open, pid, 0);
  struct pollfd end = { fd, POLLIN, 0 };

  if (fd < 0) {
    g_assert_cmpint (errno, ==, ESRCH);
    return;
  }
  g_assert_cmpint (poll (&end, 1, timeout), ==, 1);
  close (fd);
}
