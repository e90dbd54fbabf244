/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the ink of a line that was read looks like, and what no letters do. Pure.
 */
#pragma once

#include "reading/linereading.h"

/* How wide, by the line's height, the characters of its words, in @crop, are beyond
 * what letters are: a Chinese line is read as a few Latin letters as wide as
 * several of its own, with confidence. */
gdouble line_ink_excess_width (const LineReading *self, const LineCrop *crop);

/* Log odds against text that the ink of @crop, in which it was read, gives: of
 * strokes that differ in width more than those of letters do, and of solid marks,
 * as leaves are. 0 for what is longer than a few characters, or one. */
gdouble line_ink_unlikeness (
    const LineReading *self, const LineCrop *crop);
