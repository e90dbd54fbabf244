/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "strokewidth.h"

#include <math.h>

/* How far a neighbour is, and one across the corner, in thirds of a pixel
 * (Borgefors 1986). */
#define STEP 3
#define CORNER 4

/* Of ink the distance to ground, and of ground 0, with a pixel more around all.
 */
typedef struct
{
  gint stride, height;
  gint *pixels;
} DistanceMap;

/* The least of what a pixel has, and its four neighbours that come before it,
 * or, with -1, after it, have with the way from them. */
static void
spread_pixel (gint *at, gint stride, gint sign)
{
  gint side = at[-sign] + STEP, straight = at[-sign * stride] + STEP;
  gint before = at[-sign * (stride + 1)] + CORNER;
  gint after = at[-sign * (stride - 1)] + CORNER;

  *at = MIN (MIN (*at, MIN (side, straight)), MIN (before, after));
}

static void
distance_map_init (
    DistanceMap *self, const guint8 *ink, gint width, gint height)
{
  gint x, y;

  self->stride = width + 2;
  self->height = height + 2;
  self->pixels = g_new0 (gint, (gsize)self->stride * self->height);
  for (y = 0; y < height; y++)
    for (x = 0; x < width; x++) {
      gint *at = self->pixels + (gsize)(y + 1) * self->stride + x + 1;

      *at = ink[(gsize)y * width + x] ? STEP * (width + height) : 0;
      spread_pixel (at, self->stride, 1);
    }
  for (y = height; y > 0; y--)
    for (x = width; x > 0; x--)
      spread_pixel (
          self->pixels + (gsize)y * self->stride + x, self->stride, -1);
}

/* Is no neighbour farther from the ground? */
static gboolean
is_middle (const gint *at, gint stride)
{
  for (gint dy = -1; dy <= 1; dy++)
    for (gint dx = -1; dx <= 1; dx++)
      if (at[dy * stride + dx] > *at)
        return FALSE;
  return *at > 0;
}

gdouble
kocr_stroke_width_spread (const guint8 *ink, gint width, gint height)
{
  DistanceMap map;
  gdouble sum = 0, squares = 0, mean;
  guint n = 0;
  gint x, y;

  distance_map_init (&map, ink, width, height);
  for (y = 1; y <= height; y++)
    for (x = 1; x <= width; x++) {
      const gint *at = map.pixels + (gsize)y * map.stride + x;

      if (!is_middle (at, map.stride))
        continue;
      sum += *at;
      squares += (gdouble)*at * *at;
      n++;
    }
  g_free (map.pixels);
  if (n == 0)
    return 0;
  mean = sum / n;
  return sqrt (MAX (squares / n - mean * mean, 0)) / mean;
}
