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
/* Share of the edges that stand, of the whole text. */
#define LEAST_SHARE 0.65
/* The same of one that fades, whose ground has hardly changed meanwhile. */
#define LEFT_SHARE 0.9
/* What a part may lose: so much beyond what its ground has changed by, in parts
 * of the text's contrast; and in all.  Another digit of small type costs 0.24
 * and more beyond it, in 200 looks at counters over photographs; a text that
 * stays 0.22 at most, in the 3,500 at words of tests/recognition/episode. */
#define LOST_ANYHOW 0.23
#define MOST_LOST 0.5
/* Fewer edges say nothing. */
#define LEAST_EDGES 16
/* So many say something where the ground has changed, and where hardly one is
 * of the ridges that count. */
#define MANY_EDGES 40
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

/* Those of the picture in the other one, and the other way round, a part. */
typedef struct
{
  Count there[MOST_PARTS], back[MOST_PARTS];
} Edges;

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

/* The sum of the levels by which @area differs in the other picture, @dx, @dy
 * away, as far as it is in both. */
static guint
differ (const Look *self, const KocrPlaneArea *area, gint dx, gint dy, guint *n)
{
  gint left = MAX (area->x, MAX (0, -dx)), top = MAX (area->y, MAX (0, -dy));
  gint right = MIN (area->x + area->width, self->picture->width - MAX (0, dx));
  gint bottom
      = MIN (area->y + area->height, self->picture->height - MAX (0, dy));
  guint sum = 0;

  for (gint y = top; y < bottom; y++) {
    for (gint x = left; x < right; x++, (*n)++)
      sum += ABS (*pixel_at (self->picture, x, y)
                  - *pixel_at (self->other, x + dx, y + dy));
  }
  return sum;
}

/* By how much of the text's contrast what is beside a part of it has changed,
 * half as far as the text is high. */
static gdouble
ground_change (const Look *self, gint from, gint length, gint dx, gint dy)
{
  gint height
      = self->upright ? self->right - self->left : self->bottom - self->top;
  gint reach = height / 2;
  KocrPlaneArea side = { self->left + from, self->top - reach, length, reach };
  guint n = 0, sum;

  if (self->upright)
    side = (KocrPlaneArea){ self->left - reach, self->top + from, reach,
      length };
  sum = differ (self, &side, dx, dy, &n);
  *(self->upright ? &side.x : &side.y) += reach + height;
  sum += differ (self, &side, dx, dy, &n);
  return n == 0 ? 1 : (gdouble)sum / n / MAX (1, self->contrast);
}

/* Whether part @i, of which @counts and @all of its edges tell, is another
 * letter's. */
static gboolean
is_another (const Look *self, guint i, const Count *counts, const Count *all,
    gint dx, gint dy)
{
  gboolean has_ridges = counts->n_edges >= LEAST_EDGES;
  gdouble lost = 1 - share (has_ridges ? counts : all);

  if (!has_ridges && all->n_edges < MANY_EDGES)
    return FALSE;
  if (has_ridges && lost > MOST_LOST)
    return TRUE;
  return lost > LOST_ANYHOW
         && lost - ground_change (self, i * self->part, self->part, dx, dy)
                > LOST_ANYHOW;
}

static gboolean
parts_stand (const Look *self, const Count counts[MOST_PARTS],
    const Count all[MOST_PARTS], gint dx, gint dy)
{
  for (guint i = 0; i < MOST_PARTS; i++) {
    if (is_another (self, i, &counts[i], &all[i], dx, dy))
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
  Look self = { .picture = picture, .other = other, .standing = STANDING_PART };
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

static Edges
look_for (const Look *self, gint dx, gint dy)
{
  Edges edges = { 0 };

  count (self, dx, dy, FALSE, edges.there);
  count (self, dx, dy, TRUE, edges.back);
  return edges;
}

/* Whether @edges, at least so many, stand; of @all that there are. */
static gboolean
edges_stand (const Look *self, const Edges *edges, const Edges *all,
    guint least, gint dx, gint dy)
{
  Count whole = sum (edges->there);

  return whole.n_edges >= least && share (&whole) >= LEAST_SHARE
         && parts_stand (self, edges->there, all->there, dx, dy)
         && parts_stand (self, edges->back, all->back, dx, dy);
}

/* The same of those of light strokes, or of dark ones: an outline has an edge
 * on its outer side, too, for as long as it stands off the ground. */
static gboolean
ridges_stand (Look *self, const Edges *all, gint dx, gint dy)
{
  guint least = MAX (LEAST_EDGES, sum (all->there).n_edges / RIDGE_PART);

  for (self->ridge = RIDGE_LIGHT; self->ridge <= RIDGE_DARK; self->ridge++) {
    const Edges edges = look_for (self, dx, dy);

    if (edges_stand (self, &edges, all, least, dx, dy))
      return TRUE;
  }
  return FALSE;
}

/* Whether there are so few @edges, as those of a dash, that where the ground
 * has changed as well they say nothing. */
static gboolean
is_drowned (const Look *self, const Edges *edges, gint dx, gint dy)
{
  gint length
      = self->upright ? self->bottom - self->top : self->right - self->left;

  return sum (edges->there).n_edges < MANY_EDGES
         && ground_change (self, 0, length, dx, dy) > LOST_ANYHOW;
}

gboolean
kocr_text_strokes_stand (const KocrLumaPlane *picture,
    const KocrPlaneArea *text, const KocrLumaPlane *other, gint *x, gint *y)
{
  Look look = look_at (picture, text, other);
  gint at_x = *x, at_y = *y;
  gdouble best = 0;
  Edges edges;

  for (gint dy = at_y - 1; dy <= at_y + 1; dy++) {
    for (gint dx = at_x - 1; dx <= at_x + 1; dx++) {
      Count counts[MOST_PARTS] = { {0}, }, all;

      if (!is_inside (&look, dx, dy))
        continue;
      count (&look, dx, dy, FALSE, counts);
      all = sum (counts);
      if (all.n_edges < LEAST_EDGES)
        return TRUE;
      if (share (&all) <= best)
        continue;
      best = share (&all);
      *x = dx;
      *y = dy;
    }
  }
  if (best == 0)
    return FALSE;
  edges = look_for (&look, *x, *y);
  return edges_stand (&look, &edges, &edges, LEAST_EDGES, *x, *y)
         || ridges_stand (&look, &edges, *x, *y)
         || is_drowned (&look, &edges, *x, *y);
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
