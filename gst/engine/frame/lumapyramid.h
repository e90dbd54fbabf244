/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Luma pyramid: a frame's brightness, reduced to what motion is found in, and
 * that again at half and at a quarter of the size.
 *
 * The first level is a quarter of the frame's width and height, of small frames
 * half or all of it: text must stay readable to the eye for its strokes to be
 * found again.  A plane of 8-bit luma is averaged; of all other formats, where
 * that would cost several times as much, two pixels stand for a block.
 */
#pragma once

#include <gst/video/video.h>
#include "base/blockpool.h"

#define KOCR_LUMA_LEVELS 3

typedef struct
{
  gint width, height, stride;
  guint8 *pixels;
} KocrLumaLevel;

typedef struct _KocrLumaPyramid KocrLumaPyramid;

struct _KocrLumaPyramid
{
  gint width, height;           /* of the frame */
  gint reduction;               /* frame pixels to a pixel of the first level */
  gsize size;                   /* bytes of all levels */
  KocrLumaLevel levels[KOCR_LUMA_LEVELS];

  /*< private > */
  gatomicrefcount references;
  KocrBlockPool *pool;
  KocrBlock block;              /* it is in */
};

/* Whether pictures of @format can be read: all but a few rare layouts. */
gboolean kocr_luma_pyramid_can_read (const GstVideoFormatInfo * format);
/* For frames of @width x @height, refcounted, in memory of @pool; its pixels
 * are undefined.  NULL: no memory. */
KocrLumaPyramid *kocr_luma_pyramid_new (KocrBlockPool * pool, gint width,
    gint height);
/* The same, smaller where frames are small: enough to see that a text came, and
 * so little that a hundred and more can be kept. */
KocrLumaPyramid *kocr_luma_pyramid_new_coarse (KocrBlockPool * pool,
    gint width, gint height);
KocrLumaPyramid *kocr_luma_pyramid_ref (KocrLumaPyramid * self);
void kocr_luma_pyramid_unref (KocrLumaPyramid * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrLumaPyramid, kocr_luma_pyramid_unref)
/* @frame: of a format that can be read, and of the size given before. */
void kocr_luma_pyramid_fill (KocrLumaPyramid * self,
    const GstVideoFrame * frame);
