/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A recognised text as a subtitle can carry it. What a picture says may hold
 * anything: line breaks and blank lines, which end a cue; marks that players
 * take for markup or for the times of another cue; control characters that a
 * terminal obeys; characters that turn the direction of what follows. A
 * subtitle shows the text and obeys none of it.
 */
#pragma once

#include <glib.h>

typedef enum
{
  /* &, < and > become entities, as WebVTT has them. */
  KOCR_SUBTITLE_ESCAPE_ENTITIES,
  /* For forms that have no escape, but whose players know markup all the same:
   * U+2060, which joins words and shows nothing, stands after each character
   * that begins it (<, { of SSA and MicroDVD, \ of SSA) and before the > of an
   * arrow. */
  KOCR_SUBTITLE_ESCAPE_JOINERS,
  /* The same, but braces, which begin and end overrides, stand after a
   * backslash, as libass and ffmpeg have it. */
  KOCR_SUBTITLE_ESCAPE_ASS
} KocrSubtitleEscape;

/* Appends @text, valid UTF-8, to @out, without a newline at its end. A line
 * break of any kind becomes one newline; lines that show nothing are left out,
 * and so are control characters and those that turn the direction. Nothing is
 * appended when nothing is left. */
void kocr_subtitle_text_append (GString * out, const gchar * text,
    KocrSubtitleEscape escape);
