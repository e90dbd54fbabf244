/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json/document.h"

#include <math.h>
#include <string.h>

/* What stands for a number that is too large: no double can hold it. */
#define BEYOND_NUMBERS "1e999"

typedef struct
{
  const gchar *start, *p, *end;
  const KocrJsonLimits *limits;
  guint depth, n_values, n_members;
  gchar *harmless;              /* the text without long integers; nullable */
  KocrJsonProblem *problem;
} Scanner;

static gboolean scan_value (Scanner * self);

static gboolean
fail (Scanner * self, KocrJsonFault fault, const gchar * text)
{
  *self->problem = (KocrJsonProblem) { fault, text, self->p - self->start };
  return FALSE;
}

static gboolean
unexpected (Scanner * self, const gchar * text)
{
  return fail (self, KOCR_JSON_NO_JSON,
      self->p < self->end ? text : "an early end");
}

/* The character that is next, or NUL at the end; the text holds no NUL. */
static gchar
peek (const Scanner * self)
{
  return self->p < self->end ? *self->p : '\0';
}

static void
skip_space (Scanner * self)
{
  while (self->p < self->end && strchr (" \t\n\r", *self->p))
    self->p++;
}

static gboolean
skip_char (Scanner * self, gchar c)
{
  if (peek (self) != c)
    return FALSE;
  self->p++;
  return TRUE;
}

static gboolean
scan_literal (Scanner * self, const gchar * literal)
{
  gsize length = strlen (literal);

  if ((gsize) (self->end - self->p) < length
      || memcmp (self->p, literal, length) != 0)
    return unexpected (self, "no JSON value");
  self->p += length;
  return TRUE;
}

static guint
skip_digits (Scanner * self)
{
  const gchar *first = self->p;

  while (g_ascii_isdigit (peek (self)))
    self->p++;
  return self->p - first;
}

static void
take_out_integer (Scanner * self, const gchar * first)
{
  gsize offset = first - self->start;

  if (self->harmless == NULL)
    self->harmless = g_memdup2 (self->start, self->end - self->start);
  memset (self->harmless + offset, ' ', self->p - first);
  memcpy (self->harmless + offset, BEYOND_NUMBERS, strlen (BEYOND_NUMBERS));
}

/* g_ascii_strtod() stops at what comes after a number inside of an object. */
static gboolean
check_size (Scanner * self, const gchar * first, gboolean is_integer,
    guint n_digits)
{
  if (is_integer && n_digits <= self->limits->max_digits)
    return TRUE;
  if (!self->limits->lenient) {
    if (!is_integer && (self->p == self->end
            || isfinite (g_ascii_strtod (first, NULL))))
      return TRUE;
    self->p = first;
    return fail (self, KOCR_JSON_TOO_LARGE, "a number that is too large");
  }
  if (is_integer)
    take_out_integer (self, first);
  return TRUE;
}

static gboolean
scan_number (Scanner * self)
{
  const gchar *first = self->p;
  gboolean is_integer = TRUE;
  guint n_digits;

  skip_char (self, '-');
  n_digits = skip_char (self, '0') ? 1 : skip_digits (self);
  if (n_digits == 0)
    return unexpected (self, "no JSON value");
  if (skip_char (self, '.')) {
    is_integer = FALSE;
    if (skip_digits (self) == 0)
      return unexpected (self, "a broken number");
  }
  if (skip_char (self, 'e') || skip_char (self, 'E')) {
    is_integer = FALSE;
    if (!skip_char (self, '+'))
      skip_char (self, '-');
    if (skip_digits (self) == 0)
      return unexpected (self, "a broken number");
  }
  return check_size (self, first, is_integer, n_digits);
}

/* The four digits after \u, or -1. */
static gint
scan_code_unit (Scanner * self)
{
  gint unit = 0;

  for (guint i = 0; i < 4; i++, self->p++) {
    if (!g_ascii_isxdigit (peek (self)))
      return -1;
    unit = unit * 16 + g_ascii_xdigit_value (*self->p);
  }
  return unit;
}

/* What follows a backslash. NUL would end the string early, and half a pair of
 * surrogates is no character. */
static gboolean
scan_escape (Scanner * self)
{
  gint unit;

  if (peek (self) != '\0' && strchr ("\"\\/bfnrt", *self->p)) {
    self->p++;
    return TRUE;
  }
  if (!skip_char (self, 'u'))
    return unexpected (self, "a broken escape");
  unit = scan_code_unit (self);
  if (unit >= 0xd800 && unit < 0xdc00) {
    if (!skip_char (self, '\\') || !skip_char (self, 'u'))
      return unexpected (self, "half a surrogate pair");
    unit = scan_code_unit (self);
    return unit >= 0xdc00 && unit < 0xe000 ? TRUE :
        unexpected (self, "half a surrogate pair");
  }
  if (unit <= 0 || (unit >= 0xdc00 && unit < 0xe000))
    return unexpected (self, "an escape of no character");
  return TRUE;
}

static gboolean
scan_string (Scanner * self)
{
  if (!skip_char (self, '"'))
    return unexpected (self, "no string where one is due");
  while (!skip_char (self, '"')) {
    if ((guchar) peek (self) < 0x20)
      return unexpected (self, "a control character in a string");
    if (!skip_char (self, '\\'))
      self->p++;
    else if (!scan_escape (self))
      return FALSE;
  }
  return TRUE;
}

static gboolean
scan_member (Scanner * self)
{
  self->n_members++;
  if (!scan_string (self))
    return FALSE;
  skip_space (self);
  if (!skip_char (self, ':'))
    return unexpected (self, "a name without a value");
  return scan_value (self);
}

static gboolean
scan_container (Scanner * self, gchar close, gboolean (*scan_item) (Scanner *))
{
  if (++self->depth > self->limits->max_depth)
    return fail (self, KOCR_JSON_TOO_LARGE, "too many levels");
  self->p++;
  skip_space (self);
  if (!skip_char (self, close)) {
    do {
      skip_space (self);
      if (!scan_item (self))
        return FALSE;
      skip_space (self);
    } while (skip_char (self, ','));
    if (!skip_char (self, close))
      return unexpected (self, "no comma between two values");
  }
  self->depth--;
  return TRUE;
}

static gboolean
scan_value (Scanner * self)
{
  skip_space (self);
  if (++self->n_values > self->limits->max_values)
    return fail (self, KOCR_JSON_TOO_LARGE, "too many values");
  switch (peek (self)) {
    case '{':
      return scan_container (self, '}', scan_member);
    case '[':
      return scan_container (self, ']', scan_value);
    case '"':
      return scan_string (self);
    case 't':
      return scan_literal (self, "true");
    case 'f':
      return scan_literal (self, "false");
    case 'n':
      return scan_literal (self, "null");
    default:
      return scan_number (self);
  }
}

static gboolean
scan (Scanner * self)
{
  gsize length = self->end - self->start;

  if (length > self->limits->max_bytes)
    return fail (self, KOCR_JSON_TOO_LARGE, "too many bytes");
  if (!g_utf8_validate_len (self->start, length, &self->p))
    return fail (self, KOCR_JSON_NO_JSON, "text that is not UTF-8");
  self->p = self->start;
  if (!scan_value (self))
    return FALSE;
  skip_space (self);
  return self->p == self->end || unexpected (self, "something behind its end");
}

/* The members of all objects below @node; the scan has bounded the depth. */
static guint
count_members (JsonNode * node)
{
  guint n = 0;

  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObjectIter iter;
    JsonNode *member;

    json_object_iter_init (&iter, json_node_get_object (node));
    while (json_object_iter_next (&iter, NULL, &member))
      n += 1 + count_members (member);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      n += count_members (json_array_get_element (array, i));
  }
  return n;
}

/* A parser keeps the last of two members of one name, and so has fewer of them
 * than the text. */
static JsonObject *
parse (Scanner * self, JsonParser * parser)
{
  const gchar *text = self->harmless ? self->harmless : self->start;
  JsonNode *root;

#if JSON_CHECK_VERSION (1, 10, 0)
  json_parser_set_strict (parser, TRUE);
#endif
  self->p = self->start;
  if (!json_parser_load_from_data (parser, text, self->end - self->start,
          NULL)) {
    fail (self, KOCR_JSON_NO_JSON, "no JSON value");
    return NULL;
  }
  root = json_parser_get_root (parser);
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    fail (self, KOCR_JSON_NO_OBJECT, "no object at its root");
    return NULL;
  }
  if (count_members (root) != self->n_members) {
    fail (self, KOCR_JSON_NAME_TWICE, "an object with a name twice");
    return NULL;
  }
  return json_node_get_object (root);
}

JsonObject *
kocr_json_load (const gchar * text, gsize length,
    const KocrJsonLimits * limits, JsonParser ** parser,
    KocrJsonProblem * problem)
{
  /* An empty text has no bytes at all, not even an address. */
  const gchar *start = length > 0 ? text : "";
  Scanner scanner = { .start = start,
    .p = start,
    .end = start + length,
    .limits = limits,
    .problem = problem };
  JsonObject *object = NULL;

  *parser = NULL;
  if (scan (&scanner)) {
    *parser = json_parser_new_immutable ();
    object = parse (&scanner, *parser);
    if (object == NULL)
      g_clear_object (parser);
  }
  g_free (scanner.harmless);
  return object;
}
