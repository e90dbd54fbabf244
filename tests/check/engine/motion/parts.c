/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What motion is made of: windows, corners, similarities, and the trail of
 * pictures; and what it may cost.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../testrows.h"
#include "motion/blockmatch.h"
#include "motion/corners.h"
#include "motion/lkpoint.h"
#include "motion/motion.h"
#include "movingworld.h"
#include "motion/pyramidhistory.h"

#define TESTS "/motionparts/"

/* Windows. */

static void
both_ways_of_comparing_give_the_same (void)
{
  GRand *random = g_rand_new_with_seed (1);
  guint8 pixels[16 * 16];
  KocrWindow window;

  for (guint round = 0; round < 2000; round++) {
    gint extreme = round % 3;   /* noise; all white; black and white */
    gint x = g_rand_int_range (random, 0, KOCR_WINDOW_STEPS);
    gint y = g_rand_int_range (random, 0, KOCR_WINDOW_STEPS);
    KocrWindowSums sums, portable;

    for (guint i = 0; i < sizeof pixels; i++)
      pixels[i] = extreme == 0 ? g_rand_int_range (random, 0, 256)
          : extreme == 1 ? 255 : g_rand_int_range (random, 0, 2) * 255;
    for (guint i = 0; i < KOCR_WINDOW_SIZE; i++) {
      window.luma[i] = g_rand_int_range (random, -2040, 2041);
      window.dx[i] = g_rand_int_range (random, -2040, 2041);
      window.dy[i] = g_rand_int_range (random, -2040, 2041);
    }
    kocr_lk_patch_compare (&window, pixels, 16, x, y, &sums);
    kocr_lk_patch_compare_portable (&window, pixels, 16, x, y, &portable);
    g_assert_cmpmem (&sums, sizeof sums, &portable, sizeof portable);
  }
  g_rand_free (random);
}

/* Similarities. */

static void
a_fit_ignores_what_goes_elsewhere (void)
{
  const KocrSimilarity truth = { 1.02, 0.03, 5, -7 };
  GRand *random = g_rand_new_with_seed (2);
  KocrPoint from[30], to[30];
  gboolean agree[30];
  KocrSimilarity fit;

  for (guint i = 0; i < 30; i++) {
    from[i] = (KocrPoint) {
    g_rand_double_range (random, 0, 90), g_rand_double_range (random, 0, 20)};
    to[i] = kocr_similarity_apply (&truth, from[i]);
    if (i % 5 < 2)
      to[i].x += g_rand_double_range (random, 2, 9);
  }
  g_assert_cmpuint (kocr_similarity_fit (&fit, from, to, 30, 0.5, agree), ==,
      18);
  for (guint i = 0; i < 30; i++) {
    KocrPoint p = kocr_similarity_apply (&fit, from[i]);
    KocrPoint q = kocr_similarity_apply (&truth, from[i]);

    g_assert_cmpint (agree[i], ==, i % 5 >= 2);
    g_assert_cmpfloat (hypot (p.x - q.x, p.y - q.y), <, 0.1);
  }
  g_rand_free (random);
}

static void
too_few_points_fit_nothing (void)
{
  KocrPoint point = { 3, 4 };
  KocrSimilarity fit;
  gboolean agree[1];

  g_assert_cmpuint (kocr_similarity_fit (&fit, &point, &point, 0, 1, agree),
      <, 2);
  g_assert_cmpuint (kocr_similarity_fit (&fit, &point, &point, 1, 1, agree),
      <, 2);
}

static void
an_inverse_leads_back (void)
{
  const KocrSimilarity there = { 1.3, -0.4, 12, 5 };
  KocrSimilarity back = kocr_similarity_invert (&there);
  KocrSimilarity both = kocr_similarity_compose (&back, &there);

  g_assert_cmpfloat_with_epsilon (both.a, 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (both.b, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (both.u, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (both.v, 0, 1e-9);
}

/* Corners, points and blocks. */

static KocrLumaPyramid *
picture_at (const MovingWorld * world, gdouble x, gdouble y)
{
  KocrSimilarity camera = { 1, 0, -x, -y };
  KocrLumaPyramid *picture;
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  GstVideoFrame frame;
  GstVideoInfo info;
  GstBuffer *buffer;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_GRAY8, 320, 200);
  buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
  gst_video_frame_map (&frame, &info, buffer, GST_MAP_READWRITE);
  moving_world_render (world, &camera, 1, x, frame.data[0], 320, 200,
      GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0));
  picture = kocr_luma_pyramid_new (pool, 320, 200);
  kocr_luma_pyramid_fill (picture, &frame);
  gst_video_frame_unmap (&frame);
  gst_buffer_unref (buffer);
  return picture;
}

static void
corners_lie_in_the_quad_and_apart (void)
{
  MovingWorld *world = moving_world_new (500, 400, WORLD_EDGES, 3);
  g_autoptr (KocrLumaPyramid) picture = NULL;
  /* Upright, and standing on a corner; the other way round, too. */
  const KocrPoint quads[][4] = {
    {{100, 80}, {180, 80}, {180, 110}, {100, 110}},
    {{100, 80}, {100, 110}, {180, 110}, {180, 80}},
    {{150, 40}, {210, 100}, {150, 160}, {90, 100}},
    {{-50, -50}, {400, -50}, {400, 300}, {-50, 300}},
  };

  moving_world_add_sign (world, 120, 90, "EXIT 27", 30, 20);
  picture = picture_at (world, 20, 10);
  for (guint q = 0; q < G_N_ELEMENTS (quads); q++) {
    const KocrPoint *quad = quads[q];
    KocrCorner corners[36];
    guint n = kocr_corners_pick (&picture->levels[0], quad, 36, corners);

    g_assert_cmpuint (n, >, 12);
    g_assert_cmpuint (n, <=, 36);
    for (guint i = 0; i < n; i++) {
      if (q == 2)
        g_assert_cmpint (abs (corners[i].x - 150) + abs (corners[i].y - 100),
            <=, 63);
      else if (q < 2)
        g_assert_true (corners[i].x >= 98 && corners[i].x <= 182
            && corners[i].y >= 78 && corners[i].y <= 112);
      for (guint j = 0; j < i; j++)
        g_assert_true (corners[i].x != corners[j].x
            || corners[i].y != corners[j].y);
    }
  }
  moving_world_free (world);
}

static void
points_are_found_to_a_tenth_of_a_pixel (void)
{
  MovingWorld *world = moving_world_new (500, 400, WORLD_BLOBS, 3);
  g_autoptr (KocrLumaPyramid) first = NULL, second = NULL;
  const KocrPoint quad[] = { {105, 85}, {200, 85}, {200, 110}, {105, 110} };
  KocrCorner corners[20];
  KocrLkPoint point;
  guint n, found = 0;

  moving_world_add_sign (world, 120, 90, "EXIT 27", 30, 20);
  first = picture_at (world, 20, 10);
  second = picture_at (world, 21.3, 9.4);
  n = kocr_corners_pick (&first->levels[0], quad, 20, corners);
  for (guint i = 0; i < n; i++) {
    KocrPoint at;

    g_assert_true (kocr_lk_point_init (&point, first, corners[i].x,
            corners[i].y));
    at = point.at;
    if (kocr_lk_point_find (&point, second, 1, &at)
        && hypot (at.x - point.at.x + 1.3, at.y - point.at.y - 0.6) < 0.1)
      found++;
  }
  g_assert_cmpuint (found, >=, n * 8 / 10);
  moving_world_free (world);
}

static void
nothing_is_found_on_a_flat_picture (void)
{
  MovingWorld *world = moving_world_new (500, 400, WORLD_FLAT, 3);
  const KocrPoint quad[] = { {105, 85}, {200, 85}, {200, 110}, {105, 110} };
  g_autoptr (KocrLumaPyramid) picture = picture_at (world, 20, 10);
  KocrCorner corners[20];
  KocrLkPoint point;

  g_assert_cmpuint (kocr_corners_pick (&picture->levels[0], quad, 20, corners),
      ==, 0);
  g_assert_false (kocr_lk_point_init (&point, picture, 150, 100));
  moving_world_free (world);
}

static void
a_block_is_found_to_the_pixel (void)
{
  MovingWorld *world = moving_world_new (500, 400, WORLD_EDGES, 3);
  g_autoptr (KocrLumaPyramid) first = NULL, second = NULL;
  const KocrPoint quad[] = { {100, 80}, {240, 80}, {240, 115}, {100, 115} };
  KocrPoint shift = { 0, 0 };

  moving_world_add_sign (world, 120, 90, "EXIT 27", 30, 20);
  first = picture_at (world, 20, 10);
  second = picture_at (world, 41, 27);
  g_assert_true (kocr_block_match (first, quad, second, &shift));
  g_assert_cmpfloat_with_epsilon (shift.x, -21, 1);
  g_assert_cmpfloat_with_epsilon (shift.y, -17, 1);
  moving_world_free (world);
}

/* The trail. */

static guint64
next_after (KocrPyramidHistory * trail, guint64 frame, guint most)
{
  KocrLumaPyramid *picture
      = kocr_pyramid_history_get_next (trail, most, &frame);

  if (!picture)
    return 0;
  kocr_luma_pyramid_unref (picture);
  return frame;
}

static void
add_frame (KocrPyramidHistory * trail, guint64 frame, guint64 serial)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrLumaPyramid) picture =
      kocr_luma_pyramid_new (pool, 1920, 1080);

  kocr_pyramid_history_add (trail, picture, frame, serial);
}

static void
a_trail_leads_from_a_sample_to_the_present (void)
{
  KocrPyramidHistory *trail = kocr_pyramid_history_new ();
  guint64 frame;

  add_frame (trail, 1, 0);
  g_assert_false (kocr_pyramid_history_is_open (trail));
  add_frame (trail, 2, 7);
  for (frame = 3; frame < 10; frame++)
    add_frame (trail, frame, frame == 5 ? 8 : 0);

  g_assert_true (kocr_pyramid_history_has_sample (trail, 7));
  g_assert_cmpuint (next_after (trail, 2, 1), ==, 3);
  g_assert_cmpuint (next_after (trail, 3, 4), ==, 7);
  g_assert_cmpuint (next_after (trail, 7, 4), ==, 9);
  g_assert_cmpuint (next_after (trail, 9, 4), ==, 0);

  kocr_pyramid_history_release (trail, 7);
  g_assert_false (kocr_pyramid_history_has_sample (trail, 7));
  g_assert_cmpuint (next_after (trail, 0, 1), ==, 5);
  kocr_pyramid_history_release (trail, 8);
  g_assert_false (kocr_pyramid_history_is_open (trail));
  kocr_pyramid_history_free (trail);
}

static void
a_long_trail_is_thinned_out_evenly (void)
{
  KocrPyramidHistory *trail = kocr_pyramid_history_new ();
  guint64 frame = 1, next;
  guint n = 1, widest = 0;

  for (guint64 i = 1; i <= 1000; i++)
    add_frame (trail, i, i == 1 ? 1 : i == 500 ? 2 : 0);
  g_assert_true (kocr_pyramid_history_has_sample (trail, 1));
  g_assert_true (kocr_pyramid_history_has_sample (trail, 2));
  while ((next = next_after (trail, frame, 1))) {
    widest = MAX (widest, next - frame);
    frame = next;
    n++;
  }
  g_assert_cmpuint (frame, ==, 1000);
  g_assert_cmpuint (n, >, 40);
  g_assert_cmpuint (n, <, 120);
  g_assert_cmpuint (widest, <=, 32);
  kocr_pyramid_history_free (trail);
}

/* What it may cost. */

/* A hostile answer: so many regions, each as large as the picture, that points
 * for all of them would stop a live picture. */
static void
regions_beyond_a_limit_go_along_with_others (void)
{
  enum
  { N = 700, WITH_POINTS = 3 };
  MovingWorld *world = moving_world_new (500, 400, WORLD_EDGES, 3);
  g_autoptr (KocrLumaPyramid) first = picture_at (world, 20, 10);
  g_autofree gdouble *boxes = g_new (gdouble, 8 * N);
  g_autoptr (KocrMotion) motion = NULL;
  const gdouble *there;

  for (guint i = 0; i < N; i++) {
    gdouble right = first->levels[0].width - i * 0.1;
    gdouble bottom = first->levels[0].height;
    const gdouble box[] = { 0, 0, right, 0, right, bottom, 0, bottom };

    memcpy (boxes + 8 * i, box, sizeof box);
  }
  motion = kocr_motion_new (first, 0, boxes, N);
  for (guint frame = 1; frame < 12; frame++) {
    g_autoptr (KocrLumaPyramid) next = picture_at (world, 20 + 2 * frame, 10);

    kocr_motion_follow (motion, next, frame);
  }
  there = kocr_motion_get_boxes (motion);
  g_assert_cmpfloat_with_epsilon (there[0], -22, 1);
  /* With points of their own they would not agree to the last digit. */
  for (guint i = WITH_POINTS; i < N; i++)
    g_assert_cmpmem (there + 8 * i, 2 * sizeof *there,
        there + 8 * WITH_POINTS, 2 * sizeof *there);
  moving_world_free (world);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (both_ways_of_comparing_give_the_same);
  ADD (a_fit_ignores_what_goes_elsewhere);
  ADD (too_few_points_fit_nothing);
  ADD (an_inverse_leads_back);
  ADD (corners_lie_in_the_quad_and_apart);
  ADD (points_are_found_to_a_tenth_of_a_pixel);
  ADD (nothing_is_found_on_a_flat_picture);
  ADD (a_block_is_found_to_the_pixel);
  ADD (a_trail_leads_from_a_sample_to_the_present);
  ADD (a_long_trail_is_thinned_out_evenly);
  ADD (regions_beyond_a_limit_go_along_with_others);
  return g_test_run ();
}
