/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The pieces of a drawing, and how they become rectangles of a composition:
 * pieces that share rows of the frame share a rectangle as far as that is
 * cheaper to blend. One stands alone, or rows of them become a band; never does
 * a rectangle grow downwards over what is empty, since that gains nothing.
 */
#pragma once

#include "overlay/canvas.h"

G_BEGIN_DECLS

typedef struct _KocrOverlayShape KocrOverlayShape;

/* Draws within the canvas's clip, which is the piece's tile. */
typedef void (*KocrOverlayPaintFunc) (
    KocrOverlayCanvas *canvas, gconstpointer what);

struct _KocrOverlayShape
{
  KocrOverlayRectangle tile;
  KocrOverlayPaintFunc paint;
  gconstpointer what;           /* must stay until it is drawn */
};

/* Cuts a quad into tiles as kocr_overlay_rectangles_cut() does and appends a
 * piece for each to @pieces (of KocrOverlayShape). */
void kocr_overlay_shapes_cut (GArray * pieces, const KocrOverlayShape * model,
    const gdouble quad[8], gdouble margin, gboolean hollow,
    const KocrOverlayTarget * target);

/* Draws @pieces, none of which may need to be over another. */
void kocr_overlay_shapes_draw (GArray *pieces, const KocrOverlayTarget *target);

G_END_DECLS
