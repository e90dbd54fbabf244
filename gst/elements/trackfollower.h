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

#include "frametimes.h"

G_BEGIN_DECLS

typedef struct _TrackFollower TrackFollower;

/* Gets a track of producer: (transfer full). Its times are those of the line. */
typedef void (*TrackFollowerFunc) (guint producer,
    GstKakaoOcrTextTrack * track, gpointer data);

TrackFollower *track_follower_new (void);
void track_follower_free (TrackFollower * follower);

/* Forgets all, as after a flush. */
void track_follower_clear (TrackFollower * follower);

/* Looks at what frame carries. TRUE when something is known that was not
 * before. */
gboolean track_follower_look (TrackFollower * follower, GstBuffer * frame,
    const FrameTimes * times);

/* A segment ended: what was seen last was there until end, and whether it goes
 * on in the next one, a sample of that will tell. */
void track_follower_pause (TrackFollower * follower, GstClockTime end);

/* Ends all tracks: what was seen last went on until end, at most. */
void track_follower_finish (TrackFollower * follower, GstClockTime end);

/* After track_follower_finish(): results that were seen are no news either way
 * when times begin anew. */
void track_follower_break (TrackFollower * follower);

/* Calls func for each track that is over and was not told of before. One that
 * turned out to be a misreading is not among them: it only ceases to be open. */
void track_follower_take_finished (TrackFollower * follower,
    TrackFollowerFunc func, gpointer data);
/* Calls func for each track that goes on. */
void track_follower_foreach_open (TrackFollower * follower,
    TrackFollowerFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrackFollower, track_follower_free)

G_END_DECLS
