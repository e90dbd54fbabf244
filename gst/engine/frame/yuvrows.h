/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * YUV rows: two rows of a frame at a time as planar 4:2:0, whatever direct YUV
 * format they are stored in.  Chroma that is finer is averaged.
 */
#pragma once

#include <gst/video/video.h>

typedef struct
{
  const guint8 *y[2], *u, *v;   /* in the frame or in scratch */
} KocrYuvRows;

/* Where rows land that the frame does not have as such, each aligned to 4. */
typedef struct
{
  guint8 *y[2];                 /* of the width rounded up to 2 */
  guint8 *u, *v;                /* of half of that */
  guint8 *raw[2];               /* of twice that */
} KocrYuvScratch;

/* Row @y of the component's samples. */
const guint8 *kocr_component_row (const GstVideoFrame * frame,
    guint component, gint y);
/* Row @y of the plane that holds the component, from its first byte. */
const guint8 *kocr_plane_row (const GstVideoFrame * frame, guint component,
    gint y);
/* Rows 2 @pair and the next, which past the last row is the last again. */
void kocr_yuv_rows_fetch (KocrYuvRows * rows, const GstVideoFrame * frame,
    gint pair, const KocrYuvScratch * scratch);
