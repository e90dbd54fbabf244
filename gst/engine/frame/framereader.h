/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame reader: maps a frame to be read, and tells what memory it is in.
 */
#pragma once

#include <gst/video/video.h>

/* Whether @buffer is such a frame as its caps, @info, say. One that was on its
 * way when a stream was switched may be of the other stream. */
gboolean kocr_frame_is_of_caps (const GstVideoInfo *info, GstBuffer *buffer);

/* Maps @buffer as @info, its caps, says.  FALSE: a KOCR_ERROR_PICTURE that
 * names the converter to insert when the memory cannot be mapped. */
gboolean kocr_frame_map (GstVideoFrame * frame, const GstVideoInfo * info,
    GstBuffer * buffer, GError ** error);

/* Whether all memory of @buffer is plain memory of this process: neither a
 * device's nor anybody else's. */
gboolean kocr_frame_is_in_system_memory (GstBuffer * buffer);
