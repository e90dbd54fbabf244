/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Transform: from the pixels of one picture to those of another that it was
 * made of: axes that may be swapped, then scale and offset.  Quarter turns and
 * mirrors are such; no other turn is.  Pure.
 */
#pragma once

#include <glib.h>

typedef struct
{
  gboolean swapped;             /* x goes along y, and y along x; scale and
                                 * offset are of the axes it leads to */
  gdouble scale_x, scale_y;     /* negative: mirrored */
  gdouble offset_x, offset_y;
} KocrTransform;

/* Maps @box (x0,y0 .. x3,y3), in place.  Where the picture is mirrored the
 * text's left is on the right: corners are told as of text that is not, so that
 * they run clockwise. */
void kocr_transform_apply (const KocrTransform * self, gdouble box[8]);
/* @inner first, then @outer. */
KocrTransform kocr_transform_compose (const KocrTransform * outer,
    const KocrTransform * inner);
