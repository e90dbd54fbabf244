/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The tracks that subtitles are made of, as they are known by now, and how much
 * of each is out.
 *
 * Pure: times come with the tracks, and only grow.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

/* What comes, or goes, within this much of each other does it together: lines
 * that fade in are read a few samples apart, and nobody sees them part. */
#define KOCR_CUE_TOGETHER (200 * GST_MSECOND)

typedef struct
{
  guint producer;
  GstKakaoOcrTextTrack *track;
  GstClockTime from;            /* what was before is out as cues */
  gboolean updated;             /* taken since kocr_cue_entries_drop_stale() */
} KocrCueEntry;

/* Which texts become cues, and of what length; 0: any. */
typedef struct
{
  GstClockTime min_duration;    /* what was there for less is left out */
  GstClockTime max_duration;    /* what stands longer becomes several cues */
  GstClockTime hold;            /* what stands on is left out when it has stood
                                 * longer, so nothing of it may be out before */
} KocrCueLimits;

/* Of KocrCueEntry, in the order of from. */
GPtrArray *kocr_cue_entries_new (void);
KocrCueEntry *kocr_cue_entries_get (const GPtrArray * entries, guint i);

/* @track: (transfer full): a track as it is known now, open or over, in the
 * place of what was known of it before. @producer: whose it is; two producers
 * may use the same ids. @out: up to when all is out already; 0: nothing is.
 * @earliest: what is known already does not come to begin before it. */
void kocr_cue_entries_take (GPtrArray * entries, guint producer,
    GstKakaoOcrTextTrack * track, GstClockTime out, GstClockTime earliest);

/* Drops each open track that was not taken since the last call: to be called
 * when all that are open have been. One that its tracker has no longer although
 * it did not end was a misreading. */
void kocr_cue_entries_drop_stale (GPtrArray * entries);

/* Drops what was too short to be read, and what is out to its end. */
void kocr_cue_entries_drop_short (
    GPtrArray *entries, GstClockTime min_duration);

/* Up to @end @entry is out; what is left keeps its place in the order. */
void kocr_cue_entries_advance (GPtrArray * entries, KocrCueEntry * entry,
    GstClockTime end);

/* Whether @track, which is over, was there for less. What the end of the stream
 * cut was not seen to go: the last slide of a show may last a frame. */
gboolean kocr_cue_track_is_short (
    const GstKakaoOcrTextTrack *track, GstClockTime min_duration);

gboolean kocr_cue_entry_is_open (const KocrCueEntry * entry);
/* Until when it is known to be there. */
GstClockTime kocr_cue_entry_get_known_end (const KocrCueEntry * entry);
/* Whether @entry may turn out to be no cue at all. */
gboolean kocr_cue_entry_is_uncertain (const KocrCueEntry * entry,
    const KocrCueLimits * limits);

gboolean kocr_cue_times_are_together (GstClockTime a, GstClockTime b);
