/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Pixels of our own, in memory that is used again; the frame needs no buffer to
 * point into them.
 */
#pragma once

#include <gst/video/video.h>
#include "base/blockpool.h"

/* All 0: none are held. */
typedef struct
{
  KocrBlock block;
  GstVideoFrame frame;
} KocrPixels;

/* Holds undefined pixels of this shape. FALSE: KOCR_ERROR_PICTURE. */
gboolean kocr_pixels_hold (KocrPixels *self, KocrBlockPool *pool,
    GstVideoFormat format, gint width, gint height,
    const GstVideoColorimetry *colorimetry, GError **error);
void kocr_pixels_clear (KocrPixels *self, KocrBlockPool *pool);

/* Copies pixels of one format and size from any stride to any other. */
void kocr_pixels_copy (const GstVideoFrame *out, const GstVideoFrame *in);
