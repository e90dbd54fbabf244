/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Texts that the index finds, the best first, of which none was read yet.
 */
#pragma once

#include "archive/database.h"

/* @match: FTS5's own syntax; @counts: GArray of doubles, how many texts have
 * each of its phrases; nullable: all are in each text. @like: nullable:
 * a pattern of LIKE's, with \ as its escape, for what the index cannot look
 * for. (transfer full) (element-type gint64): ids of rows, equal ones in their
 * order; NULL with an error. */
GArray *candidates_find (Database *database, const gchar *match,
    const GArray *counts, const gchar *like, GError **error);
