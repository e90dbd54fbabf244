/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * From the results that frames carry to text tracks. Each producer (an element
 * that recognises) has a tracker of its own here; tracks that the producer gave
 * ids to keep them.
 *
 * Not thread-safe: the streaming thread's own.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

#include "enc/frametimes.h"

typedef struct _KocrTrackCollector KocrTrackCollector;

/* Gets a track of producer: (transfer full). Its times are those of the line.
 */
typedef void (*KocrTrackCollectorFunc) (guint producer,
    GstKakaoOcrTextTrack * track, gpointer data);

KocrTrackCollector *kocr_track_collector_new (void);
void kocr_track_collector_free (KocrTrackCollector *self);

/* Whether tracks are told in frames as they are shown, upright; else in those
 * that come. Before the first frame. */
void kocr_track_collector_set_upright (
    KocrTrackCollector *self, gboolean upright);
/* Forgets all, as after a flush. */
void kocr_track_collector_clear (KocrTrackCollector *self);

/* Looks at what frame carries. TRUE when something is known that was not
 * before. */
gboolean kocr_track_collector_look (KocrTrackCollector *self,
    GstBuffer *frame, const KocrFrameTimes *times);

/* A segment ended: what was seen last was there until end, and whether it goes
 * on in the next one, a sample of that will tell. */
void kocr_track_collector_pause (
    KocrTrackCollector *self, GstClockTime end);

/* Ends all tracks: what was seen last went on until end, at most. */
void kocr_track_collector_finish (
    KocrTrackCollector *self, GstClockTime end);

/* After kocr_track_collector_finish(): results that were seen are no news
 * either way when times begin anew. */
void kocr_track_collector_break (KocrTrackCollector *self);

/* Calls func for each track that is over and was not told of before. One that
 * turned out to be a misreading is not among them: it only ceases to be open.
 */
void kocr_track_collector_take_finished (KocrTrackCollector *self,
    KocrTrackCollectorFunc func, gpointer data);
/* Calls func for each track that goes on. */
void kocr_track_collector_foreach_open (KocrTrackCollector *self,
    KocrTrackCollectorFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrTrackCollector, kocr_track_collector_free)
