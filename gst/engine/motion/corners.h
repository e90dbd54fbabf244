/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Corners: the pixels of a part of a picture that can be told from their
 * neighbours in every direction, one in each cell of a grid.
 */
#pragma once

#include "frame/lumapyramid.h"
#include "motion/similarity.h"

typedef struct
{
  gint x, y;
} KocrCorner;

/* The strongest corners inside of @quad, as Shi and Tomasi (1994) measure them,
 * spread over it. @corners: (array length=max) (out). Returns how many. */
guint kocr_corners_pick (const KocrLumaLevel * plane, const KocrPoint quad[4],
    guint max, KocrCorner * corners);
