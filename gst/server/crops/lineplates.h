/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Plates in a line: parts of its ground that are as light or dark as the letters
 * beside them, with letters as the ground is, as the goals between the names on a
 * board, a button, what is selected. Pure.
 */
#pragma once

#include "crops/linecrop.h"

/* Turns plates in a crop whose letters are as bright as @ink on @ground into
 * what they would be without them, and the mask of its @strokes to match. */
void line_plates_turn (LineCrop *crop, guint8 *strokes, gint ink, gint ground);
