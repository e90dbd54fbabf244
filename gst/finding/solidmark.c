/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "solidmark.h"

#include <math.h>

#include "component.h"

/* An ellipse fills the one that has its moments, a bar 0.95 of it, a triangle
 * 0.83, and letters of several strokes 0.4 to 0.75. */
#define SOLID 0.88

/* Sums over the pixels of a mark, each a square of its own. */
typedef struct
{
  gdouble n, x, y, xx, yy, xy;
} Moments;

static void
add_run (Moments *self, const Run *run)
{
  gdouble n = run->x1 - run->x0, middle = (run->x0 + run->x1) / 2.0;

  self->n += n;
  self->x += n * middle;
  self->y += n * run->y;
  self->xx += n * (middle * middle + n * n / 12);
  self->yy += n * (run->y * run->y + 1.0 / 12);
  self->xy += n * middle * run->y;
}

/* Its area by that of the ellipse that has its moments. */
static gdouble
fullness (const Moments *self)
{
  gdouble x = self->x / self->n, y = self->y / self->n;
  gdouble xx = self->xx / self->n - x * x, yy = self->yy / self->n - y * y;
  gdouble xy = self->xy / self->n - x * y;

  return self->n / (4 * G_PI * sqrt (MAX (xx * yy - xy * xy, 1e-9)));
}

gdouble
kocr_solid_marks_share (const guint8 *ink, gint width, gint height)
{
  PyramidLevel level
      = { .width = width, .height = height, .stride = width, .pixels = ink };
  g_auto (ComponentSet) marks = { 0 };
  gdouble solid = 0, all = 0;
  guint i, j;

  kocr_component_set_init (&marks, &level, ink, 1, height);
  for (i = 0; i < marks.components->len; i++) {
    const Component *mark = &g_array_index (marks.components, Component, i);
    Moments moments = { 0 };

    for (j = 0; j < mark->n_runs; j++)
      add_run (
          &moments, &g_array_index (marks.runs, Run, mark->first_run + j));
    all += moments.n;
    if (fullness (&moments) > SOLID)
      solid += moments.n;
  }
  return all > 0 ? solid / all : 0;
}
