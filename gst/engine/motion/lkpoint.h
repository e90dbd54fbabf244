/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * LK point: a point of one picture that is found again in another, by its
 * windows on two levels of the pyramid.
 *
 * Lucas and Kanade (1981), from coarse to fine as Bouguet (2000) describes it.
 * Brightness may change by a gain and an offset, which are fitted out of the
 * same sums, so that fades and exposure do no harm and the match of what was
 * found comes for free.  Each window costs about 0.1 us a step.
 */
#pragma once

#include "motion/lkpatch.h"
#include "frame/lumapyramid.h"
#include "motion/similarity.h"

/* Finer ones of the pyramid's: on coarser ones little is left of letters. */
#define KOCR_FLOW_LEVELS 2

typedef struct
{
  gboolean usable;              /* it lies in the picture and has corners */
  gint x, y;                    /* pixel of this level at the window's middle */
  KocrWindow window;
  gdouble luma_luma;            /* sums of products over the window */
  gdouble luma_dx, luma_dy;
  gdouble xx, xy, yy;           /* inverse of the matrix of slopes */
  gint sum_luma, sum_dx, sum_dy;        /* what rounding left of the means */
} KocrFlowLevel;

typedef struct
{
  KocrPoint at;                 /* pixels of the first level */
  KocrFlowLevel levels[KOCR_FLOW_LEVELS];
} KocrLkPoint;

/* The point at pixel @x, @y of the first level. FALSE: there is nothing to hold
 * on to. */
gboolean kocr_lk_point_init (KocrLkPoint * self,
    const KocrLumaPyramid * picture, gint x, gint y);

/* Where the point is in @picture. @at: (inout) a guess, which may be off by
 * about 2 pixels of level @coarsest; then the place. FALSE: it is not there, or
 * looks different. */
gboolean kocr_lk_point_find (const KocrLkPoint * self,
    const KocrLumaPyramid * picture, guint coarsest, KocrPoint * at);
