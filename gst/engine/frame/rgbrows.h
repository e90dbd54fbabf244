/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * RGB rows: rows of a direct YUV frame as full-range RGB, for a format that
 * holds nothing else.
 *
 * Chroma keeps all the resolution it has.  Plain C with 16 bits of fraction:
 * PNG's compression costs about ten times as much, and the converter's fast
 * paths are 4 levels off the truth.
 */
#pragma once

#include <gst/video/video.h>

typedef struct
{
  gint offset;                  /* of luma */
  gint y, r_v, g_u, g_v, b_u;   /* 16 bits of fraction */
} KocrRgbRows;

/* @info has a matrix and a range that are known. */
void kocr_rgb_rows_init (KocrRgbRows * self, const GstVideoInfo * info);
/* Row @y of @frame into @out, three bytes a pixel. */
void kocr_rgb_rows_fetch (const KocrRgbRows * self, guint8 * out,
    const GstVideoFrame * frame, gint y);
