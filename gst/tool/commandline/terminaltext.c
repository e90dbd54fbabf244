/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "commandline/terminaltext.h"

#include <string.h>

/* Of hours and minutes. */
#define MAX_DIGITS 6

gchar *
time_text_format (GstClockTime time)
{
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return g_strdup ("?");
  return g_strdup_printf ("%u:%02u:%04.1f", (guint)(time / (3600 * GST_SECOND)),
      (guint)(time / (60 * GST_SECOND) % 60),
      (gdouble)(time % (60 * GST_SECOND) / (GST_SECOND / 10)) / 10.0);
}

/* Digits alone, and not too many. */
static gboolean
parse_number (const gchar * text, guint * number)
{
  *number = 0;
  if (!*text || strlen (text) > MAX_DIGITS)
    return FALSE;
  for (; g_ascii_isdigit (*text); text++)
    *number = 10 * *number + g_ascii_digit_value (*text);
  return !*text;
}

gboolean
time_text_parse (const gchar * text, GstClockTime * time)
{
  g_auto (GStrv) parts = NULL;
  guint n;
  gdouble seconds;
  gchar *end;

  *time = GST_CLOCK_TIME_NONE;
  if (!text)
    return TRUE;
  parts = g_strsplit (text, ":", -1);
  n = g_strv_length (parts);
  if (n < 1 || n > 3 || !g_ascii_isdigit (*parts[n - 1]))
    return FALSE;
  seconds = g_ascii_strtod (parts[n - 1], &end);
  if (*end || (n > 1 && seconds >= 60.0) || !(seconds < 1e9))
    return FALSE;
  for (guint i = 0; i + 1 < n; i++) {
    guint value;

    if (!parse_number (parts[i], &value))
      return FALSE;
    seconds += value * (i + 2 == n ? 60.0 : 3600.0);
  }
  *time = (GstClockTime) (seconds * GST_SECOND + 0.5);
  return TRUE;
}

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

gchar *
printable_file_name (const gchar * name)
{
  g_autofree gchar *display = g_filename_display_name (name);

  return printable_text (display);
}
