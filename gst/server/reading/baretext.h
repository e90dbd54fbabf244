/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Bare text: what is left of a word without the marks at both its ends. Pure.
 */
#pragma once

#include <glib.h>

/* Returns where it begins in @text, and in @n_bytes how long it is. */
const gchar *bare_text_find (const gchar *text, gsize *n_bytes);

/* Is there any of it, a letter or a digit? */
gboolean bare_text_exists (const gchar *text);
