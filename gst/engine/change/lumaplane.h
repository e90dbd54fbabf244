/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Luma plane: the luma of a part of a frame, 8 bits a pixel, for who compares
 * pictures.
 *
 * Where a frame has such a plane it is looked at where it lies.  Of two bytes a
 * pixel (packed 4:2:2, 10 to 16 bits) and of four (RGB, AYUV) luma is made by
 * one Orc pass; everything else goes through GStreamer's own unpacking, a row
 * at a time.  Luma of RGB is BT.601's, whatever the frame says: it only has to
 * be the same for both pictures.
 */
#pragma once

#include <gst/video/video.h>

/* Rows begin at multiples of 4, as Orc wants them. */
typedef struct
{
  const guint8 *data;
  gint stride, width, height;
} KocrLumaPlane;

/* Where a plane can be kept; all 0 at first. It grows as it has to. */
typedef struct
{
  guint8 *data;
  gsize size;
} KocrLumaStore;

void kocr_luma_store_clear (KocrLumaStore * self);

/* A plane in @store, its pixels still to be written.  FALSE: no memory. */
gboolean kocr_luma_plane_in_store (KocrLumaPlane * self, gint width,
    gint height, KocrLumaStore * store);
/* The luma of @area (x, y, width, height, inside the stored rows and columns of
 * @frame): in the frame, if it can be read there, else in @store.  FALSE: no
 * memory. */
gboolean kocr_luma_plane_of_frame (KocrLumaPlane * self,
    const GstVideoFrame * frame, const gint area[4], KocrLumaStore * store);
/* @from in @store.  FALSE: no memory. */
gboolean kocr_luma_plane_copy (KocrLumaPlane * self,
    const KocrLumaPlane * from, KocrLumaStore * store);
/* @from at half its size, each pixel the mean of four. FALSE: no memory. */
gboolean kocr_luma_plane_halve (KocrLumaPlane * self,
    const KocrLumaPlane * from, KocrLumaStore * store);
