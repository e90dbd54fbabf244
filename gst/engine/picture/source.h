/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Picture source: the part of a frame that is sent, as pixels a codec can take.
 *
 * Frames stay in their own format as long as that is one the codecs read by
 * rows ("direct"); everything else goes through one GstVideoConverter pass to
 * the nearest direct format, together with its scaling.  Scaling alone is done
 * in the source's own format too, since a change of format or colorimetry with
 * it leaves the converter's fast paths.  Alpha is ignored; interlaced frames
 * are read as they are stored; chroma siting is taken for JFIF's.
 *
 * Buffers and converters are kept for the next frame of the same shape.  One
 * thread at a time.
 */
#pragma once

#include <gst/video/video.h>
#include "base/blockpool.h"
#include "picture/geometry.h"
#include "frame/format.h"

typedef struct _KocrPictureSource KocrPictureSource;

/* Pixels are in memory of @pool, which stays the caller's. */
KocrPictureSource *kocr_picture_source_new (KocrBlockPool * pool);
void kocr_picture_source_free (KocrPictureSource * self);
/* Takes @frame, which stays mapped until kocr_picture_source_release(), and
 * tells its shape.  FALSE: KOCR_ERROR_PICTURE. */
gboolean kocr_picture_source_open (KocrPictureSource * self,
    const GstVideoFrame * frame, KocrFrameShape * shape, GError ** error);
/* Those of @edges that something touches, of what @geometry takes. */
KocrEdges kocr_picture_source_find_touched (KocrPictureSource * self,
    const KocrPictureGeometry * geometry, KocrEdges edges);
/* The pixels of @geometry at the size to send, turned; valid until the next
 * call with another size, or release.  NULL: KOCR_ERROR_PICTURE. */
const GstVideoFrame *kocr_picture_source_fit (KocrPictureSource * self,
    const KocrPictureGeometry * geometry, GstVideoOrientationMethod turn,
    GError ** error);
/* Gives the pixels last fitted away, as a buffer with @info (transfer full);
 * they are not valid here any more.  NULL: KOCR_ERROR_PICTURE. */
GstBuffer *kocr_picture_source_keep (KocrPictureSource * self,
    GstVideoInfo * info, GError ** error);
void kocr_picture_source_release (KocrPictureSource * self);
