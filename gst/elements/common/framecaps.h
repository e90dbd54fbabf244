/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which frames can be sampled, by their caps, and held, by their memory.
 */
#pragma once

#include <gst/video/video.h>

/* Fills @info for frames whose pixels may be mapped. FALSE for others, with
 * @reason: (out) (nullable) what the user should do, NULL when such frames are
 * passed unsampled by design (fields that alternate). */
gboolean kocr_frame_caps_to_video_info (
    const GstCaps *caps, GstVideoInfo *info, const gchar **reason);

/* Whether a copy in system memory is still what the caps say. */
gboolean kocr_frame_caps_allow_copies (const GstCaps * caps);

/* Whether holding @buffer keeps nobody waiting for it: plain memory that is
 * bound neither to a pool of so many buffers nor to another buffer. */
gboolean kocr_frame_may_be_held (GstBuffer * buffer);
