/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How a row of glyphs is tilted.
 */
#pragma once

#include "glyph.h"

/* The tilt, in radians and clockwise as y grows downwards, of the @n glyphs
 * numbered in @members; 0 where it cannot be told from level. */
gdouble kocr_line_tilt_find (const ComponentSet * set, const GArray * glyphs,
    const guint * members, guint n);
