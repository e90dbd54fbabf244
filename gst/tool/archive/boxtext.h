/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The place of a text as an archive holds it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @json: nullable; FALSE: it is no four corners. */
gboolean box_text_parse (const gchar * json, gdouble box[8]);

G_END_DECLS
