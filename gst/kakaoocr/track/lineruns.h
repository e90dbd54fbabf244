/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Line runs: how lines that run or roll through the frame go on, whose tracks
 * are put together or cut by its edges.
 */
#pragma once

#include "track/linetrack.h"

/* Whether @line may be what @sample shows of a ticker of which the track is a
 * part. */
gboolean kocr_line_track_runs_on (const KocrLineTrack * track,
    const KocrLine * line, gint width, gint height);

/* Whether @line shows more of a line that the edge of the frame has cut so far and
 * that comes in over it: it was read as it happened. */
gboolean kocr_line_track_comes_in (const KocrLineTrack * track,
    const KocrLine * line, gint width, gint height);

/* Whether the edge of the frame cuts @line while the track, which it may be the last
 * or the first of, moves there. Of what runs out at the left the text is put
 * together instead. */
gboolean kocr_line_track_is_cut (const KocrLineTrack * track,
    const KocrLine * line, gint width, gint height);

/* Whether @line is what is left of a line that runs out over the left or right edge
 * of the frame, of which the letters may be gone that are cut. @predicted: where it
 * is by now. */
gboolean kocr_line_track_goes_out (const KocrLineTrack * track,
    const KocrLine * line, const KocrLineBox * predicted, gint width);

/* Takes @line as what @sample shows of a ticker that the track is or becomes:
 * what is new of it goes to the end of the text, else it is one more reading of
 * what is known. FALSE: it is none. */
gboolean kocr_line_track_run_on (KocrLineTrack * track,
    const KocrLine * line, const KocrSample * sample);

/* The track, of those that were not seen, that @line is the last of: it moves out
 * of the frame. NULL: none. */
KocrLineTrack *kocr_line_find_leaving (const KocrLine * line,
    const KocrSample * sample, GPtrArray * unseen);
/* One of @tracks that rolls in over the edge that cuts @line, or NULL. */
const KocrLineTrack *kocr_line_find_rolling (const KocrLine * line,
    const KocrSample * sample, GPtrArray * tracks);
