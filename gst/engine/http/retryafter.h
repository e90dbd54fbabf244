/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The Retry-After header (RFC 9110, 10.2.3), in both of its forms. Pure.
 */
#pragma once

#include <glib.h>

/* How long the service asks to wait, microseconds; 0: nothing that can be
 * understood, or a time that has passed. @date is the answer's own Date, to
 * which a date is relative, so that a clock that is wrong on either side does
 * no harm; NULL or garbage: @wall_clock (seconds since 1970, UTC) stands in. */
gint64 kocr_retry_after_parse (const gchar * value, const gchar * date,
    gint64 wall_clock);
