/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Solid marks: pieces of ink without bend, branch or eye, as leaves, drops and
 * stones are, and of letters the straight strokes alone. Pure.
 */
#pragma once

#include <glib.h>

/* The share of all ink that is in solid marks.  @ink has a byte for each pixel,
 * row by row, 0 for ground and 1 for ink. */
gdouble kocr_solid_marks_share (const guint8 *ink, gint width, gint height);
