/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "archive/jsonmembers.h"

#include <math.h>

void
json_add_string (JsonBuilder * builder, const gchar * name,
    const gchar * value)
{
  g_autofree gchar *valid = value ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (builder, name);
  if (valid)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

void
json_add_int (JsonBuilder * builder, const gchar * name, guint64 value)
{
  json_builder_set_member_name (builder, name);
  if (value <= G_MAXINT64)
    json_builder_add_int_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
json_add_double (JsonBuilder * builder, const gchar * name, gdouble value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
json_add_boolean (JsonBuilder * builder, const gchar * name, gint value)
{
  json_builder_set_member_name (builder, name);
  if (value >= 0)
    json_builder_add_boolean_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
json_add_json (JsonBuilder * builder, const gchar * name, const gchar * json)
{
  JsonNode *node = json ? json_from_string (json, NULL) : NULL;

  json_builder_set_member_name (builder, name);
  json_builder_add_value (builder, node ? node : json_node_new
      (JSON_NODE_NULL));
}

static gboolean
is_boolean (const gchar * name)
{
  return g_str_equal (name, "moving") || g_str_equal (name, "crop");
}

void
json_add_row (JsonBuilder * builder, sqlite3_stmt * statement, gint first)
{
  for (gint i = first; i < sqlite3_column_count (statement); i++) {
    const gchar *name = sqlite3_column_name (statement, i);
    gint type = sqlite3_column_type (statement, i);
    const gchar *text = type == SQLITE_TEXT ?
        (const gchar *) sqlite3_column_text (statement, i) : NULL;

    if (g_str_equal (name, "box"))
      json_add_json (builder, name, text);
    else if (type == SQLITE_INTEGER && is_boolean (name))
      json_add_boolean (builder, name, sqlite3_column_int (statement, i) != 0);
    else if (type == SQLITE_INTEGER)
      json_add_int (builder, name, sqlite3_column_int64 (statement, i));
    else if (type == SQLITE_FLOAT)
      json_add_double (builder, name, sqlite3_column_double (statement, i));
    else
      json_add_string (builder, name, text);
  }
}
