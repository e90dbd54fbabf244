/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "archive/jsonmembers.h"

#include "archive/boxtext.h"
#include "archive/places.h"

void
json_add_string (KocrJsonWriter * writer, const gchar * name,
    const gchar * value)
{
  g_autofree gchar *valid = value ? g_utf8_make_valid (value, -1) : NULL;

  kocr_json_add_text (writer, name, valid);
}

void
json_add_int (KocrJsonWriter * writer, const gchar * name, guint64 value)
{
  if (value <= G_MAXINT64)
    kocr_json_add_int64 (writer, name, value);
  else
    kocr_json_add_null (writer, name);
}

void
json_add_boolean (KocrJsonWriter * writer, const gchar * name, gint value)
{
  if (value >= 0)
    kocr_json_add_boolean (writer, name, value);
  else
    kocr_json_add_null (writer, name);
}

void
json_add_box (KocrJsonWriter * writer, const gchar * name, const gchar * json)
{
  gdouble box[8];

  if (box_text_parse (json, box))
    kocr_json_add_box (writer, name, box);
  else
    kocr_json_add_null (writer, name);
}

static void
add_places (KocrJsonWriter *writer, const gchar *name, const gchar *json)
{
  g_autoptr (GArray) places = places_parse (json);

  places_write (writer, name, places);
}

static gboolean
is_boolean (const gchar * name)
{
  return g_str_equal (name, "moving") || g_str_equal (name, "crop");
}

void
json_add_row (KocrJsonWriter * writer, sqlite3_stmt * statement, gint first)
{
  for (gint i = first; i < sqlite3_column_count (statement); i++) {
    const gchar *name = sqlite3_column_name (statement, i);
    gint type = sqlite3_column_type (statement, i);
    const gchar *text = type == SQLITE_TEXT ?
        (const gchar *) sqlite3_column_text (statement, i) : NULL;

    if (g_str_equal (name, "box"))
      json_add_box (writer, name, text);
    else if (g_str_equal (name, "places"))
      add_places (writer, name, text);
    else if (type == SQLITE_INTEGER && is_boolean (name))
      json_add_boolean (writer, name, sqlite3_column_int (statement, i) != 0);
    else if (type == SQLITE_INTEGER)
      json_add_int (writer, name, sqlite3_column_int64 (statement, i));
    else if (type == SQLITE_FLOAT)
      kocr_json_add_number (writer, name, sqlite3_column_double (statement, i));
    else
      json_add_string (writer, name, text);
  }
}
