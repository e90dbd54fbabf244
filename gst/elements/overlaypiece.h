/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The pieces of a drawing, and how they become rectangles of a composition:
 * pieces that share rows of the frame share a rectangle as far as that is
 * cheaper to blend. One stands alone, or rows of them become a band; never does
 * a rectangle grow downwards over what is empty, since that gains nothing.
 */
#pragma once

#include "overlaycanvas.h"

G_BEGIN_DECLS

typedef struct _OverlayPiece OverlayPiece;

/* Draws within the canvas's clip, which is the piece's tile. */
typedef void (*OverlayPaintFunc) (OverlayCanvas * canvas, gconstpointer what);

struct _OverlayPiece
{
  OverlayTile tile;
  OverlayPaintFunc paint;
  gconstpointer what;           /* must stay until it is drawn */
};

/* Cuts a quad into tiles as overlay_tiles_cut() does and appends a piece for
 * each to @pieces (of OverlayPiece). */
void overlay_pieces_cut (GArray * pieces, const OverlayPiece * model,
    const gdouble quad[8], gdouble margin, gboolean hollow,
    const OverlayTarget * target);

/* Draws @pieces, none of which may need to be over another. */
void overlay_pieces_draw (GArray * pieces, const OverlayTarget * target);

G_END_DECLS
