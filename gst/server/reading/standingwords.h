/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Words of text on its side, or of columns, that stands beside text which runs.
 */
#pragma once

#include "reading/recognizer.h"
#include "standingline.h"

/* The part of @picture, whose pixels it shares, with a line that stands and room
 * around it; its corner is at @x and @y. */
GrayPicture standing_words_part (const GrayPicture *picture,
    const StandingLine *line, gint *x, gint *y);

/* Is where @line stands read already, by @words that run (KocrAnswerWord)? Single
 * letters may be its own. */
gboolean standing_words_are_read (
    const GPtrArray *words, const StandingLine *line);

/* Moves @standing, what was read in the part at @x and @y, to where it is in the
 * picture, and adds to @words what is of @line, in the place of what its letters
 * were read as one by one. */
void standing_words_add (GPtrArray *words, GPtrArray *standing,
    const StandingLine *line, gint x, gint y);
