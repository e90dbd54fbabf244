/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "json.h"

/* Whether @json is one value of plain RFC 8259 JSON in UTF-8 and small enough
 * to be given to json-glib, which before 1.9.2 recurses without a limit and
 * before 1.10 reads much that is not JSON. Counts the members of all objects in
 * @n_members: a parser that has fewer met a key twice. @json ends with a NUL
 * after @length bytes. Pure, needs no memory. */
gboolean kocr_json_guard (const gchar * json, gsize length,
    guint * n_members, GError ** error);
