/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "jsonguard.h"

#include <math.h>
#include <string.h>

/* A result of a thousand regions has 200 kB and 24,000 values at a depth of 5.
 * json-glib takes up to 300 bytes a value: at most 20 MB. */
#define MAX_LENGTH (1024 * 1024)
#define MAX_DEPTH 32
#define MAX_VALUES 65536

/* As many digits as always fit into 64 bits. */
#define MAX_INTEGER_DIGITS 18

typedef struct
{
  const gchar *start, *p, *end;
  guint depth;
  guint n_values;
  guint n_members;
  GError **error;
} Scanner;

static gboolean scan_value (Scanner * s);

static gboolean
fail (Scanner * s, GstKakaoOcrJsonError code, const gchar * what)
{
  g_set_error (s->error, GST_KAKAO_OCR_JSON_ERROR, code, "%s at byte %u", what,
      (guint) (s->p - s->start));
  return FALSE;
}

static gboolean
unexpected (Scanner * s)
{
  return fail (s, GST_KAKAO_OCR_JSON_ERROR_SYNTAX, s->p < s->end ?
      "unexpected character" : "unexpected end");
}

/* The character that is next, or NUL at the end; the text holds no NUL. */
static gchar
peek (const Scanner * s)
{
  return s->p < s->end ? *s->p : '\0';
}

static void
skip_space (Scanner * s)
{
  while (s->p < s->end && strchr (" \t\n\r", *s->p))
    s->p++;
}

static gboolean
skip_char (Scanner * s, gchar c)
{
  if (peek (s) != c)
    return FALSE;
  s->p++;
  return TRUE;
}

static gboolean
scan_literal (Scanner * s, const gchar * literal)
{
  gsize length = strlen (literal);

  if ((gsize) (s->end - s->p) < length || memcmp (s->p, literal, length) != 0)
    return unexpected (s);
  s->p += length;
  return TRUE;
}

static guint
skip_digits (Scanner * s)
{
  const gchar *start = s->p;

  while (g_ascii_isdigit (peek (s)))
    s->p++;
  return s->p - start;
}

static gboolean
scan_number (Scanner * s)
{
  const gchar *start = s->p;
  gboolean is_integer = TRUE;
  guint n_digits;

  skip_char (s, '-');
  if (skip_char (s, '0'))
    n_digits = 1;
  else
    n_digits = skip_digits (s);
  if (n_digits == 0)
    return unexpected (s);
  if (skip_char (s, '.')) {
    is_integer = FALSE;
    if (skip_digits (s) == 0)
      return unexpected (s);
  }
  if (peek (s) == 'e' || peek (s) == 'E') {
    is_integer = FALSE;
    s->p++;
    if (!skip_char (s, '+'))
      skip_char (s, '-');
    if (skip_digits (s) == 0)
      return unexpected (s);
  }
  if (is_integer ? n_digits > MAX_INTEGER_DIGITS :
      !isfinite (g_ascii_strtod (start, NULL))) {
    s->p = start;
    return fail (s, GST_KAKAO_OCR_JSON_ERROR_TOO_LARGE, "number too large");
  }
  return TRUE;
}

/* The four digits after \u, or -1. */
static gint
scan_code_unit (Scanner * s)
{
  gint unit = 0;
  guint i;

  for (i = 0; i < 4; i++, s->p++) {
    if (!g_ascii_isxdigit (peek (s)))
      return -1;
    unit = unit * 16 + g_ascii_xdigit_value (*s->p);
  }
  return unit;
}

/* What follows a backslash. NUL would end the string early, and half a pair of
 * surrogates is no character. */
static gboolean
scan_escape (Scanner * s)
{
  gint unit;

  if (peek (s) != '\0' && strchr ("\"\\/bfnrt", *s->p)) {
    s->p++;
    return TRUE;
  }
  if (!skip_char (s, 'u'))
    return unexpected (s);
  unit = scan_code_unit (s);
  if (unit >= 0xd800 && unit < 0xdc00) {
    if (!skip_char (s, '\\') || !skip_char (s, 'u'))
      return unexpected (s);
    unit = scan_code_unit (s);
    return unit >= 0xdc00 && unit < 0xe000 ? TRUE : unexpected (s);
  }
  if (unit <= 0 || (unit >= 0xdc00 && unit < 0xe000))
    return unexpected (s);
  return TRUE;
}

static gboolean
scan_string (Scanner * s)
{
  if (!skip_char (s, '"'))
    return unexpected (s);
  while (!skip_char (s, '"')) {
    if ((guchar) peek (s) < 0x20)
      return unexpected (s);
    if (skip_char (s, '\\')) {
      if (!scan_escape (s))
        return FALSE;
    } else {
      s->p++;
    }
  }
  return TRUE;
}

static gboolean
scan_member (Scanner * s)
{
  s->n_members++;
  if (!scan_string (s))
    return FALSE;
  skip_space (s);
  if (!skip_char (s, ':'))
    return unexpected (s);
  return scan_value (s);
}

static gboolean
scan_container (Scanner * s, gchar close, gboolean (*scan_item) (Scanner *))
{
  if (++s->depth > MAX_DEPTH)
    return fail (s, GST_KAKAO_OCR_JSON_ERROR_TOO_LARGE, "nested too deeply");
  s->p++;
  skip_space (s);
  if (!skip_char (s, close)) {
    do {
      skip_space (s);
      if (!scan_item (s))
        return FALSE;
      skip_space (s);
    } while (skip_char (s, ','));
    if (!skip_char (s, close))
      return unexpected (s);
  }
  s->depth--;
  return TRUE;
}

static gboolean
scan_value (Scanner * s)
{
  skip_space (s);
  if (++s->n_values > MAX_VALUES)
    return fail (s, GST_KAKAO_OCR_JSON_ERROR_TOO_LARGE, "too many values");
  switch (peek (s)) {
    case '{':
      return scan_container (s, '}', scan_member);
    case '[':
      return scan_container (s, ']', scan_value);
    case '"':
      return scan_string (s);
    case 't':
      return scan_literal (s, "true");
    case 'f':
      return scan_literal (s, "false");
    case 'n':
      return scan_literal (s, "null");
    default:
      return scan_number (s);
  }
}

gboolean
kocr_json_guard (const gchar * json, gsize length, guint * n_members,
    GError ** error)
{
  Scanner s = {.start = json,.p = json,.end = json + length,.error = error };
  const gchar *valid_end;

  if (length > MAX_LENGTH)
    return fail (&s, GST_KAKAO_OCR_JSON_ERROR_TOO_LARGE, "too long");
  if (!g_utf8_validate_len (json, length, &valid_end)) {
    s.p = valid_end;
    return fail (&s, GST_KAKAO_OCR_JSON_ERROR_SYNTAX, "not UTF-8");
  }
  if (!scan_value (&s))
    return FALSE;
  skip_space (&s);
  if (s.p < s.end)
    return unexpected (&s);
  *n_members = s.n_members;
  return TRUE;
}
