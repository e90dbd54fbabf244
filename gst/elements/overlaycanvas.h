/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The pixels of one rectangle of a composition while they are drawn: plain
 * areas directly, since most of a drawing is that, and the rest by cairo.
 */
#pragma once

#include <cairo.h>

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
  guint32 *pixels;              /* row by row, in the target's form */

  GstBuffer *buffer;
  GstMapInfo map;
} OverlayCanvas;

/* Begins with all transparent; FALSE when there is no memory for it. */
gboolean overlay_canvas_begin (OverlayCanvas * self,
    const OverlayTarget * target, const OverlayTile * tile);

/* Sets the area from @left, @top to before @right, @bottom, in pixels of what
 * is visible; as much of it as is here. */
void overlay_canvas_fill (OverlayCanvas * self, gint left, gint top,
    gint right, gint bottom, guint32 pixel);

/* For drawing in pixels of what is visible; everything until
 * overlay_canvas_close_cairo() must be drawn by it. */
cairo_t *overlay_canvas_open_cairo (OverlayCanvas * self);
void overlay_canvas_close_cairo (OverlayCanvas * self, cairo_t * cr);

/* Adds it to the target's composition. */
void overlay_canvas_end (OverlayCanvas * self);

G_END_DECLS
