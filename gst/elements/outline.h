/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The boxes of a line of text: coloured lines around them, with a dark seam
 * outside that shows them on what has their colour. The lines' inner edge is
 * the box, so that they hide nothing of the text.
 */
#pragma once

#include "overlaycanvas.h"
#include "overlayregion.h"

G_BEGIN_DECLS

/* How far outlines of @line_width reach beyond their box. */
gdouble outline_get_margin (gdouble line_width);

/* Draws those of @n_regions regions on one line of text. */
void outline_draw (const OverlayTarget * target, const OverlayRegion * regions,
    guint n_regions, gdouble line_width, guint32 color);

G_END_DECLS
