/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text distance: how far two texts are from each other, character by
 * character.
 */
#pragma once

#include <glib.h>

/* What it costs to put one character in place of another one that has nothing
 * in common with it, or to leave one out. */
#define KOCR_TEXT_UNIT 3

/* Of longer texts only the beginnings are compared: no line that anyone can
 * read is longer, and the time goes with the square of it. */
#define KOCR_TEXT_COMPARED 256

/* What to put in place of @a to have @b, in parts of a unit: less the more they
 * look alike. A Hangul syllable costs a third for each of its letters (jamo)
 * that differs, since a syllable that is misread differs in one of them; the
 * other case of a letter and letters that are taken for one another, like O and
 * 0, cost a third; 0 is a character that is not there, and costs a third in
 * place of a blank. */
guint kocr_char_distance (gunichar a, gunichar b);

/* The edit distance by these costs from @part to the piece of @b that is nearest
 * to it. Pure; takes n_part · n_b steps. */
guint kocr_text_part_distance (const gunichar * part, guint n_part,
    const gunichar * b, guint n_b);

gboolean kocr_texts_equal (const gunichar * a, guint n_a,
    const gunichar * b, guint n_b);

/* How much alike two texts are: 1.0 when they are equal, about 0.2 when they
 * have nothing to do with each other. */
gdouble kocr_text_similarity (const gunichar * a, guint n_a,
    const gunichar * b, guint n_b);
