/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * From tracks to cues: tracks that come and go together are one cue, a long one
 * becomes several that abut, and cues come out in the order of their starts, as
 * readers of subtitles expect them. A cue is held back until nothing that may
 * still come can change it or stand before it.
 *
 * Pure: times come with the tracks, and only grow.
 */
#pragma once

#include "subtitlecue.h"

G_BEGIN_DECLS

typedef struct _CueTimeline CueTimeline;

CueTimeline *cue_timeline_new (void);
void cue_timeline_free (CueTimeline * timeline);

/* What is not out yet is lost. */
void cue_timeline_clear (CueTimeline * timeline);

/* @track: (transfer full): a track as it is known now, open or over, in the
 * place of what was known of it before. @producer: whose it is; two producers
 * may use the same ids. */
void cue_timeline_take (CueTimeline * timeline, guint producer,
    GstKakaoOcrTextTrack * track);

/* Drops each open track that was not taken since the last call: to be called
 * when all that are open have been. One that its tracker has no longer although
 * it did not end was a misreading. */
void cue_timeline_drop_untold (CueTimeline * timeline);

/* The next cue, or NULL when there is none for now. Texts that were there for
 * less than @min_duration are left out. One that is there for longer than
 * @max_duration becomes several cues; 0: never. */
SubtitleCue *cue_timeline_pop (CueTimeline * timeline,
    GstClockTime min_duration, GstClockTime max_duration);

/* Where the first cue that is to come starts, of the tracks that are known;
 * GST_CLOCK_TIME_NONE when there are none. */
GstClockTime cue_timeline_get_start (const CueTimeline * timeline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CueTimeline, cue_timeline_free)

G_END_DECLS
