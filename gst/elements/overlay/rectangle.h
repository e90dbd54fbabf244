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
} KocrOverlayRectangle;

/* What it costs, in nanoseconds, to blend an empty @tile on a frame of
 * @frame_width. */
gdouble kocr_overlay_rectangle_get_cost (
    const KocrOverlayRectangle *tile, gint frame_width);

/* The part of the frame that a quad takes with @margin around it; FALSE when
 * there is none. */
gboolean kocr_overlay_rectangle_init (KocrOverlayRectangle *self,
    const gdouble quad[8], gdouble margin, gint frame_width, gint frame_height);

/* The smallest that holds both. */
void kocr_overlay_rectangle_join (
    KocrOverlayRectangle *self, const KocrOverlayRectangle *other);

/* Appends to @tiles (of KocrOverlayRectangle) disjoint ones that together hold
 * the quad with its margin, whichever way is cheapest. Of a @hollow quad only
 * the margin is drawn, and of an upright one that begins at its edges to whole
 * pixels. Returns what they cost. */
gdouble kocr_overlay_rectangles_cut (GArray * tiles, const gdouble quad[8],
    gdouble margin, gboolean hollow, gint frame_width, gint frame_height);

G_END_DECLS
