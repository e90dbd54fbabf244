/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * JSON guard: what stands between a hostile answer and the JSON parser.
 *
 * json-glib before 1.9.2 follows nesting with the C stack and spends up to a
 * hundred times a text's size on its tree; all of its versions accept more
 * than JSON. So a text is first scanned in one pass, without recursion, and
 * handed on only when it is exactly one JSON object (RFC 8259), inside limits,
 * with numbers and strings that mean the same to everybody. An integer that is
 * exact in no double is no reason to refuse what stands beside it: a copy of
 * the text has another number there, which is none to whoever reads it. Pure.
 */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

#define KOCR_JSON_MAX_BYTES (1024 * 1024)
#define KOCR_JSON_MAX_DEPTH 32
/* An answer of 100 regions has some 6,000: strings, numbers, brackets. */
#define KOCR_JSON_MAX_TOKENS 20000

/* The same of the bundled service, which has no limit of regions. */
#define KOCR_JSON_MAX_OWN_TOKENS (20 * KOCR_JSON_MAX_TOKENS)

typedef struct
{
  guint n_members;              /* of all objects; a parser that keeps the last
                                 * of two equal names ends up with fewer */
  gchar *harmless;              /* to be parsed instead, as long as the text and
                                 * owned by the caller; NULL: nothing had to be
                                 * replaced */
} KocrJsonGuard;

/* FALSE with a KOCR_ERROR_ANSWER, and nothing in @guard. */
gboolean kocr_json_guard_check (const gchar * data, gsize length,
    guint max_tokens, KocrJsonGuard * guard, GError ** error);

G_END_DECLS
