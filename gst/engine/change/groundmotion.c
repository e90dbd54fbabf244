/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/groundmotion.h"

/* Blocks on a side, and what a block is of the picture's width and height. */
#define SIDE 3
#define BLOCK_PART 6
/* How far it is looked for, in parts of the picture's width. */
#define REACH_PART 10
/* Less than this is another part of the ground. */
#define MOST_DIFFERENCE 0.5
/* A flatter one is like any other. */
#define LEAST_DEVIATION 3

/* The sum of the differences, or more than @most. */
static guint
differ (const KocrLumaPlane *now, const KocrPlaneArea *area,
    const KocrLumaPlane *before, gint dx, gint dy, guint most)
{
  guint sum = 0;

  for (gint y = area->y; y < area->y + area->height && sum <= most; y++) {
    const guint8 *a = now->data + (gssize)y * now->stride + area->x;
    const guint8 *b
        = before->data + (gssize)(y + dy) * before->stride + area->x + dx;

    for (gint x = 0; x < area->width; x++)
      sum += ABS (a[x] - b[x]);
  }
  return sum;
}

/* The sum of its differences from its mean. */
static guint
deviate (const KocrLumaPlane *plane, const KocrPlaneArea *area)
{
  guint sum = 0, deviation = 0;
  gint mean;

  for (guint pass = 0; pass < 2; pass++) {
    mean = sum / (area->width * area->height);
    for (gint y = area->y; y < area->y + area->height; y++) {
      const guint8 *row = plane->data + (gssize)y * plane->stride + area->x;

      for (gint x = 0; x < area->width; x++) {
        if (pass)
          deviation += ABS (row[x] - mean);
        else
          sum += row[x];
      }
    }
  }
  return deviation;
}

static gboolean
is_inside (
    const KocrLumaPlane *plane, const KocrPlaneArea *area, gint dx, gint dy)
{
  return area->width > 0 && area->height > 0 && area->x + dx >= 0
         && area->y + dy >= 0 && area->x + dx + area->width <= plane->width
         && area->y + dy + area->height <= plane->height;
}

gboolean
kocr_ground_is_in (const KocrLumaPlane *now, const KocrPlaneArea *area,
    const KocrLumaPlane *before, gint dx, gint dy, gint reach)
{
  guint deviation, most;

  if (!is_inside (now, area, 0, 0))
    return FALSE;
  deviation = deviate (now, area);
  if (deviation < (guint)(LEAST_DEVIATION * area->width * area->height))
    return FALSE;
  most = MOST_DIFFERENCE * deviation;
  for (gint y = dy - reach; y <= dy + reach; y++) {
    for (gint x = dx - reach; x <= dx + reach; x++) {
      if (is_inside (before, area, x, y)
          && differ (now, area, before, x, y, most) <= most)
        return TRUE;
    }
  }
  return FALSE;
}

static void
find_block (KocrGroundBlock *self, const KocrLumaPlane *now,
    const KocrPlaneArea *area, const KocrLumaPlane *before)
{
  gint reach = now->width / REACH_PART;
  guint deviation = deviate (now, area), best = G_MAXUINT;

  for (gint dy = -reach * 3 / 4; dy <= reach * 3 / 4; dy++) {
    for (gint dx = -reach; dx <= reach; dx++) {
      guint sum;

      if (!is_inside (before, area, dx, dy))
        continue;
      sum = differ (now, area, before, dx, dy, best);
      if (sum > best
          || (sum == best
              && ABS (dx) + ABS (dy) >= ABS (self->dx) + ABS (self->dy)))
        continue;
      best = sum;
      self->dx = dx;
      self->dy = dy;
    }
  }
  if (deviation < (guint)(LEAST_DEVIATION * area->width * area->height))
    return;
  self->known = best <= MOST_DIFFERENCE * deviation;
  self->lost = !self->known;
}

void
kocr_ground_motion_find (KocrGroundMotion *self, const KocrLumaPlane *now,
    const KocrLumaPlane *before)
{
  gint width = now->width / BLOCK_PART, height = now->height / BLOCK_PART;

  *self = (KocrGroundMotion){ 0 };
  if (width < 2 || height < 2)
    return;
  for (gint i = 0; i < KOCR_GROUND_BLOCKS; i++) {
    KocrGroundBlock *block = &self->blocks[i];
    KocrPlaneArea area
        = { (2 * (i % SIDE) + 1) * now->width / (2 * SIDE) - width / 2,
            (2 * (i / SIDE) + 1) * now->height / (2 * SIDE) - height / 2, width,
            height };

    block->x = area.x + width / 2;
    block->y = area.y + height / 2;
    find_block (block, now, &area, before);
  }
}

gboolean
kocr_ground_motion_is_cut (const KocrGroundMotion *self)
{
  guint n_lost = 0, n_known = 0;

  for (guint i = 0; i < KOCR_GROUND_BLOCKS; i++) {
    n_lost += self->blocks[i].lost;
    n_known += self->blocks[i].known;
  }
  return n_known == 0 && n_lost > KOCR_GROUND_BLOCKS / 2;
}

const KocrGroundBlock *
kocr_ground_motion_near (const KocrGroundMotion *self, gint x, gint y)
{
  const KocrGroundBlock *nearest = NULL;
  gint least = G_MAXINT;

  for (guint i = 0; i < KOCR_GROUND_BLOCKS; i++) {
    const KocrGroundBlock *block = &self->blocks[i];
    gint distance = ABS (block->x - x) + ABS (block->y - y);

    if (block->known && distance < least) {
      least = distance;
      nearest = block;
    }
  }
  return nearest;
}
