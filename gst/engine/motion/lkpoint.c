/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/lkpoint.h"

#include <math.h>
#include <string.h>

#define N ((gdouble) KOCR_WINDOW_SIZE)
#define UNIT (1 << KOCR_WINDOW_FRACTION)
/* From the window's corner to its middle. */
#define LEFT (KOCR_WINDOW_WIDTH / 2 - 1)
#define ABOVE (KOCR_WINDOW_HEIGHT / 2 - 1)

/* Least mean square of the slope in its weakest direction, in levels a pixel:
 * noise of 3 levels stays below it, and of 12 once it is averaged over 4x4
 * pixels. */
#define MIN_SLOPE 6.0
/* Found when a step is shorter than this part of a pixel, which is less than a
 * tenth of a pixel of the frame. */
#define PRECISION 0.03
#define MAX_STEPS 10
/* Further away on the finest level than a coarser one said is somewhere
 * else. */
#define MAX_CORRECTION 4.0
/* Correlation of then and now. What two pictures have in common by chance stays
 * below 0.7, motion blur and noise leave more. */
#define MIN_LIKENESS 0.7
/* Fades are followed down to this part of the contrast. */
#define MIN_GAIN 0.1

static gboolean
fill_window (KocrWindow * window, const KocrLumaLevel * plane, gint left,
    gint top, gint means[3])
{
  gint sums[3] = { 0, };
  guint i = 0;

  if (left < 1 || top < 1 || left + KOCR_WINDOW_WIDTH + 1 > plane->width
      || top + KOCR_WINDOW_HEIGHT + 1 > plane->height)
    return FALSE;
  for (gint y = top; y < top + KOCR_WINDOW_HEIGHT; y++) {
    const guint8 *row = plane->pixels + (gsize) y * plane->stride;

    for (gint x = left; x < left + KOCR_WINDOW_WIDTH; x++, i++) {
      window->luma[i] = row[x] * UNIT;
      window->dx[i] = (row[x + 1] - row[x - 1]) * UNIT / 2;
      window->dy[i] =
          (row[x + plane->stride] - row[x - plane->stride]) * UNIT / 2;
      sums[0] += window->luma[i];
      sums[1] += window->dx[i];
      sums[2] += window->dy[i];
    }
  }
  for (i = 0; i < 3; i++)
    means[i] = sums[i] / KOCR_WINDOW_SIZE;
  return TRUE;
}

static void
init_level (KocrFlowLevel * self, const KocrLumaLevel * plane, gint x, gint y)
{
  KocrWindow *window = &self->window;
  gdouble xx = 0, xy = 0, yy = 0, determinant, weakest;
  gint means[3];

  memset (self, 0, sizeof *self);
  self->x = x;
  self->y = y;
  if (!fill_window (window, plane, x - LEFT, y - ABOVE, means))
    return;
  for (guint i = 0; i < KOCR_WINDOW_SIZE; i++) {
    gint luma = window->luma[i] -= means[0];
    gint dx = window->dx[i] -= means[1];
    gint dy = window->dy[i] -= means[2];

    self->sum_luma += luma;
    self->sum_dx += dx;
    self->sum_dy += dy;
    self->luma_luma += luma * luma;
    self->luma_dx += luma * dx;
    self->luma_dy += luma * dy;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  determinant = xx * yy - xy * xy;
  weakest = (xx + yy - hypot (xx - yy, 2 * xy)) / 2;
  if (weakest < N * MIN_SLOPE * UNIT * UNIT)
    return;
  self->xx = yy / determinant;
  self->xy = -xy / determinant;
  self->yy = xx / determinant;
  self->usable = TRUE;
}

gboolean
kocr_lk_point_init (KocrLkPoint * self, const KocrLumaPyramid * picture,
    gint x, gint y)
{
  self->at = (KocrPoint) {
  x, y};
  for (guint i = 0; i < KOCR_FLOW_LEVELS; i++)
    init_level (&self->levels[i], &picture->levels[i], x >> i, y >> i);
  return self->levels[0].usable;
}

/* One step of Gauss and Newton from @offset on. FALSE: the window leaves the
 * picture, or what is there has no contrast. */
static gboolean
step (const KocrFlowLevel * self, const KocrLumaLevel * plane,
    const KocrPoint * offset, KocrPoint * move, gdouble * match)
{
  gdouble left = self->x - LEFT + offset->x, top = self->y - ABOVE + offset->y;
  gint x = floor (left * KOCR_WINDOW_STEPS + 0.5);
  gint y = floor (top * KOCR_WINDOW_STEPS + 0.5);
  gint column = x / KOCR_WINDOW_STEPS, row = y / KOCR_WINDOW_STEPS;
  gdouble variance, covariance, gain, mean, dx, dy;
  KocrWindowSums sums;

  if (x < 0 || y < 0 || column + KOCR_WINDOW_WIDTH >= plane->width
      || row + KOCR_WINDOW_HEIGHT >= plane->height)
    return FALSE;
  kocr_lk_patch_compare (&self->window,
      plane->pixels + (gsize) row * plane->stride + column, plane->stride,
      x % KOCR_WINDOW_STEPS, y % KOCR_WINDOW_STEPS, &sums);

  mean = sums.now / N;
  variance = sums.now_now - mean * sums.now;
  covariance = sums.now_luma - mean * self->sum_luma;
  gain = covariance / self->luma_luma;
  if (gain < MIN_GAIN || variance <= 0)
    return FALSE;
  *match = covariance / sqrt (variance * self->luma_luma);
  dx = self->luma_dx - (sums.now_dx - mean * self->sum_dx) / gain;
  dy = self->luma_dy - (sums.now_dy - mean * self->sum_dy) / gain;
  move->x = self->xx * dx + self->xy * dy;
  move->y = self->xy * dx + self->yy * dy;
  return TRUE;
}

gboolean
kocr_lk_point_find (const KocrLkPoint * self,
    const KocrLumaPyramid * picture, guint coarsest, KocrPoint * at)
{
  KocrPoint offset = { at->x - self->at.x, at->y - self->at.y };
  KocrPoint before = { 0, }, move;
  gdouble match = 0;

  for (gint level = coarsest; level >= 0; level--) {
    const KocrFlowLevel *here = &self->levels[level];
    gdouble scale = 1 << level;
    KocrPoint found = { offset.x / scale, offset.y / scale };
    gboolean inside = here->usable;

    before = offset;
    for (guint i = 0; i < MAX_STEPS && inside; i++) {
      inside = step (here, &picture->levels[level], &found, &move, &match);
      if (!inside)
        break;
      found.x += move.x;
      found.y += move.y;
      if (move.x * move.x + move.y * move.y < PRECISION * PRECISION)
        break;
    }
    if (!inside && level == 0)
      return FALSE;
    if (inside)
      offset = (KocrPoint) {
      found.x * scale, found.y * scale};
  }
  *at = (KocrPoint) {
  self->at.x + offset.x, self->at.y + offset.y};
  return match >= MIN_LIKENESS
      && hypot (offset.x - before.x, offset.y - before.y) <= MAX_CORRECTION;
}
