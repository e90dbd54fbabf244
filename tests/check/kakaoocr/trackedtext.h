/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Samples and what a tracker makes of them, as text.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

#define FRAME_WIDTH 1280
#define FRAME_HEIGHT 720

/* @sample: lines "text@x,y|text@x,y,height|…". A character is 20 wide and 30
 * high. */
GstKakaoOcrResult *create_result (const gchar * sample);
/* The same in a frame smaller by @divisor, with all that is in it. */
GstKakaoOcrResult *create_result_in (const gchar * sample, gint divisor);

/* Pushes @sample at @time and appends to @ids the tracks of its regions. Or
 * @sample is "=": the picture was the same; "!": what follows has nothing to do
 * with what was before; "#9 …": it was at second 9 and comes now; "/2 …": the
 * frame is half as large; "^1+0.7 …": track 1 was seen to come at second 0.7,
 * "^1-0.7 …": to go or change, "^1 …": to stay, "^1? …": nobody can tell, "^1! …":
 * it passed. Returns when it was. */
GstClockTime push_sample (GstKakaoOcrTextTracker * tracker,
    const gchar * sample, GstClockTime time, GString * ids);

/* What a tracker was told, and with which tracks. */
typedef enum
{
  TOLD_RESULT,
  TOLD_UNCHANGED,
  TOLD_EDGE,
  TOLD_BREAK
} ToldKind;

typedef struct
{
  ToldKind kind;
  GstClockTime time;
  GstKakaoOcrResult *result;    /* with its tracks; or NULL */
  guint64 track;                /* of an edge */
  GstKakaoOcrTextEdge edge;
} Told;

/* (element-type Told) */
GArray *told_new (void);
/* push_sample(), and a note of it in @told: (nullable). */
GstClockTime push_and_note (GstKakaoOcrTextTracker * tracker,
    const gchar * sample, GstClockTime time, GString * ids, GArray * told);
/* Tells a second tracker, as an element behind another one is told. */
void tell_again (GstKakaoOcrTextTracker * follower, const GArray * told);
/* Appends a line for each track that is over, without its number: text, seconds,
 * samples. */
void append_texts (GString * out, GstKakaoOcrTextTracker * tracker);

/* Appends a line for each track that is over: id (the tracker's first one is 1),
 * text, seconds from start to
 * end, samples, state and the track before it. */
void append_finished (GString * out, GstKakaoOcrTextTracker * tracker);
