/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The pixels of one rectangle of a composition while they are drawn, in the
 * form in which they are kept: what is drawn is mostly plain areas and little
 * of it needs mixing.
 */
#pragma once

#include "overlay/pixels.h"
#include "overlay/rectangle.h"

G_BEGIN_DECLS

/* Where drawings go. */
typedef struct
{
  KocrOverlayPixels pixels;
  GstVideoOverlayComposition *composition;
  gint x, y;                    /* of what is visible in the frame */
  gint width, height;
} KocrOverlayTarget;

typedef struct
{
  const KocrOverlayTarget *target;
  KocrOverlayRectangle tile;
  KocrOverlayRectangle clip;             /* inside tile: where is drawn now */
  guint32 *pixels;              /* row by row, in the target's form */
} KocrOverlayCanvas;

/* Begins with all transparent; FALSE when there is no memory for it. */
gboolean kocr_overlay_canvas_begin (KocrOverlayCanvas * self,
    const KocrOverlayTarget * target, const KocrOverlayRectangle * tile);

/* Sets the area from @left, @top to before @right, @bottom, in pixels of what
 * is visible; as much of it as is in the clip. */
void kocr_overlay_canvas_fill (KocrOverlayCanvas * self, gint left, gint top,
    gint right, gint bottom, guint32 pixel);

/* Likewise, but leaves pixels alone on which something is. */
void kocr_overlay_canvas_fill_free (KocrOverlayCanvas *self, gint left,
    gint top, gint right, gint bottom, guint32 pixel);

/* The pixel at @x, @y of what is visible, which is in the tile. */
guint32 *kocr_overlay_canvas_get_pixel (
    KocrOverlayCanvas *self, gint x, gint y);

/* Adds it to the target's composition. */
void kocr_overlay_canvas_end (KocrOverlayCanvas * self);

G_END_DECLS
