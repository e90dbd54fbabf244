/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/baretext.h"

#include <string.h>

const gchar *
bare_text_find (const gchar *text, gsize *n_bytes)
{
  const gchar *end = text + strlen (text);

  while (*text && !g_unichar_isalnum (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text
         && !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  *n_bytes = end - text;
  return text;
}

gboolean
bare_text_exists (const gchar *text)
{
  gsize n_bytes;

  bare_text_find (text, &n_bytes);
  return n_bytes > 0;
}
