/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A number written in digits alone. Pure, and without errno or a locale:
 * GLib's parsers take any errno for an error, also the one that the first
 * making of the C locale leaves to a thread that waits for it.
 */
#pragma once

#include <glib.h>

/* All of @text[0..length) in @base (2–16). FALSE: no digit, something else
 * than digits (signs, blanks and NUL too), or more than @max. */
gboolean digits_parse (const gchar * text, gsize length, guint base,
    guint64 max, guint64 * value);
