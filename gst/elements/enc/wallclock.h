/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The time of day at which a frame was taken.
 */
#pragma once

#include <gst/gst.h>

/* When the moment pts was, in nanoseconds since 1970-01-01 00:00 UTC: by the
 * GstReferenceTimestampMeta (timestamp/x-unix, timestamp/x-ntp) of frame, which
 * is of another moment of the same stream, else by element's clock, on which
 * pts is running_time; never later than now. element: NULL where frames were
 * not taken as the clock runs, as those of a file. GST_CLOCK_TIME_NONE when
 * neither knows, as during preroll, while no clock runs. */
GstClockTime kocr_wall_clock_time (GstElement * element, GstBuffer * frame,
    GstClockTime pts, GstClockTime running_time);
