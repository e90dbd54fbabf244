/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "subtitles/text.h"

#define WORD_JOINER "\xe2\x81\xa0"

static gboolean
is_break (gunichar c)
{
  return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* LRM, RLM, ALM, and what embeds, overrides or isolates. */
static gboolean
is_turn (gunichar c)
{
  return c == 0x200e || c == 0x200f || c == 0x61c
      || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static void
append_with_entities (GString * out, gunichar c)
{
  if (c == '&')
    g_string_append (out, "&amp;");
  else if (c == '<')
    g_string_append (out, "&lt;");
  else if (c == '>')
    g_string_append (out, "&gt;");
  else
    g_string_append_unichar (out, c);
}

static void
append_with_joiners (GString * out, gunichar c)
{
  if (c == '>' && g_str_has_suffix (out->str, "--"))
    g_string_append (out, WORD_JOINER);
  g_string_append_unichar (out, c);
  if (c == '<' || c == '{' || c == '\\')
    g_string_append (out, WORD_JOINER);
}

static void
append_for_ass (GString * out, gunichar c)
{
  if (c == '{' || c == '}')
    g_string_append_printf (out, "\\%c", (gchar) c);
  else
    append_with_joiners (out, c);
}

static void
append_escaped (GString * out, gunichar c, KocrSubtitleEscape escape)
{
  if (escape == KOCR_SUBTITLE_ESCAPE_ENTITIES)
    append_with_entities (out, c);
  else if (escape == KOCR_SUBTITLE_ESCAPE_ASS)
    append_for_ass (out, c);
  else
    append_with_joiners (out, c);
}

void
kocr_subtitle_text_append (
    GString *out, const gchar *text, KocrSubtitleEscape escape)
{
  gsize start = out->len;
  gboolean line_ended = FALSE;
  guint n_blanks = 0;           /* since the last character that shows */

  for (; *text; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);

    if (is_break (c)) {
      line_ended = TRUE;
    } else if (g_unichar_isspace (c)) {
      n_blanks++;
    } else if (!g_unichar_iscntrl (c) && !is_turn (c)) {
      if (line_ended && out->len > start)
        g_string_append_c (out, '\n');
      else if (out->len > start)
        g_string_append_printf (out, "%*s", (gint) n_blanks, "");
      line_ended = FALSE;
      n_blanks = 0;
      append_escaped (out, c, escape);
    }
    if (line_ended)
      n_blanks = 0;
  }
}
