/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Picture geometry: which pixels of a frame are taken, how large a picture they
 * become, and the way back.  Pure; nothing here touches a pixel.
 *
 * Positions are those of edges, not of pixel centres: a frame of 1920 pixels
 * spans 0 to 1920, and so a sent position times the scale plus the offset is
 * the frame's position exactly, whatever was rounded when the picture's size
 * became whole numbers.
 */
#pragma once

#include <glib.h>
#include "picture/fold.h"

/* The edges of a picture. */
typedef enum
{
  KOCR_EDGE_LEFT = 1 << 0,
  KOCR_EDGE_TOP = 1 << 1,
  KOCR_EDGE_RIGHT = 1 << 2,
  KOCR_EDGE_BOTTOM = 1 << 3
} KocrEdges;

/* Pixels that are put in front of an edge. */
#define KOCR_EDGE_PAD 16

typedef struct
{
  gint x, y, width, height;     /* what is taken, in stored rows and columns */
  gint sent_width, sent_height; /* what is taken, scaled */
  gint left, top;               /* where that is in what is sent */
  gint sheet_width, sheet_height;       /* what is sent */
  KocrTransform to_frame;       /* of what is taken, scaled */
  KocrFold fold;                /* its n is 0 unless it is folded */
} KocrPictureGeometry;

/* What is said of a frame's rows and columns. */
typedef struct
{
  gint width, height;           /* in frame pixels */
  gint row_step;                /* frame rows a stored row: 2 when a buffer
                                 * holds one field */
  gint align_x, align_y;        /* chroma subsampling, stored rows, columns */
  gint par_n, par_d;            /* of a frame's pixel */
} KocrFrameShape;

/* Clips @region (all 0: everything) to the frame and widens it to whole chroma
 * samples: the way back accounts for it.  FALSE: nothing of it is in the frame.
 */
gboolean kocr_picture_geometry_take (KocrPictureGeometry * self,
    const KocrFrameShape * frame, const gint region[4]);
/* Folds what is taken, at its own size, when it is a strip longer than
 * @longest. FALSE: it is none. */
gboolean kocr_picture_geometry_fold (KocrPictureGeometry * self,
    const KocrFrameShape * frame, guint longest);
/* Chooses the size that is sent: square pixels, the longest side at most
 * @longest, and no longer than the longest side of what is taken.  So where
 * pixels are not square the longer side keeps its length, or is shrunk if it
 * is the shorter one as displayed, and the other follows from the displayed
 * aspect ratio: 720x480 at 8:9 becomes 720x540, 1440x1080 at 4:3 1440x810.
 * @edges are padded, where @longest leaves room for it. */
void kocr_picture_geometry_fit (KocrPictureGeometry * self,
    const KocrFrameShape * frame, guint longest, KocrEdges edges);
