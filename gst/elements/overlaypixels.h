/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Drawings of cairo as rectangles of an overlay composition, with their pixels
 * in the form that is cheapest where they go: AYUV, in the video's own matrix
 * and range, for what is blended into YUV, so that the conversion is done once
 * a drawing and not once a frame; cairo's own premultiplied ARGB for RGB and
 * for whoever draws the composition downstream.
 */
#pragma once

#include <cairo.h>
#include <gst/video/video.h>

#include "overlaytile.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean yuv;
  gint matrix[3][4];            /* RGB and one to Y, U, V; 16 bits of fraction */
} OverlayPixels;

/* For what is blended into frames of @info; without it, for what is handed on
 * as a composition. */
void overlay_pixels_init (OverlayPixels * self, const GstVideoInfo * info);

gboolean overlay_pixels_equal (const OverlayPixels * a,
    const OverlayPixels * b);

typedef struct
{
  OverlayTile tile;
  GstBuffer *buffer;
  GstMapInfo map;
  cairo_t *cr;
} OverlayDrawing;

/* Begins a drawing on what is transparent: cr works in pixels of the frame.
 * FALSE when there is no memory for it. */
gboolean overlay_drawing_begin (OverlayDrawing * self,
    const OverlayTile * tile);

/* Ends it and adds it to @composition, moved by @x and @y. */
void overlay_drawing_end (OverlayDrawing * self, const OverlayPixels * pixels,
    GstVideoOverlayComposition * composition, gint x, gint y);

G_END_DECLS
