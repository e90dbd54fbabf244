/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json/reader.h"

#include <math.h>

/* G_TYPE_INVALID: it is none of them. */
static GType
get_type (JsonNode * node)
{
  return node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
      : G_TYPE_INVALID;
}

JsonObject *
kocr_json_node_object (JsonNode * node)
{
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) :
      NULL;
}

JsonArray *
kocr_json_node_array (JsonNode * node)
{
  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) :
      NULL;
}

const gchar *
kocr_json_node_text (JsonNode * node)
{
  return get_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

gboolean
kocr_json_node_boolean (JsonNode * node, gboolean * value)
{
  if (get_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *value = json_node_get_boolean (node);
  return TRUE;
}

gboolean
kocr_json_node_number (JsonNode * node, gdouble * value)
{
  GType type = get_type (node);

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *value = json_node_get_double (node);
  return isfinite (*value);
}

gboolean
kocr_json_node_integer (JsonNode * node, guint64 min, guint64 unknown,
    guint64 * value)
{
  gint64 integer;

  if (node && JSON_NODE_HOLDS_NULL (node)) {
    *value = unknown;
    return TRUE;
  }
  if (get_type (node) != G_TYPE_INT64)
    return FALSE;
  integer = json_node_get_int (node);
  *value = integer;
  return integer >= 0 && *value >= min && *value <= KOCR_JSON_MAX_INTEGER;
}

gchar **
kocr_json_node_texts (JsonNode * node)
{
  JsonArray *array = kocr_json_node_array (node);
  guint n = array ? json_array_get_length (array) : 0;
  g_auto (GStrv) texts = NULL;

  if (array == NULL)
    return NULL;
  texts = g_new0 (gchar *, n + 1);
  for (guint i = 0; i < n; i++) {
    texts[i] = g_strdup (kocr_json_node_text (json_array_get_element (array,
                i)));
    if (texts[i] == NULL)
      return NULL;
  }
  return g_steal_pointer (&texts);
}

gboolean
kocr_json_node_box (JsonNode * node, gdouble box[8])
{
  JsonArray *corners = kocr_json_node_array (node);

  if (corners == NULL || json_array_get_length (corners) != 4)
    return FALSE;
  for (guint i = 0; i < 4; i++) {
    JsonArray *corner =
        kocr_json_node_array (json_array_get_element (corners, i));

    if (corner == NULL || json_array_get_length (corner) != 2
        || !kocr_json_node_number (json_array_get_element (corner, 0),
            &box[2 * i])
        || !kocr_json_node_number (json_array_get_element (corner, 1),
            &box[2 * i + 1]))
      return FALSE;
  }
  return TRUE;
}
