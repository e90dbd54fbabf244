/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the overlay's renderer draws, as a picture to look at.
 */
#pragma once

#include "overlay/renderer.h"

#define FONT "Noto Sans CJK KR 14"
#define WIDTH 640
#define HEIGHT 360
#define GREEN 0xff00ff00u

#define BOX(x0, y0, x1, y1) {x0, y0, x1, y0, x1, y1, x0, y1}

/* All as by default; only boxes, in green; only labels. */
extern const KocrOverlayStyle drawing_default, drawing_boxes, drawing_text;

/* @text must stay. */
GstKakaoOcrRegion drawing_region_at (const gchar * text, gdouble left,
    gdouble top, gdouble right, gdouble bottom);

/* A buffer that carries a result of @regions. */
GstBuffer *drawing_buffer_new (const GstKakaoOcrRegion * regions,
    guint n_regions, gint width, gint height);

/* For frames of RGB, so that what is drawn is ARGB. */
KocrOverlayRenderer *drawing_renderer_new (
    const KocrOverlayStyle *style, gint width, gint height);

/* (nullable) */
GstVideoOverlayComposition *drawing_render (const KocrOverlayStyle * style,
    const GstKakaoOcrRegion * regions, guint n_regions, gint width,
    gint height);

/* What a composition (nullable) looks like on black, premultiplied ARGB; also
 * checks that nothing of it is outside. */
guint32 *drawing_paint (GstVideoOverlayComposition * composition, gint width,
    gint height);

/* The pixels that have at least so much of each component. */
guint drawing_count_pixels (const guint32 * picture, gint width, gint height,
    guint32 at_least);
