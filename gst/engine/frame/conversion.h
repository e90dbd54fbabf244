/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Conversion: pixels in another format or size, by a GstVideoConverter that is
 * kept as long as frames of the same shape come.
 */
#pragma once

#include "frame/pixels.h"

/* All 0 at first. */
typedef struct
{
  GstVideoConverter *converter;
  GstVideoInfo in, out;
  KocrPixels straight; /* what cannot be converted where it lies */
} KocrConversion;

/* Fills @out, whose format and size are what is wanted, from @in. FALSE:
 * KOCR_ERROR_PICTURE. */
gboolean kocr_conversion_run (KocrConversion *self, KocrBlockPool *pool,
    const GstVideoFrame *in, GstVideoFrame *out, GError **error);
void kocr_conversion_clear (KocrConversion *self, KocrBlockPool *pool);
