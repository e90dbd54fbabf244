/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Local endpoint: where the element's own service is, and what it wants.
 */
#pragma once

#include <gio/gio.h>

typedef struct
{
  gchar *url;                   /* the whole endpoint, as it announced it */
  gchar *key;                   /* what it wants as x-api-key; never log it */
  GSocketAddress *address;      /* where it is; the same for all generations */
  guint generation;             /* counts the processes, from 1 */
} KocrLocalEndpoint;

KocrLocalEndpoint *kocr_local_endpoint_copy (
    const KocrLocalEndpoint * endpoint);
void kocr_local_endpoint_free (KocrLocalEndpoint * endpoint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrLocalEndpoint, kocr_local_endpoint_free)
