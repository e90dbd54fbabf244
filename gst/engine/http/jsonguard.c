/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/jsonguard.h"

#include <string.h>

/* Integers of more digits are not exact in a double, and older json-glib wraps
 * those that do not fit 64 bits. */
#define MAX_INTEGER_DIGITS 15
/* What stands for such a one: no double can hold it, so that who reads it
 * finds no number. */
#define BEYOND_NUMBERS "1e999"

typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END,          /* after '[' */
  EXPECT_NAME,                  /* after ',' in an object */
  EXPECT_NAME_OR_END,           /* after '{' */
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING                /* the root is complete */
} Expectation;

typedef struct
{
  const gchar *start, *p, *end;
  guint depth, tokens, members;
  guint32 objects;              /* a bit a level: it is an object */
  guint max_tokens;
  gchar *harmless;              /* the text without long integers; nullable */
  const gchar *problem;
} Scanner;

static gboolean
fail (Scanner * self, const gchar * problem)
{
  self->problem = problem;
  return FALSE;
}

static void
skip_space (Scanner * self)
{
  while (self->p < self->end && (*self->p == ' ' || *self->p == '\n'
          || *self->p == '\r' || *self->p == '\t'))
    self->p++;
}

static gboolean
scan_hex (Scanner * self, guint * value)
{
  guint i;

  *value = 0;
  if (self->end - self->p < 4)
    return FALSE;
  for (i = 0; i < 4; i++) {
    gint digit = g_ascii_xdigit_value (*self->p++);

    if (digit < 0)
      return FALSE;
    *value = *value * 16 + digit;
  }
  return TRUE;
}

/* Behind "\u". */
static gboolean
scan_unicode_escape (Scanner * self)
{
  guint unit, low;

  if (!scan_hex (self, &unit))
    return fail (self, "a broken escape");
  if (unit == 0)
    return fail (self, "a NUL character");
  if (unit < 0xd800 || unit > 0xdfff)
    return TRUE;
  if (unit > 0xdbff || self->end - self->p < 6 || self->p[0] != '\\'
      || self->p[1] != 'u')
    return fail (self, "half a surrogate pair");
  self->p += 2;
  if (!scan_hex (self, &low) || low < 0xdc00 || low > 0xdfff)
    return fail (self, "half a surrogate pair");
  return TRUE;
}

static gboolean
scan_string (Scanner * self)
{
  self->p++;
  while (self->p < self->end) {
    guchar c = (guchar) * self->p++;

    if (c == '"')
      return TRUE;
    if (c < 0x20)
      return fail (self, "a control character in a string");
    if (c != '\\')
      continue;
    if (self->p == self->end)
      break;
    c = (guchar) * self->p++;
    if (c == 'u') {
      if (!scan_unicode_escape (self))
        return FALSE;
    } else if (!strchr ("\"\\/bfnrt", c)) {
      return fail (self, "a broken escape");
    }
  }
  return fail (self, "a string without an end");
}

static guint
scan_digits (Scanner * self)
{
  const gchar *first = self->p;

  while (self->p < self->end && g_ascii_isdigit (*self->p))
    self->p++;
  return self->p - first;
}

/* An answer may hold an identifier or a time stamp that nobody reads. */
static void
take_out_integer (Scanner * self, const gchar * first)
{
  gsize offset = first - self->start;

  if (!self->harmless)
    self->harmless = g_memdup2 (self->start, self->end - self->start);
  memset (self->harmless + offset, ' ', self->p - first);
  memcpy (self->harmless + offset, BEYOND_NUMBERS, strlen (BEYOND_NUMBERS));
}

static gboolean
scan_number (Scanner * self)
{
  const gchar *first = self->p;
  gboolean integer = TRUE;
  guint digits;

  if (*self->p == '-')
    self->p++;
  if (self->p < self->end && *self->p == '0') {
    self->p++;
    digits = 1;
  } else {
    digits = scan_digits (self);
  }
  if (digits == 0)
    return fail (self, "no JSON value");
  if (self->p < self->end && *self->p == '.') {
    integer = FALSE;
    self->p++;
    if (scan_digits (self) == 0)
      return fail (self, "a broken number");
  }
  if (self->p < self->end && (*self->p == 'e' || *self->p == 'E')) {
    integer = FALSE;
    self->p++;
    if (self->p < self->end && (*self->p == '+' || *self->p == '-'))
      self->p++;
    if (scan_digits (self) == 0)
      return fail (self, "a broken number");
  }
  if (integer && digits > MAX_INTEGER_DIGITS)
    take_out_integer (self, first);
  return TRUE;
}

static gboolean
scan_literal (Scanner * self)
{
  static const gchar *literals[] = { "true", "false", "null" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (literals); i++) {
    gsize n = strlen (literals[i]);

    if ((gsize) (self->end - self->p) >= n
        && memcmp (self->p, literals[i], n) == 0) {
      self->p += n;
      return TRUE;
    }
  }
  return fail (self, "no JSON value");
}

static gboolean
in_object (const Scanner * self)
{
  return self->depth > 0 && (self->objects >> (self->depth - 1) & 1);
}

static Expectation
after_value (const Scanner * self)
{
  return self->depth > 0 ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
}

static gboolean
open_level (Scanner * self, gboolean object)
{
  if (self->depth == KOCR_JSON_MAX_DEPTH)
    return fail (self, "too many levels");
  self->objects &= ~(1u << self->depth);
  self->objects |= (object ? 1u : 0u) << self->depth;
  self->depth++;
  self->p++;
  return TRUE;
}

static gboolean
scan_name (Scanner * self)
{
  if (*self->p != '"')
    return fail (self, "no name in an object");
  if (!scan_string (self))
    return FALSE;
  skip_space (self);
  if (self->p == self->end || *self->p != ':')
    return fail (self, "a name without a value");
  self->p++;
  self->members++;
  return TRUE;
}

static gboolean
scan_value (Scanner * self, Expectation * next)
{
  gchar c = *self->p;

  if (c == '{' || c == '[') {
    *next = c == '{' ? EXPECT_NAME_OR_END : EXPECT_VALUE_OR_END;
    return open_level (self, c == '{');
  }
  *next = after_value (self);
  if (self->depth == 0)
    return fail (self, "no object at its root");
  if (c == '"')
    return scan_string (self);
  if (c == '-' || g_ascii_isdigit (c))
    return scan_number (self);
  return scan_literal (self);
}

/* Takes the next token; there is one at self->p. */
static gboolean
scan_token (Scanner * self, Expectation * state)
{
  gchar c = *self->p;
  gboolean may_end = *state == EXPECT_VALUE_OR_END
      || *state == EXPECT_NAME_OR_END || *state == EXPECT_COMMA_OR_END;

  if (*state == EXPECT_NOTHING)
    return fail (self, "something behind its end");
  if (may_end && c == (in_object (self) ? '}' : ']')) {
    self->p++;
    self->depth--;
    *state = after_value (self);
    return TRUE;
  }
  if (*state == EXPECT_COMMA_OR_END) {
    if (c != ',')
      return fail (self, "no comma between two values");
    self->p++;
    *state = in_object (self) ? EXPECT_NAME : EXPECT_VALUE;
    return TRUE;
  }
  if (*state == EXPECT_NAME || *state == EXPECT_NAME_OR_END) {
    *state = EXPECT_VALUE;
    return scan_name (self);
  }
  return scan_value (self, state);
}

static gboolean
scan (Scanner * self)
{
  Expectation state = EXPECT_VALUE;

  for (;;) {
    skip_space (self);
    if (self->p == self->end)
      return state == EXPECT_NOTHING || fail (self, "an early end");
    if (self->depth == 0 && state == EXPECT_VALUE && *self->p != '{')
      return fail (self, "no object at its root");
    if (++self->tokens > self->max_tokens)
      return fail (self, "too many values");
    if (!scan_token (self, &state))
      return FALSE;
  }
}

gboolean
kocr_json_guard_check (const gchar * data, gsize length, guint max_tokens,
    KocrJsonGuard * guard, GError ** error)
{
  /* An empty answer has no bytes at all, not even an address. */
  const gchar *text = length > 0 ? data : "";
  Scanner scanner = { text, text, text + length,.max_tokens = max_tokens };

  if (length > KOCR_JSON_MAX_BYTES)
    fail (&scanner, "too many bytes");
  else if (!g_utf8_validate_len (text, length, NULL))
    fail (&scanner, "text that is not UTF-8");
  else
    scan (&scanner);

  if (scanner.problem) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_ANSWER,
        "The service's answer is not usable: it has %s (byte %" G_GSIZE_FORMAT
        " of %" G_GSIZE_FORMAT "). Check that `endpoint` is a General OCR API.",
        scanner.problem, (gsize) (scanner.p - scanner.start), length);
    g_free (scanner.harmless);
    return FALSE;
  }
  guard->n_members = scanner.members;
  guard->harmless = scanner.harmless;
  return TRUE;
}
