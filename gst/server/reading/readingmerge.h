/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One reading of a line out of several: the crop that reads most of it well may
 * leave out, or misread, a word that another one shows.
 */
#pragma once

#include "reading/linereading.h"

/* Takes from @other, a reading of the same line from another crop, the words
 * that @self has not, and those that @other reads with far more confidence.
 * Both are placed in the picture; @tilt is the line's. */
void reading_merge (LineReading *self, const LineReading *other, gdouble tilt);

/* Takes from @other the marks within words that @self has letter by letter, where
 * marks were blanked in the crop of @self: 10:30, where that has 10 and 30. */
void reading_take_marks (
    LineReading *self, const LineReading *other, gdouble tilt);
