/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Mask fill: takes text out of the pixels of a frame for good.  No plane, alpha
 * included, keeps anything of what was masked. Pure.
 *
 * Rows are unpacked, changed and packed by GStreamer's own functions for the
 * format, so that every format works that has them both ways, subsampled,
 * packed, tiled and deep ones alike; what is not masked comes out as it was.
 */
#pragma once

#include <gst/video/video.h>

typedef enum
{
  KOCR_MASK_FILL_REDACT, /* black and opaque */
  KOCR_MASK_FILL_BLUR,   /* a mosaic */
  KOCR_MASK_FILL_BLANK   /* as REDACT, and no margin: not of text */
} KocrMaskFill;

/* Whether frames of @info can be masked. */
gboolean kocr_mask_fill_supports (const GstVideoInfo *info);

/* How far a mask goes beyond a text of @height, all around it. */
gdouble kocr_mask_fill_get_margin (gdouble height);

/* Fills all of @frame, mapped to be read and written, with opaque black. */
void kocr_mask_fill_frame (GstVideoFrame *frame);

/* Masks the rectangles at the text's angle around the quads @boxes, 8 numbers
 * each in pixels of the mapped frame, with a margin, since boxes are tight and
 * miss an accent or a descender; corners may lie outside; whole pixels, and
 * whole groups of those that share a sample of colour.
 *
 * A cell of the mosaic is as high as the text with its margin and at least as
 * wide, and has the mean of what it covers. */
void kocr_mask_fill_boxes (GstVideoFrame *frame, KocrMaskFill fill,
    const gdouble *boxes, guint n_boxes);
