/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/textbounds.h"

#include <math.h>
#include <stdlib.h>
#include "geometry/polygon.h"

/* Boxes of fewer pixels tell nothing of a letter. */
#define LEAST_SIDE 4
/* By how many levels a ground that stands differs, in the mean. */
#define GROUND_STANDS 3

KocrTextBounds
kocr_text_bounds_find (const KocrLumaPyramid *picture, const gdouble box[8])
{
  const KocrLumaLevel *level = &picture->levels[0];
  gdouble left, top, right, bottom;

  kocr_polygon_get_bounds (box, 4, &left, &top, &right, &bottom);
  return (KocrTextBounds){ CLAMP (floor (left / picture->reduction), 0,
                               level->width),
    CLAMP (floor (top / picture->reduction), 0, level->height),
    CLAMP (ceil (right / picture->reduction), 0, level->width),
    CLAMP (ceil (bottom / picture->reduction), 0, level->height) };
}

gboolean
kocr_text_bounds_are_enough (const KocrTextBounds *self)
{
  return self->bottom - self->top >= LEAST_SIDE
         && self->right - self->left >= LEAST_SIDE;
}

/* Of the slopes, from each pixel of a box to its neighbours, in two pictures.
 */
typedef struct
{
  gint64 aa, bb, ab;
} Sums;

static Sums
sum_up (const KocrLumaPyramid *a, const KocrLumaPyramid *b,
    const KocrTextBounds *bounds)
{
  gint stride = a->levels[0].stride;
  Sums sums = {
    0,
  };

  for (gint y = bounds->top; y + 1 < bounds->bottom; y++) {
    const guint8 *p = a->levels[0].pixels + (gsize)y * stride;
    const guint8 *q = b->levels[0].pixels + (gsize)y * stride;
    /* For a row, that of a picture of 8K too, 32 bits are enough. */
    gint aa = 0, bb = 0, ab = 0;

    for (gint x = bounds->left; x + 1 < bounds->right; x++) {
      gint ax = p[x + 1] - p[x], ay = p[x + stride] - p[x];
      gint bx = q[x + 1] - q[x], by = q[x + stride] - q[x];

      aa += ax * ax + ay * ay;
      bb += bx * bx + by * by;
      ab += ax * bx + ay * by;
    }
    sums.aa += aa;
    sums.bb += bb;
    sums.ab += ab;
  }
  return sums;
}

/* The mean slope that @squares are of. */
static gdouble
get_slope (const KocrTextBounds *self, gint64 squares)
{
  gint area = (self->right - self->left - 1) * (self->bottom - self->top - 1);

  return sqrt ((gdouble)squares / MAX (1, area));
}

gboolean
kocr_text_bounds_have_strokes (
    const KocrTextBounds *self, const KocrLumaPyramid *picture)
{
  return get_slope (self, sum_up (picture, picture, self).aa)
         >= KOCR_TEXT_LEAST_SLOPE;
}

gdouble
kocr_text_bounds_compare (const KocrTextBounds *self, const KocrLumaPyramid *a,
    const KocrLumaPyramid *b, gdouble *slope)
{
  const Sums sums = sum_up (a, b, self);

  *slope = get_slope (self, sums.aa);
  if (sums.aa == 0 || sums.bb == 0)
    return sums.aa == sums.bb ? 1.0 : 0.0;
  return sums.ab / sqrt ((gdouble)sums.aa * sums.bb);
}

guint
kocr_text_bounds_count_cells (const KocrTextBounds *self)
{
  gint width = self->right - self->left;
  gint height = self->bottom - self->top;

  return CLAMP ((width + height / 2) / height, 1, KOCR_TEXT_MOST_CELLS);
}

KocrTextBounds
kocr_text_bounds_get_cell (const KocrTextBounds *self, guint i)
{
  gint n = kocr_text_bounds_count_cells (self), k = i;
  gint width = self->right - self->left;

  return (KocrTextBounds){ self->left + width * k / n, self->top,
    self->left + width * (k + 1) / n, self->bottom };
}

/* The sum of differences in rows of a box, as many as there are. */
static guint
differ (const KocrLumaPyramid *a, const KocrLumaPyramid *b,
    const KocrTextBounds *bounds, gint top, gint bottom, guint *n)
{
  gint stride = a->levels[0].stride;
  guint sum = 0;

  for (gint y = MAX (top, 0); y < MIN (bottom, a->levels[0].height); y++) {
    for (gint x = bounds->left; x < bounds->right; x++, (*n)++)
      sum += abs (a->levels[0].pixels[(gsize)y * stride + x]
                  - b->levels[0].pixels[(gsize)y * stride + x]);
  }
  return sum;
}

gboolean
kocr_text_bounds_ground_stands (const KocrTextBounds *self,
    const KocrLumaPyramid *a, const KocrLumaPyramid *b)
{
  gint reach = (self->bottom - self->top) / 2;
  guint n = 0;
  guint sum = differ (a, b, self, self->top - reach, self->top, &n)
              + differ (a, b, self, self->bottom, self->bottom + reach, &n);

  return sum <= n * GROUND_STANDS;
}
