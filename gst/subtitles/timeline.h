/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * From tracks to cues: tracks that come and go together are one cue, a long one
 * becomes several that abut, and cues come out in the order of their starts, as
 * readers of subtitles expect them. A cue is held back until nothing that may
 * still come can change it or stand before it.
 *
 * In a file each text has cues of its own, and those of two that stand at one
 * time overlap. As a screen, cues follow each other, each with all that stands.
 *
 * Pure: times come with the tracks, and only grow.
 */
#pragma once

#include "subtitles/entries.h"
#include "subtitles/cue.h"

typedef struct _KocrCueTimeline KocrCueTimeline;

KocrCueTimeline *kocr_cue_timeline_new (void);
void kocr_cue_timeline_free (KocrCueTimeline * timeline);

/* What is not out yet is lost. */
void kocr_cue_timeline_clear (KocrCueTimeline * timeline);

/* See kocr_cue_entries_take() and kocr_cue_entries_drop_stale(). */
void kocr_cue_timeline_take (KocrCueTimeline * timeline, guint producer,
    GstKakaoOcrTextTrack * track);
void kocr_cue_timeline_drop_stale (KocrCueTimeline * timeline);

/* The next cue, or NULL when there is none for now. */
KocrSubtitleCue *kocr_cue_timeline_pop (KocrCueTimeline * timeline,
    const KocrCueLimits * limits);
/* The same of the screen; one timeline gives one or the other. */
KocrSubtitleCue *kocr_cue_timeline_pop_screen (KocrCueTimeline * timeline,
    const KocrCueLimits * limits);

/* Where the first cue that is to come starts, of the tracks that are known;
 * GST_CLOCK_TIME_NONE when there are none. */
GstClockTime kocr_cue_timeline_get_start (const KocrCueTimeline * timeline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrCueTimeline, kocr_cue_timeline_free)
