/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Words and lines that are known to come (station names, plates, names of
 * people): a text that is nearly one of them was misread and is that one.
 *
 * Letters are compared, without case and blanks; those of a Hangul syllable
 * count each, so that one that was misread in a part is near what it was.
 */
#pragma once

#include <gio/gio.h>

typedef struct _KocrVocabulary KocrVocabulary;

/* @path: a file in UTF-8 with a word or line each; NULL with @error set when it
 * cannot be read, is larger than any vocabulary, or is not text. */
KocrVocabulary *kocr_vocabulary_load (const gchar * path, GError ** error);
KocrVocabulary *kocr_vocabulary_ref (KocrVocabulary * vocabulary);
void kocr_vocabulary_unref (KocrVocabulary * vocabulary);

/* What @text, one line, is: the nearest line within a fifth of its letters,
 * else itself with each of its words that is so near one. Where two are as near
 * as each other nobody knows, and what was read stays. Remembers what it found;
 * one thread at a time. (transfer full) */
gchar *kocr_vocabulary_correct (KocrVocabulary *vocabulary, const gchar *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrVocabulary, kocr_vocabulary_unref)
