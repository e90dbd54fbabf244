/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Passage: when a line that moves came into the frame and when it left it, by its
 * pace. Pure.
 *
 * What moves is nowhere from one moment to the next, so that no picture between
 * two samples tells when it came; and the first and last letters at the edge of a
 * frame, or half a line, are read as nothing.
 */
#pragma once

#include "track/linetrack.h"

/* It goes on to @line, @passed nanoseconds after its box. */
void kocr_passage_note (
    KocrLineTrack *track, const KocrLine *line, gdouble passed);

/* Whether it moved between its last two places by more than its box may be misread. */
gboolean kocr_passage_moves (const KocrLineTrack *track);

/* When the first of it was in the frame, or half of a line that rolls; NONE: it
 * did not come by moving, or the sample before would have shown it. */
GstClockTime kocr_passage_find_entry (const KocrLineTrack *track);
/* Whether it came by moving, whatever it was told to: it was at the edge that it
 * moves away from when it was seen first, or was told of the very place where it
 * was read, where nothing that moves was before. */
gboolean kocr_passage_is_entry (const KocrLineTrack *track);
/* When it was out likewise, of one that was missed. */
GstClockTime kocr_passage_find_exit (const KocrLineTrack *track);
