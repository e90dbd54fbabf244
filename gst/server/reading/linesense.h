/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a line that was read can say, and what it cannot. Pure.
 */
#pragma once

#include "reading/linereading.h"

/* Takes away from both ends of a line what the frame of a sign or a table's
 * rule was read as: bars and brackets that are alone, or without their other
 * half, and not sure. Never leaves a line without words. */
void line_sense_drop_frames (LineReading * self);

/* Takes away from both ends a letter that is by itself, or a few of no syllable, in
 * doubt where the rest is not: what texture beside a text was read as. */
void line_sense_drop_doubtful_letters (LineReading *self);

/* Reads a bar that stands where only a letter can as the I that it is, apart from
 * a word that it was taken for the end of. */
void line_sense_name_bars (LineReading * self);

/* Reads an l among capitals as the I that it is, CIA for ClA, and among Hangul after
 * a single one, too: AI for Al. */
void line_sense_name_capitals (LineReading *self);

/* Whether it has strokes and other marks, but no letter and no digit. */
gboolean line_sense_is_texture (const LineReading * self);

/* Whether it has one letter or digit, marks aside. */
gboolean line_sense_is_single (const LineReading *self);

/* Whether all letters and digits of it are straight strokes, and few: what a
 * picture's grass and edges are read as, though sometimes it is a number. */
gboolean line_sense_is_thin (const LineReading *self);

/* Whether it is two to four characters, letters that are no Hangul among them and
 * bars not counted: what leaves and bricks are read as. */
gboolean line_sense_is_short_latin (const LineReading *self);

/* The share of Hangul syllables of the line that no modern text is written
 * with; what is no Hangul does not count. */
gdouble line_sense_odd_syllables (const LineReading * self);

/* Do two of its numbers, placed in the picture, stand so near that there is a
 * comma or a full stop between them, which was not read? */
gboolean line_sense_has_split_number (const LineReading *self);

/* Has a word of it a figure before a syllable that nothing is counted by, 1관이 for
 * 도서관이? */
gboolean line_sense_has_odd_figure (const LineReading *self);
