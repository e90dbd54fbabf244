/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/printable.h"

gchar *
kocr_printable (const gchar * text, gsize max_bytes)
{
  g_autofree gchar *cut = g_strndup (text, max_bytes);
  g_autofree gchar *valid = g_utf8_make_valid (cut, -1);
  GString *printable = g_string_new (NULL);
  const gchar *p;

  for (p = valid; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    g_string_append_unichar (printable, g_unichar_isprint (c) ? c : '?');
  }
  return g_string_free (printable, FALSE);
}
