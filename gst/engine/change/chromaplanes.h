/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Chroma planes: the colour of a part of a frame, as two planes of a quarter of
 * its width and height, 8 bits a pixel, for who compares pictures.
 *
 * That is half of what 4:2:0 has, and of every other of its rows: more would
 * cost too much to read beside luma, and in letters that are small enough to
 * hide there, colour alone cannot be read.  4:2:0 of 8 and more bits, packed
 * 4:2:2 and pixels of four bytes are read by Orc; everything else goes through
 * GStreamer's own unpacking.  The differences of colour of RGB are BT.601's,
 * whatever the frame says.
 */
#pragma once

#include "change/lumaplane.h"

/* Frame pixels to one of a plane, on each side. */
#define KOCR_CHROMA_REDUCTION 4
/* The level that grey has, and a gain leaves. */
#define KOCR_CHROMA_MIDDLE 128

typedef struct
{
  KocrLumaPlane planes[2];      /* no data: the frame has no colour */
} KocrChromaPlanes;

/* Where they can be kept; all 0 at first. */
typedef struct
{
  KocrLumaStore planes[2];
  KocrLumaStore rows;
} KocrChromaStore;

void kocr_chroma_store_clear (KocrChromaStore * self);

/* The colour of @area (x, y, width, height, inside the stored rows and columns
 * of @frame) in @store.  FALSE: no memory. */
gboolean kocr_chroma_planes_of_frame (KocrChromaPlanes * self,
    const GstVideoFrame * frame, const gint area[4], KocrChromaStore * store);
/* Whether no pixel of what would come of that differs from @self by more than
 * @most levels, without making it. */
gboolean kocr_chroma_planes_are_near (const KocrChromaPlanes * self,
    const GstVideoFrame * frame, const gint area[4], KocrChromaStore * store,
    guint most);
