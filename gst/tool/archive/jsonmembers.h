/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Members of the JSON object that is open, as an archive has them; what is
 * unknown is null.
 */
#pragma once

#include <sqlite3.h>

#include "json/writer.h"

/* NULL is null; what is not UTF-8, as a path may be, is made so. */
void json_add_string (KocrJsonWriter * writer, const gchar * name,
    const gchar * value);
/* Beyond G_MAXINT64, as GST_CLOCK_TIME_NONE is: null. */
void json_add_int (KocrJsonWriter * writer, const gchar * name,
    guint64 value);
/* Below 0 is null. */
void json_add_boolean (KocrJsonWriter * writer, const gchar * name,
    gint value);
/* @json: four corners; what is none is null. */
void json_add_box (KocrJsonWriter * writer, const gchar * name,
    const gchar * json);

/* The columns of the row that @statement stands on, from @first on, by their
 * names: `box` is a box, `places` are places, `moving` and `crop` are true or
 * false. */
void json_add_row (KocrJsonWriter * writer, sqlite3_stmt * statement,
    gint first);
