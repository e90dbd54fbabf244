/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * PNG writer: a frame in a direct format to a PNG, RGB or gray.
 *
 * Level 1 with the "up" filter, and matches of runs only: on video that is 4 to
 * 12 % smaller and up to 13 % faster than level 1's own search for matches
 * (1080p, clean and with grain).  One thread at a time.
 */
#pragma once

#include <gst/video/video.h>
#include "picture/multipart.h"

/* Appends @frame as a PNG to @body.  FALSE: either @body is full, which its
 * state tells, with *@part of the rows written, or @error is set. */
gboolean kocr_png_write (const GstVideoFrame * frame, KocrMultipart * body,
    gdouble * part, GError ** error);
