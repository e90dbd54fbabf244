/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A part of a mapped frame, as a frame that points into it.
 */
#pragma once

#include <gst/video/video.h>

/* Whether a pointer can stand at any pixel of the format, but for subsampled
 * ones: pixels share no words and stand in no tiles. */
gboolean kocr_format_is_divisible (const GstVideoFormatInfo * finfo);

/* The component by whose size the rows of @plane go. */
guint kocr_format_component_of_plane (const GstVideoFormatInfo * finfo,
    guint plane);

/* Moves @frame, of a divisible format, to the pixel @x, @y, a multiple of the
 * subsampling. It stays no longer valid than what it was copied from. */
void kocr_frame_cut (GstVideoFrame * frame, gint x, gint y, gint width,
    gint height);
