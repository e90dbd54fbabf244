/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/blockmatch.h"

#include <math.h>
#include <string.h>

#include "geometry/polygon.h"

/* Pixels that are compared, evenly spread over the block: with these, a try
 * costs 0.3 us. */
#define MAX_PIXELS 256
/* Pixels around the guess that are tried, on the coarsest level and, around
 * what was found there, on the finer ones. */
#define COARSEST (KOCR_LUMA_LEVELS - 1)
#define REACH 6
#define FINE_REACH 1
/* Small letters are so blurred on the coarsest level that what is behind them
 * may decide: several places are looked at more closely, and what is near on
 * the finest level by itself. */
#define CANDIDATES 4
#define NEAR_REACH 3
/* What is around letters helps to tell one line from the next. */
#define MARGIN 1
#define MIN_PIXELS 12
/* Less is match by chance. */
#define MIN_LIKENESS 0.5

typedef struct
{
  gint left, top;
  gint columns, rows, step;     /* of the pixels that are compared */
  gint pixels[MAX_PIXELS];
  gint sum;
  gdouble variance;             /* times their number */
} Block;

static gboolean
block_init (Block * self, const KocrLumaLevel * plane, const KocrPoint quad[4],
    gdouble scale)
{
  gdouble left, top, right, bottom;
  gint width, height, n, square = 0, i = 0;

  kocr_polygon_get_bounds (&quad->x, 4, &left, &top, &right, &bottom);
  self->left = CLAMP (floor (left / scale) - MARGIN, 0, plane->width);
  self->top = CLAMP (floor (top / scale) - MARGIN, 0, plane->height);
  width = CLAMP (ceil (right / scale) + MARGIN, 0, plane->width - 1)
      - self->left + 1;
  height = CLAMP (ceil (bottom / scale) + MARGIN, 0, plane->height - 1)
      - self->top + 1;
  if (width <= 0 || height <= 0)
    return FALSE;
  for (self->step = 1;; self->step++) {
    self->columns = (width + self->step - 1) / self->step;
    self->rows = (height + self->step - 1) / self->step;
    n = self->columns * self->rows;
    if (n <= MAX_PIXELS)
      break;
  }
  if (n < MIN_PIXELS)
    return FALSE;

  self->sum = 0;
  for (gint y = 0; y < self->rows; y++) {
    const guint8 *row = plane->pixels + (gsize) (self->top + y * self->step)
        * plane->stride + self->left;

    for (gint x = 0; x < self->columns; x++, row += self->step, i++) {
      self->pixels[i] = *row;
      self->sum += *row;
      square += *row * *row;
    }
  }
  self->variance = square - (gdouble) self->sum * self->sum / n;
  return TRUE;
}

/* Correlation with what stands at @left, @top; -1 where it has no contrast or
 * leaves the picture. */
static gdouble
likeness_at (const Block * self, const KocrLumaLevel * plane, gint left,
    gint top)
{
  gint n = self->columns * self->rows;
  gint sum = 0, square = 0, product = 0, i = 0;
  gdouble variance;

  if (left < 0 || top < 0
      || left + (self->columns - 1) * self->step >= plane->width
      || top + (self->rows - 1) * self->step >= plane->height)
    return -1;
  for (gint y = 0; y < self->rows; y++) {
    const guint8 *row = plane->pixels + (gsize) (top + y * self->step)
        * plane->stride + left;

    for (gint x = 0; x < self->columns; x++, row += self->step) {
      sum += *row;
      square += *row * *row;
      product += *row * self->pixels[i++];
    }
  }
  variance = square - (gdouble) sum *sum / n;
  if (variance <= 0 || self->variance <= 0)
    return -1;
  return (product - (gdouble) sum * self->sum / n)
      / sqrt (variance * self->variance);
}

typedef struct
{
  gdouble match;
  KocrPoint shift;              /* pixels of the first level */
} Place;

static gboolean
are_neighbours (const Place * a, const Place * b, gdouble scale)
{
  return hypot (a->shift.x - b->shift.x, a->shift.y - b->shift.y) < 2 * scale;
}

/* Puts @place among @places, best first, in the place of a worse one next to
 * it or of the last one, unless a better one is next to it. */
static void
rank (Place places[CANDIDATES], const Place * place, gdouble scale)
{
  guint i = 0, j;

  while (i < CANDIDATES && places[i].match >= place->match) {
    if (are_neighbours (&places[i++], place, scale))
      return;
  }
  if (i == CANDIDATES)
    return;
  for (j = i; j < CANDIDATES - 1; j++) {
    if (are_neighbours (&places[j], place, scale))
      break;
  }
  memmove (&places[i + 1], &places[i], (j - i) * sizeof *places);
  places[i] = *place;
}

/* Tries all places around @guess. */
static void
match_level (const Block * block, const KocrLumaLevel * plane, gint reach,
    gdouble scale, const KocrPoint * guess, Place places[CANDIDATES])
{
  gint x0 = floor (guess->x / scale + 0.5);
  gint y0 = floor (guess->y / scale + 0.5);

  for (gint i = 0; i < CANDIDATES; i++)
    places[i] = (Place) {
    MIN_LIKENESS};
  for (gint y = y0 - reach; y <= y0 + reach; y++) {
    for (gint x = x0 - reach; x <= x0 + reach; x++) {
      Place place = {
        likeness_at (block, plane, block->left + x, block->top + y),
        {x * scale, y * scale}
      };

      rank (places, &place, scale);
    }
  }
}

gboolean
kocr_block_match (const KocrLumaPyramid * from, const KocrPoint quad[4],
    const KocrLumaPyramid * to, KocrPoint * shift)
{
  Place starts[CANDIDATES], found[CANDIDATES], best;
  Block blocks[KOCR_LUMA_LEVELS];

  for (guint i = 0; i < KOCR_LUMA_LEVELS; i++) {
    if (!block_init (&blocks[i], &from->levels[i], quad, 1 << i))
      return FALSE;
  }
  match_level (&blocks[0], &to->levels[0], NEAR_REACH, 1, shift, found);
  best = found[0];
  match_level (&blocks[COARSEST], &to->levels[COARSEST], REACH, 1 << COARSEST,
      shift, starts);
  for (guint i = 0; i < CANDIDATES && starts[i].match > MIN_LIKENESS; i++) {
    found[0] = starts[i];
    for (gint level = COARSEST - 1; level >= 0; level--)
      match_level (&blocks[level], &to->levels[level], FINE_REACH, 1 << level,
          &found[0].shift, found);
    if (found[0].match > best.match)
      best = found[0];
  }
  if (best.match <= MIN_LIKENESS)
    return FALSE;
  *shift = best.shift;
  return TRUE;
}
