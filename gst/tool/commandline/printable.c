/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "commandline/printable.h"

gchar *
printable_text (const gchar * text)
{
  g_autofree gchar *valid = g_utf8_make_valid (text, -1);
  GString *printable = g_string_new (NULL);

  for (const gchar * c = valid; *c; c = g_utf8_next_char (c)) {
    gunichar letter = g_utf8_get_char (c);

    g_string_append_unichar (printable, g_unichar_isprint (letter) ? letter :
        ' ');
  }
  return g_string_free (printable, FALSE);
}
