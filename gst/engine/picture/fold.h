/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Fold: a strip that is too long to be sent as it is, in rows below each other.
 *
 * A wall of 8192x64 pixels would have to be halved, and its text with it; cut
 * into rows it is sent in one picture and at its size.  Rows overlap, so that a
 * word stands whole in one of them; a text counts in the row in whose own part
 * its middle lies, which ends in the middle of the overlap.  A tall picture is
 * cut into columns.  Pure.
 */
#pragma once

#include "picture/transform.h"

typedef struct
{
  guint n;            /* strips; 0: it is not folded */
  gboolean tall;      /* strips are columns */
  gint length, width; /* of a strip, along the picture and across */
  gint whole;         /* length of the picture */
  gint step;          /* along the picture, from strip to strip */

  KocrTransform to_frame; /* from the picture to the frame */
} KocrFold;

/* For a picture of @width x @height of which no side may be longer than
 * @longest when it is sent. FALSE: it is short enough, or no strip. */
gboolean kocr_fold_init (
    KocrFold *self, gint width, gint height, guint longest);
/* The sheet with all strips, and room around each. */
void kocr_fold_get_size (const KocrFold *self, gint *width, gint *height);
/* Where strip @i begins along the picture. */
gint kocr_fold_get_start (const KocrFold *self, guint i);
/* x, y, width and height of strip @i in the sheet, and of what is around it. */
void kocr_fold_get_strip (
    const KocrFold *self, guint i, gint strip[4], gint around[4]);

/* Whether text at @box (x0,y0 .. x3,y3) of the sheet counts in its strip. */
gboolean kocr_fold_counts (const KocrFold *self, const gdouble box[8]);
/* Maps @box from the sheet to the frame, in place. */
void kocr_fold_open (const KocrFold *self, gdouble box[8]);
