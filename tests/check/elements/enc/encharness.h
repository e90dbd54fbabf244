/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A `kakaoocrenc` between the pads of a GstHarness, frames that carry results
 * made by hand, and clips of captions whose times are known.
 */
#pragma once

#include <gst/check/gstharness.h>
#include <gst/kakaoocr/kakaoocr.h>

#define ENC_FRAME_CAPS "video/x-raw,format=I420,width=640,height=480," \
    "framerate=25/1"
#define ENC_FRAME_DURATION (40 * GST_MSECOND)

#define ENC_NDJSON "application/x-ndjson"
#define ENC_VTT "application/x-subtitle-vtt"
#define ENC_SRT "application/x-subtitle"
#define ENC_PLAIN "text/x-raw,format=utf8"
#define ENC_ASS "application/x-ass"

/* @form: the caps that downstream takes. */
GstHarness *enc_harness_new (const gchar * form);
/* A text, "EXIT", stands from the sample at 1 s on; the one before, at 0, did not
 * show it. */
GstHarness *enc_harness_new_open_text (const gchar *form);
void enc_harness_push (GstHarness * h, GstBuffer * frame);
void enc_harness_push_segment (GstHarness * h, GstClockTime start,
    GstClockTime time, GstClockTime base);
void enc_harness_flush (GstHarness * h);
void enc_harness_push_eos (GstHarness * h);

/* What a buffer holds. (transfer full) */
gchar *enc_buffer_get_text (GstBuffer * buffer);
/* All that came out until now, as a file would hold it. (transfer full) */
gchar *enc_harness_pull_all (GstHarness * h);
/* The next line of NDJSON, without its newline; @pts: (nullable) (out).
 * (transfer full) */
gchar *enc_harness_pull_line (GstHarness * h, GstClockTime * pts);
/* The end of the last GAP that came out; NONE: none came since the last call. */
GstClockTime enc_harness_pull_gap_end (GstHarness * h);

void enc_assert_contains (const gchar * text, const gchar * part);

/* A line of text at @x, @y, 20 high and 12 a character. */
typedef struct
{
  const gchar *text;
  gdouble x, y;
} EncLine;

GstKakaoOcrResult *enc_result_new (GstClockTime pts, const EncLine * lines,
    guint n_lines);
/* One line of text. */
GstKakaoOcrResult *enc_result_new_line (GstClockTime pts, const gchar * text);
/* @result: (nullable). There is no memory, as nobody maps it. */
GstBuffer *enc_frame_new (GstClockTime pts, GstKakaoOcrResult * result,
    guint producer);

typedef struct
{
  EncLine line;                 /* at start */
  GstClockTime start, end;
  gdouble speed;                /* to the right, pixels a second */
} EncCaption;

typedef struct
{
  const EncCaption *captions;
  guint n_captions;
  GstClockTime duration;
  GstClockTime interval;        /* between samples */
  guint misread;                /* a letter in one of so many samples; 0: none */
} EncClip;

/* Two languages, gaps, one that changes by a character, two at once, one that
 * moves: every caption is there for several samples. */
extern const EncClip enc_clip;

/* What anyone might show to a camera. */
extern const EncClip enc_hostile_clip;

/* Samples a clip as `kakaoocr timing=exact` does. */
typedef struct
{
  const EncClip *clip;

  /*< private >*/
  GstKakaoOcrResult *result;
  GstClockTime next;            /* PTS from which on another sample is due */
} EncSampler;

/* The result of the newest sample at @pts; borrowed until the next call. */
GstKakaoOcrResult *enc_sampler_get (EncSampler * sampler, GstClockTime pts);
void enc_sampler_clear (EncSampler * sampler);

void enc_harness_push_clip (GstHarness * h, const EncClip * clip);

/* A cue as some reader read it. */
typedef struct
{
  gchar *text;
  GstClockTime start, end;
} EncCue;

GArray *enc_cues_new (void);    /* of EncCue; unref with g_array_unref() */
/* Without the mark of a cue's place that SubRip has. */
void enc_cues_add (GArray * cues, const gchar * text, GstClockTime start,
    GstClockTime end);
/* The cues of a file, by the letter of its form (WebVTT, SRT): a line of times,
 * maybe with a number before it, and text up to a blank line. */
GArray *enc_cues_parse (const gchar * file);
/* One cue a caption, text as it is, begin and end within the interval. */
void enc_cues_assert_clip (GArray * cues, const EncClip * clip);
/* No cue over another; each caption is a line of cues that abut, the first of
 * which begins and the last of which ends within the interval. */
void enc_cues_assert_screen (GArray * cues, const EncClip * clip);
