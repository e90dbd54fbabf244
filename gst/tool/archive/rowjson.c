/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "archive/rowjson.h"

static void
add_text (JsonBuilder * builder, const gchar * name, const gchar * text)
{
  g_autofree gchar *valid = NULL;
  JsonNode *box = g_str_equal (name, "box") ? json_from_string (text, NULL) :
      NULL;

  if (box) {
    json_builder_add_value (builder, box);
  } else if (g_str_equal (name, "box")) {
    json_builder_add_null_value (builder);
  } else {
    /* A path may be of any bytes. */
    valid = g_utf8_make_valid (text, -1);
    json_builder_add_string_value (builder, valid);
  }
}

void
row_json_add (JsonBuilder * builder, sqlite3_stmt * statement, gint first)
{
  for (gint i = first; i < sqlite3_column_count (statement); i++) {
    const gchar *name = sqlite3_column_name (statement, i);

    json_builder_set_member_name (builder, name);
    switch (sqlite3_column_type (statement, i)) {
      case SQLITE_INTEGER:
        if (g_str_equal (name, "moving") || g_str_equal (name, "crop"))
          json_builder_add_boolean_value (builder, sqlite3_column_int
              (statement, i));
        else
          json_builder_add_int_value (builder, sqlite3_column_int64
              (statement, i));
        break;
      case SQLITE_FLOAT:
        json_builder_add_double_value (builder, sqlite3_column_double
            (statement, i));
        break;
      case SQLITE_TEXT:
        add_text (builder, name, (const gchar *) sqlite3_column_text
            (statement, i));
        break;
      default:
        json_builder_add_null_value (builder);
        break;
    }
  }
}
