/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Canvas: the pixels of one rectangle of a composition while shapes are painted
 * on it, already in the form that the composition keeps (overlay/pixels.h),
 * since most of them are set as they are and few are mixed.
 */
#pragma once

#include "overlay/pixels.h"
#include "overlay/rectangle.h"

/* The composition in the making, and the visible part of the frame that it is
 * for, whose top left corner is 0, 0 to all that is painted. */
typedef struct
{
  KocrOverlayPixels pixels;
  GstVideoOverlayComposition *composition;
  gint x, y; /* of the visible part in the frame */
  gint width, height;
} KocrOverlayTarget;

typedef struct
{
  const KocrOverlayTarget *target;
  GstVideoRectangle area;       /* that the pixels are of */
  GstVideoRectangle clip;       /* in it: where the shape of now may paint */
  guint32 *pixels;              /* row by row, in the target's form */
} KocrOverlayCanvas;

/* All of @area is transparent; FALSE when there is no memory for it. */
gboolean kocr_overlay_canvas_begin (KocrOverlayCanvas *self,
    const KocrOverlayTarget *target, const GstVideoRectangle *area);

/* Sets the pixels from @left, @top up to @right, @bottom (not included), as far
 * as they are in the clip. */
void kocr_overlay_canvas_fill (KocrOverlayCanvas * self, gint left, gint top,
    gint right, gint bottom, guint32 pixel);

/* Likewise, but only those that are still transparent. */
void kocr_overlay_canvas_fill_free (KocrOverlayCanvas *self, gint left,
    gint top, gint right, gint bottom, guint32 pixel);

/* The pixel at @x, @y, which is in the area. */
guint32 *kocr_overlay_canvas_get_pixel (
    KocrOverlayCanvas *self, gint x, gint y);

/* Adds it to the target's composition. */
void kocr_overlay_canvas_end (KocrOverlayCanvas * self);
