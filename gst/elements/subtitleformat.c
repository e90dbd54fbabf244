/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "subtitleformat.h"

#include <math.h>

#include "subtitletext.h"

static void
append_lines (GString * out, const SubtitleCue * cue, SubtitleEscape escape)
{
  for (gchar ** line = cue->lines; *line; line++) {
    gsize end = out->len;

    subtitle_text_append (out, *line, escape);
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
append_span (GString * out, const SubtitleCue * cue, gchar decimal_mark)
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

/* The text's anchor is on the side of the frame where it stands, as a player
 * makes a box no wider than what is left beyond its anchor. */
static void
append_place (GString * out, const SubtitleCue * cue)
{
  gdouble centre = (cue->left + cue->right) / 2.0;

  g_string_append_printf (out, " line:%u%%", percent (cue->top));
  if (centre < 1.0 / 3.0)
    g_string_append_printf (out, " position:%u%% align:start",
        percent (cue->left));
  else if (centre > 2.0 / 3.0)
    g_string_append_printf (out, " position:%u%% align:end",
        percent (cue->right));
  else
    g_string_append_printf (out, " position:%u%% align:center",
        percent (centre));
}

static void
write_webvtt (GString * out, const SubtitleCue * cue, guint number,
    gboolean places)
{
  append_span (out, cue, '.');
  if (places)
    append_place (out, cue);
  g_string_append_c (out, '\n');
  append_lines (out, cue, SUBTITLE_ESCAPE_ENTITIES);
  g_string_append_c (out, '\n');
}

static void
write_subrip (GString * out, const SubtitleCue * cue, guint number,
    gboolean places)
{
  g_string_append_printf (out, "%u\n", number);
  append_span (out, cue, ',');
  g_string_append_c (out, '\n');
  append_lines (out, cue, SUBTITLE_ESCAPE_JOINERS);
  g_string_append_c (out, '\n');
}

static void
write_plain (GString * out, const SubtitleCue * cue, guint number,
    gboolean places)
{
  append_lines (out, cue, SUBTITLE_ESCAPE_JOINERS);
  g_string_truncate (out, out->len - 1);
}

static const SubtitleFormat formats[] = {
  {"application/x-subtitle-vtt", "WEBVTT\n\n", TRUE, write_webvtt},
  {"application/x-subtitle", NULL, TRUE, write_subrip},
  {"text/x-raw", NULL, FALSE, write_plain},
};

const SubtitleFormat *
subtitle_format_find (const gchar * media_type)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].media_type, media_type))
      return &formats[i];
  return NULL;
}

static gboolean
shows_something (const SubtitleCue * cue)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_lines (text, cue, SUBTITLE_ESCAPE_JOINERS);
  return text->len > 0;
}

gchar *
subtitle_format_write (const SubtitleFormat * format, const SubtitleCue * cue,
    guint number, gboolean places)
{
  GString *out;

  if (!shows_something (cue))
    return NULL;
  out = g_string_new (NULL);
  format->write (out, cue, number, places);
  return g_string_free (out, FALSE);
}
