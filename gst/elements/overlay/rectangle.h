/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which rectangles of the frame a composition is to have, by what they cost to
 * blend. Pure.
 *
 * What blending a rectangle costs was measured (I420 and NV12, GStreamer 1.22):
 * gst_video_blend() unpacks and packs whole rows of the frame, some 0.5 ns for
 * each pixel of them, and spends some 1.8 ns on each pixel of the rectangle
 * that is transparent. So an outline is best kept as four thin strips when it
 * is wide and whole when it is narrow, and words beside one another are best
 * kept together.
 */
#pragma once

#include <gst/video/video.h>

/* What it costs, in nanoseconds, to blend an empty @rectangle on a frame of
 * @frame_width. */
gdouble kocr_overlay_rectangle_get_cost (
    const GstVideoRectangle *rectangle, gint frame_width);

/* The smallest that holds both. */
void kocr_overlay_rectangle_join (
    GstVideoRectangle *self, const GstVideoRectangle *other);

/* Appends to @rectangles (of GstVideoRectangle) the cheapest set of disjoint
 * ones that covers the quad and @margin around it. @hollow: only the margin is
 * drawn, so the inside need not be covered; the margin of an upright quad
 * begins at its edges, rounded to whole pixels. Returns what they cost. */
gdouble kocr_overlay_rectangles_cover (GArray *rectangles,
    const gdouble quad[8], gdouble margin, gboolean hollow, gint frame_width,
    gint frame_height);
