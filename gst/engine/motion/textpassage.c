/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/textpassage.h"

#include <math.h>
#include "geometry/polygon.h"
#include "motion/motion.h"

#define BOX 8
/* Of its height a text goes by so much at least, or it is its box that
 * trembles. */
#define LEAST_WAY 0.5
/* Its pace is that of so many steps. */
#define PACE_STEPS 4
/* Of its height a text that is lost is so near to the edge that it goes to, at
 * most: letters have gaps. */
#define NEAR_EDGE 0.6
/* It may have gone by less. */
#define LEAST_WAY_AT_EDGE 0.2

/* Of its way one leaps that goes so much of it at once. */
#define LEAP_PART 0.9

/* Where a text is so many pictures from the sample. */
typedef struct
{
  guint step;
  gdouble left, top, right, bottom;
} Place;

static const Place *
place_at (const GArray *path, guint i)
{
  return &g_array_index (path, Place, i);
}

static void
add_place (GArray *path, guint step, const gdouble box[BOX])
{
  Place place = { .step = step };

  kocr_polygon_get_bounds (
      box, BOX / 2, &place.left, &place.top, &place.right, &place.bottom);
  g_array_append_val (path, place);
}

/* From the sample to @n_steps pictures from it, in the direction of @step. */
static void
follow (const KocrTextPictures *pictures, guint from, gint step, guint n_steps,
    const gdouble *boxes, guint n, GPtrArray *paths)
{
  KocrMotion *motion = kocr_motion_new (pictures->all[from], 0, boxes, n);

  for (guint i = 0; i < n; i++)
    add_place (g_ptr_array_index (paths, i), 0, boxes + i * BOX);
  for (guint k = 1; k <= n_steps && !kocr_motion_is_over (motion); k++) {
    kocr_motion_follow (motion, pictures->all[from + step * (gint)k], k);
    for (guint i = 0; i < n; i++) {
      if (!kocr_motion_get_lost (motion)[i])
        add_place (g_ptr_array_index (paths, i), k,
            kocr_motion_get_boxes (motion) + i * BOX);
    }
  }
  kocr_motion_unref (motion);
}

static gdouble
middle_x (const Place *self)
{
  return (self->left + self->right) / 2;
}

static gdouble
middle_y (const Place *self)
{
  return (self->top + self->bottom) / 2;
}

static const Place *
first_of (const GArray *path)
{
  return place_at (path, 0);
}

static const Place *
last_of (const GArray *path)
{
  return place_at (path, path->len - 1);
}

static gdouble
distance (const Place *a, const Place *b)
{
  return hypot (middle_x (a) - middle_x (b), middle_y (a) - middle_y (b));
}

/* By so much of its height. */
static gboolean
has_moved (const GArray *path, gdouble least)
{
  const Place *first = first_of (path);

  return distance (first, last_of (path))
         >= least * (first->bottom - first->top);
}

/* In pixels a step. */
typedef struct
{
  gdouble x, y;
} Pace;

static Pace
pace_between (const Place *from, const Place *to)
{
  guint passed = to->step - from->step;

  return (Pace){ (middle_x (to) - middle_x (from)) / passed,
    (middle_y (to) - middle_y (from)) / passed };
}

static gboolean
is_row (Pace pace)
{
  return fabs (pace.x) > fabs (pace.y);
}

/* Whether it touches the edge that it goes to. */
static gboolean
is_at_edge (const Place *self, Pace pace, const KocrLumaPyramid *picture)
{
  gdouble near = NEAR_EDGE * (self->bottom - self->top);

  if (is_row (pace))
    return pace.x < 0 ? self->left <= near
                      : picture->width - self->right <= near;
  return pace.y < 0 ? self->top <= near
                    : picture->height - self->bottom <= near;
}

/* In how many steps it is out of the picture: all of a row, the middle of what
 * rolls. */
static guint
count_steps_out (const Place *self, Pace pace, const KocrLumaPyramid *picture)
{
  gdouble left;

  if (is_row (pace))
    left = pace.x < 0 ? self->right : picture->width - self->left;
  else
    left = pace.y < 0 ? middle_y (self) : picture->height - middle_y (self);
  return MAX (ceil (left / (is_row (pace) ? fabs (pace.x) : fabs (pace.y))), 1);
}

/* Whether it went by itself before it was lost. */
static gboolean
has_gone (const GArray *path, const KocrLumaPyramid *picture)
{
  return has_moved (path, LEAST_WAY)
         || (has_moved (path, LEAST_WAY_AT_EDGE)
             && is_at_edge (last_of (path),
                 pace_between (first_of (path), last_of (path)), picture));
}

/* The nearest text that moved, and was seen for longer than until @step; NULL:
 * there is none. */
static const GArray *
find_neighbour (const GPtrArray *paths, const Place *first, guint step)
{
  const GArray *nearest = NULL;

  for (guint i = 0; i < paths->len; i++) {
    const GArray *path = g_ptr_array_index (paths, i);

    if (last_of (path)->step > step && has_moved (path, LEAST_WAY)
        && (!nearest
            || distance (first_of (path), first)
                   < distance (first_of (nearest), first)))
      nearest = path;
  }
  return nearest;
}

/* Of what was lost on its way: its own, or that of its neighbour, which went
 * on. FALSE: there is none. */
static gboolean
find_pace (const GPtrArray *paths, const GArray *path,
    const KocrLumaPyramid *picture, Pace *pace)
{
  guint step = last_of (path)->step, i = 0;

  if (!has_gone (path, picture)) {
    path = find_neighbour (paths, first_of (path), step);
    if (!path)
      return FALSE;
  }
  while (i + 1 < path->len && place_at (path, i)->step <= step)
    i++;
  *pace = place_at (path, i)->step > step
              ? pace_between (place_at (path, i - 1),
                  place_at (path, MIN (i + PACE_STEPS, path->len) - 1))
              : pace_between (
                  place_at (path, i - MIN (i, PACE_STEPS)), place_at (path, i));
  return pace->x != 0 || pace->y != 0;
}

/* How many pictures from the sample one is out that was lost; 0: it is not, as
 * far as is known. */
static guint
find_out (
    const GPtrArray *paths, const GArray *path, const KocrLumaPyramid *picture)
{
  const Place *last = last_of (path);
  Pace pace;

  return find_pace (paths, path, picture, &pace)
                 && is_at_edge (last, pace, picture)
             ? last->step + count_steps_out (last, pace, picture)
             : 0;
}

/* At which step of several it went next to all of its way; 0: at none. */
static guint
find_leap (const GArray *path)
{
  gdouble way = distance (first_of (path), last_of (path));

  for (guint i = 1; path->len > 2 && i < path->len; i++) {
    if (distance (place_at (path, i - 1), place_at (path, i))
        >= LEAP_PART * way)
      return place_at (path, i)->step;
  }
  return 0;
}

static void
find_passages (const KocrTextPictures *pictures, guint from, gint step,
    guint n_steps, const gdouble *boxes, guint n, KocrTextPassage *passages)
{
  g_autoptr (GPtrArray) paths
      = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (paths, g_array_new (FALSE, FALSE, sizeof (Place)));
  follow (pictures, from, step, n_steps, boxes, n, paths);
  for (guint i = 0; i < n; i++) {
    const GArray *path = g_ptr_array_index (paths, i);
    gboolean is_seen = last_of (path)->step == n_steps;
    guint out = is_seen ? 0 : find_out (paths, path, pictures->all[from]);
    guint leap;

    passages[i] = (KocrTextPassage){
      .at = out > 0 ? from + step * (gint)MIN (out, n_steps) : 0,
      .stays = is_seen && has_moved (path, LEAST_WAY),
    };
    leap = passages[i].stays && step > 0 ? find_leap (path) : 0;
    passages[i].leapt = leap > 0 ? from + leap : 0;
  }
}

void
kocr_text_passage_find_exits (const KocrTextPictures *pictures,
    const gdouble *boxes, guint n, KocrTextPassage *passages)
{
  find_passages (pictures, pictures->from, 1, pictures->n - 1 - pictures->from,
      boxes, n, passages);
}

void
kocr_text_passage_find_entries (const KocrTextPictures *pictures,
    const gdouble *boxes, guint n, KocrTextPassage *passages)
{
  find_passages (
      pictures, pictures->n - 1, -1, pictures->n - 1, boxes, n, passages);
  /* What it is out of is the last one that it was not in. */
  for (guint i = 0; i < n; i++)
    passages[i].at += passages[i].at > 0;
}
