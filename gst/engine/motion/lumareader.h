/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Luma reader: the luma pyramids of frames, as long as reading them is cheap.
 *
 * Plain system memory is.  Of all other memory that can be mapped nobody knows:
 * what a device wrote may be uncached, which reads a hundred times as slowly
 * and would stall a live stream.  So the first frames are timed; if even the
 * fastest was slow, the reader gives up until it is set up anew.
 */
#pragma once

#include "frame/lumapyramid.h"

typedef struct
{
  GstVideoInfo info;
  gint width, height;           /* of the frames that are read; 0: none was */
  gboolean usable;              /* frames are read */
  gboolean coarse;              /* of the pictures: the owner may set it after
                                 * setting up */
  guint trials;                 /* of memory that is not known to be fast */
  gint64 fastest;               /* of them, ns */
} KocrLumaReader;

/* For frames of @info. @readable: FALSE when they are not to be mapped. */
void kocr_luma_reader_set_up (KocrLumaReader * self, const GstVideoInfo * info,
    gboolean readable);
/* (transfer full) (nullable): a picture of @pool, NULL when the frame cannot be
 * read, or should not. */
KocrLumaPyramid *kocr_luma_reader_read (KocrLumaReader * self,
    KocrBlockPool * pool, GstBuffer * buffer);
