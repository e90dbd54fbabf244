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
/* So much is left of one that has faded. */
#define LEFT_PART 0.05
/* Shares of the edges that stand, in the whole text and in its worst part. Of
 * an 8 where a 3 was, 0.37 do in one part; of outlined text over a pan, 0.9. */
#define LEAST_SHARE 0.65
/* The same of one that fades, whose ground has hardly changed meanwhile. */
#define LEFT_SHARE 0.9
#define LEAST_PART_SHARE 0.5
/* Fewer edges say nothing. */
#define LEAST_EDGES 16
/* Edges of ridges are at least one in so many. */
#define RIDGE_PART 4
/* A stroke is no wider than this part of the text's height. */
#define STROKE_PART 5
/* Parts a text is looked at in; a longer one has larger ones. */
#define MOST_PARTS 64

typedef struct
{
  guint n_edges, n_standing;
} Count;

/* What an edge is of. */
typedef enum
{
  RIDGE_ANY,
  RIDGE_LIGHT, /* a stroke that is light */
  RIDGE_DARK
} Ridge;

typedef struct
{
  const KocrLumaPlane *picture, *other;
  gint left, top, right, bottom;
  gint contrast;
  gdouble standing; /* part of an edge that has to be there */
  gint stroke;      /* the most that one is wide */
  Ridge ridge;      /* of which edges count */
  gboolean upright; /* parts lie one below the other */
  gint part;        /* its length */
} Look;

static const guint8 *
pixel_at (const KocrLumaPlane *plane, gint x, gint y)
{
  return plane->data + (gssize)y * plane->stride + x;
}

/* Whether the edge at @at is one side of a ridge: from its side that is higher,
 * which is @way on, it falls again within a stroke. */
static gboolean
is_of_ridge (
    const Look *self, const guint8 *at, gint way, gint room, gint least)
{
  gint sign = self->ridge == RIDGE_LIGHT ? 1 : -1, top = sign * at[way];

  for (gint i = 2; i <= MIN (self->stroke, room); i++) {
    gint level = sign * at[i * way];

    if (top - level >= least)
      return TRUE;
    top = MAX (top, level);
  }
  return FALSE;
}

/* Whether an edge counts that is at @x, @y of @plane. */
static gboolean
is_counted (const Look *self, const KocrLumaPlane *plane, gint x, gint y,
    gint along, gint across, gint least)
{
  const guint8 *at = pixel_at (plane, x, y);
  gboolean is_along = ABS (along) >= ABS (across);
  gboolean onwards
      = ((is_along ? along : across) > 0) == (self->ridge == RIDGE_LIGHT);
  gint place = is_along ? x : y, step = is_along ? 1 : plane->stride;
  gint end = is_along ? plane->width : plane->height;

  return self->ridge == RIDGE_ANY
         || is_of_ridge (self, at, onwards ? step : -step,
             onwards ? end - 1 - place : place, least);
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
      if (!is_counted (self, first, back ? x + dx : x, back ? y + dy : y, along,
              across, least / 2))
        continue;
      at = &counts[(self->upright ? y - self->top : x - self->left)
                   / self->part];
      dot = along * (b[x + 1] - b[x - 1])
            + across * (b[x + stride_b] - b[x - stride_b]);
      at->n_edges++;
      at->n_standing
          += dot >= self->standing * (along * along + across * across);
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
  Look self
      = { .picture = picture, .other = other, .standing = STANDING_PART };
  gint length, height;

  self.left = CLAMP (text->x, 1, picture->width - 1);
  self.top = CLAMP (text->y, 1, picture->height - 1);
  self.right = CLAMP (text->x + text->width, self.left, picture->width - 1);
  self.bottom = CLAMP (text->y + text->height, self.top, picture->height - 1);
  self.upright = text->height > 2 * text->width;
  length = MAX (self.right - self.left, self.bottom - self.top);
  height = MIN (self.right - self.left, self.bottom - self.top);
  self.part = MAX (MAX (height / 2, 1), (length + MOST_PARTS - 1) / MOST_PARTS);
  self.stroke = MAX (2, height / STROKE_PART);
  self.contrast = kocr_text_contrast (picture, text);
  return self;
}

/* Whether the edges that count stand, @dx, @dy away. */
static gboolean
edges_stand (const Look *self, gint dx, gint dy, guint least)
{
  Count counts[MOST_PARTS] = { {0}, }, back[MOST_PARTS] = { {0}, }, all;

  count (self, dx, dy, FALSE, counts);
  all = sum (counts);
  if (all.n_edges < least || share (&all) < LEAST_SHARE
      || !parts_stand (counts))
    return FALSE;
  count (self, dx, dy, TRUE, back);
  return parts_stand (back);
}

/* The same of those of light strokes, or of dark ones: an outline has an edge
 * on its outer side, too, for as long as it stands off the ground. */
static gboolean
ridges_stand (Look *self, gint dx, gint dy, guint n_edges)
{
  for (self->ridge = RIDGE_LIGHT; self->ridge <= RIDGE_DARK; self->ridge++) {
    if (edges_stand (self, dx, dy, MAX (LEAST_EDGES, n_edges / RIDGE_PART)))
      return TRUE;
  }
  return FALSE;
}

gboolean
kocr_text_strokes_stand (const KocrLumaPlane *picture,
    const KocrPlaneArea *text, const KocrLumaPlane *other, gint *x, gint *y)
{
  Look look = look_at (picture, text, other);
  gint at_x = *x, at_y = *y;
  guint n_edges = 0;
  gdouble best = 0;

  for (gint dy = at_y - 1; dy <= at_y + 1; dy++) {
    for (gint dx = at_x - 1; dx <= at_x + 1; dx++) {
      Count counts[MOST_PARTS] = { {0}, }, all;

      if (!is_inside (&look, dx, dy))
        continue;
      count (&look, dx, dy, FALSE, counts);
      all = sum (counts);
      n_edges = all.n_edges;
      if (n_edges < LEAST_EDGES)
        return TRUE;
      if (share (&all) <= best)
        continue;
      best = share (&all);
      *x = dx;
      *y = dy;
    }
  }
  return best > 0
         && (edges_stand (&look, *x, *y, LEAST_EDGES)
             || ridges_stand (&look, *x, *y, n_edges));
}

gboolean
kocr_text_strokes_are_left (const KocrLumaPlane *picture,
    const KocrPlaneArea *text, const KocrLumaPlane *other, gint x, gint y)
{
  Look look = look_at (picture, text, other);
  Count counts[MOST_PARTS] = { {0}, }, all;

  look.standing = LEFT_PART;
  if (!is_inside (&look, x, y))
    return FALSE;
  count (&look, x, y, FALSE, counts);
  all = sum (counts);
  return all.n_edges >= LEAST_EDGES && share (&all) >= LEFT_SHARE;
}
