/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Line track: one line from its first sight to its last.
 */
#pragma once

#include "track/clock.h"
#include "track/readingrun.h"
#include "layout/linebox.h"
#include "texttracker.h"

/* What one sample says of one line. */
typedef struct
{
  KocrLineBox box;
  gunichar *chars;
  guint n_chars;
  guint64 given;                /* the track its regions had already, or 0 */
  guint64 track;                /* the one it was found to be of, or 0 */
} KocrLine;

/* When a sample was, and how large its frame. */
typedef struct
{
  GstClockTime time;
  GstClockTime before;          /* of the sample before it, or NONE */
  gint width, height;
} KocrSample;

/* A text track as the tracker works on it.
 *
 * A reading that differs from what the others agree on is a slip, or the text
 * has changed. Slips are not repeated: readings that differ in the same way are
 * put by as a run, and whatever follows decides. See track/evidence.h. */
typedef struct
{
  guint64 id, previous;
  guint64 successor;            /* stands at its place while it is missed; 0 */
  GstClockTime start;
  GstClockTime before;          /* the sample before it was seen, or NONE */
  gboolean start_told;          /* start was seen, not guessed */
  GstClockTime start_unmoved;   /* what start was before its pace told it; NONE */
  guint n_steps;                /* from sample to sample, that it moved by */
  GstClockTime first_seen, last_seen;   /* by readings outside of the run */
  GstClockTime missed;          /* the first sample that did not show it, since
                                 * it was seen last; NONE: it is there */
  guint64 n_samples;            /* outside of the run */
  guint n_read;                 /* of all of them those that were read */
  KocrConsensus text;

  KocrReadingRun run;           /* readings that are put by */

  gunichar *latest;             /* reading */
  guint n_latest;
  guint n_digit_changes;        /* how often in a row digits alone changed */
  gboolean counts;              /* it is a counter */
  KocrClock clock;
  gboolean runs;                /* it is a ticker: its text is put together */
  gboolean entering;            /* the edge of the frame cut it when it was new, and
                                 * others rolled in there */
  guint cut;                    /* sides of the frame that may have cut it each
                                 * time so far */
  gboolean stood;               /* the picture was the same after the latest
                                 * reading */
  gboolean displaced;           /* another line moved to where it was seen */
  gboolean unread;              /* it was there, and a sample did not read it */
  KocrLook look;                /* of what there is up to the present sample */

  KocrLineBox box;
  GstClockTime box_time;
  gdouble vx, vy;               /* pixels a nanosecond */
  gdouble pace_x, pace_y;       /* the same without what an edge cuts off */
  gint width, height;
  gdouble origin[GST_KAKAO_OCR_BOX_LEN];        /* where it was first, in parts
                                                 * of the frame */
  gboolean moving;
} KocrLineTrack;

KocrLineTrack *kocr_line_track_new (guint64 id,
    const KocrLine * line, const KocrSample * sample);
void kocr_line_track_free (KocrLineTrack * track);

/* Samples after @time were not when they said: it was there in them, or was
 * missed, at @time at the latest. */
void kocr_line_track_retract (KocrLineTrack * track,
    GstClockTime time);

/* @other was a part of it, which nothing was known of then: it came when that did,
 * unless that was read no sooner and may have been anything. */
void kocr_line_track_absorb (KocrLineTrack * track,
    const KocrLineTrack * other);

/* It was still fading in when it was read first: it comes at @start, and what it
 * says is what it says now. */
void kocr_line_track_rise (KocrLineTrack * track, const KocrLine * line,
    GstClockTime start);

/* A reading that came late counts for the text, and moves nothing. */
void kocr_line_track_read_late (KocrLineTrack * track,
    const KocrLine * line);

/* The picture was the same as before, and it stands where it did. */
void kocr_line_track_stand (KocrLineTrack * track,
    GstClockTime time);

/* It was there; no more is known. */
void kocr_line_track_see (KocrLineTrack * track,
    GstClockTime time);

/* It was there, and not read: the sample counts for nothing else. */
void kocr_line_track_stay (KocrLineTrack * track, GstClockTime time);

/* When it was there last, in the run or before it. */
GstClockTime kocr_line_track_get_last_seen (const KocrLineTrack *track);

/* Whether what is put by is enough to be the text where that has grown. */
gboolean kocr_line_track_run_outweighs (const KocrLineTrack * track);

/* Whether a run that the track ends with, or that @line goes on with, is of
 * another text. @line: (nullable) */
gboolean kocr_line_track_run_is_other (
    const KocrLineTrack *track, const KocrLine *line);

/* Whether what was read of it last is put by, and may be another text. */
gboolean kocr_line_track_is_put_by (const KocrLineTrack *track);
/* @line, which was seen at @time, is. */
void kocr_line_track_put_by (
    KocrLineTrack *track, const KocrLine *line, GstClockTime time);
/* Whether all that it says was read once. */
gboolean kocr_line_track_is_one_reading (const KocrLineTrack *track);
void kocr_line_track_set_latest (
    KocrLineTrack *track, const gunichar *chars, guint n_chars);

/* Makes a track of the run of @track. */
KocrLineTrack *kocr_line_track_split (KocrLineTrack *track, guint64 id);

/* The run was of the same text. */
void kocr_line_track_join (KocrLineTrack * track);

/* It as it is for others; @end does not matter while it is OPEN. */
GstKakaoOcrTextTrack *kocr_line_track_describe (const KocrLineTrack *track,
    GstKakaoOcrTextTrackState state, GstClockTime end);
