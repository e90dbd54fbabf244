/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Members of the JSON object that is open; what is unknown is null.
 */
#pragma once

#include <json-glib/json-glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* NULL is null; what is not UTF-8, as a path may be, is made so. */
void json_add_string (JsonBuilder * builder, const gchar * name,
    const gchar * value);
/* Beyond G_MAXINT64, as GST_CLOCK_TIME_NONE is: null. */
void json_add_int (JsonBuilder * builder, const gchar * name, guint64 value);
/* NAN is null. */
void json_add_double (JsonBuilder * builder, const gchar * name,
    gdouble value);
/* Below 0 is null. */
void json_add_boolean (JsonBuilder * builder, const gchar * name, gint value);
/* @json: what is none is null. */
void json_add_json (JsonBuilder * builder, const gchar * name,
    const gchar * json);

/* The columns of the row that @statement stands on, from @first on, by their
 * names: `box` is JSON, `moving` and `crop` are true or false. */
void json_add_row (JsonBuilder * builder, sqlite3_stmt * statement,
    gint first);

G_END_DECLS
