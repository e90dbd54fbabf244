/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which cues come of tracks, and when: pure.
 */
#include "../testrows.h"
#include "subtitles/timeline.h"

#define TESTS "/subtitles/"

/* Times in ms; what is known of a track at some moment. */
typedef struct
{
  guint id;
  const gchar *text;
  guint start, end;
  gboolean open;
  gboolean cut;                 /* by the end of the stream */
} Known;

typedef struct
{
  const gchar *name;
  guint min_duration, max_duration;
  Known known[8];
  const gchar *expected;        /* cues that come out: "start-end text", … */
} TimelineCase;

static const TimelineCase timeline_cases[] = {
  {"one", 0, 0, {{1, "a", 1000, 3000}}, "1000-3000 a, "},
  {"open-ones-wait", 0, 0, {{1, "a", 1000, 3000, TRUE}}, ""},
  {"closed-later", 0, 0,
        {{1, "a", 1000, 3000, TRUE}, {1, "b", 1000, 4000}},
      "1000-4000 b, "},
  {"two-together", 0, 0,
      {{1, "a", 1000, 3000}, {2, "b", 1000, 3000}}, "1000-3000 a|b, "},
  {"nearly-together", 0, 0,
      {{1, "a", 1000, 3000}, {2, "b", 1200, 3200}}, "1000-3200 a|b, "},
  {"come-together-go-apart", 0, 0,
        {{1, "a", 1000, 3000}, {2, "b", 1000, 3201}},
      "1000-3000 a, 1000-3201 b, "},
  {"come-apart-go-together", 0, 0,
        {{1, "a", 1000, 3000}, {2, "b", 1201, 3000}},
      "1000-3000 a, 1201-3000 b, "},
  {"may-still-go-together", 0, 0,
      {{1, "a", 1000, 3000}, {2, "b", 1000, 3100, TRUE}}, ""},
  {"does-not-go-together", 0, 0,
      {{1, "a", 1000, 3000}, {2, "b", 1000, 3201, TRUE}}, "1000-3000 a, "},
  {"in-the-order-of-starts", 0, 0,
        {{2, "b", 2000, 3000}, {1, "a", 1000, 4000}},
      "1000-4000 a, 2000-3000 b, "},
  {"an-older-one-keeps-back", 0, 0,
      {{1, "a", 1000, 9000, TRUE}, {2, "b", 2000, 3000}}, ""},
  {"too-short", 300, 0, {{1, "a", 1000, 1299}, {2, "b", 2000, 2300}},
      "2000-2300 b, "},
  {"the-end-of-the-stream-makes-nothing-short", 300, 0,
      {{1, "a", 1000, 1040, FALSE, TRUE}}, "1000-1040 a, "},
  {"too-short-keeps-nothing-back", 300, 0,
      {{1, "a", 1000, 1200}, {2, "b", 1100, 2000}}, "1100-2000 b, "},
  {"cut", 300, 1000, {{1, "a", 0, 2100}},
      "0-1000 a, 1000-2000 a, 2000-2100 a, "},
  {"cut-while-open", 0, 1000, {{1, "a", 0, 2100, TRUE}},
      "0-1000 a, 1000-2000 a, "},
  {"not-cut-at-its-end", 0, 1000, {{1, "a", 0, 1000}}, "0-1000 a, "},
  {"cut-together", 0, 1000, {{1, "a", 0, 1500}, {2, "b", 0, 1500}},
      "0-1000 a|b, 1000-1500 a|b, "},
  {"cut-lets-others-through", 0, 1000,
        {{1, "a", 0, 2500, TRUE}, {2, "b", 500, 900}},
      "0-1000 a, 500-900 b, 1000-2000 a, "},
  {"without-time", 0, 0, {{1, "a", G_MAXUINT, G_MAXUINT}}, ""},
  {"one-speaker-stays", 0, 0,
        {{1, "- b", 1000, 3000}, {2, "- a", 1000, 5000}, {3, "- c", 3000, 5000}},
      "1000-3000 - b|- a, 3000-5000 - a|- c, "},
  {"an-answer-comes", 0, 0, {{1, "- a", 1000, 5000}, {2, "–b", 3000, 5000}},
      "1000-3000 - a, 3000-5000 - a|–b, "},
  {"a-question-goes", 0, 0, {{1, "- a", 1000, 3000}, {2, "- b", 1000, 5000}},
      "1000-3000 - a|- b, 3000-5000 - b, "},
  {"speakers-go-nearly-together", 0, 0,
      {{1, "- a", 1000, 3000}, {2, "- b", 1000, 3200}}, "1000-3200 - a|- b, "},
  {"an-answer-comes-after-a-gap", 0, 0,
        {{1, "- b", 1000, 3000}, {2, "- a", 1000, 5000}, {3, "- c", 3100, 5000}},
      "1000-3000 - b|- a, 3100-5000 - a|- c, "},
  {"speakers-may-still-go-together", 0, 0,
      {{1, "- a", 1000, 3000}, {2, "- b", 1000, 3100, TRUE}}, ""},
  {"a-speaker-stays-on", 0, 0,
      {{1, "- a", 1000, 3000}, {2, "- b", 1000, 3300, TRUE}},
      "1000-3000 - a|- b, "},
  {"an-answer-may-be-too-short", 300, 0,
      {{1, "- a", 1000, 5000}, {2, "- b", 3000, 3100, TRUE}}, ""},
  {"far-from-each-other-nobody-answers", 0, 0,
        {{1, "- a", 1000, 5000}, {9, "- b", 3000, 5000}},
      "1000-5000 - a, 3000-5000 - b, "},
};

/* What may be left out when it has stood for so long. */
static const KocrCueLimits holding = { 0, GST_SECOND, 4 * GST_SECOND };

static GstKakaoOcrTextTrack *
track_new (const Known * known)
{
  GstKakaoOcrTextTrack track = { 0 };
  const gdouble y = 30.0 * known->id;
  const gdouble box[] = { 10, y, 90, y, 90, y + 20, 10, y + 20 };

  track.id = known->id;
  track.text = (gchar *) known->text;
  track.state = known->open ? GST_KAKAO_OCR_TEXT_TRACK_OPEN
      : known->cut ? GST_KAKAO_OCR_TEXT_TRACK_CUT
      : GST_KAKAO_OCR_TEXT_TRACK_GONE;
  track.start = track.first_seen = known->start == G_MAXUINT
      ? GST_CLOCK_TIME_NONE : known->start * GST_MSECOND;
  track.end = track.last_seen = known->end == G_MAXUINT
      ? GST_CLOCK_TIME_NONE : known->end * GST_MSECOND;
  track.width = track.height = 1000;
  memcpy (track.box, box, sizeof (box));
  return gst_kakao_ocr_text_track_copy (&track);
}

/* One of a file's cues or of the screen's. */
typedef KocrSubtitleCue *(*Pop) (
    KocrCueTimeline *timeline, const KocrCueLimits *limits);

static void
append_cues_by (Pop pop, GString * out, KocrCueTimeline * timeline,
    const KocrCueLimits * limits)
{
  KocrSubtitleCue *cue;

  while ((cue = pop (timeline, limits))) {
    g_autofree gchar *text = g_strjoinv ("|", cue->lines);

    g_string_append_printf (out, "%u-%u %s, ",
        (guint) (cue->start / GST_MSECOND), (guint) (cue->end / GST_MSECOND),
        text);
    kocr_subtitle_cue_free (cue);
  }
}

static void
append_cues (GString * out, KocrCueTimeline * timeline, GstClockTime min,
    GstClockTime max)
{
  const KocrCueLimits limits = { min, max, 0 };

  append_cues_by (kocr_cue_timeline_pop, out, timeline, &limits);
}

static void
cues_come_out (gconstpointer data)
{
  const TimelineCase *row = data;
  g_autoptr (KocrCueTimeline) timeline = kocr_cue_timeline_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  for (const Known * known = row->known; known->text; known++)
    kocr_cue_timeline_take (timeline, 1, track_new (known));
  append_cues (out, timeline, row->min_duration * GST_MSECOND,
      row->max_duration * GST_MSECOND);
  g_assert_cmpstr (out->str, ==, row->expected);
}

static const TimelineCase screen_cases[] = {
  { "one", 0, 0, { { 1, "a", 1000, 3000 } }, "1000-3000 a, " },
  { "open-ones-wait", 0, 0, { { 1, "a", 1000, 3000, TRUE } }, "" },
  { "one-over-another", 0, 0, { { 1, "a", 500, 9500 }, { 2, "b", 3000, 6000 } },
      "500-3000 a, 3000-6000 a|b, 6000-9500 a, " },
  { "one-over-another-that-stands", 0, 5000,
      { { 1, "a", 500, 9600, TRUE }, { 2, "b", 3000, 6000 } },
      "500-3000 a, 3000-6000 a|b, " },
  { "long-one-over-another", 0, 5000,
      { { 1, "a", 500, 9500 }, { 2, "b", 3000, 6000 } },
      "500-3000 a, 3000-6000 a|b, 6000-9500 a, " },
  { "crossing", 0, 0, { { 1, "a", 0, 4000 }, { 2, "b", 2000, 6000 } },
      "0-2000 a, 2000-4000 a|b, 4000-6000 b, " },
  { "three", 0, 0,
      { { 1, "a", 0, 9000 }, { 2, "b", 2000, 9000 }, { 3, "c", 4000, 6000 } },
      "0-2000 a, 2000-4000 a|b, 4000-6000 a|b|c, 6000-9000 a|b, " },
  { "in-reading-order", 0, 0, { { 2, "b", 0, 3000 }, { 1, "a", 1000, 3000 } },
      "0-1000 b, 1000-3000 a|b, " },
  { "one-after-another", 0, 0, { { 1, "a", 0, 3000 }, { 2, "b", 3000, 5000 } },
      "0-3000 a, 3000-5000 b, " },
  { "a-gap-is-kept", 0, 0, { { 1, "a", 0, 3000 }, { 2, "b", 3100, 5000 } },
      "0-3000 a, 3100-5000 b, " },
  { "nearly-together", 0, 0, { { 1, "a", 1000, 3000 }, { 2, "b", 1200, 3200 } },
      "1000-3200 a|b, " },
  { "nearly-one-after-another", 0, 0,
      { { 1, "a", 1000, 3100 }, { 2, "b", 3000, 5000 } },
      "1000-3000 a, 3000-5000 b, " },
  { "short-ones-keep-their-time", 0, 0,
      { { 1, "a", 1000, 1150 }, { 2, "b", 1150, 3000 } },
      "1000-1150 a, 1150-3000 b, " },
  { "may-still-go-together", 0, 0,
      { { 1, "a", 1000, 3000 }, { 2, "b", 1000, 3100, TRUE } }, "" },
  { "stands-on", 0, 0, { { 1, "a", 1000, 3000 }, { 2, "b", 1000, 3201, TRUE } },
      "1000-3000 a|b, " },
  { "too-short", 300, 0, { { 1, "a", 1000, 3000 }, { 2, "b", 2000, 2299 } },
      "1000-3000 a, " },
  { "may-be-too-short", 300, 0,
      { { 1, "a", 0, 3000 }, { 2, "b", 2900, 3000, TRUE } }, "" },
  { "cut", 300, 1000, { { 1, "a", 0, 2100 } },
      "0-1000 a, 1000-2000 a, 2000-2100 a, " },
  { "cut-while-open", 0, 1000, { { 1, "a", 0, 2100, TRUE } },
      "0-1000 a, 1000-2000 a, " },
  { "cut-together", 0, 1000,
      { { 1, "a", 0, 2500, TRUE }, { 2, "b", 500, 900 } },
      "0-500 a, 500-900 a|b, 900-1900 a, " },
  { "not-cut-at-its-end", 0, 1000, { { 1, "a", 0, 1000 } }, "0-1000 a, " },
  { "without-time", 0, 0, { { 1, "a", G_MAXUINT, G_MAXUINT } }, "" },
};

static void
a_screen_has_one_cue_at_a_time (gconstpointer data)
{
  const TimelineCase *row = data;
  const KocrCueLimits limits = { row->min_duration * GST_MSECOND,
    row->max_duration * GST_MSECOND, 0
  };
  g_autoptr (KocrCueTimeline) timeline = kocr_cue_timeline_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  for (const Known * known = row->known; known->text; known++)
    kocr_cue_timeline_take (timeline, 1, track_new (known));
  append_cues_by (kocr_cue_timeline_pop_screen, out, timeline, &limits);
  g_assert_cmpstr (out->str, ==, row->expected);
}

/* What is out cannot be taken back when a text turns out to have been there. */
static void
a_screen_goes_on_from_what_is_out (void)
{
  const KocrCueLimits limits = { 0, 0, 0 };
  const Known first = { 1, "a", 0, 3000 }, late = { 2, "b", 1000, 4000 };
  g_autoptr (KocrCueTimeline) timeline = kocr_cue_timeline_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  kocr_cue_timeline_take (timeline, 1, track_new (&first));
  append_cues_by (kocr_cue_timeline_pop_screen, out, timeline, &limits);
  kocr_cue_timeline_take (timeline, 1, track_new (&late));
  append_cues_by (kocr_cue_timeline_pop_screen, out, timeline, &limits);
  g_assert_cmpstr (out->str, ==, "0-3000 a, 3000-4000 b, ");
}

static void
nothing_is_out_of_what_may_be_left_out (gconstpointer data)
{
  const Pop pop = *(const Pop *) data;
  const Known open = { 1, "a", 0, 3500, TRUE }, later = { 2, "b", 500, 900 };
  const Known closed = { 1, "a", 0, 3600 };
  g_autoptr (KocrCueTimeline) timeline = kocr_cue_timeline_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  kocr_cue_timeline_take (timeline, 1, track_new (&open));
  kocr_cue_timeline_take (timeline, 1, track_new (&later));
  append_cues_by (pop, out, timeline, &holding);
  g_assert_cmpstr (out->str, ==, "");
  kocr_cue_timeline_take (timeline, 1, track_new (&closed));
  append_cues_by (pop, out, timeline, &holding);
  g_assert_true (g_str_has_prefix (out->str, pop == kocr_cue_timeline_pop ?
          "0-1000 a, 500-900 b, " : "0-500 a, 500-900 a|b, "));
}

static const Pop pops[]
    = { kocr_cue_timeline_pop, kocr_cue_timeline_pop_screen };

static void
ids_are_their_producers_own (void)
{
  const Known left = { 1, "left", 0, 1000 }, right = { 1, "right", 0, 1000 };
  g_autoptr (KocrCueTimeline) timeline = kocr_cue_timeline_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  kocr_cue_timeline_take (timeline, 1, track_new (&left));
  kocr_cue_timeline_take (timeline, 2, track_new (&right));
  append_cues (out, timeline, 0, 0);
  g_assert_true (strstr (out->str, "left") && strstr (out->str, "right"));
}

/* A misreading was open once, and then there is nothing of it. */
static void
what_nobody_tells_of_any_more_is_dropped (void)
{
  const Known slip = { 1, "slip", 0, 900, TRUE };
  const Known text = { 2, "text", 500, 1000, TRUE };
  const Known whole = { 2, "text", 500, 2000 };
  g_autoptr (KocrCueTimeline) timeline = kocr_cue_timeline_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  kocr_cue_timeline_take (timeline, 1, track_new (&slip));
  kocr_cue_timeline_take (timeline, 1, track_new (&text));
  kocr_cue_timeline_drop_stale (timeline);
  g_assert_cmpuint (kocr_cue_timeline_get_start (timeline), ==, 0);
  kocr_cue_timeline_take (timeline, 1, track_new (&whole));
  kocr_cue_timeline_drop_stale (timeline);
  append_cues (out, timeline, 0, 0);
  g_assert_cmpstr (out->str, ==, "500-2000 text, ");
}

static void
the_timeline_starts_with_what_is_not_out (void)
{
  const Known open = { 1, "a", 1000, 2500, TRUE };
  g_autoptr (KocrCueTimeline) timeline = kocr_cue_timeline_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_cmpuint (
      kocr_cue_timeline_get_start (timeline), ==, GST_CLOCK_TIME_NONE);
  kocr_cue_timeline_take (timeline, 1, track_new (&open));
  g_assert_cmpuint (kocr_cue_timeline_get_start (timeline), ==, GST_SECOND);
  append_cues (out, timeline, 0, GST_SECOND);
  g_assert_cmpuint (kocr_cue_timeline_get_start (timeline), ==, 2 * GST_SECOND);
  kocr_cue_timeline_clear (timeline);
  g_assert_cmpuint (
      kocr_cue_timeline_get_start (timeline), ==, GST_CLOCK_TIME_NONE);
}

/* A text that never goes, and thousands after it. */
static void
an_endless_text_keeps_back_no_more_than_memory_should (void)
{
  const guint n_texts = 10000;
  g_autoptr (KocrCueTimeline) timeline = kocr_cue_timeline_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  guint n_cues = 0;

  for (guint i = 1; i <= n_texts; i++) {
    const Known logo = { 1, "logo", 0, 1000 * i + 900, TRUE };
    const Known text = { i + 1, "a", 1000 * i, 1000 * i + 900 };

    kocr_cue_timeline_take (timeline, 1, track_new (&logo));
    kocr_cue_timeline_take (timeline, 1, track_new (&text));
    append_cues (out, timeline, 0, 0);
  }
  for (const gchar * p = out->str; (p = strstr (p, " a, ")); p++)
    n_cues++;
  g_assert_cmpuint (n_cues, >, n_texts / 2);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (cues_come_out, timeline_cases);
  ADD_ROWS (a_screen_has_one_cue_at_a_time, screen_cases);
  g_test_add_data_func (
      "/subtitles/nothing_is_out_of_what_may_be_left_out/file", &pops[0],
      nothing_is_out_of_what_may_be_left_out);
  g_test_add_data_func ("/subtitles/nothing_is_out_of_what_may_be_left_out/"
      "screen", &pops[1], nothing_is_out_of_what_may_be_left_out);
  ADD (a_screen_goes_on_from_what_is_out);
  ADD (ids_are_their_producers_own);
  ADD (what_nobody_tells_of_any_more_is_dropped);
  ADD (the_timeline_starts_with_what_is_not_out);
  ADD (an_endless_text_keeps_back_no_more_than_memory_should);
  return g_test_run ();
}
