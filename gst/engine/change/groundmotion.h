/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Ground motion: where the parts of a picture were in the one before it, as far
 * as a camera's pan or zoom takes them between two samples.  Pure.
 *
 * Nine blocks of a small picture are looked for all around: samples lie a
 * second apart, which is too far for a gradient to lead there.
 */
#pragma once

#include "change/textcontrast.h"

#define KOCR_GROUND_BLOCKS 9

typedef struct
{
  gboolean known; /* the rest is not, otherwise */
  gboolean lost;  /* it shows what was nowhere near */
  gint x, y;      /* of its middle */
  gint dx, dy;    /* from there to where it was */
} KocrGroundBlock;

typedef struct
{
  KocrGroundBlock blocks[KOCR_GROUND_BLOCKS];
} KocrGroundMotion;

/* @now and @before: of one size; lengths are in their pixels. */
void kocr_ground_motion_find (KocrGroundMotion *self, const KocrLumaPlane *now,
    const KocrLumaPlane *before);
/* The known block that is nearest to a place; NULL: none is. */
const KocrGroundBlock *kocr_ground_motion_near (
    const KocrGroundMotion *self, gint x, gint y);
/* Whether nothing of most of the picture was there: it was cut. */
gboolean kocr_ground_motion_is_cut (const KocrGroundMotion *self);
/* Whether @area of @now is in @before, @dx, @dy away give or take @reach: no
 * more different from it than half as much as from its own mean.  What is flat
 * is not. */
gboolean kocr_ground_is_in (const KocrLumaPlane *now, const KocrPlaneArea *area,
    const KocrLumaPlane *before, gint dx, gint dy, gint reach);
