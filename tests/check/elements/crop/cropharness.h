/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A `kakaoocrcrop` between the pads of a GstHarness, fed with frames that carry
 * results made by hand.
 */
#pragma once

#include <gst/check/gstharness.h>
#include <gst/kakaoocr/kakaoocr.h>
#include <gst/video/video.h>

#define WIDTH 160
#define HEIGHT 120
#define FRAME_DURATION (40 * GST_MSECOND)
#define CAPS(format) "video/x-raw,format=" format \
    ",width=160,height=120,framerate=25/1"
#define BOX(left, top, right, bottom) \
  {left, top, right, top, right, bottom, left, bottom}

/* @caps: of the frames that go in. The first sight of each text comes out at
 * once, with nothing around it. */
GstHarness *setup_crop (const gchar * caps);
GstVideoInfo info_of_pad (GstPad * pad);

/* Black with a light box from 40,30 to 100,50. */
GstBuffer *create_frame (GstHarness * h, guint number);
/* That box. */
GstKakaoOcrRegion create_region (const gchar * text, guint64 track);
/* Puts a result of its own, of the regions, on @frame, and returns it. */
GstBuffer *add_result (GstBuffer * frame, const GstKakaoOcrRegion * regions,
    guint n_regions);
/* A frame with a result of its own of the regions. */
GstBuffer *create_read_frame (GstHarness * h, guint number,
    const GstKakaoOcrRegion * regions, guint n_regions);

/* Pushes @frame: the texts of the pictures that come of it, blanks between.
 * (transfer full) */
gchar *push_and_read (GstHarness * h, GstBuffer * frame);
void assert_texts (GstHarness * h, GstBuffer * frame, const gchar * expected);
/* Pushes a frame with @region and expects one picture: the light box, which
 * begins after so many @dark columns and rows and fills the rest but as many. */
void assert_picture (GstHarness * h, const GstKakaoOcrRegion * region,
    gint width, gint height, gint dark);
