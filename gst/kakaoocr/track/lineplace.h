/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Line place: where a line is, from where it was and how it moves. Pure.
 */
#pragma once

#include "track/linetrack.h"

/* It is seen first, as @line. */
void kocr_line_place_init (KocrLineTrack * track, const KocrLine * line,
    const KocrSample * sample);
/* It is where @line is now. */
void kocr_line_place_move (KocrLineTrack * track, const KocrLine * line,
    const KocrSample * sample);
/* It has gone on as far as the side of @line has that the frame's upper or lower
 * edge does not cut, and is as high as it was. */
void kocr_line_place_move_out (KocrLineTrack * track, const KocrLine * line,
    const KocrSample * sample);

/* Measures its place in frames of another size from now on, as the same part of
 * them. */
void kocr_line_place_resize (KocrLineTrack * track, gint width,
    gint height);

/* Where it would be at @time. */
void kocr_line_place_predict (const KocrLineTrack * track,
    GstClockTime time, KocrLineBox * box);

/* Whether @line, which is of it, is nowhere near where it was seen last. */
gboolean kocr_line_place_is_left (const KocrLineTrack * track,
    const KocrLine * line);
