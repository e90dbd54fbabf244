/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Shapes: what is to be painted, and how it becomes rectangles of a
 * composition. Shapes beside one another share a rectangle when that is cheaper
 * to blend than one each. A rectangle that reaches down over empty rows never
 * is.
 */
#pragma once

#include "overlay/canvas.h"

typedef struct _KocrOverlayShape KocrOverlayShape;

/* Paints @data within the canvas's clip, which is the shape's area. */
typedef void (*KocrOverlayPaintFunc) (
    KocrOverlayCanvas *canvas, gconstpointer data);

struct _KocrOverlayShape
{
  GstVideoRectangle area;
  KocrOverlayPaintFunc paint;
  gconstpointer data; /* must stay until it is drawn */
};

/* Appends to @shapes (of KocrOverlayShape) a copy of @model for each rectangle
 * that covers the quad: see kocr_overlay_rectangles_cover(). */
void kocr_overlay_shapes_add (GArray *shapes, const KocrOverlayShape *model,
    const gdouble quad[8], gdouble margin, gboolean hollow,
    const KocrOverlayTarget *target);

/* Paints @shapes into the target's composition, in no particular order. */
void kocr_overlay_shapes_draw (GArray *shapes, const KocrOverlayTarget *target);
