/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Unread: what of a frame was not looked at for text, all of it or parts. Pure.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>
#include <gst/video/video.h>

/* Whether the text of @buffer is known: it has results, and each is of this
 * very frame, or of one that the change gate took for the same, and has all
 * text of it. @reason: (out) (nullable) static: why there may be text that is
 * not known, which may be said of a frame that passed for the same as well. */
gboolean kocr_unread_check (GstBuffer *buffer, const gchar **reason);

/* The parts of @buffer, a frame of @info, that none of its results covers: an
 * array of boxes of 8 numbers each, in pixels of the mapped frame. */
GArray *kocr_unread_gather_parts (GstBuffer *buffer, const GstVideoInfo *info);
