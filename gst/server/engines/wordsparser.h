/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Words out of an answer of the API: what an engine that is a program of its
 * own writes. Pure; the text may be anything.
 */
#pragma once

#include "reading/recognizer.h"

/* (transfer full) an array of KocrAnswerWord, of all pages; NULL with @error:
 * it is not such an answer. */
GPtrArray *words_parse (const gchar * json, GError ** error);
