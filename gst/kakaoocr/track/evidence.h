/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Evidence: whether a reading that differs is another text or the same one
 * misread.
 */
#pragma once

#include "track/consensus.h"

/* Has the text changed, or was it misread? A change for good and a misreading
 * are one and the same in a single sample, and a glyph that is hard to read is
 * misread the same way each time. What tells them apart is what comes after: a
 * misreading goes back to what was read before.
 *
 * So readings that all differ from the text in the same way are put by as a
 * run. It was a change, from the first of them on, when there are enough of
 * them, when the line goes or changes further without having gone back, and was
 * a slip else; its readings then count for the text like any others.
 *
 * Where a picture that stands is not read again, a text is read once however
 * long it is there. That it stood counts as one reading more; and what differs
 * after it stood has changed, unless the two are easily misread as one another:
 * what does not move is not read otherwise by chance. A line that only lost
 * something is as likely fading away, and must stand, too, where it stood before:
 * what moved meanwhile is read anew.
 *
 * What was seen of the picture between two samples says more than both: strokes
 * that stayed the same do not say another thing, and those that were seen to
 * change do.
 *
 * A text that goes on where it ended is one that is being written, or that
 * fades in: it is the same track, with the whole text from its first sight.
 *
 * With one character misread in 20 % of the samples, any as any other, none of
 * 800 captions of 3 to 12 samples is taken for two; with always the same one
 * misread as the same other, 4 % if they look nothing alike and none if they
 * do, since for those more is asked for. A change by one character is found
 * when both texts last two samples, three if they look alike. */

/* Readings that are put by at most. */
#define KOCR_MAX_RUN 32

/* Where a reading differs from what is known well of a text; of one that was
 * @seen to change, from all that is known. (transfer full) (element-type
 * KocrDifference) */
GArray *kocr_find_changes (const KocrConsensus * text,
    const gunichar * chars, guint n_chars, gboolean seen);

/* Whether @changes are more than marks or letters that look alike, were not read
 * before, and, but for a text that was @seen to change, have no letter in place of a
 * mark and do not only leave something out: enough for a text that stood. */
gboolean kocr_changes_are_plain (const GArray * changes, gboolean seen);

/* Whether a digit is among what was read or what it was before. */
gboolean kocr_changes_have_digits (const GArray * changes);

/* Whether a run of @n_readings that differ by @changes, and did not go back to
 * the text, is of another one: it is so long, or stood, and was not read in
 * this way before. @seen: letters that look alike count as any, since the strokes
 * changed with it. */
gboolean kocr_run_is_believed (const GArray * changes,
    guint n_readings, gboolean stood, gboolean seen);
/* Whether it is of another one whatever follows. */
gboolean kocr_run_is_enough (const GArray * changes,
    guint n_readings);

/* Whether it is more than marks. */
gboolean kocr_text_has_letters (const gunichar * chars, guint n_chars);

/* Whether it is so short that any ground may be read as it: up to three letters;
 * a syllable of Hangul, which has two or three, counts as two. */
gboolean kocr_text_is_short (const gunichar * chars, guint n_chars);

/* Whether @a has more letters than @b, and more of them than that. */
gboolean kocr_text_is_longer (const gunichar * a, guint n_a,
    const gunichar * b, guint n_b);

/* Whether both have the same letters and digits, whatever is between them. */
gboolean kocr_letters_equal (const gunichar * a, guint n_a,
    const gunichar * b, guint n_b);

/* Whether @b goes on where @a ends, or where its cursor stands. A number that goes
 * on is another one, and so is one that differs; and so is a text with a letter that
 * is not easily taken for the one before it, where what stood there was @seen to
 * change. */
gboolean kocr_text_has_grown (const gunichar * a, guint n_a,
    const gunichar * b, guint n_b, gboolean seen);
