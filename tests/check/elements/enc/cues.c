/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The parts of subtitles that touch nothing: text, forms, the timeline.
 */
#include <string.h>

#include "subtitles/timeline.h"
#include "subtitles/format.h"
#include "subtitles/text.h"
#include "../../testrows.h"

#define WJ "\xe2\x81\xa0"

/* --- Text --- */

typedef struct
{
  const gchar *name;
  const gchar *text;
  const gchar *entities;
  const gchar *joiners;
  const gchar *ass;             /* NULL: as with joiners */
} TextCase;

static const TextCase text_cases[] = {
  {"plain", "EXIT 3", "EXIT 3", "EXIT 3"},
  {"korean", "서울역 3번", "서울역 3번", "서울역 3번"},
  {"tag", "<b>x</b>", "&lt;b&gt;x&lt;/b&gt;", "<" WJ "b>x<" WJ "/b>"},
  {"ampersand", "a&b &amp; &lt;", "a&amp;b &amp;amp; &amp;lt;",
      "a&b &amp; &lt;"},
  {"arrow", "1 --> 2", "1 --&gt; 2", "1 --" WJ "> 2"},
  {"long-arrow", "---->", "----&gt;", "----" WJ ">"},
  {"arrow-with-a-control-in-it", "--\x1b>", "--&gt;", "--" WJ ">"},
  {"ssa", "{\\an8}a\\Nb", "{\\an8}a\\Nb", "{" WJ "\\" WJ "an8}a\\" WJ "Nb",
      "\\{\\" WJ "an8\\}a\\" WJ "Nb"},
  {"escape", "\x1b[31mred\x1b[0m", "[31mred[0m", "[31mred[0m"},
  {"bell-and-delete", "a\x07" "b\x7f" "c", "abc", "abc"},
  {"c1", "a\xc2\x9b" "31mb", "a31mb", "a31mb"},
  {"override", "a\xe2\x80\xae" "b\xe2\x80\xac" "c", "abc", "abc"},
  {"isolate", "\xe2\x81\xa6" "a\xe2\x81\xa9" "b\xe2\x80\x8f", "ab", "ab"},
  {"newlines", "a\nb\r\nc\rd", "a\nb\nc\nd", "a\nb\nc\nd"},
  {"other-breaks", "a\xe2\x80\xa8" "b\xe2\x80\xa9" "c\xc2\x85" "d\fe",
      "a\nb\nc\nd\ne", "a\nb\nc\nd\ne"},
  {"blank-lines", "\n\n a \n \t \n\nb\n\n", "a\nb", "a\nb"},
  {"blanks", "\ta\t\tb  c ", "a  b  c", "a  b  c"},
  {"nothing", " \n\x1b\xe2\x80\xae\t", "", ""},
  {"emoji", "👩‍👩‍👧 🇰🇷 ❤️",
        "👩‍👩‍👧 🇰🇷 ❤️",
      "👩‍👩‍👧 🇰🇷 ❤️"},
};

static void
text_obeys_nothing (gconstpointer data)
{
  const TextCase *row = data;
  g_autoptr (GString) entities = g_string_new (">");
  g_autoptr (GString) joiners = g_string_new (">");
  g_autoptr (GString) ass = g_string_new (">");

  kocr_subtitle_text_append (
      entities, row->text, KOCR_SUBTITLE_ESCAPE_ENTITIES);
  g_assert_cmpstr (entities->str + 1, ==, row->entities);
  kocr_subtitle_text_append (joiners, row->text, KOCR_SUBTITLE_ESCAPE_JOINERS);
  g_assert_cmpstr (joiners->str + 1, ==, row->joiners);
  kocr_subtitle_text_append (ass, row->text, KOCR_SUBTITLE_ESCAPE_ASS);
  g_assert_cmpstr (ass->str + 1, ==, row->ass ? row->ass : row->joiners);
}

static void
long_text_stays_whole (void)
{
  g_autofree gchar *text = g_strnfill (16384, 'x');
  g_autoptr (GString) out = g_string_new (NULL);

  kocr_subtitle_text_append (out, text, KOCR_SUBTITLE_ESCAPE_ENTITIES);
  g_assert_cmpstr (out->str, ==, text);
}

/* --- Forms --- */

typedef struct
{
  const gchar *name;
  const gchar *media_type;
  KocrSubtitleCue cue;
  gboolean places;
  const gchar *expected;        /* NULL: nothing */
} FormatCase;

#define VTT "application/x-subtitle-vtt"
#define SRT "application/x-subtitle"
#define RAW "text/x-raw"
#define ASS "application/x-ass"
#define LINES(...) ((gchar *[]) { __VA_ARGS__, NULL })
#define CUE(start, end, ...) {(start) * GST_MSECOND, (end) * GST_MSECOND, \
  LINES (__VA_ARGS__), .25, .5, .75, .6}

static const FormatCase format_cases[] = {
  { "webvtt", VTT, CUE (1500, 3725042, "a", "b"), FALSE,
      "00:00:01.500 --> 01:02:05.042\na\nb\n\n" },
  { "webvtt-past-99-hours", VTT, CUE (0, 360000000, "a"), FALSE,
      "00:00:00.000 --> 100:00:00.000\na\n\n" },
  { "webvtt-in-the-middle", VTT, CUE (0, 1, "a"), TRUE,
      "00:00:00.000 --> 00:00:00.001 line:50% position:50% align:center\n"
      "a\n\n" },
  { "webvtt-on-the-left", VTT, { 0, GST_SECOND, LINES ("a"), .05, 0, .3, .1 },
      TRUE,
      "00:00:00.000 --> 00:00:01.000 line:0% position:5% align:start\na\n\n" },
  { "webvtt-on-the-right", VTT, { 0, GST_SECOND, LINES ("a"), .7, .9, 1, 1 },
      TRUE,
      "00:00:00.000 --> 00:00:01.000 line:90% position:100% align:end\na\n\n" },
  { "webvtt-two-lines-at-the-bottom", VTT,
      { 0, GST_SECOND, LINES ("a", "b"), .25, .92, .75, 1 }, TRUE,
      "00:00:00.000 --> 00:00:01.000 line:88% position:50% align:center\n"
      "a\nb\n\n" },
  { "webvtt-more-lines-than-there-is-room", VTT,
      { 0, GST_SECOND,
          LINES ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12",
              "13", "14", "15", "16", "17"),
          .25, .2, .75, 1 },
      TRUE,
      "00:00:00.000 --> 00:00:01.000 line:0% position:50% align:center\n"
      "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n\n" },
  { "webvtt-no-time", VTT, CUE (1000, 1000, "a"), FALSE,
      "00:00:01.000 --> 00:00:01.001\na\n\n" },
  { "webvtt-nothing-to-show", VTT, CUE (0, 1, "\n", "\x1b"), FALSE, NULL },
  { "webvtt-some-to-show", VTT, CUE (0, 1, "\n", "a\n\nb", " "), FALSE,
      "00:00:00.000 --> 00:00:00.001\na\nb\n\n" },
  { "subrip", SRT, CUE (1500, 3725042, "a", "b"), TRUE,
      "7\n00:00:01,500 --> 01:02:05,042\na\nb\n\n" },
  { "subrip-rounds-to-the-nearest", SRT,
      { 1499500000, 1500499999, LINES ("a"), 0, 0, 0, 0 }, FALSE,
      "7\n00:00:01,500 --> 00:00:01,501\na\n\n" },
  { "subrip-at-the-top", SRT, { 0, GST_SECOND, LINES ("a"), .25, .1, .75, .3 },
      TRUE, "7\n00:00:00,000 --> 00:00:01,000\n{\\an8}a\n\n" },
  { "subrip-at-the-top-without-place", SRT,
      { 0, GST_SECOND, LINES ("a"), .25, .1, .75, .3 }, FALSE,
      "7\n00:00:00,000 --> 00:00:01,000\na\n\n" },
  { "ass", ASS,
      { 1499 * GST_MSECOND, 3725045 * GST_MSECOND, LINES ("a", "{b}"), .25, .5,
          .75, .6 },
      TRUE,
      "Dialogue: 0,0:00:01.50,1:02:05.05,Default,,0,0,0,,{\\an2\\pos(320,216)}"
      "a\\N\\{b\\}\n" },
  { "ass-at-the-top-right", ASS, { 0, GST_SECOND, LINES ("a"), .7, .1, 1, .3 },
      TRUE,
      "Dialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,{\\an9\\pos(640,36)}"
      "a\n" },
  { "ass-without-place", ASS, CUE (1000, 1000, "a\nb"), FALSE,
      "Dialogue: 0,0:00:01.00,0:00:01.01,Default,,0,0,0,,a\\Nb\n" },
  { "plain", RAW, CUE (0, 1, "a", "<b>"), TRUE, "a\n<" WJ "b>" },
  { "plain-nothing-to-show", RAW, CUE (0, 1, " "), FALSE, NULL },
};

static void
form_is_written (gconstpointer data)
{
  const FormatCase *row = data;
  const KocrSubtitleFormat *format
      = kocr_subtitle_format_find (row->media_type);
  const KocrSubtitleSetting setting = { 7, row->places, 640, 360 };
  g_autofree gchar *text = kocr_subtitle_format_write (format, &row->cue,
      &setting);

  g_assert_cmpstr (text, ==, row->expected);
}

static void
other_media_types_are_no_subtitles (void)
{
  g_assert_null (kocr_subtitle_format_find ("application/x-ndjson"));
}

/* --- The timeline --- */

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

#define TESTS "/subtitles/"

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (text_obeys_nothing, text_cases);
  ADD (long_text_stays_whole);
  ADD_ROWS (form_is_written, format_cases);
  ADD (other_media_types_are_no_subtitles);
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
