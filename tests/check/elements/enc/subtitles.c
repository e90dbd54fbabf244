/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrenc: captions whose times are known become one cue each, in every
 * form, and other programs read them so.
 */
#include <string.h>

#include "encharness.h"
#include "../../testrows.h"

/* The buffers of plain text. */
static GArray *
read_plain (GstHarness * h)
{
  GArray *cues = enc_cues_new ();
  GstBuffer *buffer;

  while ((buffer = gst_harness_try_pull (h))) {
    g_autofree gchar *text = enc_buffer_get_text (buffer);

    enc_cues_add (cues, text, GST_BUFFER_PTS (buffer),
        GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer));
    gst_buffer_unref (buffer);
  }
  return cues;
}

/* A file as GStreamer's own parser reads it. */
static GArray *
read_by_subparse (GstHarness * h, const gchar * form)
{
  GstHarness *parser = gst_harness_new ("subparse");
  GstBuffer *buffer;
  GArray *cues;

  gst_harness_set_src_caps_str (parser, form);
  while ((buffer = gst_harness_try_pull (h))) {
    GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
    g_assert_cmpint (gst_harness_push (parser, buffer), ==, GST_FLOW_OK);
  }
  gst_harness_push_event (parser, gst_event_new_eos ());
  cues = read_plain (parser);
  gst_harness_teardown (parser);
  return cues;
}

/* A file by the letter of its form. */
static GArray *
read_file (GstHarness * h)
{
  g_autofree gchar *file = enc_harness_pull_all (h);

  return enc_cues_parse (file);
}

/* Lines of tracks, in the order of their starts. */
static gint
compare_starts (gconstpointer a, gconstpointer b)
{
  const EncCue *s = a, *t = b;

  return s->start < t->start ? -1 : s->start > t->start;
}

static guint64
read_number (const gchar * line, const gchar * key)
{
  const gchar *at = strstr (line, key);

  g_assert_nonnull (at);
  return g_ascii_strtoull (at + strlen (key), NULL, 10);
}

static GArray *
read_tracks (GstHarness * h)
{
  g_autofree gchar *file = enc_harness_pull_all (h);
  g_auto (GStrv) lines = g_strsplit (file, "\n", -1);
  GArray *cues = enc_cues_new ();

  for (guint i = 0; lines[i][0]; i++) {
    const gchar *text =
        strstr (lines[i], "\"text\":\"") + strlen ("\"text\":\"");
    g_autofree gchar *copy = g_strndup (text, strchr (text, '"') - text);

    g_assert_true (g_str_has_prefix (lines[i], "{\"type\":\"track\","));
    enc_cues_add (cues, copy, read_number (lines[i], "\"start\":"),
        read_number (lines[i], "\"end\":"));
  }
  g_array_sort (cues, compare_starts);
  return cues;
}

typedef enum
{
  READER_PLAIN,
  READER_FILE,
  READER_SUBPARSE,
  READER_TRACKS
} Reader;

static GArray *
read_cues (GstHarness * h, Reader reader, const gchar * form)
{
  switch (reader) {
    case READER_PLAIN:
      return read_plain (h);
    case READER_SUBPARSE:
      return read_by_subparse (h, form);
    case READER_TRACKS:
      return read_tracks (h);
    default:
      return read_file (h);
  }
}

typedef struct
{
  const gchar *name;
  const gchar *form;
  Reader reader;
} ReaderCase;

static const ReaderCase reader_cases[] = {
  {"webvtt", ENC_VTT, READER_FILE},
  {"webvtt-by-subparse", ENC_VTT, READER_SUBPARSE},
  {"subrip", ENC_SRT, READER_FILE},
  {"subrip-by-subparse", ENC_SRT, READER_SUBPARSE},
  {"plain", ENC_PLAIN, READER_PLAIN},
  {"tracks", ENC_NDJSON, READER_TRACKS},
};

static GArray *
play (const ReaderCase * row, const EncClip * clip)
{
  GstHarness *h = enc_harness_new (row->form);
  GArray *cues;

  gst_harness_set (h, "kakaoocrenc", "granularity", 1, NULL);
  enc_harness_push_clip (h, clip);
  enc_harness_push_eos (h);
  cues = read_cues (h, row->reader, row->form);
  gst_harness_teardown (h);
  return cues;
}

static void
assert_clip (GArray * cues, const EncClip * clip, const ReaderCase * row)
{
  if (row->reader == READER_PLAIN)
    enc_cues_assert_screen (cues, clip);
  else
    enc_cues_assert_clip (cues, clip);
}

static void
each_caption_is_one_cue (gconstpointer data)
{
  g_autoptr (GArray) cues = play (data, &enc_clip);

  assert_clip (cues, &enc_clip, data);
}

static void
misread_letters_end_no_cue (gconstpointer data)
{
  g_autoptr (GArray) cues = NULL;
  EncClip clip = enc_clip;

  clip.misread = 5;
  cues = play (data, &clip);
  assert_clip (cues, &clip, data);
}

/* A slide of two lines that stands for the whole clip. */
static const EncCaption slide_lines[] = {
  {{"Information", 40, 100}, 0, 600 * GST_SECOND, 0},
  {{"Second floor", 40, 130}, 0, 600 * GST_SECOND, 0},
};

static const EncClip slide = {
  slide_lines, 2, 12 * GST_SECOND, GST_SECOND, 0
};

static void
a_file_of_a_file_keeps_a_long_text_in_one (void)
{
  GstHarness *h = enc_harness_new (ENC_VTT);
  g_autoptr (GArray) cues = NULL;
  const EncCue *cue;

  gst_harness_set_live (h, FALSE);
  enc_harness_push_clip (h, &slide);
  enc_harness_push_eos (h);
  cues = read_file (h);
  gst_harness_teardown (h);
  cue = &g_array_index (cues, EncCue, 0);
  g_assert_cmpuint (cues->len, ==, 1);
  g_assert_cmpstr (cue->text, ==, "Information\nSecond floor");
  g_assert_cmpuint (cue->end - cue->start, ==, 12 * GST_SECOND);
}

typedef struct
{
  const gchar *name;
  guint max_duration;           /* ms */
  GstClockTime duration;        /* of the clip */
  guint n_cues;
  GstClockTime longest;
} LengthCase;

/* A channel's logo that never goes, and captions beside it. Whoever reads along
 * sees each of them within max-duration and two samples of its end. */
static void
live_captions_do_not_wait_for_a_logo (gconstpointer data)
{
  static const EncCaption lines[] = {
    {{"KBS", 560, 20}, 0, 600 * GST_SECOND, 0},
    {{"first", 200, 420}, 2 * GST_SECOND, 4 * GST_SECOND, 0},
    {{"second", 200, 420}, 11 * GST_SECOND, 13 * GST_SECOND, 0},
    {{"third", 200, 420}, 21 * GST_SECOND, 28 * GST_SECOND, 0},
  };
  const EncClip clip = { lines, G_N_ELEMENTS (lines), 40 * GST_SECOND,
    GST_SECOND, 0
  };
  const ReaderCase *row = data;
  GstHarness *h = enc_harness_new (row->form);
  EncSampler sampler = { &clip };
  g_autoptr (GString) file = g_string_new (NULL);
  guint n_seen = 1;

  for (GstClockTime pts = 0; pts < clip.duration; pts += ENC_FRAME_DURATION) {
    g_autofree gchar *news = NULL;

    enc_harness_push (h, enc_frame_new (pts, enc_sampler_get (&sampler, pts),
            1));
    news = enc_harness_pull_all (h);
    g_string_append (file, news);
    if (n_seen < G_N_ELEMENTS (lines) && pts >= lines[n_seen].end + 7
        * GST_SECOND)
      enc_assert_contains (file->str, lines[n_seen++].line.text);
  }
  g_assert_cmpuint (n_seen, ==, G_N_ELEMENTS (lines));
  enc_sampler_clear (&sampler);
  gst_harness_teardown (h);
}

static const LengthCase length_cases[] = {
  {"default", 5000, 12 * GST_SECOND, 3, 5 * GST_SECOND},
  {"short", 1500, 12 * GST_SECOND, 8, 1500 * GST_MSECOND},
  {"none", 0, 70 * GST_SECOND, 3, 30 * GST_SECOND},
  {"more-than-matroska-takes", 3600000, 70 * GST_SECOND, 3, 30 * GST_SECOND},
};

static void
a_long_text_becomes_buffers_that_abut (gconstpointer data)
{
  const LengthCase *row = data;
  GstHarness *h = enc_harness_new (ENC_PLAIN);
  g_autoptr (GArray) cues = NULL;
  GstClockTime position = 0;
  EncClip clip = slide;

  clip.duration = row->duration;
  gst_harness_set (h, "kakaoocrenc", "max-duration", row->max_duration, NULL);
  enc_harness_push_clip (h, &clip);
  enc_harness_push_eos (h);
  cues = read_plain (h);
  g_assert_cmpuint (cues->len, ==, row->n_cues);
  for (guint i = 0; i < cues->len; i++) {
    const EncCue *cue = &g_array_index (cues, EncCue, i);

    g_assert_cmpuint (cue->start, ==, position);
    g_assert_cmpuint (cue->end - cue->start, <=, row->longest);
    g_assert_cmpstr (cue->text, ==, "Information\nSecond floor");
    position = cue->end;
  }
  g_assert_cmpuint (position, ==, clip.duration);
  gst_harness_teardown (h);
}

/* Samples of every frame; the second caption is there for 0.2 s. */
static void
short_texts_are_left_out (void)
{
  const EncCaption captions[] = {
    {{"long", 40, 100}, 0, GST_SECOND, 0},
    {{"short", 400, 300}, 2 * GST_SECOND, 2200 * GST_MSECOND, 0},
  };
  const EncClip clip = {
    captions, 2, 4 * GST_SECOND, ENC_FRAME_DURATION, 0
  };
  const guint min_durations[] = { 300, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (min_durations); i++) {
    GstHarness *h = enc_harness_new (ENC_SRT);
    g_autofree gchar *file = NULL;

    gst_harness_set (h, "kakaoocrenc", "min-duration", min_durations[i], NULL);
    enc_harness_push_clip (h, &clip);
    enc_harness_push_eos (h);
    file = enc_harness_pull_all (h);
    enc_assert_contains (file, "long\n");
    g_assert_true ((strstr (file, "short\n") != NULL) == (i == 1));
    gst_harness_teardown (h);
  }
}

/* An unchanged picture gives no new result, only a later time at which the old
 * one was seen. */
static void
a_text_lasts_as_long_as_it_was_seen (void)
{
  GstHarness *h = enc_harness_new (ENC_PLAIN);
  g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (0, "EXIT");
  g_autoptr (GArray) cues = NULL;

  for (guint i = 0; i < 11; i++) {
    GstBuffer *frame = enc_frame_new (i * GST_SECOND, text, 1);

    gst_kakao_ocr_meta_set_last_seen (gst_buffer_get_kakao_ocr_meta (frame),
        i * GST_SECOND);
    enc_harness_push (h, frame);
  }
  cues = read_plain (h);
  g_assert_cmpuint (cues->len, ==, 1);
  g_assert_cmpuint (g_array_index (cues, EncCue, 0).end, ==, 5 * GST_SECOND);
  gst_harness_teardown (h);
}

/* One sample of a text that stands is misread beyond recognition, so that it
 * looks like another text at its place until two more have shown the first. */
static void
a_rubbish_reading_keeps_back_no_cue (gconstpointer data)
{
  static const gchar *samples[] = { "hello", "hello", "~~~~~", "hello",
    "hello", NULL, NULL, "later", "later", NULL, NULL, NULL
  };
  const ReaderCase *row = data;
  GstHarness *h = enc_harness_new (row->form);
  GstClockTime last = (G_N_ELEMENTS (samples) - 1) * GST_SECOND;
  g_autoptr (GArray) cues = NULL;

  gst_harness_set (h, "kakaoocrenc", "granularity", 1, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    EncLine line = { samples[i], 100, 400 };
    g_autoptr (GstKakaoOcrResult) result = enc_result_new (i * GST_SECOND,
        &line, samples[i] ? 1 : 0);

    enc_harness_push (h, enc_frame_new (i * GST_SECOND, result, 1));
  }
  g_assert_cmpuint (enc_harness_pull_gap_end (h), ==, last);
  cues = read_cues (h, row->reader, row->form);
  g_assert_cmpuint (cues->len, ==, 2);
  g_assert_cmpstr (g_array_index (cues, EncCue, 0).text, ==, "hello");
  g_assert_cmpstr (g_array_index (cues, EncCue, 1).text, ==, "later");
  gst_harness_teardown (h);
}

/* Samples further apart than results are carried: each time that the picture
 * turns out to be the same, the same result is back. As long as frames carried it,
 * the text was taken to be there. */
static void
what_is_seen_again_after_a_silence_begins_there (void)
{
  const guint carried = 3, interval = 30;
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (0, "EXIT");
  g_autoptr (GArray) cues = NULL;

  gst_harness_set (h, "kakaoocrenc", "granularity", 1, NULL);
  for (guint i = 0; i < 3 * interval; i++) {
    gboolean carries = i % interval <= carried;
    GstBuffer *frame = enc_frame_new (i * GST_SECOND, carries ? text : NULL,
        1);

    if (carries)
      gst_kakao_ocr_meta_set_last_seen (gst_buffer_get_kakao_ocr_meta (frame),
          (i - i % interval) * GST_SECOND);
    enc_harness_push (h, frame);
  }
  cues = read_tracks (h);
  g_assert_cmpuint (cues->len, ==, 3);
  for (guint i = 0; i < cues->len; i++) {
    const EncCue *cue = &g_array_index (cues, EncCue, i);

    g_assert_cmpuint (cue->start, ==, i * interval * GST_SECOND);
    g_assert_cmpuint (cue->end, ==, (i * interval + carried) * GST_SECOND);
  }
  gst_harness_teardown (h);
}

/* Its service is gone: after a while nobody knows whether the text stands. */
static void
a_text_that_no_frame_carries_ends (void)
{
  GstHarness *h = enc_harness_new (ENC_SRT);
  g_autofree gchar *file = NULL;

  for (guint i = 0; i < 3; i++) {
    g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (i * GST_SECOND,
        "EXIT");

    enc_harness_push (h, enc_frame_new (i * GST_SECOND, text, 1));
  }
  for (guint i = 3; i < 14; i++)
    enc_harness_push (h, enc_frame_new (i * GST_SECOND, NULL, 1));
  file = enc_harness_pull_all (h);
  enc_assert_contains (file, "00:00:00,000 --> 00:00:02,000\nEXIT\n");
  gst_harness_teardown (h);
}

static void
two_producers_do_not_end_each_others_texts (void)
{
  GstHarness *h = enc_harness_new (ENC_SRT);
  const EncLine left_line = { "left", 20, 20 }, right_line =
      { "right", 500, 20 };
  g_autofree gchar *file = NULL;

  for (guint i = 0; i < 4; i++) {
    g_autoptr (GstKakaoOcrResult) left = enc_result_new (i * GST_SECOND,
        &left_line, 1);
    g_autoptr (GstKakaoOcrResult) right = enc_result_new (i * GST_SECOND,
        &right_line, 1);
    GstBuffer *frame = enc_frame_new (i * GST_SECOND, left, 1);

    gst_kakao_ocr_meta_set_producer (gst_buffer_add_kakao_ocr_meta (frame,
            right), 2);
    enc_harness_push (h, frame);
  }
  enc_harness_push_eos (h);
  file = enc_harness_pull_all (h);
  g_assert_cmpstr (file, ==,
      "1\n00:00:00,000 --> 00:00:03,040\n{\\an8}left\nright\n\n");
  gst_harness_teardown (h);
}

static void
positions_can_be_left_out (void)
{
  for (guint i = 0; i < 2; i++) {
    GstHarness *h = enc_harness_new (ENC_VTT);
    g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (0, "EXIT");
    g_autofree gchar *file = NULL;

    gst_harness_set (h, "kakaoocrenc", "cue-positions", i == 1, NULL);
    enc_harness_push (h, enc_frame_new (0, text, 1));
    enc_harness_push (h, enc_frame_new (GST_SECOND, text, 1));
    enc_harness_push_eos (h);
    file = enc_harness_pull_all (h);
    enc_assert_contains (file, i == 0 ? "00:00:01.040\nEXIT\n"
        : "00:00:01.040 line:83% position:16% align:start\nEXIT\n");
    gst_harness_teardown (h);
  }
}

#define TESTS "/enc/subtitles/"

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (each_caption_is_one_cue, reader_cases);
  ADD_ROWS (misread_letters_end_no_cue, reader_cases);
  ADD (a_file_of_a_file_keeps_a_long_text_in_one);
  for (guint i = 0; i < G_N_ELEMENTS (reader_cases); i++) {
    g_autofree gchar *path = g_strdup_printf
        ("/enc/subtitles/live_captions_do_not_wait_for_a_logo/%s",
        reader_cases[i].name);

    if (reader_cases[i].reader == READER_FILE)
      g_test_add_data_func (path, &reader_cases[i],
          live_captions_do_not_wait_for_a_logo);
  }
  ADD_ROWS (a_long_text_becomes_buffers_that_abut, length_cases);
  ADD (short_texts_are_left_out);
  ADD (a_text_lasts_as_long_as_it_was_seen);
  ADD_ROWS (a_rubbish_reading_keeps_back_no_cue, reader_cases);
  ADD (what_is_seen_again_after_a_silence_begins_there);
  ADD (a_text_that_no_frame_carries_ends);
  ADD (two_producers_do_not_end_each_others_texts);
  ADD (positions_can_be_left_out);
  return g_test_run ();
}
