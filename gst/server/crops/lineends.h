/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Ends of a line: a plate that is no wider than its text, as browsers draw captions
 * and editors what is selected, ends where the first letter begins. What is beside
 * it touches that letter, and is read as part of it. Pure.
 */
#pragma once

#include "crops/linecrop.h"

/* Makes what is beside the plate, and above or below where that of the next line is
 * narrower, as bright as @ground, where it is nearer to the @ink than the plate is.
 * @strokes: a byte for each pixel, is it one? */
void line_ends_clear (LineCrop *crop, const guint8 *strokes, gint ink,
    gint ground);
