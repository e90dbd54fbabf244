/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "track/linetrack.h"

#define GST_KAKAO_OCR_NO_MATCH G_MAXUINT

/* Which of @lines shows which of @tracks: for each line the number of its
 * track, or GST_KAKAO_OCR_NO_MATCH, into @matches. Lines that are pieces of one
 * share its track. One whose track is given matches none. Pure. */
void kocr_lines_match (const KocrLine * lines, guint n_lines,
    KocrLineTrack * const *tracks, guint n_tracks,
    const KocrSample * sample, guint * matches);

/* Whether @line is a piece of what @track shows: it stands within it and says a
 * part of it, since that sample had the line in pieces. */
gboolean kocr_line_is_part (const KocrLine * line,
    const KocrLineTrack * track);
