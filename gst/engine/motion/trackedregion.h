/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Tracked region: one quad and its points, from picture to picture.
 */
#pragma once

#include "motion/lkpoint.h"

typedef struct
{
  KocrPoint quad[4];            /* where it was found; pixels of first levels */
  guint max_points;

  KocrLumaPyramid *key;         /* the picture that the points are of */
  KocrSimilarity to_key;        /* from where it was found to there */
  KocrSimilarity since;         /* from there to the last picture */
  KocrLkPoint *points;
  guint n_points;

  KocrSimilarity before;        /* since, of the picture before */
  guint frames;                 /* between that and the last picture; 0: no
                                 * velocity is known */
  guint age;                    /* frames since the key */
  guint missing;                /* frames since it was last found */
  gdouble error;                /* of the last guess, in pixels */
} KocrTrackedRegion;

/* FALSE: there are too few corners to follow it by, as with @max_points 0.
 * @age: how old to take its points for, that not all regions are renewed at
 * once. */
gboolean kocr_tracked_region_init (KocrTrackedRegion * self,
    KocrLumaPyramid * picture, const KocrPoint quad[4], guint max_points,
    guint age);
void kocr_tracked_region_clear (KocrTrackedRegion * self);

typedef enum
{
  KOCR_FOUND,
  KOCR_MISSING,                 /* it may come back */
  KOCR_GONE
} KocrFollowed;

/* @frames: since the picture before. */
KocrFollowed kocr_tracked_region_follow (KocrTrackedRegion * self,
    KocrLumaPyramid * picture, guint frames);
/* From where it was found to the last picture. */
KocrSimilarity kocr_tracked_region_get_motion (const KocrTrackedRegion *self);
