/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/textstrokes.h"

/* An edge is steeper than this part of the text's contrast, over two pixels,
 * and than noise. */
#define EDGE_PART 0.4
#define LEAST_EDGE 16
/* Of the other picture, where a ground has some too. */
#define STEEP_PART 0.6
#define LEAST_STEEP 24
/* It stands when this part of it does. */
#define STANDING_PART 0.3
/* Shares of the edges that stand, in the whole text and in its worst part. Of
 * an 8 where a 3 was, 0.37 do in one part; of outlined text over a pan, 0.9. */
#define LEAST_SHARE 0.65
#define LEAST_PART_SHARE 0.5
/* Fewer edges say nothing. */
#define LEAST_EDGES 16
/* Parts a text is looked at in; a longer one has larger ones. */
#define MOST_PARTS 64

typedef struct
{
  guint n_edges, n_standing;
} Count;

typedef struct
{
  const KocrLumaPlane *picture, *other;
  gint left, top, right, bottom;
  gint contrast;
  gboolean upright; /* parts lie one below the other */
  gint part;        /* its length */
} Look;

static const guint8 *
pixel_at (const KocrLumaPlane *plane, gint x, gint y)
{
  return plane->data + (gssize)y * plane->stride + x;
}

/* The edges of the picture, and which of them stand in the other one; or the
 * other way round. */
static void
count (
    const Look *self, gint dx, gint dy, gboolean back, Count counts[MOST_PARTS])
{
  const KocrLumaPlane *first = back ? self->other : self->picture;
  const KocrLumaPlane *second = back ? self->picture : self->other;
  gint stride = first->stride, stride_b = second->stride;
  gint least = back ? MAX (LEAST_STEEP, STEEP_PART * self->contrast)
                    : MAX (LEAST_EDGE, EDGE_PART * self->contrast);

  for (gint y = self->top; y < self->bottom; y++) {
    const guint8 *a = pixel_at (first, back ? dx : 0, back ? y + dy : y);
    const guint8 *b = pixel_at (second, back ? 0 : dx, back ? y : y + dy);

    for (gint x = self->left; x < self->right; x++) {
      gint along = a[x + 1] - a[x - 1], across = a[x + stride] - a[x - stride];
      gint dot;
      Count *at;

      if (ABS (along) + ABS (across) < least)
        continue;
      at = &counts[(self->upright ? y - self->top : x - self->left)
                   / self->part];
      dot = along * (b[x + 1] - b[x - 1])
            + across * (b[x + stride_b] - b[x - stride_b]);
      at->n_edges++;
      at->n_standing
          += dot >= STANDING_PART * (along * along + across * across);
    }
  }
}

/* Whether all of the text's pixels and their neighbours are in @other. */
static gboolean
is_inside (const Look *self, gint dx, gint dy)
{
  return self->left + dx >= 1 && self->top + dy >= 1
         && self->right + dx < self->other->width
         && self->bottom + dy < self->other->height;
}

static gdouble
share (const Count *count)
{
  return count->n_edges < LEAST_EDGES
             ? 1
             : (gdouble)count->n_standing / count->n_edges;
}

static gboolean
parts_stand (const Count counts[MOST_PARTS])
{
  for (guint i = 0; i < MOST_PARTS; i++) {
    if (share (&counts[i]) < LEAST_PART_SHARE)
      return FALSE;
  }
  return TRUE;
}

static Count
sum (const Count counts[MOST_PARTS])
{
  Count all = { 0 };

  for (guint i = 0; i < MOST_PARTS; i++) {
    all.n_edges += counts[i].n_edges;
    all.n_standing += counts[i].n_standing;
  }
  return all;
}

static Look
look_at (const KocrLumaPlane *picture, const KocrPlaneArea *text,
    const KocrLumaPlane *other)
{
  Look self = { .picture = picture, .other = other };
  gint length, height;

  self.left = CLAMP (text->x, 1, picture->width - 1);
  self.top = CLAMP (text->y, 1, picture->height - 1);
  self.right = CLAMP (text->x + text->width, self.left, picture->width - 1);
  self.bottom = CLAMP (text->y + text->height, self.top, picture->height - 1);
  self.upright = text->height > 2 * text->width;
  length = MAX (self.right - self.left, self.bottom - self.top);
  height = MIN (self.right - self.left, self.bottom - self.top);
  self.part = MAX (MAX (height / 2, 1), (length + MOST_PARTS - 1) / MOST_PARTS);
  self.contrast = kocr_text_contrast (picture, text);
  return self;
}

gboolean
kocr_text_strokes_stand (const KocrLumaPlane *picture,
    const KocrPlaneArea *text, const KocrLumaPlane *other, gint *x, gint *y)
{
  Look look = look_at (picture, text, other);
  gint at_x = *x, at_y = *y;
  gdouble best = 0;
  gboolean stands = FALSE;

  for (gint dy = at_y - 1; dy <= at_y + 1; dy++) {
    for (gint dx = at_x - 1; dx <= at_x + 1; dx++) {
      Count counts[MOST_PARTS] = { {0}, }, back[MOST_PARTS] = { {0}, }, all;

      if (!is_inside (&look, dx, dy))
        continue;
      count (&look, dx, dy, FALSE, counts);
      all = sum (counts);
      if (all.n_edges < LEAST_EDGES)
        return TRUE;
      if (share (&all) <= best)
        continue;
      best = share (&all);
      stands = best >= LEAST_SHARE && parts_stand (counts);
      if (stands) {
        count (&look, dx, dy, TRUE, back);
        stands = parts_stand (back);
      }
      *x = dx;
      *y = dy;
    }
  }
  return stands;
}
