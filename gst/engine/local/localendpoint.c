/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "local/localendpoint.h"

#include <string.h>

KocrLocalEndpoint *
kocr_local_endpoint_copy (const KocrLocalEndpoint * endpoint)
{
  KocrLocalEndpoint *copy = g_new (KocrLocalEndpoint, 1);

  copy->url = g_strdup (endpoint->url);
  copy->key = g_strdup (endpoint->key);
  copy->address = g_object_ref (endpoint->address);
  copy->generation = endpoint->generation;
  return copy;
}

void
kocr_local_endpoint_free (KocrLocalEndpoint * endpoint)
{
  g_free (endpoint->url);
  explicit_bzero (endpoint->key, strlen (endpoint->key));
  g_free (endpoint->key);
  g_object_unref (endpoint->address);
  g_free (endpoint);
}
