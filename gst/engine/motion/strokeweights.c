/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/strokeweights.h"

/* Of a level's own difference by that of its slopes: so little that a ground
 * gets darker in vain, and enough where nothing has slopes. */
#define LEVEL_PART 8

struct _KocrStrokeWeights
{
  KocrTextBounds bounds;
  gint width, height;
  gint16 *weights;              /* of its pixels, row by row: four slopes of at
                                 * most 510 each */
  gint64 whole;                 /* of the picture itself; 0: it has no strokes, or
                                 * they are of two */
};

static const guint8 *
row_at (const KocrStrokeWeights *self, const KocrLumaPyramid *picture, gint y)
{
  const KocrLumaLevel *level = &picture->levels[0];

  return level->pixels + (gsize)(self->bounds.top + y) * level->stride
         + self->bounds.left;
}

/* @levels: of the pixels, row by row. */
static void
add_slopes (KocrStrokeWeights *self, const gint16 *levels)
{
  gint16 *weights = self->weights;

  for (gint y = 0; y < self->height; y++) {
    for (gint x = 0; x < self->width; x++, levels++, weights++) {
      if (x + 1 < self->width) {
        gint slope = levels[1] - levels[0];

        weights[0] -= slope;
        weights[1] += slope;
      }
      if (y + 1 < self->height) {
        gint slope = levels[self->width] - levels[0];

        weights[0] -= slope;
        weights[self->width] += slope;
      }
    }
  }
}

static KocrStrokeWeights *
create (const KocrTextBounds *bounds)
{
  KocrStrokeWeights *self = g_new (KocrStrokeWeights, 1);

  self->bounds = *bounds;
  self->width = bounds->right - bounds->left;
  self->height = bounds->bottom - bounds->top;
  self->weights = g_new0 (gint16, (gsize)self->width * self->height);
  self->whole = 0;
  return self;
}

KocrStrokeWeights *
kocr_stroke_weights_new (
    const KocrLumaPyramid *picture, const KocrTextBounds *bounds)
{
  KocrStrokeWeights *self = create (bounds);
  g_autofree gint16 *levels
      = g_new (gint16, (gsize)self->width * self->height);
  gint16 *level = levels;

  for (gint y = 0; y < self->height; y++) {
    const guint8 *p = row_at (self, picture, y);

    for (gint x = 0; x < self->width; x++)
      *level++ = p[x];
  }
  add_slopes (self, levels);
  self->whole = kocr_stroke_weights_sum (self, picture);
  return self;
}

KocrStrokeWeights *
kocr_stroke_weights_new_between (const KocrLumaPyramid *first,
    const KocrLumaPyramid *last, const KocrTextBounds *bounds)
{
  KocrStrokeWeights *self = create (bounds);
  g_autofree gint16 *levels
      = g_new (gint16, (gsize)self->width * self->height);
  gint16 *level = levels, *weight = self->weights;

  for (gint y = 0; y < self->height; y++) {
    const guint8 *p = row_at (self, first, y), *q = row_at (self, last, y);

    for (gint x = 0; x < self->width; x++, level++, weight++) {
      *level = q[x] - p[x];
      *weight = *level / LEVEL_PART;
    }
  }
  add_slopes (self, levels);
  return self;
}

void
kocr_stroke_weights_free (KocrStrokeWeights *self)
{
  g_free (self->weights);
  g_free (self);
}

gint64
kocr_stroke_weights_sum (
    const KocrStrokeWeights *self, const KocrLumaPyramid *picture)
{
  const gint16 *weights = self->weights;
  gint64 sum = 0;

  for (gint y = 0; y < self->height; y++, weights += self->width) {
    const guint8 *p = row_at (self, picture, y);
    gint row = 0;

    for (gint x = 0; x < self->width; x++)
      row += weights[x] * p[x];
    sum += row;
  }
  return sum;
}

gdouble
kocr_stroke_weights_get_strength (
    const KocrStrokeWeights *self, const KocrLumaPyramid *picture)
{
  return self->whole > 0 ? (gdouble)kocr_stroke_weights_sum (self, picture)
                               / self->whole
                         : 1.0;
}

gdouble
kocr_stroke_weights_compare (
    const KocrStrokeWeights *self, const KocrStrokeWeights *other)
{
  return self->whole > 0 ? (gdouble)other->whole / self->whole : 1.0;
}
