/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Moving world: a large picture with signs on it, and a camera that moves over
 * it, so that it is known where each sign is in each frame.
 */
#pragma once

#include "motion/similarity.h"

#define WORLD_MAX_SIGNS 64

typedef enum
{
  WORLD_FLAT,                   /* one grey */
  WORLD_BLOBS,                  /* soft shapes */
  WORLD_EDGES                   /* hard shapes of many sizes, and grain */
} WorldGround;

typedef struct
{
  gint width, height;
  guint8 *pixels;
  guint n_signs;
  gdouble signs[WORLD_MAX_SIGNS][4];    /* x, y, width, height */
} MovingWorld;

MovingWorld *moving_world_new (gint width, gint height, WorldGround ground,
    guint seed);
void moving_world_free (MovingWorld * self);

/* Puts up a sign with @text, letters @size pixels high on an opaque ground, or
 * (@ground < 0) letters alone with a dark rim, as subtitles are. */
void moving_world_add_sign (MovingWorld * self, gdouble x, gdouble y,
    const gchar * text, gdouble size, gint ground);

/* What a camera sees that @camera brings the world before: 8-bit luma, with
 * noise of @sigma levels that is another in each frame @seed. */
void moving_world_render (const MovingWorld * self,
    const KocrSimilarity * camera, gdouble sigma, guint seed, guint8 * pixels,
    gint width, gint height, gint stride);

/* Corners of sign @i before the camera: 8 numbers. */
void moving_world_get_box (const MovingWorld * self,
    const KocrSimilarity * camera, guint i, gdouble box[8]);

/* Area that two convex quads share, as a part of what they cover together. */
gdouble quad_overlap (const gdouble a[8], const gdouble b[8]);
