/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Signs: a generated world with signs, whose true places are known, and what
 * follows them.
 */
#pragma once

#include "motion/motion.h"
#include "movingworld.h"

#define WIDTH 640
#define HEIGHT 360
#define NOISE 3.0

typedef struct
{
  MovingWorld *world;
  guint8 pixels[WIDTH * HEIGHT];
  KocrMotion *motion;
} Signs;

void signs_set_up (Signs *f, WorldGround ground);
void signs_tear_down (Signs *f);
void signs_add (Signs *f);
/* The world before @camera at @frame: frame 0 tells where the signs are. */
void signs_see_pixels (Signs *f, const KocrSimilarity *camera, guint frame);
void signs_see (Signs *f, const KocrSimilarity *camera, guint frame);
gdouble signs_overlap (Signs *f, const KocrSimilarity *camera, guint i);
gboolean signs_is_lost (Signs *f, guint i);
void signs_assert_on_signs (Signs *f, const KocrSimilarity *camera);
