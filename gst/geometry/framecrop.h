/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame crop: which part of a frame is the picture.  One rule for who reads it,
 * who draws on it and who says where its text is.
 */
#pragma once

#include <gst/video/video.h>

/* The crop meta of @buffer; NULL when there is none, or one that no frame can
 * have: without a size, as one is that nobody has filled in, or beyond the
 * numbers of pixels. */
const GstVideoCropMeta *kocr_frame_crop_get (GstBuffer *buffer);

/* What of a mapped frame of @width x @height is the picture: all of it when
 * @crop is NULL. FALSE: @crop is outside of it. */
gboolean kocr_frame_crop_clip (const GstVideoCropMeta *crop, gint width,
    gint height, GstVideoRectangle *picture);
