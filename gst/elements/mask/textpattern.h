/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text pattern: which regions of a result a regular expression matches. It is
 * tried on each region by itself, on each line of regions, and on up to three
 * lines that stand below or beside one another, joined with a blank and
 * without; each time also without the blanks between digits. So a number is
 * found that was read as four words, or that is wrapped; then all regions that
 * it touches match.
 *
 * Bounded whatever the pattern and the text: what takes too many steps, or is
 * too long, matches, which hides rather than shows.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

typedef struct _KocrTextPattern KocrTextPattern;

/* @regex: of kocr_bounded_regex_new(). */
KocrTextPattern *kocr_text_pattern_new (GRegex *regex);
KocrTextPattern *kocr_text_pattern_ref (KocrTextPattern * self);
void kocr_text_pattern_unref (KocrTextPattern * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrTextPattern, kocr_text_pattern_unref)

/* For each region of @result whether it is matching. Worked out once for the
 * newest results; valid until the next call. One thread at a time. */
const gboolean *kocr_text_pattern_match (KocrTextPattern * self,
    GstKakaoOcrResult * result);

/* Drops the results that it keeps the matches of. */
void kocr_text_pattern_drop_results (KocrTextPattern *self);
