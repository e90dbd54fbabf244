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

G_BEGIN_DECLS

typedef struct
{
  gint x, y, width, height;     /* what is taken, in stored rows and columns */
  gint sent_width, sent_height;
  gdouble scale_x, scale_y;     /* frame pixels a sent pixel */
  gdouble offset_x, offset_y;   /* frame position of the sent corner */
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
/* Chooses the size that is sent: square pixels, the longest side at most
 * @longest, and no longer than the longest side of what is taken.  So where
 * pixels are not square the longer side keeps its length, or is shrunk if it
 * is the shorter one as displayed, and the other follows from the displayed
 * aspect ratio: 720x480 at 8:9 becomes 720x540, 1440x1080 at 4:3 1440x810. */
void kocr_picture_geometry_fit (KocrPictureGeometry * self,
    const KocrFrameShape * frame, guint longest);

G_END_DECLS
