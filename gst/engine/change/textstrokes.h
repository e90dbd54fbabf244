/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text strokes: whether the strokes of a text in one picture stand in another
 * one, whatever moves behind them.  Pure.
 *
 * What is compared are edges.  On one side of each is a letter, or its outline,
 * and that is the same in both pictures; the other side may be a ground that
 * moves.  So an edge counts as standing when the other picture has one of the
 * same direction and at least so many tenths of its strength there: of a text
 * that stands nearly all do, of another one at its place a quarter.  The share
 * is taken over the whole text, and over each part half as wide as it is high,
 * so that another letter shows in a long line.  Another digit leaves up to two
 * thirds of a part's edges, which is no more than a ground may; but then that has
 * changed beside it, too, and as much as it did a part may lose.  A 3 that
 * becomes an 8 keeps its edges; so what is steep in the other picture, as only
 * text is, must have been in the first.
 *
 * An outline's outer edge comes and goes with the ground that it stands off. So
 * where not all edges stand, it is enough that those of light strokes do, or of
 * dark ones: of ridges, which fall again within a stroke.
 */
#pragma once

#include "change/textcontrast.h"

/* Whether @text, in pixels of @picture, stands in @other, moved by *@x, *@y
 * give or take a pixel, which is corrected.  A part without edges stands. */
gboolean kocr_text_strokes_stand (const KocrLumaPlane *picture,
    const KocrPlaneArea *text, const KocrLumaPlane *other, gint *x, gint *y);

/* Whether most of its edges are in @other, however weak: moved by @x, @y. */
gboolean kocr_text_strokes_are_left (const KocrLumaPlane *picture,
    const KocrPlaneArea *text, const KocrLumaPlane *other, gint x, gint y);
