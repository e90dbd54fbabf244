/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Display text: a recognised text made fit to be drawn on one line. A picture
 * may say anything: control characters, line breaks, characters that turn the
 * direction of what follows, towers of accents, a whole book. Only what is
 * drawn is cleaned; the result keeps every character.
 */
#pragma once

#include <glib.h>

/* Longer than any line that fits a frame at a size that can be read. */
#define KOCR_DISPLAY_TEXT_MAX_CHARS 160

/* Appends @text, valid UTF-8, to @line: white space of any kind becomes one
 * space, control and format characters go, at most DISPLAY_TEXT_MAX_MARKS
 * accents stay on a letter, and after KOCR_DISPLAY_TEXT_MAX_CHARS characters of
 * the whole line comes an ellipsis and nothing more. */
void kocr_display_text_append (GString * line, const gchar * text);
