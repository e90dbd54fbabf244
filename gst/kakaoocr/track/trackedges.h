/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Track edges: when a track begins and ends, by what was told of the time between
 * the samples. Pure.
 */
#pragma once

#include "track/edges.h"
#include "track/linetrack.h"

/* Takes what was seen of @track from its last sight to @sample. */
void kocr_track_edges_look (const KocrEdges * self, KocrLineTrack * track,
    const KocrSample * sample);

/* When @track came, which @sample shows first: it may be before the sample before
 * that, as a part that was not read. @replaced: (nullable) what stood there. */
void kocr_track_edges_note_start (const KocrEdges * self,
    KocrLineTrack * track, const KocrLineTrack * replaced,
    const KocrSample * sample);
/* What stayed as it was and is told to have come was fading in when it was
 * read first; now it is @line. */
void kocr_track_edges_note_rise (const KocrEdges * self,
    KocrLineTrack * track, const KocrLine * line, const KocrSample * sample);
/* A line that moved in from the first came when its first letter did. @time: of
 * the sample that was read. */
void kocr_track_edges_note_entry (KocrLineTrack * track, GstClockTime time);
/* It stands. One step tells no pace of what slowed down to that. */
void kocr_track_edges_note_stand (KocrLineTrack * track);

/* When a track that a sample has not is told to have gone before the one that
 * showed it last, at @seen, where it was fading; or NONE. */
GstClockTime kocr_track_edges_find_faded (const KocrEdges * self,
    const KocrLineTrack * track, GstClockTime seen);
/* When a track went that was missed. */
GstClockTime kocr_track_edges_find_end (const KocrEdges * self,
    const KocrLineTrack * track, GstClockTime seen);
