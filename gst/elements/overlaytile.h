/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The rectangles of the frame that a drawing covers. Pure.
 *
 * What blending a rectangle costs was measured (I420 and NV12, GStreamer 1.22):
 * gst_video_blend() unpacks and packs whole rows of the frame, some 0.5 ns for
 * each pixel of them, and spends some 1.8 ns on each pixel of the rectangle
 * that is transparent. So an outline is best kept as four thin strips when it
 * is wide and whole when it is narrow, and words beside one another are best
 * kept together.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint x, y, width, height;
} OverlayTile;

/* What it costs, in nanoseconds, to blend an empty @tile on a frame of
 * @frame_width. */
gdouble overlay_tile_get_cost (const OverlayTile * tile, gint frame_width);

/* The part of the frame that a quad takes with @margin around it; FALSE when
 * there is none. */
gboolean overlay_tile_init (OverlayTile * self, const gdouble quad[8],
    gdouble margin, gint frame_width, gint frame_height);

/* The smallest that holds both. */
void overlay_tile_join (OverlayTile * self, const OverlayTile * other);

typedef enum
{
  OVERLAY_COLUMNS,
  OVERLAY_ROWS
} OverlayLines;

/* How far the quad reaches in the @lines from @from to @to: the columns of it
 * that are in rows, or the rows that are in columns. FALSE when nothing of it
 * is there. */
gboolean overlay_quad_get_span (const gdouble quad[8], OverlayLines lines,
    gdouble from, gdouble to, gdouble * low, gdouble * high);

/* Whether the sides of @quad follow rows and columns, to a pixel or two. */
gboolean overlay_tile_quad_is_upright (const gdouble quad[8]);

/* The box of such a quad, whichever corner comes first: left, top, right and
 * bottom, each the mean of two corners. */
void overlay_tile_get_edges (const gdouble quad[8], gdouble edges[4]);

/* Appends to @tiles (of OverlayTile) disjoint ones that together hold the quad
 * with its margin, whichever way is cheapest. Of a @hollow quad only the margin
 * is drawn, and of an upright one that begins at its edges to whole pixels.
 * Returns what they cost. */
gdouble overlay_tiles_cut (GArray * tiles, const gdouble quad[8],
    gdouble margin, gboolean hollow, gint frame_width, gint frame_height);

G_END_DECLS
