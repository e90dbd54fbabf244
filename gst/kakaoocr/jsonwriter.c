/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "jsonwriter.h"

#include <math.h>

void
kocr_json_append_text (GString * out, const gchar * text)
{
  const gchar *p;

  if (text == NULL) {
    g_string_append (out, "null");
    return;
  }
  g_string_append_c (out, '"');
  for (p = text; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == '"' || c == '\\')
      g_string_append_printf (out, "\\%c", (gchar) c);
    else if (c == '\n')
      g_string_append (out, "\\n");
    else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029)
      g_string_append_printf (out, "\\u%04x", c);
    else
      g_string_append_len (out, p, g_utf8_next_char (p) - p);
  }
  g_string_append_c (out, '"');
}

void
kocr_json_append_integer (GString * out, guint64 value)
{
  if (value <= GST_KAKAO_OCR_JSON_MAX_INTEGER)
    g_string_append_printf (out, "%" G_GUINT64_FORMAT, value);
  else
    g_string_append (out, "null");
}

/* The fewest digits that give back the same double: 15 always survive being
 * written, 17 always suffice. */
void
kocr_json_append_number (GString * out, gdouble value)
{
  static const gchar *formats[] = { "%.15g", "%.16g", "%.17g" };
  gchar digits[G_ASCII_DTOSTR_BUF_SIZE];
  guint i;

  /* Most coordinates; -0 becomes 0. */
  if (fabs (value) <= GST_KAKAO_OCR_MAX_COORDINATE && value == (gint64) value) {
    g_string_append_printf (out, "%" G_GINT64_FORMAT, (gint64) value);
    return;
  }
  for (i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (digits, sizeof (digits), formats[i], value);
    if (g_ascii_strtod (digits, NULL) == value)
      break;
  }
  g_string_append (out, digits);
}

void
kocr_json_append_box (GString * out,
    const gdouble box[GST_KAKAO_OCR_BOX_LEN])
{
  guint i;

  for (i = 0; i < GST_KAKAO_OCR_BOX_LEN; i += 2) {
    g_string_append (out, i > 0 ? ",[" : "[[");
    kocr_json_append_number (out, box[i]);
    g_string_append_c (out, ',');
    kocr_json_append_number (out, box[i + 1]);
    g_string_append_c (out, ']');
  }
  g_string_append_c (out, ']');
}

void
kocr_json_append_utc (GString * out, GstClockTime utc)
{
  g_autoptr (GDateTime) second = NULL;
  g_autofree gchar *text = NULL;

  if (!GST_CLOCK_TIME_IS_VALID (utc)) {
    g_string_append (out, "null");
    return;
  }
  second = g_date_time_new_from_unix_utc ((gint64) (utc / GST_SECOND));
  text = g_date_time_format (second, "%Y-%m-%dT%H:%M:%S");
  g_string_append_printf (out, "\"%s.%06uZ\"", text,
      (guint) (utc % GST_SECOND / GST_USECOND));
}
