/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Edges: what stands at the edge of a picture, and room in front of it.
 *
 * Who reads text takes strokes that end at the edge of a picture for cut off,
 * and leaves them out.  A few pixels of the edge's own colour are enough: not
 * those of the nearest pixel, which would lengthen a stroke to the new edge.
 */
#pragma once

#include <gst/video/video.h>
#include "picture/geometry.h"

/* Those of @edges along which @frame is not of one brightness. */
KocrEdges kocr_edges_find_touched (const GstVideoFrame *frame, KocrEdges edges);
/* Fills what of @sheet, of a direct format, lies around the picture at @x, @y
 * with the colour that is most usual along the edge next to it. */
void kocr_edges_pad (
    GstVideoFrame *sheet, gint x, gint y, gint width, gint height);
