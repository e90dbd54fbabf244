/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which way a quad is read, and how much of each other two cover.
 */
#include "geometry/quad.h"

#include <math.h>

#include "../testrows.h"

#define TESTS "/geometry/quad/"

#define QUAD(...) { __VA_ARGS__ }

typedef struct
{
  const gchar *name;
  gdouble quad[8];
  gdouble degrees;
} Row;

static const Row rows[] = {
  {"level", QUAD (0, 0, 100, 0, 100, 20, 0, 20), 0},
  {"downwards", QUAD (20, 0, 20, 100, 0, 100, 0, 0), 90},
  {"upwards", QUAD (0, 100, 0, 0, 20, 0, 20, 100), -90},
  {"upside_down", QUAD (100, 20, 0, 20, 0, 0, 100, 0), 180},
  /* A pixel of error in the top of a narrow one turns it by a quarter of what
   * the top alone says. */
  {"narrow", QUAD (0, 0, 10, 1, 10, 30, 0, 30), 0.716},
  {"a_point", QUAD (5, 5, 5, 5, 5, 5, 5, 5), 0},
};

static void
is_read (gconstpointer data)
{
  const Row *row = data;
  gdouble angle = kocr_quad_get_angle (row->quad), direction[2];

  kocr_quad_get_direction (row->quad, direction);
  g_assert_cmpfloat_with_epsilon (angle * 180 / G_PI, row->degrees, 0.01);
  g_assert_cmpfloat_with_epsilon (direction[0], cos (angle), 1e-9);
  g_assert_cmpfloat_with_epsilon (direction[1], sin (angle), 1e-9);
}

static void
quads_cover_each_other_whichever_way_they_run (void)
{
  static const gdouble square[8] = QUAD (0, 0, 10, 0, 10, 10, 0, 10);
  static const gdouble shifted[8] = QUAD (5, 5, 15, 5, 15, 15, 5, 15);
  static const gdouble backwards[8] = QUAD (0, 0, 0, 10, 10, 10, 10, 0);

  g_assert_cmpfloat_with_epsilon (kocr_quad_get_area (backwards), 100, 1e-9);
  g_assert_cmpfloat_with_epsilon (kocr_quad_get_overlap (square, shifted), 25,
      1e-9);
  g_assert_cmpfloat_with_epsilon (kocr_quad_get_overlap (square, backwards),
      100, 1e-9);
  g_assert_cmpfloat_with_epsilon (kocr_quad_get_overlap (backwards, shifted),
      25, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (is_read, rows);
  ADD (quads_cover_each_other_whichever_way_they_run);
  return g_test_run ();
}
