/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Test frames: flat grey, whose level says which frame it is, also after JPEG;
 * and what comes back on them.
 */
#pragma once

#include <gst/video/video.h>
#include <gst/kakaoocr/kakaoocr.h>

#define TEST_FRAME_WIDTH 64
#define TEST_FRAME_HEIGHT 48
#define TEST_FRAME_DURATION (40 * GST_MSECOND)
#define TEST_FRAME_CAPS "video/x-raw,format=I420,width=64,height=48," \
    "framerate=25/1"
/* Ids are counted modulo this. */
#define TEST_FRAME_IDS 54

/* The frame of @info that comes id-th at 25 a second. */
GstBuffer *test_frame_new_full (guint id, const GstVideoInfo * info);
/* The same of TEST_FRAME_CAPS. */
GstBuffer *test_frame_new (guint id);
/* The same, with strokes where the held service has its texts: those of @id. */
GstBuffer *test_frame_new_written (guint id);
/* Which frame has this level of grey in full range. */
guint test_frame_id_of_gray (guint8 gray);

/* Whose result a frame carries; -1: none. Unrefs nothing. */
gint test_frame_get_result_id (GstBuffer * buffer);
