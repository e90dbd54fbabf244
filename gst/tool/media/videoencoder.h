/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which video encoder this machine has.
 */
#pragma once

#include <gst/gst.h>

/* A part of a launch line that takes raw video and gives what matroskamux
 * takes: H.264 by x264, else VP8. NULL with error set when there is neither.
 * live: encode each frame at once, without looking ahead. */
const gchar *video_encoder_describe (gboolean live, GError ** error);
