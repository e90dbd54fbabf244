/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json/writer.h"

#include <math.h>

#include "json/reader.h"

/* Nanoseconds. */
#define SECOND G_GUINT64_CONSTANT (1000000000)

/* Larger ones are no coordinates, and are written as other numbers are. */
#define MAX_WHOLE 2147483648.0

gchar *
kocr_json_finish (KocrJsonWriter * self)
{
  return g_string_free (g_steal_pointer (&self->text), FALSE);
}

void
kocr_json_writer_clear (KocrJsonWriter * self)
{
  if (self->text)
    g_string_free (self->text, TRUE);
}

static void
begin (KocrJsonWriter * self, const gchar * name)
{
  if (self->follows)
    g_string_append_c (self->text, ',');
  if (name)
    g_string_append_printf (self->text, "\"%s\":", name);
  self->follows = TRUE;
}

void
kocr_json_open (KocrJsonWriter * self, const gchar * name, gchar bracket)
{
  begin (self, name);
  g_string_append_c (self->text, bracket);
  self->follows = FALSE;
}

void
kocr_json_close (KocrJsonWriter * self, gchar bracket)
{
  g_string_append_c (self->text, bracket);
  self->follows = TRUE;
}

static void
add_literal (KocrJsonWriter * self, const gchar * name, const gchar * literal)
{
  begin (self, name);
  g_string_append (self->text, literal);
}

void
kocr_json_add_null (KocrJsonWriter * self, const gchar * name)
{
  add_literal (self, name, "null");
}

void
kocr_json_add_boolean (KocrJsonWriter * self, const gchar * name,
    gboolean value)
{
  add_literal (self, name, value ? "true" : "false");
}

void
kocr_json_add_text (KocrJsonWriter * self, const gchar * name,
    const gchar * text)
{
  GString *out = self->text;

  add_literal (self, name, text ? "\"" : "null");
  if (text == NULL)
    return;
  for (const gchar * p = text; *p; p = g_utf8_next_char (p)) {
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
kocr_json_add_texts (KocrJsonWriter * self, const gchar * name,
    gchar ** texts)
{
  kocr_json_open (self, name, '[');
  for (gchar ** text = texts; *text; text++)
    kocr_json_add_text (self, NULL, *text);
  kocr_json_close (self, ']');
}

void
kocr_json_add_integer (KocrJsonWriter * self, const gchar * name,
    guint64 value)
{
  if (value <= KOCR_JSON_MAX_INTEGER)
    kocr_json_add_int64 (self, name, value);
  else
    kocr_json_add_null (self, name);
}

void
kocr_json_add_int64 (KocrJsonWriter * self, const gchar * name, gint64 value)
{
  begin (self, name);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

/* The fewest digits that give back the same double: 15 always survive being
 * written, 17 always suffice. */
static void
append_number (GString * out, gdouble value)
{
  static const gchar *formats[] = { "%.15g", "%.16g", "%.17g" };
  gchar digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value)) {
    g_string_append (out, "null");
    return;
  }
  /* Most coordinates; -0 becomes 0. */
  if (fabs (value) <= MAX_WHOLE && value == (gint64) value) {
    g_string_append_printf (out, "%" G_GINT64_FORMAT, (gint64) value);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (digits, sizeof (digits), formats[i], value);
    if (g_ascii_strtod (digits, NULL) == value)
      break;
  }
  g_string_append (out, digits);
}

void
kocr_json_add_number (KocrJsonWriter * self, const gchar * name, gdouble value)
{
  begin (self, name);
  append_number (self->text, value);
}

void
kocr_json_add_box (KocrJsonWriter * self, const gchar * name,
    const gdouble box[8])
{
  kocr_json_open (self, name, '[');
  for (guint i = 0; i < 8; i += 2) {
    kocr_json_open (self, NULL, '[');
    kocr_json_add_number (self, NULL, box[i]);
    kocr_json_add_number (self, NULL, box[i + 1]);
    kocr_json_close (self, ']');
  }
  kocr_json_close (self, ']');
}

void
kocr_json_add_utc (KocrJsonWriter * self, const gchar * name, guint64 utc)
{
  g_autoptr (GDateTime) second = NULL;
  g_autofree gchar *text = NULL;

  if (utc == G_MAXUINT64) {
    kocr_json_add_null (self, name);
    return;
  }
  begin (self, name);
  second = g_date_time_new_from_unix_utc ((gint64) (utc / SECOND));
  text = g_date_time_format (second, "%Y-%m-%dT%H:%M:%S");
  g_string_append_printf (self->text, "\"%s.%06uZ\"", text,
      (guint) (utc % SECOND / 1000));
}
