/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "component.h"

#include <stdlib.h>
#include <string.h>

#include "disjointsets.h"

/* Appends the runs of one row of the mask. */
static void
scan_row (const guint8 *mask, gint width, gint y, GArray *runs)
{
  const guint8 *end = mask + width, *at = mask;
  guint n = runs->len;
  Run *run;

  /* Room for as many as there can be: a call for each would cost more than
   * finding it. */
  g_array_set_size (runs, n + (width + 1) / 2);
  run = &g_array_index (runs, Run, n);
  while ((at = memchr (at, 1, end - at))) {
    const guint8 *stop = at + 1;

    while (stop < end && *stop)
      stop++;
    *run++ = (Run){ y, at - mask, stop - mask };
    at = stop;
  }
  g_array_set_size (runs, run - &g_array_index (runs, Run, 0));
}

/* Unites the runs of one row, which start at @row, with those they touch in
 * the row above, corners included, which start at @above. */
static void
connect_rows (const GArray * runs, DisjointSets * sets, guint above, guint row)
{
  guint i, j = above;

  for (i = row; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);
    guint k;

    while (j < row && g_array_index (runs, Run, j).x1 < run->x0)
      j++;
    for (k = j; k < row && g_array_index (runs, Run, k).x0 <= run->x1; k++)
      kocr_disjoint_sets_unite (sets, i, k);
  }
}

static void
find_runs (const PyramidLevel * level, const guint8 * mask, GArray * runs,
    DisjointSets * sets)
{
  guint above = 0, row = 0;
  gint y;

  for (y = 0; y < level->height; y++) {
    scan_row (mask + (gsize) y * level->width, level->width, y, runs);
    kocr_disjoint_sets_grow (sets, runs->len);
    connect_rows (runs, sets, above, row);
    above = row;
    row = runs->len;
  }
}

/* Sorts the runs by component, still from top to bottom and left to right
 * within each, and starts the components. */
static void
collect_components (ComponentSet * self, const GArray * runs,
    DisjointSets * sets, gint min_area)
{
  g_autofree guint *root = g_new (guint, runs->len + 1);
  g_autofree gint *area = g_new0 (gint, runs->len + 1);
  g_autofree gint *index = g_new (gint, runs->len + 1);
  Component *components;
  guint i, next = 0;

  for (i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);

    root[i] = kocr_disjoint_sets_find (sets, i);
    area[root[i]] += run->x1 - run->x0;
  }
  /* A root is the first run of its set. */
  for (i = 0; i < runs->len; i++) {
    if (root[i] == i) {
      Component component = { .x0 = G_MAXINT, .y0 = G_MAXINT, .area = area[i] };

      index[i] = -1;
      if (area[i] >= min_area) {
        index[i] = self->components->len;
        g_array_append_val (self->components, component);
      }
    }
    index[i] = index[root[i]];
    if (index[i] >= 0)
      g_array_index (self->components, Component, index[i]).n_runs++;
  }
  components = (Component *) self->components->data;
  for (i = 0; i < self->components->len; i++) {
    components[i].first_run = next;
    next += components[i].n_runs;
    components[i].n_runs = 0;
  }
  g_array_set_size (self->runs, next);
  for (i = 0; i < runs->len; i++)
    if (index[i] >= 0) {
      Component *component = &components[index[i]];

      g_array_index (self->runs, Run,
          component->first_run + component->n_runs++) =
          g_array_index (runs, Run, i);
    }
}

/* How many pixels of the component have another of it right above. */
static gint
count_stacked (const Run * runs, guint n_runs)
{
  guint i, above = 0;
  gint stacked = 0;

  for (i = 0; i < n_runs; i++) {
    const Run *run = &runs[i];
    guint j;

    while (above < i && (runs[above].y < run->y - 1
            || (runs[above].y == run->y - 1 && runs[above].x1 <= run->x0)))
      above++;
    for (j = above; j < i && runs[j].y == run->y - 1
        && runs[j].x0 < run->x1; j++)
      stacked += MIN (runs[j].x1, run->x1) - MAX (runs[j].x0, run->x0);
  }
  return stacked;
}

/* Width of the stroke, brightness and contrast of what @self covers. */
static void
measure (Component * self, const Run * runs, const PyramidLevel * level)
{
  gint64 brightness = 0, contrast = 0;
  gint n_edges = 0, perimeter;
  guint i;

  for (i = 0; i < self->n_runs; i++) {
    const Run *run = &runs[i];
    const guint8 *row = level->pixels + run->y * level->stride;
    gint middle = (run->x0 + run->x1) / 2, x;

    self->x0 = MIN (self->x0, run->x0);
    self->x1 = MAX (self->x1, run->x1);
    self->y0 = MIN (self->y0, run->y);
    self->y1 = MAX (self->y1, run->y + 1);
    for (x = run->x0; x < run->x1; x++)
      brightness += row[x];
    /* The edge itself is blurred: a pixel inside against two outside. */
    if (run->x0 >= 2) {
      contrast += abs (row[MIN (run->x0 + 1, middle)] - row[run->x0 - 2]);
      n_edges++;
    }
    if (run->x1 + 1 < level->width) {
      contrast += abs (row[MAX (run->x1 - 2, middle)] - row[run->x1 + 1]);
      n_edges++;
    }
  }
  perimeter = 2 * self->n_runs
      + 2 * (self->area - count_stacked (runs, self->n_runs));
  self->stroke = 2.0 * self->area / perimeter;
  self->brightness = (gdouble) brightness / self->area;
  self->contrast = n_edges ? (gdouble) contrast / n_edges : 0;
}

void
kocr_component_set_init (ComponentSet * self, const PyramidLevel * level,
    const guint8 * mask, gint min_area)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  g_auto (DisjointSets) sets = { 0 };
  guint i;

  self->components = g_array_new (FALSE, FALSE, sizeof (Component));
  self->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  find_runs (level, mask, runs, &sets);
  collect_components (self, runs, &sets, min_area);
  for (i = 0; i < self->components->len; i++) {
    Component *component = &g_array_index (self->components, Component, i);

    measure (component,
        &g_array_index (self->runs, Run, component->first_run), level);
  }
}

void
kocr_component_set_clear (ComponentSet * self)
{
  g_clear_pointer (&self->components, g_array_unref);
  g_clear_pointer (&self->runs, g_array_unref);
}
