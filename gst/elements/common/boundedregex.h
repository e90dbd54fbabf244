/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Bounded regex: a user's regular expression (PCRE) that takes a bounded time on
 * any text. A match that would take more steps fails with an error; what such a
 * text counts as is for the caller to say.
 */
#pragma once

#include <glib.h>

/* NULL with a G_REGEX_ERROR when @pattern is wrong. */
GRegex *kocr_bounded_regex_new (const gchar *pattern, GError **error);

/* The pattern that it was made from, without the limits. */
const gchar *kocr_bounded_regex_get_pattern (const GRegex *regex);
