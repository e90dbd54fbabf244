/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which line of a sample shows which track. Lines are arrays of KocrLine, tracks
 * of KocrLineTrack. Pure.
 */
#pragma once

#include "track/linetrack.h"

/* What is elsewhere and less alike than this says something else. */
#define KOCR_MIN_MOVED_SIMILARITY 0.8

/* For each of @lines the one of @tracks that it shows, or NULL. Lines that are
 * pieces of one share its track; one that came with its track has that. */
GPtrArray *kocr_lines_match (GArray * lines, GPtrArray * tracks,
    const KocrSample * sample);

/* Whether the service cut the line of a track to pieces, of which @i is the
 * first: it stands within the line and says a part of it, and another piece is
 * there, too. One alone is a line that lost something. @matched: as
 * kocr_lines_match() gave it. */
gboolean kocr_line_is_in_pieces (GArray * lines, guint i,
    GPtrArray * matched);

/* Whether @line is all that a sample at @time shows of @track, found so much too high
 * that neither its place nor its text is known. Twice in a row it is another line, as
 * high as that. */
gboolean kocr_line_is_misshapen (const KocrLine * line,
    const KocrLineTrack * track, GstClockTime time);

/* The track, of those that were not seen, that would stand where @line is at
 * @time; or NULL. */
KocrLineTrack *kocr_line_find_replaced (const KocrLine * line,
    GPtrArray * unseen, GstClockTime time);
