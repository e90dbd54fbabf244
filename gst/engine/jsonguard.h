/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * JSON guard: what stands between a hostile answer and the JSON parser.
 *
 * json-glib before 1.9.2 follows nesting with the C stack and spends up to a
 * hundred times a text's size on its tree; all of its versions accept more
 * than JSON. So a text is first scanned in one pass, without recursion and
 * without memory of its own, and handed on only when it is exactly one JSON
 * object (RFC 8259), inside limits, with numbers and strings that mean the
 * same to everybody. Pure.
 */
#pragma once

#include "error.h"

G_BEGIN_DECLS

#define KOCR_JSON_MAX_BYTES (1024 * 1024)
#define KOCR_JSON_MAX_DEPTH 32
/* An answer of 100 regions has some 6,000: strings, numbers, brackets. */
#define KOCR_JSON_MAX_TOKENS 20000

/* FALSE with a KOCR_ERROR_ANSWER. @n_members: the members of all objects; a
 * parser that keeps the last of two equal names ends up with fewer. */
gboolean kocr_json_guard_check (const gchar * data, gsize length,
    guint * n_members, GError ** error);

G_END_DECLS
