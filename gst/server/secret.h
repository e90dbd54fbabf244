/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text that is overwritten when it is freed: keys, and lines that hold them.
 */
#pragma once

#include <glib.h>
#include <string.h>

typedef gchar Secret;

static inline void
secret_free (Secret * secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Secret, secret_free)
