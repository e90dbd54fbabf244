/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text as it is searched.
 *
 * Folded text is in lower case and canonically decomposed (NFD): a Hangul
 * syllable is its two or three letters, so that a word of two syllables is long
 * enough for FTS5's trigrams, and one misread letter spoils two or three of
 * them and not all.  In folded text 구 is the beginning of 국, which a reader
 * would not call a part of it: whether a text has a part is decided on composed
 * text (NFC, lower case), where both are one letter.
 */
#pragma once

#include <glib.h>

/* (transfer full) each; what is not UTF-8 is replaced. */
gchar *archive_text_clean (const gchar * text); /* NFC, for keeping */
gchar *archive_text_fold (const gchar * text);
gchar *archive_text_compose (const gchar * text);

/* How well @text, both folded, has @query somewhere in it: 1 as it stands, less
 * a letter of @query for each that is missing, wrong or too many; 0 nothing of
 * it. */
gdouble archive_text_likeness (const gchar * query, const gchar * text);
