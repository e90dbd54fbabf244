/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "subtitles/format.h"

#include <math.h>

#include "subtitles/text.h"

static void
append_lines (
    GString *out, const KocrSubtitleCue *cue, KocrSubtitleEscape escape)
{
  for (gchar ** line = cue->lines; *line; line++) {
    gsize end = out->len;

    kocr_subtitle_text_append (out, *line, escape);
    if (out->len > end)
      g_string_append_c (out, '\n');
  }
}

/* To the nearest millisecond, the same for an end and the start that abuts. */
static void
append_time (GString * out, GstClockTime time, gchar decimal_mark)
{
  guint64 ms = (time + GST_MSECOND / 2) / GST_MSECOND;

  g_string_append_printf (out, "%02" G_GUINT64_FORMAT ":%02u:%02u%c%03u",
      ms / 3600000, (guint) (ms / 60000 % 60), (guint) (ms / 1000 % 60),
      decimal_mark, (guint) (ms % 1000));
}

static void
append_span (GString * out, const KocrSubtitleCue * cue, gchar decimal_mark)
{
  append_time (out, cue->start, decimal_mark);
  g_string_append (out, " --> ");
  /* A span of none is no cue. */
  append_time (out, MAX (cue->end, cue->start + GST_MSECOND), decimal_mark);
}

static guint
percent (gdouble part)
{
  return (guint) lround (100.0 * part);
}

/* A player draws a line of text so high by default, in percent of the picture,
 * and a cue below its last line would be moved or cut. */
#define LINE_SHARE 6

static guint
get_line (const KocrSubtitleCue * cue)
{
  guint share = MIN (LINE_SHARE * g_strv_length (cue->lines), 100);

  return MIN (percent (cue->top), 100 - share);
}

/* Which third, from 0 on. */
static guint
get_third (gdouble from, gdouble to)
{
  gdouble centre = (from + to) / 2.0;

  return centre < 1.0 / 3.0 ? 0 : centre > 2.0 / 3.0 ? 2 : 1;
}

/* The text's anchor is on the side of the frame where it stands, as a player
 * makes a box no wider than what is left beyond its anchor. */
static void
append_place (GString * out, const KocrSubtitleCue * cue)
{
  guint third = get_third (cue->left, cue->right);

  g_string_append_printf (out, " line:%u%%", get_line (cue));
  if (third == 0)
    g_string_append_printf (out, " position:%u%% align:start",
        percent (cue->left));
  else if (third == 2)
    g_string_append_printf (out, " position:%u%% align:end",
        percent (cue->right));
  else
    g_string_append_printf (out, " position:%u%% align:center",
        percent ((cue->left + cue->right) / 2.0));
}

static void
write_webvtt (GString * out, const KocrSubtitleCue * cue,
    const KocrSubtitleSetting * setting)
{
  append_span (out, cue, '.');
  if (setting->places)
    append_place (out, cue);
  g_string_append_c (out, '\n');
  append_lines (out, cue, KOCR_SUBTITLE_ESCAPE_ENTITIES);
  g_string_append_c (out, '\n');
}

static gchar *
write_webvtt_header (gint width, gint height)
{
  return g_strdup ("WEBVTT\n\n");
}

static void
write_subrip (GString * out, const KocrSubtitleCue * cue,
    const KocrSubtitleSetting * setting)
{
  g_string_append_printf (out, "%u\n", setting->number);
  append_span (out, cue, ',');
  g_string_append_c (out, '\n');
  /* The one place that SubRip's players know of. */
  if (setting->places && get_third (cue->top, cue->bottom) == 0)
    g_string_append (out, "{\\an8}");
  append_lines (out, cue, KOCR_SUBTITLE_ESCAPE_JOINERS);
  g_string_append_c (out, '\n');
}

static void
write_plain (GString * out, const KocrSubtitleCue * cue,
    const KocrSubtitleSetting * setting)
{
  append_lines (out, cue, KOCR_SUBTITLE_ESCAPE_JOINERS);
  g_string_truncate (out, out->len - 1);
}

/* To the nearest hundredth, likewise. */
static void
append_ass_time (GString * out, GstClockTime time)
{
  guint64 cs = (time + 5 * GST_MSECOND) / (10 * GST_MSECOND);

  g_string_append_printf (out, "%" G_GUINT64_FORMAT ":%02u:%02u.%02u,",
      cs / 360000, (guint) (cs / 6000 % 60), (guint) (cs / 100 % 60),
      (guint) (cs % 100));
}

/* The text's anchor is at its top in the upper third and at its bottom below:
 * lines that are taller than in the picture grow into it. Keypad order. */
static void
append_ass_place (GString * out, const KocrSubtitleCue * cue,
    const KocrSubtitleSetting * setting)
{
  guint third = get_third (cue->left, cue->right);
  gboolean at_top = get_third (cue->top, cue->bottom) == 0;
  gdouble x = third == 0 ? cue->left : third == 2 ? cue->right :
      (cue->left + cue->right) / 2.0;

  g_string_append_printf (out, "{\\an%u\\pos(%d,%d)}",
      (at_top ? 7 : 1) + third, (gint) lround (x * setting->width),
      (gint) lround ((at_top ? cue->top : cue->bottom) * setting->height));
}

static void
write_ass (GString * out, const KocrSubtitleCue * cue,
    const KocrSubtitleSetting * setting)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_lines (text, cue, KOCR_SUBTITLE_ESCAPE_ASS);
  g_string_truncate (text, text->len - 1);
  g_string_replace (text, "\n", "\\N", 0);
  g_string_append (out, "Dialogue: 0,");
  append_ass_time (out, cue->start);
  append_ass_time (out, MAX (cue->end, cue->start + 10 * GST_MSECOND));
  g_string_append (out, "Default,,0,0,0,,");
  if (setting->places)
    append_ass_place (out, cue, setting);
  g_string_append_printf (out, "%s\n", text->str);
}

/* Sizes and places are told in the frame's pixels. */
#define ASS_HEADER "[Script Info]\nScriptType: v4.00+\nWrapStyle: 2\n" \
    "ScaledBorderAndShadow: yes\nPlayResX: %d\nPlayResY: %d\n\n" \
    "[V4+ Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, " \
    "SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, " \
    "StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, " \
    "Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\n" \
    "Style: Default,Noto Sans CJK KR,%d,&H00FFFFFF,&H000000FF,&H00000000," \
    "&H80000000,0,0,0,0,100,100,0,0,1,2,0,2,10,10,10,1\n\n" \
    "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, " \
    "MarginV, Effect, Text\n"

/* Part of the picture's height. */
#define ASS_FONT_SIZE 18

static gchar *
write_ass_header (gint width, gint height)
{
  return g_strdup_printf (ASS_HEADER, width, height,
      MAX (height / ASS_FONT_SIZE, 1));
}

static const KocrSubtitleFormat formats[] = {
  {"application/x-subtitle-vtt", TRUE, write_webvtt_header, write_webvtt},
  {"application/x-subtitle", TRUE, NULL, write_subrip},
  {"application/x-ass", TRUE, write_ass_header, write_ass},
  {"text/x-raw", FALSE, NULL, write_plain},
};

gchar *
kocr_subtitle_format_write_header (
    const KocrSubtitleFormat *format, gint width, gint height)
{
  return format->write_header ? format->write_header (width, height) : NULL;
}

const KocrSubtitleFormat *
kocr_subtitle_format_find (const gchar * media_type)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].media_type, media_type))
      return &formats[i];
  return NULL;
}

static gboolean
shows_something (const KocrSubtitleCue * cue)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_lines (text, cue, KOCR_SUBTITLE_ESCAPE_JOINERS);
  return text->len > 0;
}

gchar *
kocr_subtitle_format_write (const KocrSubtitleFormat *format,
    const KocrSubtitleCue *cue, const KocrSubtitleSetting *setting)
{
  GString *out;

  if (!shows_something (cue))
    return NULL;
  out = g_string_new (NULL);
  format->write (out, cue, setting);
  return g_string_free (out, FALSE);
}
