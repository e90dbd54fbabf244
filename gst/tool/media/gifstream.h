/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A GIF as a video: what libav's demuxer and decoder of GIFs lack in GStreamer,
 * an end and times.
 */
#pragma once

#include <gst/gst.h>

/* For whatever a decodebin in @pipeline takes for a GIF. It does not seek. */
void gif_stream_mend (GstElement * pipeline);
