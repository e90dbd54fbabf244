/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engines/wordsparser.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "bounds.h"

/* An answer is nested six deep. */
#define MAX_DEPTH 32

/* The parser calls itself for each level: a text of brackets alone would take
 * all of the stack. Brackets in strings do not count. */
static gboolean
is_shallow (const gchar * json)
{
  gboolean in_string = FALSE;
  guint depth = 0;
  const gchar *p;

  for (p = json; *p != '\0'; p++) {
    if (in_string && *p == '\\' && p[1] != '\0')
      p++;
    else if (*p == '"')
      in_string = !in_string;
    else if (!in_string && (*p == '[' || *p == '{') && ++depth > MAX_DEPTH)
      return FALSE;
    else if (!in_string && (*p == ']' || *p == '}') && depth > 0)
      depth--;
  }
  return TRUE;
}

static JsonArray *
get_array (JsonNode * node, const gchar * member)
{
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  value = json_object_get_member (json_node_get_object (node), member);
  return value != NULL && JSON_NODE_HOLDS_ARRAY (value)
      ? json_node_get_array (value) : NULL;
}

static gboolean
get_number (JsonArray * array, guint i, gdouble * value)
{
  JsonNode *node = json_array_get_element (array, i);

  if (!JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_INT64
          && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return FALSE;
  *value = json_node_get_double (node);
  return TRUE;
}

static gboolean
get_box (JsonNode * result, gdouble box[8])
{
  JsonArray *corners = get_array (result, "box");
  guint i;

  if (corners == NULL || json_array_get_length (corners) != 4)
    return FALSE;
  for (i = 0; i < 4; i++) {
    JsonNode *node = json_array_get_element (corners, i);
    JsonArray *corner = JSON_NODE_HOLDS_ARRAY (node)
        ? json_node_get_array (node) : NULL;

    if (corner == NULL || json_array_get_length (corner) != 2
        || !get_number (corner, 0, &box[2 * i])
        || !get_number (corner, 1, &box[2 * i + 1]))
      return FALSE;
  }
  return TRUE;
}

/* The strings of a result, with nothing between as the guide joins them. */
static gchar *
get_text (JsonNode * result)
{
  JsonArray *strings = get_array (result, "recognized_word");
  g_autoptr (GString) text = g_string_new (NULL);
  guint i;

  if (strings == NULL)
    return NULL;
  for (i = 0; i < json_array_get_length (strings); i++) {
    JsonNode *node = json_array_get_element (strings, i);

    if (!JSON_NODE_HOLDS_VALUE (node)
        || json_node_get_value_type (node) != G_TYPE_STRING)
      return NULL;
    g_string_append (text, json_node_get_string (node));
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
add_results (JsonNode * page, GPtrArray * words)
{
  JsonArray *results = get_array (page, "results");
  guint i;

  if (results == NULL)
    return FALSE;
  for (i = 0; i < json_array_get_length (results); i++) {
    JsonNode *result = json_array_get_element (results, i);
    g_autofree gchar *text = get_text (result);
    gdouble box[8];

    if (text == NULL || !get_box (result, box))
      return FALSE;
    g_ptr_array_add (words, recognized_word_new (text, box));
  }
  return TRUE;
}

GPtrArray *
words_parse (const gchar * json, GError ** error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GPtrArray) words =
      g_ptr_array_new_with_free_func ((GDestroyNotify) recognized_word_free);
  JsonArray *pages = NULL;
  guint i = 0;

  if (is_shallow (json) && g_utf8_validate (json, -1, NULL)) {
    if (!json_parser_load_from_data (parser, json, -1, error))
      return NULL;
    pages = get_array (json_parser_get_root (parser), "responses");
  }
  while (pages != NULL && i < json_array_get_length (pages)
      && add_results (json_array_get_element (pages, i), words))
    i++;
  if (pages != NULL && i == json_array_get_length (pages))
    return g_steal_pointer (&words);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
      "its answer is not as the API has it");
  return NULL;
}
