/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Line marks: what stands apart at the ends of a line, by its ink. The reader has
 * no notes, and takes a dash for two strokes. Pure.
 */
#pragma once

#include "reading/linereading.h"

/* Reads what stands apart at both ends of a line as the notes of what is sung, by
 * what it was read as, or where that was nothing or something else by its ink: a
 * mark at one end alone may be anything. */
void line_marks_name_notes (LineReading *self, const LineCrop *crop);

/* Reads the = or the dashes that a line begins with as the one that it is where its
 * ink is but one stroke. */
void line_marks_name_dash (LineReading *self, const LineCrop *crop);
