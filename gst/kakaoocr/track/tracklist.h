/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Track list: the tracks of one tracker, and how they end.
 */
#pragma once

#include "track/edges.h"
#include "track/linetrack.h"
#include "track/tracknumbers.h"

typedef struct
{
  GPtrArray *open;              /* of KocrLineTrack, by their starts; each
                                 * is in one of the two, which own them */
  GPtrArray *past;              /* finished ones, for results that come late */
  GQueue finished;              /* of GstKakaoOcrTextTrack */
  gchar *producer;              /* of the newest result; NULL: unknown */
  KocrTrackNumbers numbers;
  KocrEdges edges;              /* that were told since all ended last */
} KocrTrackList;

/* The one of @tracks with the number @id, or NULL. */
KocrLineTrack *kocr_tracks_find (GPtrArray * tracks, guint64 id);

/* @self: of zeros. */
void kocr_track_list_init (KocrTrackList * self);
void kocr_track_list_clear (KocrTrackList * self);

/* It as it is for others. */
GstKakaoOcrTextTrack *kocr_track_list_describe (const KocrTrackList * self,
    const KocrLineTrack * track, GstKakaoOcrTextTrackState state,
    GstClockTime end);

/* Takes @track, which is in none of the lists, as one that is over. */
void kocr_track_list_finish (KocrTrackList * self, KocrLineTrack * track,
    GstKakaoOcrTextTrackState state, GstClockTime end);
/* An open one was none. */
void kocr_track_list_forget (KocrTrackList * self, KocrLineTrack * track);
/* Whether an open one that a sample at @time does not show stands there all the same,
 * by its strokes, where it did when the sample before that was taken. A few letters
 * are not believed to: any ground may be read as them. */
gboolean kocr_track_list_stays (const KocrTrackList * self,
    const KocrLineTrack * track, GstClockTime time);
/* A sample at @time did not show an open one: one may miss what is there, two do
 * not. */
void kocr_track_list_miss (KocrTrackList * self, KocrLineTrack * track,
    GstClockTime time);
/* Ends an open one where its run begins, and returns the one that this makes,
 * numbered @given unless that is 0. */
KocrLineTrack *kocr_track_list_split (KocrTrackList * self,
    KocrLineTrack * track, guint64 given);
/* @time: until when those were there that were not missed; NONE: until they were
 * seen last. */
void kocr_track_list_end_all (KocrTrackList * self, GstClockTime time);

void kocr_track_list_sort (KocrTrackList * self);
/* Forgets the oldest that are over. */
void kocr_track_list_trim (KocrTrackList * self);
