/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How a text is written in each form of subtitles: pure.
 */
#include "../testrows.h"
#include "subtitles/format.h"
#include "subtitles/text.h"

#define TESTS "/subtitles/"

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

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (text_obeys_nothing, text_cases);
  ADD (long_text_stays_whole);
  ADD_ROWS (form_is_written, format_cases);
  ADD (other_media_types_are_no_subtitles);
  return g_test_run ();
}
