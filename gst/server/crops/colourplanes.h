/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A picture as it is searched and cut out: its luma, and, where that hides
 * coloured strokes, what is lightest and what is darkest of each pixel's red,
 * green and blue. Red on dark green, blue on black and letters of many colours
 * are as light as each other in the first; yellow on white is dark in the second.
 */
#pragma once

#include "linefinder.h"

enum
{
  PLANE_LUMA,
  PLANE_LIGHTEST,
  PLANE_DARKEST,
  N_PLANES
};

/* Pixels of the picture, x1 and y1 not included. */
typedef struct
{
  gint x0, y0, x1, y1;
} ColourPart;

typedef struct
{
  const GrayPicture *picture;
  /* A plane that is not there has no levels. */
  Pyramid pyramids[N_PLANES];
  guint8 *own_pixels[N_PLANES];
  ColourPart parts[N_PLANES];   /* what is searched of it, but of luma */
} ColourPlanes;

/* @picture must outlive it and be at least 1x1. */
void colour_planes_init (ColourPlanes * self, const GrayPicture * picture);
void colour_planes_clear (ColourPlanes * self);

/* As kocr_line_finder_find, on all planes; each line knows its own. Of finds of
 * one line the plane stays in which it stands out most.
 * What stands is looked for in luma. */
GPtrArray *colour_planes_find (const ColourPlanes * self,
    const LineSearch * search);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ColourPlanes, colour_planes_clear)
