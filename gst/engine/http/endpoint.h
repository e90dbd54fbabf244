/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Endpoint: where pictures go and with what; checked once, before anything is
 * sent, and immutable afterwards. Clients are shared by equal endpoints.
 */
#pragma once

#include "http/apikey.h"

typedef struct
{
  GUri *uri;                    /* NULL: the bundled service */
  gchar *languages;             /* of that one; else NULL */
  gboolean loopback;            /* it is on this machine */
  KocrApiKey *key;              /* nullable */
  gchar *ca_file;               /* nullable; made absolute */
  GTlsDatabase *ca;             /* of ca_file, beside the system's */
} KocrEndpoint;

/* What the bundled service reads when nothing else is asked for. */
#define KOCR_ENDPOINT_LANGUAGES "kor+eng"

/* @url: NULL or "local" is the bundled service, which takes no key. A key goes
 * over plain http to this machine only. @languages: (nullable): of the bundled
 * service. NULL with a KOCR_ERROR_CONFIGURATION, _CREDENTIALS or _CERTIFICATE
 * that says what to do. */
KocrEndpoint *kocr_endpoint_new (const gchar * url, const gchar * api_key,
    const gchar * ca_file, const gchar * languages, GError ** error);
KocrEndpoint *kocr_endpoint_ref (KocrEndpoint * endpoint);
void kocr_endpoint_unref (KocrEndpoint * endpoint);
/* Same address, key and CA file, or the bundled service of the same languages.
 */
gboolean kocr_endpoint_equal (const KocrEndpoint * a, const KocrEndpoint * b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrEndpoint, kocr_endpoint_unref)
