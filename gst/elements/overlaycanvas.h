/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The pixels of one rectangle of a composition while they are drawn, in the
 * form in which they are kept: what is drawn is mostly plain areas and little
 * of it needs mixing.
 */
#pragma once

#include "overlaypixels.h"
#include "overlaytile.h"

G_BEGIN_DECLS

/* Where drawings go. */
typedef struct
{
  OverlayPixels pixels;
  GstVideoOverlayComposition *composition;
  gint x, y;                    /* of what is visible in the frame */
  gint width, height;
} OverlayTarget;

typedef struct
{
  const OverlayTarget *target;
  OverlayTile tile;
  OverlayTile clip;             /* inside tile: where is drawn now */
  guint32 *pixels;              /* row by row, in the target's form */
} OverlayCanvas;

/* Begins with all transparent; FALSE when there is no memory for it. */
gboolean overlay_canvas_begin (OverlayCanvas * self,
    const OverlayTarget * target, const OverlayTile * tile);

/* Sets the area from @left, @top to before @right, @bottom, in pixels of what
 * is visible; as much of it as is in the clip. */
void overlay_canvas_fill (OverlayCanvas * self, gint left, gint top,
    gint right, gint bottom, guint32 pixel);

/* Likewise, but leaves pixels alone on which something is. */
void overlay_canvas_fill_free (OverlayCanvas * self, gint left, gint top,
    gint right, gint bottom, guint32 pixel);

/* The pixel at @x, @y of what is visible, which is in the tile. */
guint32 *overlay_canvas_get_pixel (OverlayCanvas * self, gint x, gint y);

/* Adds it to the target's composition. */
void overlay_canvas_end (OverlayCanvas * self);

G_END_DECLS
