/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A JSON text from outside, and what stands between it and json-glib.
 *
 * json-glib before 1.9.2 follows nesting with the C stack and spends up to 300
 * bytes on a value; all of its versions accept more than JSON. So a text is
 * scanned first and handed on only when it is exactly one object of RFC 8259 in
 * UTF-8, inside of limits, with strings that mean the same to everybody: no
 * NUL, no half of a surrogate pair, no name twice in an object. Pure.
 */
#pragma once

#include <json-glib/json-glib.h>

typedef struct
{
  gsize max_bytes;
  guint max_depth;              /* each level is one of the C stack: tens */
  guint max_values;
  guint max_digits;             /* of an integer: 15 are exact in a double, 18
                                 * fit into 64 bits */
  gboolean lenient;             /* a number beyond is no reason to refuse what
                                 * stands beside it: whoever reads it finds
                                 * that it is not finite */
} KocrJsonLimits;

typedef enum
{
  KOCR_JSON_TOO_LARGE,          /* for the limits */
  KOCR_JSON_NO_JSON,
  KOCR_JSON_NO_OBJECT,          /* but JSON */
  KOCR_JSON_NAME_TWICE
} KocrJsonFault;

typedef struct
{
  KocrJsonFault fault;
  const gchar *text;            /* static: what the text has */
  gsize at;                     /* the byte where that is */
} KocrJsonProblem;

/* The members of its root. @text needs no NUL at its end. NULL: what is wrong
 * is in @problem. (transfer none): those of @parser, (out) (transfer full) */
JsonObject *kocr_json_load (const gchar * text, gsize length,
    const KocrJsonLimits * limits, JsonParser ** parser,
    KocrJsonProblem * problem);
