/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The same picture at falling sizes, so that text of every size meets the
 * line finder, which looks for letters of one size only, at that size.
 *
 * One level is the picture itself, borrowed from the caller; each next level
 * is half as wide and high. The line finder searches from `first` on; what
 * is finer serves only the crops that are read. Before a small picture there
 * is a level of twice its size, for text of 4 to 8 pixels.
 */
#pragma once

#include "graypicture.h"

/* 2^15 times smaller than any picture that fits in memory. */
#define PYRAMID_MAX_LEVELS 16

/* Pixels of the picture: whole ones on each level that is searched. */
#define PYRAMID_PART_STEP 64

typedef struct
{
  gint width, height;
  gsize stride;
  const guint8 *pixels;
  guint8 *own_pixels;           /* NULL where they are the caller's */
  gdouble scale;                /* picture pixels in a pixel of this level */
} PyramidLevel;

typedef struct
{
  PyramidLevel levels[PYRAMID_MAX_LEVELS];
  guint first;                  /* the finest level that is searched */
  guint n_levels;
} Pyramid;

/* @picture must outlive the pyramid and be at least 1x1. */
void kocr_pyramid_init (Pyramid * self, const GrayPicture * picture);
/* The same, searched from the first level whose longest side is at most
 * @max_side on, on @levels of them. 0 stands for what kocr_pyramid_init has. */
void kocr_pyramid_init_bounded (Pyramid * self, const GrayPicture * picture,
    gint max_side, guint levels);
/* What lies in a part of @whole, which must outlive it: on each level that is
 * searched the pixels of it. @x and @y are multiples of PYRAMID_PART_STEP. */
void kocr_pyramid_init_part (Pyramid * self, const Pyramid * whole, gint x,
    gint y, gint width, gint height);
void kocr_pyramid_clear (Pyramid * self);

/* The coarsest level that still has a pixel for each @scale picture pixels:
 * what a crop at that scale is sampled from without aliasing. */
const PyramidLevel *kocr_pyramid_level_for_scale (const Pyramid * self,
    gdouble scale);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pyramid, kocr_pyramid_clear)
