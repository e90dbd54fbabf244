/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which endpoint and which key: from the properties, else from credentials and
 * the environment.
 */
#pragma once

#include "ocr/settings.h"

/* What the engine is started with; the strings in config are its own. */
typedef struct
{
  KocrClientConfig config;
  gchar *endpoint, *api_key, *ca_file, *languages;
} KocrCredentials;

/* @warning: (out) (nullable) (transfer full): something the user should hear
 * of. NULL with a KOCR_ERROR when the settings contradict each other or the key
 * cannot be read. */
KocrCredentials *kocr_credentials_new (
    const KocrOcrSettings *settings, gchar **warning, GError **error);
void kocr_credentials_free (KocrCredentials * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrCredentials,
    kocr_credentials_free)
