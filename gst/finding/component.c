/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "component.h"

#include <stdlib.h>
#include <string.h>

#include "disjointsets.h"

/* Of no component. */
#define NONE G_MAXUINT

/* Pixels of the mask that are looked at together. */
#define STEP 8

/* Appends the places of @bytes, each 0 or 1, that differ from the one before,
 * the first of which is at @x; @before is the last one, and becomes that of
 * these. */
static inline gint *
add_edges (gint *edges, guint64 bytes, gint x, guint64 *before)
{
  guint64 here = GUINT64_FROM_LE (bytes);
  guint64 changes = here ^ (here << 8 | *before);

  *before = here >> 56;
  for (; changes; changes &= changes - 1)
    *edges++ = x + __builtin_ctzll (changes) / 8;
  return edges;
}

/* Where the runs of a row of the mask begin and end. Returns how many that are.
 */
static guint
find_edges (const guint8 *mask, gint width, gint *edges)
{
  gint *end = edges, x;
  guint64 before = 0, bytes;

  for (x = 0; x + STEP <= width; x += STEP) {
    memcpy (&bytes, mask + x, STEP);
    end = add_edges (end, bytes, x, &before);
  }
  /* What is beyond the row is not of the mask. */
  bytes = 0;
  memcpy (&bytes, mask + x, width - x);
  end = add_edges (end, bytes, x, &before);
  return end - edges;
}

/* Appends the runs of one row of the mask. */
static void
scan_row (const guint8 *mask, gint width, gint y, gint *edges, GArray *runs)
{
  guint n = find_edges (mask, width, edges) / 2, first = runs->len, i;
  Run *run;

  g_array_set_size (runs, first + n);
  run = &g_array_index (runs, Run, first);
  for (i = 0; i < n; i++)
    run[i] = (Run){ y, edges[2 * i], edges[2 * i + 1] };
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
  g_autofree gint *edges = g_new (gint, level->width + 2);
  guint above = 0, row = 0;
  gint y;

  for (y = 0; y < level->height; y++) {
    scan_row (mask + (gsize)y * level->width, level->width, y, edges, runs);
    kocr_disjoint_sets_grow (sets, runs->len);
    connect_rows (runs, sets, above, row);
    above = row;
    row = runs->len;
  }
}

/* Makes of the place of each run's set that of its component, or NONE: those of
 * enough pixels. */
static void
number_components (
    ComponentSet *self, const GArray *runs, guint *sets, gint min_area)
{
  g_autofree gint *areas = g_new0 (gint, runs->len + 1);
  guint i;

  /* A root is the first run of its set. */
  for (i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);

    sets[i] = sets[sets[i]];
    areas[sets[i]] += run->x1 - run->x0;
  }
  for (i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);

    if (sets[i] != i) {
      sets[i] = sets[sets[i]];
    } else if (areas[i] < min_area) {
      sets[i] = NONE;
    } else {
      Component component = { .y0 = run->y, .area = areas[i] };

      sets[i] = self->components->len;
      g_array_append_val (self->components, component);
    }
    if (sets[i] != NONE) {
      Component *component
          = &g_array_index (self->components, Component, sets[i]);

      component->y1 = run->y + 1;
      component->n_runs++;
    }
  }
}

/* Drops the components of more than @max_height rows. Returns (transfer full)
 * where the runs of each that there was begin, or NONE; @n_runs: how many the
 * others have. */
static guint *
drop_high_components (ComponentSet *self, gint max_height, guint *n_runs)
{
  guint n = self->components->len, n_kept = 0, i;
  guint *starts = g_new (guint, n);
  Component *components = (Component *)self->components->data;

  *n_runs = 0;
  for (i = 0; i < n; i++) {
    Component component = components[i];

    starts[i] = NONE;
    if (component.y1 - component.y0 > max_height)
      continue;
    starts[i] = component.first_run = *n_runs;
    *n_runs += component.n_runs;
    components[n_kept++] = component;
  }
  g_array_set_size (self->components, n_kept);
  return starts;
}

/* Sorts the runs by component, still from top to bottom and left to right
 * within each, and starts the components. */
static void
collect_components (ComponentSet *self, const GArray *runs, DisjointSets *sets,
    gint min_area, gint max_height)
{
  g_autofree guint *starts = NULL;
  Run *sorted;
  guint n_runs, i;

  number_components (self, runs, sets->parents, min_area);
  starts = drop_high_components (self, max_height, &n_runs);
  g_array_set_size (self->runs, n_runs);
  sorted = (Run *)self->runs->data;
  for (i = 0; i < runs->len; i++) {
    guint number = sets->parents[i];

    if (number != NONE && starts[number] != NONE)
      sorted[starts[number]++] = g_array_index (runs, Run, i);
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

/* The sides, the width of the stroke, brightness and contrast of what @self
 * covers. */
static void
measure (Component * self, const Run * runs, const PyramidLevel * level)
{
  gint64 brightness = 0, contrast = 0;
  gint x0 = G_MAXINT, x1 = 0, n_edges = 0, perimeter;
  guint i;

  for (i = 0; i < self->n_runs; i++) {
    const Run *run = &runs[i];
    const guint8 *row = level->pixels + run->y * level->stride;
    gint middle = (run->x0 + run->x1) / 2, x, sum = 0;

    x0 = MIN (x0, run->x0);
    x1 = MAX (x1, run->x1);
    for (x = run->x0; x < run->x1; x++)
      sum += row[x];
    brightness += sum;
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
  self->x0 = x0;
  self->x1 = x1;
  perimeter = 2 * self->n_runs
      + 2 * (self->area - count_stacked (runs, self->n_runs));
  self->stroke = 2.0 * self->area / perimeter;
  self->brightness = (gdouble) brightness / self->area;
  self->contrast = n_edges ? (gdouble) contrast / n_edges : 0;
}

void
kocr_component_set_init (ComponentSet *self, const PyramidLevel *level,
    const guint8 *mask, gint min_area, gint max_height)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  g_auto (DisjointSets) sets = { 0 };
  guint i;

  self->components = g_array_new (FALSE, FALSE, sizeof (Component));
  self->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  find_runs (level, mask, runs, &sets);
  collect_components (self, runs, &sets, min_area, max_height);
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
