/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/retryafter.h"

#include <libsoup/soup.h>
#include <string.h>

/* More is said to be this: no sum of it with a clock overflows. */
#define MAX_SECONDS (366 * 24 * 60 * 60)

/* An HTTP-date in seconds since 1970. */
static gboolean
parse_date (const gchar * value, gint64 * seconds)
{
  g_autoptr (GDateTime) date = NULL;

  if (!value || !g_str_is_ascii (value))
    return FALSE;
  date = soup_date_time_new_from_http_string (value);
  if (!date)
    return FALSE;
  *seconds = g_date_time_to_unix (date);
  return TRUE;
}

gint64
kocr_retry_after_parse (const gchar * value, const gchar * date,
    gint64 wall_clock)
{
  g_autofree gchar *trimmed = NULL;
  gint64 seconds, base;

  if (!value)
    return 0;
  trimmed = g_strstrip (g_strdup (value));
  if (trimmed[0] == '\0')
    return 0;

  if (strspn (trimmed, "0123456789") == strlen (trimmed)) {
    /* Saturates, so that ten to the twelfth and more stay positive. */
    seconds = g_ascii_strtoll (trimmed, NULL, 10);
  } else if (parse_date (trimmed, &seconds)) {
    if (!parse_date (date, &base))
      base = wall_clock;
    seconds -= base;
  } else {
    return 0;
  }
  return CLAMP (seconds, 0, MAX_SECONDS) * G_USEC_PER_SEC;
}
