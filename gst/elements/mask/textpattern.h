/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which texts are meant, by a regular expression. It is tried on each region by
 * itself, along each line of regions, and along up to three lines that stand
 * one below the other or beside one another, joined with a blank and without;
 * each time also without the blanks between digits. So a number is found as
 * well that was read as four words, or that is wrapped: then all the words that
 * it touches are meant.
 *
 * Bounded whatever the pattern and the text: what takes too many steps to tell,
 * or is too long, counts as meant, which hides rather than shows.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

G_BEGIN_DECLS

typedef struct _KocrTextPattern KocrTextPattern;

/* @regex: of kocr_bounded_regex_new(). */
KocrTextPattern *kocr_text_pattern_new (GRegex *regex);
KocrTextPattern *kocr_text_pattern_ref (KocrTextPattern * self);
void kocr_text_pattern_unref (KocrTextPattern * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrTextPattern, kocr_text_pattern_unref)

/* For each region of @result whether it is meant. Worked out once for the
 * newest results; valid until the next call. One thread at a time. */
const gboolean *kocr_text_pattern_match (KocrTextPattern * self,
    GstKakaoOcrResult * result);

/* Lets go of the results that it remembers. */
void kocr_text_pattern_forget (KocrTextPattern * self);

G_END_DECLS
