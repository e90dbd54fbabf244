/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Draws what is recognised in a frame: the outline of each region, and for each
 * line of text a label on a dark plate. Knows no pads; one thread at a time may
 * use it.
 *
 * A drawing is kept until something that it shows changes, so frames that
 * carry the same result get the same composition for the price of comparing
 * their boxes. It consists of rectangles about as large as what is drawn, and
 * of none where nothing is.
 */
#pragma once

#include "overlaydrawing.h"

G_BEGIN_DECLS

typedef struct _OverlayRenderer OverlayRenderer;

OverlayRenderer *overlay_renderer_new (void);
void overlay_renderer_free (OverlayRenderer * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OverlayRenderer, overlay_renderer_free)

/* Copies @style. */
void overlay_renderer_set_style (OverlayRenderer * self,
    const OverlayStyle * style);

/* The frames to come. @blended: what is drawn will be blended into them as
 * they are, else it goes along with them. Loads the font, which takes some
 * 25 ms the first time. */
void overlay_renderer_set_frame (OverlayRenderer * self,
    const GstVideoInfo * info, gboolean blended);

/* A drawing of all results on @buffer; NULL when there is nothing to draw.
 * (transfer full) */
GstVideoOverlayComposition *overlay_renderer_render (OverlayRenderer * self,
    GstBuffer * buffer);

/* Forgets the drawing and lets go of its results. */
void overlay_renderer_reset (OverlayRenderer * self);

G_END_DECLS
