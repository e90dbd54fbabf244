/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture.h"

#include <string.h>

static gboolean
is_blank (gchar c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'
      || c == '\0';
}

/* Counts `/Type /Page` objects: enough to tell a long document from a short
 * one, as neither is read here and only the refusals differ. */
guint
picture_count_pdf_pages (GBytes * bytes)
{
  static const gchar type[] = "/Type", page[] = "/Page";
  gsize size;
  const gchar *p = g_bytes_get_data (bytes, &size), *end = p + size;
  guint n = 0;

  while ((p = memmem (p, end - p, type, strlen (type))) != NULL) {
    p += strlen (type);
    while (p < end && is_blank (*p))
      p++;
    if ((gsize) (end - p) > strlen (page)
        && memcmp (p, page, strlen (page)) == 0
        && !g_ascii_isalnum (p[strlen (page)]))
      n++;
  }
  return n;
}
