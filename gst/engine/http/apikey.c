/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/apikey.h"

#include <string.h>

#define MAX_LENGTH 512

struct _KocrApiKey
{
  gchar text[MAX_LENGTH + 1];
};

KocrApiKey *
kocr_api_key_new (const gchar * text, GError ** error)
{
  KocrApiKey *key;
  gsize length, i;

  while (g_ascii_isspace (*text))
    text++;
  length = strlen (text);
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;

  if (length == 0) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_CREDENTIALS,
        "The API key is empty.");
    return NULL;
  }
  if (length > MAX_LENGTH) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_CREDENTIALS,
        "The API key is longer than %d characters.", MAX_LENGTH);
    return NULL;
  }
  for (i = 0; i < length; i++) {
    if (!g_ascii_isgraph (text[i])) {
      g_set_error (error, KOCR_ERROR, KOCR_ERROR_CREDENTIALS,
          "The API key has a space, a control or a non-ASCII character in it.");
      return NULL;
    }
  }

  key = g_new0 (KocrApiKey, 1);
  memcpy (key->text, text, length);
  return key;
}

void
kocr_api_key_free (KocrApiKey * key)
{
  explicit_bzero (key->text, sizeof key->text);
  g_free (key);
}

const gchar *
kocr_api_key_get (const KocrApiKey * key)
{
  return key->text;
}

gboolean
kocr_api_key_equal (const KocrApiKey * a, const KocrApiKey * b)
{
  if (!a || !b)
    return a == b;
  return strcmp (a->text, b->text) == 0;
}
