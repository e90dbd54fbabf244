/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/displaytext.h"

/* Vietnamese needs two, Thai two, pointed Hebrew three. */
#define DISPLAY_TEXT_MAX_MARKS 3

#define ELLIPSIS "\xe2\x80\xa6"
#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d

typedef enum
{
  CLASS_SHOWN,
  CLASS_MARK,
  CLASS_SPACE,
  CLASS_DROPPED
} CharClass;

static CharClass
get_class (gunichar c)
{
  /* The joiners shape letters and emoji; the other format characters change
   * direction or show nothing. */
  if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER)
    return CLASS_MARK;

  switch (g_unichar_type (c)) {
    case G_UNICODE_CONTROL:
      return g_unichar_isspace (c) ? CLASS_SPACE : CLASS_DROPPED;
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SPACE_SEPARATOR:
      return CLASS_SPACE;
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
      return CLASS_DROPPED;
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
      return CLASS_MARK;
    default:
      return CLASS_SHOWN;
  }
}

void
kocr_display_text_append (GString * line, const gchar * text)
{
  glong n_chars = g_utf8_strlen (line->str, line->len);
  gboolean space = line->len > 0;
  guint marks = 0;

  for (; *text; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);
    CharClass class = get_class (c);

    if (class == CLASS_SPACE) {
      space = line->len > 0;
      continue;
    }
    marks = class == CLASS_MARK ? marks + 1 : 0;
    if (class == CLASS_DROPPED || marks > DISPLAY_TEXT_MAX_MARKS)
      continue;

    if (n_chars + (space ? 1 : 0) >= KOCR_DISPLAY_TEXT_MAX_CHARS) {
      if (!g_str_has_suffix (line->str, ELLIPSIS))
        g_string_append (line, ELLIPSIS);
      return;
    }
    if (space) {
      g_string_append_c (line, ' ');
      n_chars++;
    }
    space = FALSE;
    g_string_append_unichar (line, c);
    n_chars++;
  }
}
