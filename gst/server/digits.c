/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "digits.h"

gboolean
digits_parse (const gchar * text, gsize length, guint base, guint64 max,
    guint64 * value)
{
  guint64 sum = 0;
  gsize i;

  if (length == 0)
    return FALSE;
  for (i = 0; i < length; i++) {
    gint digit = g_ascii_xdigit_value (text[i]);

    if (digit < 0 || (guint) digit >= base || (guint64) digit > max
        || sum > (max - digit) / base)
      return FALSE;
    sum = sum * base + digit;
  }
  *value = sum;
  return TRUE;
}
