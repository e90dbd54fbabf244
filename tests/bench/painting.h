/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Painting: a picture that costs an encoder what one from a camera does.
 */
#pragma once

#include <gst/video/video.h>

/* A mapped frame of its own buffer. */
    GstVideoFrame painting_frame_new (GstVideoFormat format, gint width,
    gint height, const gchar * colorimetry);

/* Paints a frame in planar YUV: smooth noise over octaves, letters' hard edges
 * here and there, film grain. */
void painting_paint (GstVideoFrame * frame);

/* A painted I420 picture as memory that frames can share; @info: (out) at 30
 * frames a second. */
GstMemory *painting_memory_new (gint width, gint height, GstVideoInfo * info);

/* To another format or size, scaled as the picture encoder does it. */
void painting_convert (const GstVideoFrame * in, GstVideoFrame * out);
