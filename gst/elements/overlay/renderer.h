/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Renderer: from a frame's results to a GstVideoOverlayComposition, by a style.
 * Knows no pads; one thread at a time may use it.
 *
 * The composition is kept until something that it shows changes, so frames that
 * carry the same result get the same one for the price of comparing their
 * boxes.
 */
#pragma once

#include "overlay/composition.h"

typedef struct _KocrOverlayRenderer KocrOverlayRenderer;

KocrOverlayRenderer *kocr_overlay_renderer_new (void);
void kocr_overlay_renderer_free (KocrOverlayRenderer * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrOverlayRenderer, kocr_overlay_renderer_free)

/* Copies @style. */
void kocr_overlay_renderer_set_style (KocrOverlayRenderer * self,
    const KocrOverlayStyle * style);

/* Frames from now on are of @info. @blended: the composition will be blended
 * into their pixels here, else downstream draws it. Loads the font, which takes
 * some 25 ms the first time. */
void kocr_overlay_renderer_set_frame (KocrOverlayRenderer * self,
    const GstVideoInfo * info, gboolean blended);

/* Of all results on @buffer; NULL when there is nothing to draw. (transfer
 * full) */
GstVideoOverlayComposition *kocr_overlay_renderer_render (
    KocrOverlayRenderer *self, GstBuffer *buffer);

/* Drops the composition and the results that it is of. */
void kocr_overlay_renderer_reset (KocrOverlayRenderer * self);
