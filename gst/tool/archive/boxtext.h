/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The place of a text as an archive holds it.
 */
#pragma once

#include <glib.h>

/* @json: nullable; FALSE: it is no four corners. */
gboolean box_text_parse (const gchar * json, gdouble box[8]);
