/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrenc as a stream: what goes out when, so that nobody waits for it.
 */
#include <gst/video/video.h>
#include <string.h>

#include "encharness.h"

typedef struct
{
  const gchar *name;
  const gchar *form;            /* that downstream takes */
  const gchar *caps;            /* that goes out */
  const gchar *header;
} FormCase;

static const FormCase form_cases[] = {
  {"any", "ANY", ENC_NDJSON, ""},
  {"ndjson", ENC_NDJSON, ENC_NDJSON, ""},
  {"webvtt", ENC_VTT, ENC_VTT, "WEBVTT\n\n"},
  {"subrip", ENC_SRT, ENC_SRT, ""},
  {"plain", ENC_PLAIN, ENC_PLAIN, ""},
  {"ass", ENC_ASS, ENC_ASS, NULL},
};

static void
stream_is_announced_with_the_first_frame (gconstpointer data)
{
  const FormCase *row = data;
  GstHarness *h = enc_harness_new (row->form);
  g_autoptr (GstCaps) expected = gst_caps_from_string (row->caps);
  g_autofree gchar *header = NULL;
  const GstEventType order[] = { GST_EVENT_STREAM_START, GST_EVENT_CAPS,
    GST_EVENT_SEGMENT, GST_EVENT_GAP
  };

  /* Before it nothing on which a sink prerolls. */
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (order);) {
    g_autoptr (GstEvent) event = gst_harness_try_pull_event (h);
    GstStreamFlags flags;
    GstCaps *caps;

    g_assert_nonnull (event);
    if (GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE)
      continue;
    g_assert_cmpstr (GST_EVENT_TYPE_NAME (event), ==,
        gst_event_type_get_name (order[i++]));
    if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT) {
      g_assert_null (gst_harness_try_pull_event (h));
      enc_harness_push (h, enc_frame_new (0, NULL, 1));
      header = enc_harness_pull_all (h);
    } else if (GST_EVENT_TYPE (event) == GST_EVENT_STREAM_START) {
      gst_event_parse_stream_flags (event, &flags);
      g_assert_cmpint (flags, ==, GST_STREAM_FLAG_SPARSE);
    } else if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
      gst_event_parse_caps (event, &caps);
      g_assert_true (gst_caps_is_equal (caps, expected));
    }
  }
  if (row->header)
    g_assert_cmpstr (header, ==, row->header);
  else
    enc_assert_contains (header, "[Script Info]\nScriptType: v4.00+\n"
        "WrapStyle: 2\nScaledBorderAndShadow: yes\nPlayResX: 640\n"
        "PlayResY: 480\n");
  gst_harness_teardown (h);
}

static void
gaps_follow_the_video (void)
{
  GstHarness *h = enc_harness_new (ENC_VTT);

  enc_harness_push (h, enc_frame_new (0, NULL, 1));
  enc_harness_pull_gap_end (h);
  for (guint i = 1; i < 4; i++) {
    enc_harness_push (h, enc_frame_new (i * ENC_FRAME_DURATION, NULL, 1));
    g_assert_cmpuint (enc_harness_pull_gap_end (h), ==, i * ENC_FRAME_DURATION);
  }
  gst_harness_teardown (h);
}

/* A text stands from the sample at 1 s on; the one before, at 0, did not show
 * it. */
static GstHarness *
setup_open_text (const gchar * form)
{
  GstHarness *h = enc_harness_new (form);
  g_autoptr (GstKakaoOcrResult) nothing = enc_result_new (0, NULL, 0);
  g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (GST_SECOND, "EXIT");

  enc_harness_push (h, enc_frame_new (0, nothing, 1));
  enc_harness_push (h, enc_frame_new (GST_SECOND, text, 1));
  enc_harness_push (h, enc_frame_new (GST_SECOND + ENC_FRAME_DURATION, text,
          1));
  return h;
}

static void
gaps_stop_where_an_open_text_starts (gconstpointer data)
{
  const FormCase *row = data;
  GstHarness *h = setup_open_text (row->form);

  g_assert_cmpuint (enc_harness_pull_gap_end (h), ==, GST_SECOND / 2);
  gst_harness_teardown (h);
}

/* As kakaoocr sends them with drop-unsampled. */
static void
gaps_of_the_video_are_no_gaps_of_the_text (void)
{
  GstHarness *h = setup_open_text (ENC_SRT);
  g_autofree gchar *file = NULL;

  g_assert_true (gst_harness_push_event (h, gst_event_new_gap (GST_SECOND
              + 2 * ENC_FRAME_DURATION, GST_SECOND)));
  g_assert_cmpuint (enc_harness_pull_gap_end (h), ==, GST_SECOND / 2);
  enc_harness_push_eos (h);
  file = enc_harness_pull_all (h);
  enc_assert_contains (file, "00:00:00,500 --> 00:00:02,080");
  gst_harness_teardown (h);
}

/* Whoever muxes must begin its file, or a preroll waits for ever. */
static void
gaps_pass_the_first_frame_whatever_it_shows (void)
{
  GstHarness *h = enc_harness_new (ENC_PLAIN);
  g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (0, "EXIT");

  for (guint i = 0; i < 3; i++)
    enc_harness_push (h, enc_frame_new (i * ENC_FRAME_DURATION, text, 1));
  g_assert_cmpuint (enc_harness_pull_gap_end (h), ==, ENC_FRAME_DURATION);
  gst_harness_teardown (h);
}

static void
gaps_go_on_when_the_text_is_out (void)
{
  GstHarness *h = setup_open_text (ENC_PLAIN);
  const GstClockTime times[] = { 2 * GST_SECOND, 3 * GST_SECOND };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    g_autoptr (GstKakaoOcrResult) nothing = enc_result_new (times[i], NULL, 0);

    enc_harness_push (h, enc_frame_new (times[i], nothing, 1));
  }
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 1);
  g_assert_cmpuint (enc_harness_pull_gap_end (h), ==, 3 * GST_SECOND);
  gst_harness_teardown (h);
}

/* Pulls events until a GAP that ends at end, which comes by itself. */
static void
wait_for_gap (GstHarness * h, GstClockTime end)
{
  GstClockTime start, duration;

  do {
    g_autoptr (GstEvent) event = gst_harness_pull_event (h);

    g_assert_nonnull (event);
    start = duration = 0;
    if (GST_EVENT_TYPE (event) == GST_EVENT_GAP)
      gst_event_parse_gap (event, &start, &duration);
  } while (start + duration != end);
}

static void
gaps_go_on_when_no_frame_comes (void)
{
  GstHarness *h = setup_open_text (ENC_PLAIN);

  wait_for_gap (h, GST_SECOND + ENC_FRAME_DURATION);
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 0);
  gst_harness_teardown (h);
}

/* A video that went on at once had waited: its queues held what was between,
 * 0.54 s, and GAPs must come before they are full. */
static void
gaps_stay_nearer_after_a_stall (void)
{
  GstHarness *h = setup_open_text (ENC_PLAIN);
  g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (2 * GST_SECOND,
      "EXIT");

  wait_for_gap (h, GST_SECOND + ENC_FRAME_DURATION);
  enc_harness_push (h, enc_frame_new (2 * GST_SECOND, text, 1));
  g_assert_cmpuint (enc_harness_pull_gap_end (h), ==,
      2 * GST_SECOND - (GST_SECOND / 2 + ENC_FRAME_DURATION) / 2);
  gst_harness_teardown (h);
}

/* In PAUSED no frame comes either; what a muxer waited for before, it waits for
 * after. */
static void
a_pause_hides_no_stall (void)
{
  GstHarness *h = setup_open_text (ENC_PLAIN);

  gst_element_set_state (h->element, GST_STATE_PAUSED);
  gst_element_set_state (h->element, GST_STATE_PLAYING);
  wait_for_gap (h, GST_SECOND + ENC_FRAME_DURATION);
  gst_harness_teardown (h);
}

/* A state that it has already, as some applications set it. */
static void
a_state_set_again_hides_no_stall (void)
{
  GstHarness *h = setup_open_text (ENC_PLAIN);

  gst_element_set_state (h->element, GST_STATE_PLAYING);
  wait_for_gap (h, GST_SECOND + ENC_FRAME_DURATION);
  gst_harness_teardown (h);
}

typedef struct
{
  const gchar *name;
  const gchar *form;
  const gchar *expected;
} EndCase;

static const EndCase end_cases[] = {
  {"track", ENC_NDJSON, "\"start\":500000000,\"end\":1080000000"},
  {"webvtt", ENC_VTT, "00:00:00.500 --> 00:00:01.080"},
  {"subrip", ENC_SRT, "00:00:00,500 --> 00:00:01,080"},
  {"plain", ENC_PLAIN, "EXIT"},
};

static void
the_last_text_comes_before_the_end (gconstpointer data)
{
  const EndCase *row = data;
  GstHarness *h = enc_harness_new (row->form);
  g_autoptr (GstKakaoOcrResult) nothing = enc_result_new (0, NULL, 0);
  g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (GST_SECOND, "EXIT");
  g_autofree gchar *all = NULL;

  gst_harness_set (h, "kakaoocrenc", "granularity", 1, NULL);
  enc_harness_push (h, enc_frame_new (0, nothing, 1));
  enc_harness_push (h, enc_frame_new (GST_SECOND, text, 1));
  enc_harness_push (h, enc_frame_new (GST_SECOND + ENC_FRAME_DURATION, text,
          1));
  enc_harness_push_eos (h);
  all = enc_harness_pull_all (h);
  enc_assert_contains (all, row->expected);
  gst_harness_teardown (h);
}

static void
a_flush_drops_what_stands_and_begins_the_file_anew (void)
{
  /* Running time begins anew with a flush. */
  GstHarness *h = setup_open_text (ENC_VTT);
  g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (9 * GST_SECOND,
      "NEW");
  g_autofree gchar *before = enc_harness_pull_all (h);
  g_autofree gchar *after = NULL;

  g_assert_cmpstr (before, ==, "WEBVTT\n\n");
  enc_harness_flush (h);
  enc_harness_push_segment (h, 9 * GST_SECOND, 9 * GST_SECOND, 0);
  enc_harness_push (h, enc_frame_new (9 * GST_SECOND, text, 1));
  enc_harness_push (h, enc_frame_new (10 * GST_SECOND, text, 1));
  enc_harness_push_eos (h);
  after = enc_harness_pull_all (h);
  g_assert_true (g_str_has_prefix (after, "WEBVTT\n\n00:00:00.000 --> "));
  g_assert_null (strstr (after, "EXIT"));
  gst_harness_teardown (h);
}

/* A clip that follows another one: what stood at the end of the first ends
 * there, and its last result, on the first frames of the second, is no text of
 * the second. */
static void
a_segment_ends_what_stands (void)
{
  GstHarness *h = setup_open_text (ENC_SRT);
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

/* In a stream whose segment changes while a caption stands (another bitrate, an
 * advert that was left out) it is one caption. */
static void
a_caption_over_two_segments_is_one (gconstpointer data)
{
  const FormCase *row = data;
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
  enc_assert_contains (all, row->caps);
  gst_harness_teardown (h);
}

static const FormCase segment_cases[] = {
  {"tracks", ENC_NDJSON, "\"start\":0,\"end\":3540000000", NULL},
  {"webvtt", ENC_VTT, "00:00:00.000 --> 00:00:03.540", NULL},
  {"subrip", ENC_SRT, "00:00:00,000 --> 00:00:03,540", NULL},
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

static void
a_caps_change_goes_unseen (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstCaps) caps = gst_caps_from_string
      ("video/x-raw,format=NV12,width=32,height=32");
  g_autoptr (GstEvent) event = NULL;

  enc_harness_push (h, enc_frame_new (0, NULL, 1));
  while ((event = gst_harness_try_pull_event (h)))
    g_clear_pointer (&event, gst_event_unref);
  g_assert_true (gst_harness_push_event (h, gst_event_new_caps (caps)));
  while ((event = gst_harness_try_pull_event (h))) {
    g_assert_cmpint (GST_EVENT_TYPE (event), !=, GST_EVENT_CAPS);
    g_clear_pointer (&event, gst_event_unref);
  }
  gst_harness_teardown (h);
}

static void
offers_every_layout_of_frames (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstCaps) caps = gst_caps_from_string (ENC_FRAME_CAPS);
  GstQuery *query = gst_query_new_allocation (caps, FALSE);

  g_assert_true (gst_pad_peer_query (h->srcpad, query));
  g_assert_true (gst_query_find_allocation_meta (query,
          GST_VIDEO_META_API_TYPE, NULL));
  gst_query_unref (query);
  gst_harness_teardown (h);
}

static void
latency_passes (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);

  gst_harness_set_upstream_latency (h, 70 * GST_MSECOND);
  g_assert_cmpuint (gst_harness_query_latency (h), ==, 70 * GST_MSECOND);
  gst_harness_teardown (h);
}

static void
tags_of_the_video_stay_behind (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  GstTagList *codec = gst_tag_list_new (GST_TAG_VIDEO_CODEC, "H.264", NULL);
  GstTagList *title = gst_tag_list_new (GST_TAG_TITLE, "Seoul", NULL);
  guint n_tags = 0;
  GstEvent *event;

  gst_tag_list_set_scope (title, GST_TAG_SCOPE_GLOBAL);
  g_assert_true (gst_harness_push_event (h, gst_event_new_tag (codec)));
  g_assert_true (gst_harness_push_event (h, gst_event_new_tag (title)));
  while ((event = gst_harness_try_pull_event (h))) {
    n_tags += GST_EVENT_TYPE (event) == GST_EVENT_TAG;
    gst_event_unref (event);
  }
  g_assert_cmpuint (n_tags, ==, 1);
  gst_harness_teardown (h);
}

static void
refuses_what_downstream_does_not_take (void)
{
  GstHarness *h = gst_harness_new ("kakaoocrenc");

  gst_harness_set_sink_caps_str (h, "text/x-other");
  gst_harness_set_src_caps_str (h, ENC_FRAME_CAPS);
  g_assert_cmpint (gst_harness_push (h, enc_frame_new (0, NULL, 1)), ==,
      GST_FLOW_NOT_NEGOTIATED);
  gst_harness_teardown (h);
}

static void
survives_an_unlinked_source (void)
{
  GstHarness *h = gst_harness_new_with_padnames ("kakaoocrenc", "sink", NULL);
  g_autoptr (GstKakaoOcrResult) result = enc_result_new_line (0, "lost");

  gst_harness_set_src_caps_str (h, ENC_FRAME_CAPS);
  g_assert_cmpint (gst_harness_push (h, enc_frame_new (0, NULL, 1)), ==,
      GST_FLOW_OK);
  g_assert_cmpint (gst_harness_push (h, enc_frame_new (0, result, 1)), ==,
      GST_FLOW_NOT_LINKED);
  gst_harness_teardown (h);
}

#define ADD(name) g_test_add_func ("/enc/stream/" #name, name)
#define ADD_ROWS(func, rows) \
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) { \
    g_autofree gchar *path = g_strdup_printf ("/enc/stream/" #func "/%s", \
        rows[i].name); \
    g_test_add_data_func (path, &rows[i], func); \
  }

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (stream_is_announced_with_the_first_frame, form_cases);
  ADD (gaps_follow_the_video);
  /* Lines of NDJSON are put beside no video. */
  for (guint i = 2; i < G_N_ELEMENTS (form_cases); i++) {
    g_autofree gchar *path = g_strdup_printf
        ("/enc/stream/gaps_stop_where_an_open_text_starts/%s",
        form_cases[i].name);

    g_test_add_data_func (path, &form_cases[i],
        gaps_stop_where_an_open_text_starts);
  }
  ADD (gaps_of_the_video_are_no_gaps_of_the_text);
  ADD (gaps_pass_the_first_frame_whatever_it_shows);
  ADD (gaps_go_on_when_the_text_is_out);
  ADD (gaps_go_on_when_no_frame_comes);
  ADD (gaps_stay_nearer_after_a_stall);
  ADD (a_pause_hides_no_stall);
  ADD (a_state_set_again_hides_no_stall);
  ADD_ROWS (the_last_text_comes_before_the_end, end_cases);
  ADD (a_flush_drops_what_stands_and_begins_the_file_anew);
  ADD (a_segment_ends_what_stands);
  ADD_ROWS (files_have_times_of_a_line_and_buffers_have_time_stamps,
      time_cases);
  ADD_ROWS (times_that_jump_make_no_long_cue, jump_cases);
  ADD_ROWS (gaps_follow_times_that_jump, jump_cases);
  ADD (clips_in_a_row_are_told_on_one_time_line);
  ADD_ROWS (a_caption_over_two_segments_is_one, segment_cases);
  ADD (backwards_there_are_no_subtitles);
  ADD (a_caps_change_goes_unseen);
  ADD (offers_every_layout_of_frames);
  ADD (latency_passes);
  ADD (tags_of_the_video_stay_behind);
  ADD (refuses_what_downstream_does_not_take);
  ADD (survives_an_unlinked_source);
  return g_test_run ();
}
