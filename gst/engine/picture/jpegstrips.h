/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * JPEG strips: a frame in a direct format to a baseline JPEG, 4:2:0 or gray.
 *
 * Sixteen lines at a time are split, halved where chroma is finer than 4:2:0,
 * converted to JFIF's colour and padded into buffers that stay in the cache,
 * from where libjpeg-turbo's raw-data API takes them; rows that need none of
 * that are read where they are.  Packed RGB goes through its extended colour
 * spaces.  One thread at a time.
 */
#pragma once

#include <gst/video/video.h>
#include "picture/multipart.h"

typedef struct _KocrJpegStrips KocrJpegStrips;

KocrJpegStrips *kocr_jpeg_strips_new (void);
void kocr_jpeg_strips_free (KocrJpegStrips * self);
/* Appends @frame as a JPEG to @body.  FALSE: either @body is full, which its
 * state tells, with *@part of the rows written, or @error is set. */
gboolean kocr_jpeg_strips_write (KocrJpegStrips * self,
    const GstVideoFrame * frame, guint quality, KocrMultipart * body,
    gdouble * part, GError ** error);
