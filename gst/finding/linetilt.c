/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "linetilt.h"

#include <math.h>
#include <string.h>

#define DEGREE (G_PI / 180)

/* Tilts that are looked for: a sign seen from the side, a camera held
 * askew. Beyond, upright boxes of neighbouring lines overlap too much. */
#define MAX_TILT 26
#define COARSE_STEP 2.0
#define FINE_STEP 0.25
/* A profile must be this much sharper than the level one's to be believed. */
#define MIN_GAIN 1.06
/* Pixels that are looked at: more do not tell the tilt better. */
#define MAX_POINTS 1000
#define PROFILE_BINS 512

typedef struct
{
  gfloat x, y;
} Point;

typedef struct
{
  Point points[2 * MAX_POINTS];
  guint n;
  gint reach; /* bins from the middle one to its last */
} PointCloud;

/* Every so many pixels of the glyphs' strokes, seen from their middle. */
static void
sample_strokes (PointCloud * self, const ComponentSet * set,
    const GArray * glyphs, const guint * members, guint n)
{
  gdouble x_sum = 0, y_sum = 0;
  gfloat reach = 0;
  gint area = 0, step, skip = 0;
  guint i, j;

  for (i = 0; i < n; i++)
    area += g_array_index (glyphs, Glyph, members[i]).area;
  step = area / MAX_POINTS + 1;

  self->n = 0;
  for (i = 0; i < n; i++) {
    const Component *component = &g_array_index (set->components, Component,
        g_array_index (glyphs,
            Glyph,
            members[i]).component);

    for (j = 0; j < component->n_runs; j++) {
      const Run *run =
          &g_array_index (set->runs, Run, component->first_run + j);
      gint x;

      for (x = run->x0 + skip; x < run->x1; x += step) {
        self->points[self->n++] = (Point) {
        x, run->y};
        x_sum += x;
        y_sum += run->y;
      }
      skip = x - run->x1;
    }
  }
  for (i = 0; i < self->n; i++) {
    Point *point = &self->points[i];

    point->x -= x_sum / self->n;
    point->y -= y_sum / self->n;
    reach = MAX (reach, fabsf (point->x) + fabsf (point->y));
  }
  self->reach = MIN (reach + 1, PROFILE_BINS / 2);
}

/* Where the outermost fiftieth of the pixels ends, counted from @from in steps
 * of @step: a few stray ones do not make a text higher. */
static gint
edge (const guint * profile, gint from, gint step, guint n)
{
  guint outside = 0;

  while (outside + profile[from] <= n / 50) {
    outside += profile[from];
    from += step;
  }
  return from;
}

/* How sharply the profile across lines of that tilt stands out: strokes that
 * lie along it fall into few bins, and the text is least high. Both together
 * are right within 0.3 degrees for half of the lines of four to eight times
 * their height and within 0.5 for shorter ones; either alone errs more. */
static gdouble
sharpness (const PointCloud * self, gdouble tilt)
{
  guint profile[PROFILE_BINS];
  gint first = PROFILE_BINS / 2 - self->reach;
  gint last = MIN (PROFILE_BINS / 2 + self->reach, PROFILE_BINS - 1);
  gfloat c = cos (tilt), s = sin (tilt);
  guint energy = 0, i;
  gint top, bottom, bin;

  memset (profile + first, 0, (last - first + 1) * sizeof *profile);
  for (i = 0; i < self->n; i++) {
    bin = self->points[i].y * c - self->points[i].x * s + PROFILE_BINS / 2;
    profile[CLAMP (bin, first, last)]++;
  }
  for (bin = first; bin <= last; bin++)
    energy += profile[bin] * profile[bin];
  top = edge (profile, first, 1, self->n);
  bottom = edge (profile, last, -1, self->n);
  return (gdouble)energy / (bottom - top + 1);
}

/* The tilt, in degrees, of the sharpest profile, whose sharpness is left in
 * @best. */
static gdouble
search (const PointCloud * self, gdouble from, gdouble to, gdouble step,
    gdouble * best)
{
  gdouble found = 0, angle;

  *best = 0;
  for (angle = from; angle <= to; angle += step) {
    gdouble value = sharpness (self, angle * DEGREE);

    if (value > *best) {
      *best = value;
      found = angle;
    }
  }
  return found;
}

gdouble
kocr_line_tilt_find (const ComponentSet * set, const GArray * glyphs,
    const guint * members, guint n)
{
  PointCloud cloud;
  gdouble level, best, tilt;

  sample_strokes (&cloud, set, glyphs, members, n);
  level = sharpness (&cloud, 0);
  tilt = search (&cloud, -MAX_TILT, MAX_TILT, COARSE_STEP, &best);
  tilt = search (&cloud, tilt - COARSE_STEP, tilt + COARSE_STEP, FINE_STEP,
      &best);
  if (best < level * MIN_GAIN)
    return 0;
  return tilt * DEGREE;
}
