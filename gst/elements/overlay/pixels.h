/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The form in which pixels of a drawing are kept: AYUV, in the video's own
 * matrix and range, for what is blended into YUV, so that the conversion is
 * done once a drawing and not once a frame; premultiplied ARGB for RGB, and for
 * whoever draws the composition downstream. Pure.
 */
#pragma once

#include <gst/video/video.h>

typedef struct
{
  gboolean yuv;
  gint matrix[3][4];            /* RGB and one to Y, U, V, times 2^16 */
} KocrOverlayPixels;

/* For what is blended into frames of @info; without it, for what is handed on
 * as a composition. */
void kocr_overlay_pixels_init (
    KocrOverlayPixels *self, const GstVideoInfo *info);

/* A color, ARGB and not premultiplied, as it stands in memory. */
guint32 kocr_overlay_pixels_from_color (
    const KocrOverlayPixels *self, guint32 color);

/* A pixel in memory at @coverage (0 to 255) of its opacity. */
guint32 kocr_overlay_pixels_fade (const KocrOverlayPixels * self, guint32 pixel,
    guint coverage);

/* Fills @ramp with @n pixels that lead from one color to another. */
void kocr_overlay_pixels_make_ramp (const KocrOverlayPixels *self, guint32 from,
    guint32 to, guint32 *ramp, guint n);

/* Whether rectangles of this form are premultiplied, and their format. */
GstVideoOverlayFormatFlags kocr_overlay_pixels_get_flags (
    const KocrOverlayPixels *self);
GstVideoFormat kocr_overlay_pixels_get_format (const KocrOverlayPixels * self);
