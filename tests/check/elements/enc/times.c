/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Times of kakaoocrenc: segments, clips in a row, time stamps that jump.
 */
#include "../../testrows.h"
#include "encharness.h"

/* A clip that follows another one: what stood at the end of the first ends
 * there, and its last result, on the first frames of the second, is no text of
 * the second. */
static void
a_segment_ends_what_stands (void)
{
  GstHarness *h = enc_harness_new_open_text (ENC_SRT);
  g_autoptr (GstKakaoOcrResult) old = enc_result_new_line (GST_SECOND, "EXIT");
  g_autofree gchar *all = NULL;

  enc_harness_push_segment (h, 0, 5 * GST_SECOND, 2 * GST_SECOND);
  enc_harness_push (h, enc_frame_new (0, old, 1));
  enc_harness_push_eos (h);
  all = enc_harness_pull_all (h);
  g_assert_cmpstr (all, ==, "1\n00:00:00,500 --> 00:00:01,080\nEXIT\n\n");
  gst_harness_teardown (h);
}

typedef struct
{
  const gchar *name;
  const gchar *element;
  const gchar *expected;
} TimeCase;

static const TimeCase time_cases[] = {
  {"running", "kakaoocrenc", "00:00:07,000 --> 00:00:09,040"},
  {"stream", "kakaoocrenc time=stream", "00:01:40,000 --> 00:01:42,040"},
};

static void
files_have_times_of_a_line_and_buffers_have_time_stamps (gconstpointer data)
{
  const TimeCase *row = data;
  GstHarness *h = gst_harness_new_parse (row->element);
  g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (10 * GST_SECOND,
      "EXIT");
  g_autoptr (GstBuffer) buffer = NULL;
  g_autofree gchar *cue = NULL;

  gst_harness_set_sink_caps_str (h, ENC_SRT);
  gst_harness_set_src_caps_str (h, ENC_FRAME_CAPS);
  enc_harness_push_segment (h, 10 * GST_SECOND, 100 * GST_SECOND,
      7 * GST_SECOND);
  enc_harness_push (h, enc_frame_new (10 * GST_SECOND, text, 1));
  enc_harness_push (h, enc_frame_new (12 * GST_SECOND, text, 1));
  enc_harness_push_eos (h);
  buffer = gst_harness_try_pull (h);
  g_assert_cmpuint (GST_BUFFER_PTS (buffer), ==, 10 * GST_SECOND);
  g_assert_cmpuint (GST_BUFFER_DURATION (buffer), ==,
      2 * GST_SECOND + ENC_FRAME_DURATION);
  cue = enc_buffer_get_text (buffer);
  enc_assert_contains (cue, row->expected);
  gst_harness_teardown (h);
}

/* Samples of clip at 25 a second as kakaoocr gives them; where it is told the
 * time stamps go elsewhere. */
typedef GstClockTime (*Restamp) (guint n);

static void
push_restamped (GstHarness * h, const EncClip * clip, Restamp restamp)
{
  g_autoptr (GstKakaoOcrResult) result = NULL;

  for (guint n = 0; n * ENC_FRAME_DURATION < clip->duration; n++) {
    GstClockTime pts = restamp (n);

    if (n * ENC_FRAME_DURATION % clip->interval == 0) {
      EncSampler sampler = { clip };
      GstKakaoOcrResult *shown =
          enc_sampler_get (&sampler, n * ENC_FRAME_DURATION);
      const guint n_regions = gst_kakao_ocr_result_get_n_regions (shown);

      g_clear_pointer (&result, gst_kakao_ocr_result_unref);
      result = gst_kakao_ocr_result_new (pts, 640, 480, n_regions > 0 ?
          gst_kakao_ocr_result_get_region (shown, 0) : NULL, n_regions, FALSE,
          0);
      enc_sampler_clear (&sampler);
    }
    enc_harness_push (h, enc_frame_new (pts, result, 1));
  }
}

static const EncCaption jump_captions[] = {
  {{"first caption", 100, 400}, 0, 4 * GST_SECOND, 0},
  {{"second one", 100, 400}, 4 * GST_SECOND, 8 * GST_SECOND, 0},
};

static const EncClip jump_clip = {
  jump_captions, 2, 8 * GST_SECOND, 200 * GST_MSECOND, 0
};

/* The 51st frame is sampled, too. */
static GstClockTime
one_is_astray (guint n)
{
  return n * ENC_FRAME_DURATION + (n == 50 ? 37600 * GST_SECOND : 0);
}

static GstClockTime
fall_back (guint n)
{
  return (n < 100 ? n + 50 : n - 100) * ENC_FRAME_DURATION;
}

static GstClockTime
leap (guint n)
{
  return n * ENC_FRAME_DURATION + (n < 100 ? 0 : 37600 * GST_SECOND);
}

typedef struct
{
  const gchar *name;
  Restamp restamp;
  GstClockTime first, second;   /* when the captions come */
  GstClockTime last;            /* time stamp of the last frame */
} JumpCase;

static const JumpCase jump_cases[] = {
  {"one-frame-astray", one_is_astray, 0, 4 * GST_SECOND,
      8 * GST_SECOND - ENC_FRAME_DURATION},
  {"back", fall_back, 2 * GST_SECOND, 6 * GST_SECOND,
      4 * GST_SECOND - ENC_FRAME_DURATION},
  {"ahead", leap, 0, 37604 * GST_SECOND,
      37608 * GST_SECOND - ENC_FRAME_DURATION},
};

static void
times_that_jump_make_no_long_cue (gconstpointer data)
{
  const JumpCase *row = data;
  GstHarness *h = enc_harness_new (ENC_SRT);
  g_autofree gchar *file = NULL;
  g_autoptr (GArray) cues = NULL;

  push_restamped (h, &jump_clip, row->restamp);
  enc_harness_push_eos (h);
  file = enc_harness_pull_all (h);
  cues = enc_cues_parse (file);
  g_assert_cmpuint (cues->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    const EncCue *cue = &g_array_index (cues, EncCue, i);
    GstClockTime start = i == 0 ? row->first : row->second;

    g_assert_cmpstr (cue->text, ==, jump_captions[i].line.text);
    g_assert_cmpint (ABS (GST_CLOCK_DIFF (cue->start, start)), <=,
        jump_clip.interval);
    g_assert_cmpint (ABS (GST_CLOCK_DIFF (cue->end, start + 4 * GST_SECOND)),
        <=, jump_clip.interval);
  }
  gst_harness_teardown (h);
}

/* A muxer goes on wherever the video does. */
static void
gaps_follow_times_that_jump (gconstpointer data)
{
  const JumpCase *row = data;
  const EncClip silence = { NULL, 0, 8 * GST_SECOND, 200 * GST_MSECOND, 0 };
  GstHarness *h = enc_harness_new (ENC_PLAIN);

  push_restamped (h, &silence, row->restamp);
  g_assert_cmpuint (enc_harness_pull_gap_end (h), ==, row->last);
  gst_harness_teardown (h);
}

/* Matroska's demuxer sends GAPs before frames of a time before them, where frames
 * come at no fixed rate. */
static void
gaps_that_overtake_frames_break_nothing (void)
{
  GstHarness *h = enc_harness_new (ENC_SRT);
  g_autofree gchar *file = NULL;

  for (guint i = 0; i < 8; i++) {
    GstClockTime pts = i * 500 * GST_MSECOND;
    g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (pts, "EXIT");

    enc_harness_push (h, enc_frame_new (pts, text, 1));
    if (i % 2 == 0)
      g_assert_true (gst_harness_push_event (h,
              gst_event_new_gap (pts + GST_SECOND, GST_SECOND)));
  }
  enc_harness_push_eos (h);
  file = enc_harness_pull_all (h);
  g_assert_cmpstr (file, ==, "1\n00:00:00,000 --> 00:00:03,540\nEXIT\n\n");
  gst_harness_teardown (h);
}

/* One clip after the other: stream time begins anew, running time goes on. */
static void
push_two_clips (GstHarness * h)
{
  enc_harness_push_clip (h, &jump_clip);
  enc_harness_push_segment (h, 0, 0, jump_clip.duration);
  enc_harness_push_clip (h, &jump_clip);
  enc_harness_push_eos (h);
}

static void
clips_in_a_row_are_told_on_one_time_line (void)
{
  GstHarness *h = enc_harness_new (ENC_SRT);
  g_autofree gchar *file = NULL;
  g_autoptr (GArray) cues = NULL;

  push_two_clips (h);
  file = enc_harness_pull_all (h);
  cues = enc_cues_parse (file);
  g_assert_cmpuint (cues->len, ==, 4);
  for (guint i = 0; i < 4; i++) {
    const EncCue *cue = &g_array_index (cues, EncCue, i);

    g_assert_cmpint (ABS (GST_CLOCK_DIFF (cue->start, i * 4 * GST_SECOND)), <=,
        jump_clip.interval);
    g_assert_cmpint (ABS (GST_CLOCK_DIFF (cue->end, (i + 1) * 4
                * GST_SECOND)), <=, jump_clip.interval);
  }
  /* Where the one clip ends and the other begins, to the frame. */
  g_assert_cmpuint (g_array_index (cues, EncCue, 1).end, ==, 8 * GST_SECOND);
  g_assert_cmpuint (g_array_index (cues, EncCue, 2).start, ==,
      8 * GST_SECOND);
  gst_harness_teardown (h);
}

typedef struct
{
  const gchar *name;
  const gchar *form;
  const gchar *expected;
} SegmentCase;

/* In a stream whose segment changes while a caption stands (another bitrate, an
 * advert that was left out) it is one caption. */
static void
a_caption_over_two_segments_is_one (gconstpointer data)
{
  const SegmentCase *row = data;
  GstHarness *h = enc_harness_new (row->form);
  g_autofree gchar *all = NULL;

  gst_harness_set (h, "kakaoocrenc", "granularity", 1, NULL);
  for (guint i = 0; i < 8; i++) {
    GstClockTime pts = i * 500 * GST_MSECOND;
    g_autoptr (GstKakaoOcrResult) text = NULL;

    if (i == 4)
      enc_harness_push_segment (h, 0, 10 * GST_SECOND, 2 * GST_SECOND);
    if (i >= 4)
      pts -= 2 * GST_SECOND;
    text = enc_result_new_line (pts, "EXIT");
    enc_harness_push (h, enc_frame_new (pts, text, 1));
  }
  enc_harness_push_eos (h);
  all = enc_harness_pull_all (h);
  enc_assert_contains (all, row->expected);
  gst_harness_teardown (h);
}

static const SegmentCase segment_cases[] = {
  {"tracks", ENC_NDJSON, "\"start\":0,\"end\":3540000000"},
  {"webvtt", ENC_VTT, "00:00:00.000 --> 00:00:03.540"},
  {"subrip", ENC_SRT, "00:00:00,000 --> 00:00:03,540"},
};

static void
backwards_there_are_no_subtitles (void)
{
  GstHarness *h = enc_harness_new (ENC_SRT);
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.rate = -1.0;
  segment.stop = segment.position = 9 * GST_SECOND;
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
  for (guint i = 8; i > 4; i--) {
    g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (i * GST_SECOND,
        "EXIT");

    enc_harness_push (h, enc_frame_new (i * GST_SECOND, text, 1));
  }
  enc_harness_push_eos (h);
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 0);
  gst_harness_teardown (h);
}

#define TESTS "/enc/times/"

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (a_segment_ends_what_stands);
  ADD_ROWS (files_have_times_of_a_line_and_buffers_have_time_stamps,
      time_cases);
  ADD_ROWS (times_that_jump_make_no_long_cue, jump_cases);
  ADD_ROWS (gaps_follow_times_that_jump, jump_cases);
  ADD (gaps_that_overtake_frames_break_nothing);
  ADD (clips_in_a_row_are_told_on_one_time_line);
  ADD_ROWS (a_caption_over_two_segments_is_one, segment_cases);
  ADD (backwards_there_are_no_subtitles);
  return g_test_run ();
}
