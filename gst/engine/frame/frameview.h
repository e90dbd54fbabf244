/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame view: what a viewer would see of a frame, for who compares and who
 * encodes.
 *
 * A crop meta is the picture.  A composition meta is drawn on it, transparent
 * pixels lie over a ground that contrasts with them, HDR has the brightness of
 * SDR, masked parts are flat, and of an interleaved interlaced frame one field
 * is seen.  Only a frame that needs one of these is copied, but for the crop
 * and the field; the buffer itself is never written to.
 */
#pragma once

#include "base/blockpool.h"
#include "frame/pixels.h"
#include "frame/readarea.h"

typedef struct _KocrFrameViewer KocrFrameViewer;

typedef struct
{
  GstVideoFrame frame; /* of the size of the buffer's; where it is a
                        * field its rows are those of "alternate" */
  KocrReadArea area;

  /*< private > */
  GstVideoFrame mapped;
  KocrPixels pixels;
} KocrFrameView;

/* Makes views one at a time. Their pixels are in memory of @pool. */
KocrFrameViewer *kocr_frame_viewer_new (KocrBlockPool *pool);
void kocr_frame_viewer_free (KocrFrameViewer *self);
/* Opens @buffer, whose caps are @info, as @settings say. The view may be
 * closed in another thread. FALSE: KOCR_ERROR_PICTURE. */
gboolean kocr_frame_viewer_open (KocrFrameViewer *self,
    const GstVideoInfo *info, const KocrViewSettings *settings,
    GstBuffer *buffer, KocrFrameView *view, GError **error);
void kocr_frame_view_close (KocrFrameView *view, KocrBlockPool *pool);
