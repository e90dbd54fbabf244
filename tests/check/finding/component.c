/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Connected marks, and what they are like.
 */
#include "component.h"

#include <string.h>

#include "../testrows.h"
#include "drawnpicture.h"

#define TESTS "/finding/component/"

#define MAX_ROWS 8

/* The mask is drawn with '#'; the rest is background. */
static void
find_components (const gchar *const *rows, ComponentSet *set)
{
  gint width = strlen (rows[0]), height = g_strv_length ((gchar **)rows);
  g_autoptr (GrayPicture) picture = drawn_picture_new (width, height, 40);
  PyramidLevel level
      = { width, height, picture->stride, picture->pixels, NULL, 1 };
  g_autofree guint8 *mask = g_malloc0 (width * height);
  gint x, y;

  for (y = 0; y < height; y++)
    for (x = 0; x < width; x++)
      if (rows[y][x] == '#') {
        mask[y * width + x] = 1;
        picture->pixels[y * picture->stride + x] = 140;
      }
  kocr_component_set_init (set, &level, mask, 2, MAX_ROWS);
}

static void
components_are_eight_connected (void)
{
  static const gchar *const rows[] = { "..........", ".#..#..##.", ".#..#.....",
    ".####..#..", "......#...", ".##..#....", "........#.", NULL };
  g_auto (ComponentSet) set = { 0 };
  const Component *u, *dash, *slope, *bar;

  find_components (rows, &set);
  g_assert_cmpuint (set.components->len, ==, 4);
  u = &g_array_index (set.components, Component, 0);
  dash = &g_array_index (set.components, Component, 1);
  slope = &g_array_index (set.components, Component, 2);
  bar = &g_array_index (set.components, Component, 3);
  g_assert_cmpint (u->area, ==, 8);
  g_assert_cmpint (u->x0, ==, 1);
  g_assert_cmpint (u->x1, ==, 5);
  g_assert_cmpint (u->y0, ==, 1);
  g_assert_cmpint (u->y1, ==, 4);
  g_assert_cmpuint (u->n_runs, ==, 5);
  g_assert_cmpint (dash->area, ==, 2);
  g_assert_cmpint (slope->area, ==, 3);
  g_assert_cmpint (bar->x0, ==, 1);
  g_assert_cmpfloat (u->brightness, ==, 140);
}

static void
components_know_how_thick_their_strokes_are (void)
{
  static const gchar *const rows[] = { "................................",
    "..####..........................", "..####...####################...",
    "..####..........................", "..####..........................",
    "..####..........................", "..####..........................",
    "..####..........................", "..####..........................",
    "................................", NULL };
  g_auto (ComponentSet) set = { 0 };

  find_components (rows, &set);
  g_assert_cmpuint (set.components->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (
      g_array_index (set.components, Component, 0).stroke, 2.67, 0.1);
  g_assert_cmpfloat_with_epsilon (
      g_array_index (set.components, Component, 1).stroke, 0.95, 0.1);
}

/* They are left out, and the others keep their runs. */
static void
components_of_too_many_rows_are_none (void)
{
  static const gchar *const rows[] = { "#..##", "#....", "#.###", "#..#.",
    "#....", "#....", "#....", "#....", "#.##.", NULL };
  g_auto (ComponentSet) set = { 0 };
  const Component *last;

  find_components (rows, &set);
  g_assert_cmpuint (set.components->len, ==, 3);
  g_assert_cmpuint (set.runs->len, ==, 4);
  last = &g_array_index (set.components, Component, 2);
  g_assert_cmpint (g_array_index (set.runs, Run, last->first_run).y, ==, 8);
}

/* Of whatever width, up to the last pixel of each row. */
static void
runs_are_where_the_mask_is (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (gint width = 1; width <= 40; width++) {
    const gint height = MAX_ROWS;
    g_autoptr (GrayPicture) picture = drawn_picture_new (width, height, 40);
    PyramidLevel level
        = { width, height, picture->stride, picture->pixels, NULL, 1 };
    g_autofree guint8 *mask = g_malloc (width * height);
    g_autofree guint8 *covered = g_malloc0 (width * height);
    g_auto (ComponentSet) set = { 0 };

    for (gint i = 0; i < width * height; i++)
      mask[i] = g_rand_boolean (random);
    kocr_component_set_init (&set, &level, mask, 1, height);
    for (guint i = 0; i < set.runs->len; i++) {
      const Run *run = &g_array_index (set.runs, Run, i);

      for (gint x = run->x0; x < run->x1; x++)
        covered[run->y * width + x]++;
      g_assert_true (run->x0 == 0 || !mask[run->y * width + run->x0 - 1]);
    }
    g_assert_cmpmem (covered, width * height, mask, width * height);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (components_are_eight_connected);
  ADD (components_know_how_thick_their_strokes_are);
  ADD (components_of_too_many_rows_are_none);
  ADD (runs_are_where_the_mask_is);
  return g_test_run ();
}
