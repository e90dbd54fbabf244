/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Unread parts: where on a frame nobody has looked for text. Pure.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

/* The parts of @buffer, a frame of @info, that none of its results is of: an
 * array of boxes of 8 numbers each, in pixels of the mapped frame. */
GArray *kocr_unread_parts_gather (GstBuffer *buffer, const GstVideoInfo *info);

G_END_DECLS
