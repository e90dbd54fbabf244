/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json.h"

#include <math.h>
#include <string.h>

/* The writer is our own. JsonGenerator writes every double with 17 digits
 * (67.1 as 67.099999999999994) and leaves U+0085, U+2028 and U+2029 as they
 * are, at which some readers of lines end a line. */

/* Beyond it not every integer has a double of its own. */
#define MAX_EXACT_INTEGER (G_GUINT64_CONSTANT (1) << 53)

G_DEFINE_QUARK (gst-kakao-ocr-json-error-quark, gst_kakao_ocr_json_error);

static void
append_string (GString *out, const gchar *text)
{
  const gchar *p;

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

static void
append_string_or_null (GString *out, const gchar *text)
{
  if (text)
    append_string (out, text);
  else
    g_string_append (out, "null");
}

static void
append_integer (GString *out, guint64 value)
{
  if (value <= MAX_EXACT_INTEGER)
    g_string_append_printf (out, "%" G_GUINT64_FORMAT, value);
  else
    g_string_append (out, "null");
}

/* The fewest digits that give back the same double: 15 always survive being
 * written, 17 always suffice. */
static void
append_double (GString *out, gdouble value)
{
  static const gchar *formats[] = { "%.15g", "%.16g", "%.17g" };
  gchar digits[G_ASCII_DTOSTR_BUF_SIZE];
  guint i;

  for (i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (digits, sizeof (digits), formats[i], value);
    if (g_ascii_strtod (digits, NULL) == value)
      break;
  }
  g_string_append (out, digits);
}

static void
append_utc (GString *out, GstClockTime utc)
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

static void
append_region (GString *out, const GstKakaoOcrRegion *region)
{
  guint i;

  g_string_append (out, "{\"text\":");
  append_string (out, region->text);
  g_string_append (out, ",\"words\":[");
  for (i = 0; region->words[i]; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    append_string (out, region->words[i]);
  }
  g_string_append (out, "],\"box\":[");
  for (i = 0; i < GST_KAKAO_OCR_BOX_LEN; i += 2) {
    g_string_append (out, i > 0 ? ",[" : "[");
    append_double (out, region->box[i]);
    g_string_append_c (out, ',');
    append_double (out, region->box[i + 1]);
    g_string_append_c (out, ']');
  }
  /* 0 is unknown for both, and unknown is null. */
  g_string_append (out, "],\"page\":");
  append_integer (out, region->page > 0 ? region->page : G_MAXUINT64);
  g_string_append (out, ",\"track\":");
  append_integer (out, region->track > 0 ? region->track : G_MAXUINT64);
  g_string_append_c (out, '}');
}

gchar *
gst_kakao_ocr_result_to_json (GstKakaoOcrResult *result)
{
  return gst_kakao_ocr_result_to_json_full (result, NULL, GST_CLOCK_TIME_NONE,
      GST_CLOCK_TIME_NONE, GST_CLOCK_TIME_NONE);
}

gchar *
gst_kakao_ocr_result_to_json_full (GstKakaoOcrResult *result,
    const gchar *source, GstClockTime stream_time, GstClockTime running_time,
    GstClockTime utc)
{
  GString *out;
  guint i, n;

  g_return_val_if_fail (result != NULL, NULL);
  g_return_val_if_fail (source == NULL || g_utf8_validate (source, -1, NULL),
      NULL);

  out = g_string_sized_new (256);
  g_string_append (out, "{\"type\":\"result\",\"source\":");
  append_string_or_null (out, source);
  g_string_append (out, ",\"pts\":");
  append_integer (out, gst_kakao_ocr_result_get_pts (result));
  g_string_append (out, ",\"stream_time\":");
  append_integer (out, stream_time);
  g_string_append (out, ",\"running_time\":");
  append_integer (out, running_time);
  g_string_append (out, ",\"utc\":");
  append_utc (out, utc);
  g_string_append_printf (out,
      ",\"frame\":{\"width\":%d,\"height\":%d},\"text\":",
      gst_kakao_ocr_result_get_width (result),
      gst_kakao_ocr_result_get_height (result));
  append_string (out, gst_kakao_ocr_result_get_text (result));
  g_string_append_printf (out, ",\"truncated\":%s,\"latency\":",
      gst_kakao_ocr_result_get_truncated (result) ? "true" : "false");
  append_integer (out, gst_kakao_ocr_result_get_latency (result));
  g_string_append (out, ",\"regions\":[");
  n = gst_kakao_ocr_result_get_n_regions (result);
  for (i = 0; i < n; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    append_region (out, gst_kakao_ocr_result_get_region (result, i));
  }
  g_string_append (out, "]}");
  return g_string_free (out, FALSE);
}

GstKakaoOcrResult *
gst_kakao_ocr_result_from_json (const gchar *json, GError **error)
{
  g_set_error_literal (error, GST_KAKAO_OCR_JSON_ERROR,
      GST_KAKAO_OCR_JSON_ERROR_SYNTAX, "not read");
  return NULL;
}
