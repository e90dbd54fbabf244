/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rows of the archive as JSON: a member a column, by its name.
 */
#pragma once

#include <json-glib/json-glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Adds the columns of the row that @statement stands on, from @first on, to the
 * object that is open.  A column `box` is JSON itself, `moving` and `crop` are
 * true or false, NULL is null. */
void row_json_add (JsonBuilder * builder, sqlite3_stmt * statement,
    gint first);

G_END_DECLS
