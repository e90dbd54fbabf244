/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Takes text out of the pixels of a frame, for good: what is masked has in no
 * plane, alpha included, anything left of what was there. Pure.
 *
 * Rows are unpacked, changed and packed by GStreamer's own functions for the
 * format, so that every format works that has them both ways, subsampled,
 * packed, tiled and deep ones alike; what is not masked comes out as it was.
 */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

typedef enum
{
  KOCR_TEXT_MASK_REDACT,             /* black and opaque */
  KOCR_TEXT_MASK_BLUR,               /* a mosaic */
  KOCR_TEXT_MASK_BLANK               /* as REDACT, and no margin: not of text */
} KocrTextMaskKind;

/* Whether frames of @info can be masked. */
gboolean kocr_text_mask_supports (const GstVideoInfo * info);

/* How far a mask goes beyond a text of @height, all around it. */
gdouble kocr_text_mask_get_margin (gdouble height);

/* Makes all of @frame, mapped to be read and written, black and opaque. */
void kocr_text_mask_blank (GstVideoFrame * frame);

/* Masks the rectangles at the text's angle around the quads @boxes, 8 numbers
 * each in pixels of the mapped frame, with a margin, since boxes are tight and
 * miss an accent or a descender; corners may lie outside; whole pixels, and
 * whole groups of those that share a sample of colour.
 *
 * A cell of the mosaic is as high as the text with its margin and at least as
 * wide, and has the mean of what it covers. */
void kocr_text_mask_fill (GstVideoFrame * frame, KocrTextMaskKind kind,
    const gdouble * boxes, guint n_boxes);

G_END_DECLS
