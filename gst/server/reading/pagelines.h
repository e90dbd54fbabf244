/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which of the lines found on a page are read, and in which order: the
 * likeliest first, of the finds of one text no more than are needed, then the
 * figures that stand in the rows of what was read.
 */
#pragma once

#include "reading/linereader.h"
#include "reading/pagewords.h"

typedef struct
{
  guint max_words;    /* it ends when there are surely more; 0: no */
  guint max_failures; /* lines in a row that were none */
} PageLimits;

/* Returns (transfer full) an array of Candidate, or NULL with @error. @figures
 * are those of LineSearch; those that are read go over to @lines, which the
 * candidates need. */
GArray *page_lines_read (LineReader *reader, const ColourPlanes *planes,
    GPtrArray *lines, GPtrArray *figures, const PageLimits *limits,
    GCancellable *cancellable, GError **error);
