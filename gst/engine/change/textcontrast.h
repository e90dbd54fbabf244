/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text contrast: how far ink stands from its ground in a part of a plane.
 * Pure.
 *
 * The distance of the 2nd from the 98th percentile of some pixels that lie
 * evenly in it: ink covers 15 to 25 % of a line's box, and less where that is
 * wide.  Noise adds four times its standard deviation.
 */
#pragma once

#include "change/lumaplane.h"

/* A part of a picture, in pixels of the plane that it is looked for in. */
typedef struct
{
  gint x, y, width, height;
} KocrPlaneArea;

/* In levels; 0 where @area lies outside @plane. */
guint kocr_text_contrast (const KocrLumaPlane * plane,
    const KocrPlaneArea * area);
