/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "geometry/homography.h"

#include "../testrows.h"

#define TESTS "/geometry/homography/"

/* What elements of GStreamer 1.28 announce, by the code that fills it in: a
 * point of a frame of 320 × 240 and where the picture at it goes. Points are
 * places between pixels: the far edge is at 320. */
typedef struct
{
  const gchar *name;
  GstVideoRectangle in, out;
  gfloat matrix[3][3];
  gdouble x, y, to_x, to_y;
} Row;

static const Row rows[] = {
  {"same", {0, 0, 320, 240}, {0, 0, 320, 240}, {{1, 0, 0}, {0, 1, 0}, {0, 0,
              1}}, 10.25, 20.5, 10.25, 20.5},
  {"scaled", {0, 0, 320, 240}, {0, 0, 640, 480}, {{2, 0, 0}, {0, 2, 0}, {0, 0,
              1}}, 10.25, 20.5, 20.5, 41},
  {"scaled_far_edge", {0, 0, 320, 240}, {0, 0, 640, 480}, {{2, 0, 0}, {0, 2,
              0}, {0, 0, 1}}, 320, 240, 640, 480},
  {"scaled_with_borders", {0, 0, 320, 240}, {40, 0, 640, 480}, {{2, 0, 0},
          {0, 2, 0}, {0, 0, 1}}, 10, 20, 60, 40},
  {"cropped", {8, 6, 300, 200}, {0, 0, 300, 200}, {{1, 0, 0}, {0, 1, 0}, {0,
              0, 1}}, 10, 20, 2, 14},
  {"boxed", {0, 0, 320, 240}, {8, 6, 320, 240}, {{1, 0, 0}, {0, 1, 0}, {0, 0,
              1}}, 10, 20, 18, 26},
  {"turned_right", {0, 0, 320, 240}, {0, 0, 240, 320}, {{0, -1, 239}, {1, 0,
              0}, {0, 0, 1}}, 10, 20, 220, 10},
  {"turned_left", {0, 0, 320, 240}, {0, 0, 240, 320}, {{0, 1, 0}, {-1, 0,
              319}, {0, 0, 1}}, 10, 20, 20, 310},
  {"turned_around", {0, 0, 320, 240}, {0, 0, 320, 240}, {{-1, 0, 319}, {0, -1,
              239}, {0, 0, 1}}, 10, 20, 310, 220},
  {"mirrored", {0, 0, 320, 240}, {0, 0, 320, 240}, {{-1, 0, 319}, {0, 1, 0},
          {0, 0, 1}}, 10.25, 20, 309.75, 20},
  {"upside_down", {0, 0, 320, 240}, {0, 0, 320, 240}, {{1, 0, 0}, {0, -1,
              239}, {0, 0, 1}}, 10, 240, 10, 0},
  {"transposed", {0, 0, 320, 240}, {0, 0, 240, 320}, {{0, 1, 0}, {1, 0, 0},
          {0, 0, 1}}, 10, 20, 20, 10},
  {"in_perspective", {0, 0, 320, 240}, {0, 0, 320, 240}, {{1, 0, 0}, {0, 1,
              0}, {0.125, 0, 1}}, 8, 20, 4, 10},
};

static void
goes_to (gconstpointer data)
{
  const Row *row = data;
  KocrHomography homography;
  gdouble point[2] = { row->x, row->y };

  kocr_homography_init_matrix (&homography, &row->in, &row->out,
      row->matrix);
  g_assert_true (kocr_homography_apply (&homography, point, 1));
  g_assert_cmpfloat_with_epsilon (point[0], row->to_x, 1e-9);
  g_assert_cmpfloat_with_epsilon (point[1], row->to_y, 1e-9);
}

static void
what_is_behind_the_horizon_has_no_place (void)
{
  static const GstVideoRectangle frame = { 0, 0, 320, 240 };
  static const gfloat matrix[3][3] = { {1, 0, 0}, {0, 1, 0}, {-0.01f, 0, 1} };
  KocrHomography homography;
  gdouble points[4] = { 10, 10, 200, 10 };

  kocr_homography_init_matrix (&homography, &frame, &frame, matrix);
  g_assert_false (kocr_homography_apply (&homography, points, 2));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (goes_to, rows);
  g_test_add_func
      ("/geometry/homography/what_is_behind_the_horizon_has_no_place",
      what_is_behind_the_horizon_has_no_place);
  return g_test_run ();
}
