/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A `kakaoocroverlay` between the pads of a GstHarness, fed with gray frames
 * that carry a result.
 */
#pragma once

#include <gst/check/gstharness.h>
#include <gst/kakaoocr/kakaoocr.h>
#include <gst/video/video.h>

#define GREEN 0xff00ff00u
/* Every byte of a frame that nothing is drawn on. */
#define GRAY 0x60

#define CAPS(format, width, height) "video/x-raw,format=" format \
    ",width=" #width ",height=" #height ",framerate=25/1"
#define BOX(x0, y0, x1, y1) {x0, y0, x1, y0, x1, y1, x0, y1}

/* One region at PTS 0. */
GstKakaoOcrResult *overlay_result_new (gint width, gint height, gdouble left,
    gdouble top, gdouble right, gdouble bottom);

/* Draws in green, two pixels wide, and holds no mask. */
GstHarness *overlay_harness_new (const gchar * caps);
/* Of the frames that go in. */
GstVideoInfo overlay_harness_get_info (GstHarness * h);
/* Pushes @frame and pulls what becomes of it. */
GstBuffer *overlay_harness_pass (GstHarness * h, GstBuffer * frame);

/* A frame for @h at PTS 0, which carries @result (nullable). */
GstBuffer *overlay_frame_new (GstHarness * h, GstKakaoOcrResult * result);
/* Whether a rectangle of @frame shows anything but the gray that it had. */
gboolean overlay_frame_is_drawn_on (const GstVideoInfo * info,
    GstBuffer * frame, gint left, gint top, gint right, gint bottom);
