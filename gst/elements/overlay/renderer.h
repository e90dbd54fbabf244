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

#include "overlay/composition.h"

G_BEGIN_DECLS

typedef struct _KocrOverlayRenderer KocrOverlayRenderer;

KocrOverlayRenderer *kocr_overlay_renderer_new (void);
void kocr_overlay_renderer_free (KocrOverlayRenderer * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrOverlayRenderer, kocr_overlay_renderer_free)

/* Copies @style. */
void kocr_overlay_renderer_set_style (KocrOverlayRenderer * self,
    const KocrOverlayStyle * style);

/* The frames to come. @blended: what is drawn will be blended into them as
 * they are, else it goes along with them. Loads the font, which takes some
 * 25 ms the first time. */
void kocr_overlay_renderer_set_frame (KocrOverlayRenderer * self,
    const GstVideoInfo * info, gboolean blended);

/* A drawing of all results on @buffer; NULL when there is nothing to draw.
 * (transfer full) */
GstVideoOverlayComposition *kocr_overlay_renderer_render (
    KocrOverlayRenderer *self, GstBuffer *buffer);

/* Forgets the drawing and lets go of its results. */
void kocr_overlay_renderer_reset (KocrOverlayRenderer * self);

G_END_DECLS
