/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What stands in a picture like a line on its side: letters one above the other,
 * as many as make a line, or syllables in a column. To be read it must be turned.
 */
#pragma once

#include "glyph.h"

typedef struct
{
  gdouble x0, y0, x1, y1; /* in pixels of the picture */
  guint n_glyphs;
} StandingLine;

/* Appends the lines that stand among the glyphs of a level, which is smaller than
 * the picture by @scale, to @lines, an array of StandingLine. */
void kocr_standing_lines_find (const GArray *glyphs, const GlyphGroups *groups,
    gdouble scale, GArray *lines);

/* Of finds of one line the longest stays. The longest come first. */
void kocr_standing_lines_drop_repeated (GArray *lines);
