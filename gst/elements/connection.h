/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which endpoint and which key: from the properties, else from credentials and
 * the environment.
 */
#pragma once

#include "ocrsettings.h"

G_BEGIN_DECLS

/* What the engine is started with; the strings in config are its own. */
typedef struct
{
  KocrClientConfig config;
  gchar *endpoint, *api_key, *ca_file, *languages;
} GstKakaoOcrConnection;

/* @warning: (out) (nullable) (transfer full): something the user should hear
 * of. NULL with a KOCR_ERROR when the settings contradict each other or the key
 * cannot be read. */
GstKakaoOcrConnection *gst_kakao_ocr_connection_new (const GstKakaoOcrSettings *
    settings, gchar ** warning, GError ** error);
void gst_kakao_ocr_connection_free (GstKakaoOcrConnection * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstKakaoOcrConnection,
    gst_kakao_ocr_connection_free)

G_END_DECLS
