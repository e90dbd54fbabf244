/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Alpha ground: transparent pixels over the grey that contrasts with them.
 *
 * What shows in a transparent picture depends on what is behind it, which
 * nobody here knows.  Text whose shape is in alpha alone is there on any ground
 * but its own colour, so the ground is black, grey or white, whichever is
 * farthest from the brightness of what is not transparent; and it stays what it
 * was as long as another is not clearly better, so that it does not flicker.
 */
#pragma once

#include <gst/video/video.h>

/* Whether some pixel of @frame may be transparent. */
gboolean kocr_alpha_ground_is_seen (const GstVideoFrame *frame);

/* The format to put a frame of @format over a ground in: 4 bytes of RGB and
 * alpha. */
GstVideoFormat kocr_alpha_ground_format (GstVideoFormat format);

/* Puts @frame, of such a format, over a ground, after which its alpha is to be
 * ignored. @ground: the one used last, and to be used the next time. */
void kocr_alpha_ground_apply (
    GstVideoFrame *frame, gboolean premultiplied, guint8 *ground);
