/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What this process uses. Memory is in bytes, and 0 under a sanitizer, whose
 * bookkeeping is not ours.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS typedef struct
{
  guint files, threads;
  gsize memory;                 /* resident, without what is free */
  gsize heap;                   /* allocated, or in malloc's thread caches */
} Usage;

void usage_measure (Usage * usage);

/* The most memory that it had in use since the reset; the reset says what it
 * has now. */
gsize usage_reset_peak (void);
gsize usage_get_peak (void);
