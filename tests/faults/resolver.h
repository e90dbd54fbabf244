/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A name service that fails, or never answers, in the place of the system's.
 */
#pragma once

#include <gio/gio.h>

typedef enum
{
  RESOLVER_FAILS,
  RESOLVER_HANGS
} ResolverFault;

/* Until resolver_restore(). */
void resolver_replace (ResolverFault fault);
/* How often it was asked. */
guint resolver_restore (void);
