/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * API key: in memory that is wiped before it is freed. Nothing here writes a key
 * anywhere, and no error says more of it than what is wrong.
 */
#pragma once

#include "base/error.h"

typedef struct _KocrApiKey KocrApiKey;

/* @text without the white space around it, which must be 1 to 512 visible
 * ASCII characters: others would be dropped, with the key, on their way into a
 * header. NULL with a KOCR_ERROR_CREDENTIALS. */
KocrApiKey *kocr_api_key_new (const gchar * text, GError ** error);
void kocr_api_key_free (KocrApiKey * key);
/* Valid as long as @key. Never log it. */
const gchar *kocr_api_key_get (const KocrApiKey * key);
/* Either may be NULL. */
gboolean kocr_api_key_equal (const KocrApiKey * a, const KocrApiKey * b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrApiKey, kocr_api_key_free)
