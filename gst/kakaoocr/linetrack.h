/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "linebox.h"
#include "texttracker.h"

/* What one sample says of one line. */
typedef struct
{
  GstKakaoOcrLineBox box;
  gchar *text;
  gunichar *chars;              /* of text */
  guint n_chars;
  guint64 given;                /* the track its regions had already, or 0 */
  guint64 track;                /* the one it was found to be of, or 0 */
} GstKakaoOcrLine;

void gst_kakao_ocr_line_clear (GstKakaoOcrLine * line);

/* When a sample was, and how large its frame. */
typedef struct
{
  GstClockTime time;
  GstClockTime before;          /* of the sample before it, or NONE */
  gint width, height;
} GstKakaoOcrSample;

/* A text track as the tracker works on it. */
typedef struct
{
  guint64 id, previous;
  GstClockTime start;
  GstClockTime first_seen, last_seen;
  GstClockTime missed;          /* the first sample after last_seen, which did
                                 * not show it; NONE: it is there */
  guint64 n_samples;

  GstKakaoOcrLineBox box;       /* at last_seen */
  gdouble vx, vy;               /* pixels a nanosecond */
  gint width, height;

  gchar *text;
  gunichar *chars;
  guint n_chars;
} GstKakaoOcrLineTrack;

GstKakaoOcrLineTrack *gst_kakao_ocr_line_track_new (guint64 id,
    const GstKakaoOcrLine * line, const GstKakaoOcrSample * sample);
void gst_kakao_ocr_line_track_free (GstKakaoOcrLineTrack * track);

/* Where it would be at @time. */
void gst_kakao_ocr_line_track_predict (const GstKakaoOcrLineTrack * track,
    GstClockTime time, GstKakaoOcrLineBox * box);

/* @sample showed it as @line. */
void gst_kakao_ocr_line_track_see (GstKakaoOcrLineTrack * track,
    const GstKakaoOcrLine * line, const GstKakaoOcrSample * sample);

/* It as it is for others; @end only if @state is not OPEN. */
GstKakaoOcrTextTrack *gst_kakao_ocr_line_track_describe (const
    GstKakaoOcrLineTrack * track, GstKakaoOcrTextTrackState state,
    GstClockTime end);

/* Half way from @a to @b; the one that is known if the other is not. */
GstClockTime gst_kakao_ocr_time_between (GstClockTime a, GstClockTime b);
