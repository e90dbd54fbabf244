/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "levelsample.h"

#include <math.h>

/* What is enlarged more than this is interpolated by cubics. */
#define MAX_LINEAR 0.8
/* Pixels along each direction that a cubic goes through. */
#define N_KNOTS 4

/* A place along one direction: which pixels it lies between, and their weights, or
 * for a straight line between two how far it is from the first to the second. */
typedef struct
{
  gint at[N_KNOTS];
  gfloat weights[N_KNOTS];
} Place;

/* The weights of four neighbours for a place @f of the way from the second to
 * the third: Catmull and Rom's cubic, which keeps the edges of small letters
 * that a straight line between two pixels would wash out. */
static void
cubic (gfloat f, gfloat weights[N_KNOTS])
{
  weights[0] = ((2 - f) * f - 1) * f / 2;
  weights[1] = ((3 * f - 5) * f * f + 2) / 2;
  weights[2] = ((4 - 3 * f) * f + 1) * f / 2;
  weights[3] = (f - 1) * f * f / 2;
}

/* Of pixels 0 to @n - 1. */
static void
place_cubic (Place *self, gfloat x, gint n)
{
  gint left = x, i;

  cubic (x - left, self->weights);
  for (i = 0; i < N_KNOTS; i++)
    self->at[i] = CLAMP (left + i - 1, 0, n - 1);
}

static void
place_linear (Place *self, gfloat x, gint n)
{
  gint left = x;

  self->weights[0] = x - left;
  self->at[0] = left;
  self->at[1] = MIN (left + 1, n - 1);
}

static gfloat
along_cubic (const Place *self, const guint8 *row)
{
  gfloat sum = 0;
  gint i;

  for (i = 0; i < N_KNOTS; i++)
    sum += self->weights[i] * row[self->at[i]];
  return sum;
}

static gfloat
along_line (const Place *self, const guint8 *row)
{
  gint left = row[self->at[0]];

  return left + (row[self->at[1]] - left) * self->weights[0];
}

static gfloat
sample_cubic (const PyramidLevel *level, gfloat x, gfloat y)
{
  Place across, down;
  gfloat sum = 0;
  gint j;

  place_cubic (&across, x, level->width);
  place_cubic (&down, y, level->height);
  for (j = 0; j < N_KNOTS; j++)
    sum += down.weights[j]
           * along_cubic (&across, level->pixels + down.at[j] * level->stride);
  return CLAMP (sum, 0, 255);
}

static gfloat
sample_linear (const PyramidLevel *level, gfloat x, gfloat y)
{
  Place across, down;
  gfloat upper, lower;

  place_linear (&across, x, level->width);
  place_linear (&down, y, level->height);
  upper = along_line (&across, level->pixels + down.at[0] * level->stride);
  lower = along_line (&across, level->pixels + down.at[1] * level->stride);
  return upper + (lower - upper) * down.weights[0];
}

static void
sample_turned (const PyramidLevel *level, const gdouble m[6], gboolean enlarges,
    guint8 *pixels, gint width, gint height)
{
  gfloat dx = m[0] / level->scale, dy = m[3] / level->scale;
  gint u, v;

  for (v = 0; v < height; v++) {
    guint8 *row = pixels + (gsize)v * width;
    gfloat x0 = (m[0] * 0.5 + m[1] * (v + 0.5) + m[2]) / level->scale - 0.5;
    gfloat y0 = (m[3] * 0.5 + m[4] * (v + 0.5) + m[5]) / level->scale - 0.5;

    for (u = 0; u < width; u++) {
      gfloat x = CLAMP (x0 + dx * u, 0, level->width - 1);
      gfloat y = CLAMP (y0 + dy * u, 0, level->height - 1);

      row[u] = (enlarges ? sample_cubic (level, x, y)
                         : sample_linear (level, x, y))
               + 0.5f;
    }
  }
}

/* Of rows that were interpolated along themselves the last ones. */
typedef struct
{
  const PyramidLevel *level;
  const Place *places;
  gint width;
  gboolean enlarges;
  gfloat *lines;
  gint rows[N_KNOTS]; /* which ones, or -1 */
} RowCache;

static const gfloat *
row_cache_get (RowCache *self, gint y)
{
  gint slot = y % N_KNOTS, u;
  gfloat *line = self->lines + (gsize)slot * self->width;
  const guint8 *row = self->level->pixels + y * self->level->stride;

  if (self->rows[slot] == y)
    return line;
  self->rows[slot] = y;
  if (self->enlarges)
    for (u = 0; u < self->width; u++)
      line[u] = along_cubic (&self->places[u], row);
  else
    for (u = 0; u < self->width; u++)
      line[u] = along_line (&self->places[u], row);
  return line;
}

static void
blend_cubic (RowCache *cache, const Place *down, guint8 *row)
{
  const gfloat *a = row_cache_get (cache, down->at[0]);
  const gfloat *b = row_cache_get (cache, down->at[1]);
  const gfloat *c = row_cache_get (cache, down->at[2]);
  const gfloat *d = row_cache_get (cache, down->at[3]);
  const gfloat *w = down->weights;
  gint u;

  for (u = 0; u < cache->width; u++) {
    gfloat sum = w[0] * a[u] + w[1] * b[u] + w[2] * c[u] + w[3] * d[u];

    row[u] = CLAMP (sum, 0, 255) + 0.5f;
  }
}

static void
blend_linear (RowCache *cache, const Place *down, guint8 *row)
{
  const gfloat *upper = row_cache_get (cache, down->at[0]);
  const gfloat *lower = row_cache_get (cache, down->at[1]);
  gfloat f = down->weights[0];
  gint u;

  for (u = 0; u < cache->width; u++)
    row[u] = upper[u] + (lower[u] - upper[u]) * f + 0.5f;
}

/* The same where rows are rows of the level: each is interpolated once. */
static void
sample_upright (const PyramidLevel *level, const gdouble m[6],
    gboolean enlarges, guint8 *pixels, gint width, gint height)
{
  void (*find_place) (Place *, gfloat, gint)
      = enlarges ? place_cubic : place_linear;
  g_autofree Place *places = g_new (Place, width);
  g_autofree gfloat *lines = g_new (gfloat, (gsize)N_KNOTS * width);
  RowCache cache
      = { level, places, width, enlarges, lines, { -1, -1, -1, -1 } };
  gfloat x0 = (m[0] * 0.5 + m[2]) / level->scale - 0.5;
  gfloat dx = m[0] / level->scale;
  gint u, v;

  for (u = 0; u < width; u++)
    find_place (
        &places[u], CLAMP (x0 + dx * u, 0, level->width - 1), level->width);
  for (v = 0; v < height; v++) {
    gfloat y = (m[4] * (v + 0.5) + m[5]) / level->scale - 0.5;
    Place down;

    find_place (&down, CLAMP (y, 0, level->height - 1), level->height);
    (enlarges ? blend_cubic : blend_linear) (
        &cache, &down, pixels + (gsize)v * width);
  }
}

void
kocr_level_sample (const PyramidLevel *level, const gdouble m[6],
    guint8 *pixels, gint width, gint height)
{
  gboolean enlarges = hypot (m[0], m[3]) < MAX_LINEAR * level->scale;

  if (m[1] == 0 && m[3] == 0)
    sample_upright (level, m, enlarges, pixels, width, height);
  else
    sample_turned (level, m, enlarges, pixels, width, height);
}
