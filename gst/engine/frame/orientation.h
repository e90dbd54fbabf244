/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Orientation: pixels as an orientation tag wants them shown.
 */
#pragma once

#include <gst/video/video.h>

/* Where a pixel of what is turned comes from: x and y change places first, then
 * each may be counted from the other end. */
typedef struct
{
  gboolean swap, flip_x, flip_y;
} KocrOrientation;

/* @method: what GstVideoOrientationMethod says is to be done to a picture; none
 * for what is no such thing. */
void kocr_orientation_init (
    KocrOrientation *self, GstVideoOrientationMethod method);
gboolean kocr_orientation_is_none (const KocrOrientation *self);

/* The direct format that pixels of @format, a direct one, can be turned in. */
GstVideoFormat kocr_orientation_format (GstVideoFormat format);
/* Fills @out, of the size that @in has when it is turned; both of such a
 * format. */
void kocr_orientation_pixels (
    const KocrOrientation *self, GstVideoFrame *out, const GstVideoFrame *in);
