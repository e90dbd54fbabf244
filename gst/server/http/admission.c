/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/admission.h"

#include <string.h>

#include "bounds.h"
#include "http/upload.h"

static const gchar *const other_methods[] = {
  "GET", "HEAD", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", NULL
};

static gboolean
check_address (const gchar * path, const gchar * signature, Refusal * refusal)
{
  static const gchar *const prefixes[] = { API_PATH, API_OTHER_PATH };
  guint i;

  *refusal = REFUSAL_BAD_REQUEST;
  for (i = 0; i < G_N_ELEMENTS (prefixes); i++) {
    const gchar *rest = path + strlen (prefixes[i]);

    if (!g_str_has_prefix (path, prefixes[i]) || *rest == '\0'
        || strchr (rest, '/') != NULL)
      continue;
    *refusal = REFUSAL_INVALID_SIGNATURE;
    return strcmp (rest, signature) == 0;
  }
  return FALSE;
}

/* In a time that tells nothing about the key but its length. */
gboolean
admission_check_key (const Admission * self, const gchar * given)
{
  gsize i, length = self->key != NULL ? strlen (self->key) : 0;
  guint difference = 0;

  if (self->key == NULL || given == NULL || strlen (given) != length)
    return FALSE;
  for (i = 0; i < length; i++)
    difference |= (guchar) given[i] ^ (guchar) self->key[i];
  return difference == 0;
}

gboolean
admission_check (const Admission * self, const RequestHead * head,
    Refusal * refusal)
{
  g_autofree gchar *boundary = NULL;

  if (!check_address (head->path, self->signature, refusal))
    return FALSE;
  if (strcmp (head->method, "POST") != 0) {
    *refusal = g_strv_contains (other_methods, head->method)
        ? REFUSAL_METHOD : REFUSAL_NOT_FOUND;
    return FALSE;
  }
  if (self->key != NULL && !admission_check_key (self, head->api_key)) {
    *refusal = REFUSAL_AUTHENTICATION;
    return FALSE;
  }
  boundary = upload_parse_boundary (head->content_type);
  if (boundary == NULL) {
    *refusal = REFUSAL_CONTENT_TYPE;
    return FALSE;
  }
  if (head->has_length && head->content_length > LIMIT_REQUEST_BYTES) {
    *refusal = REFUSAL_TOO_LARGE;
    return FALSE;
  }
  return TRUE;
}
