/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Boxes follow signs of a generated world, whose true places are known.
 */
#include <math.h>
#include <string.h>

#include "../../testrows.h"
#include "signs.h"

#define TESTS "/motion/"

static const KocrSimilarity at_rest = { 1, 0, -280, -220 };

/* Per frame, at 30 a second. */
typedef struct
{
  const gchar *name;
  WorldGround ground;
  gdouble x, y, growth, turn;
  guint step;                   /* frames between pictures */
} Take;

static const Take takes[] = {
  {"rest", WORLD_EDGES, 0, 0, 0, 0, 1},
  {"pan", WORLD_EDGES, 3, 1, 0, 0, 1},
  {"pan_on_soft_ground", WORLD_BLOBS, -3, 1, 0, 0, 1},
  {"pan_on_flat_ground", WORLD_FLAT, -3, -1, 0, 0, 1},
  {"pan_in_steps_of_4", WORLD_EDGES, 3, 1, 0, 0, 4},
  {"zoom_in", WORLD_EDGES, 0, 0, 0.004, 0, 1},
  {"zoom_out", WORLD_EDGES, 0, 0, -0.004, 0, 1},
  {"zoom_on_flat_ground", WORLD_FLAT, 0, 0, 0.004, 0, 1},
  {"turn", WORLD_EDGES, 0, 0, 0, 0.003, 1},
  {"all_together", WORLD_EDGES, 2, -1, 0.003, 0.002, 1},
};

static KocrSimilarity
camera_of (const Take * take, guint frame)
{
  gdouble scale = 1 + take->growth * frame, angle = take->turn * frame;
  const KocrPoint centre = { 600, 400 };
  KocrSimilarity camera = { scale * cos (angle), scale * sin (angle), 0, 0 };
  KocrPoint there = kocr_similarity_apply (&camera, centre);

  camera.u = WIDTH / 2 + take->x * frame - there.x;
  camera.v = HEIGHT / 2 + take->y * frame - there.y;
  return camera;
}

static void
boxes_follow_the_camera (gconstpointer data)
{
  const Take *take = data;
  KocrSimilarity camera;
  Signs f;

  signs_set_up (&f, take->ground);
  signs_add (&f);
  for (guint frame = 0; frame <= 40; frame += take->step) {
    camera = camera_of (take, frame);
    signs_see (&f, &camera, frame);
    signs_assert_on_signs (&f, &camera);
  }
  signs_tear_down (&f);
}

static void
boxes_at_rest_do_not_tremble (void)
{
  KocrSimilarity camera = at_rest;
  Signs f;

  signs_set_up (&f, WORLD_EDGES);
  signs_add (&f);
  for (guint frame = 0; frame < 25; frame++) {
    signs_see (&f, &camera, frame);
    g_assert_false (kocr_motion_has_moved (f.motion));
  }
  signs_tear_down (&f);
}

/* 27 pixels in one frame, as 108 of a 1080p frame are. */
static void
a_jerk_is_followed (void)
{
  KocrSimilarity camera = at_rest;
  Signs f;

  signs_set_up (&f, WORLD_EDGES);
  signs_add (&f);
  for (guint frame = 0; frame < 12; frame++) {
    if (frame == 6) {
      camera.u += 20;
      camera.v -= 18;
    }
    signs_see (&f, &camera, frame);
    signs_assert_on_signs (&f, &camera);
  }
  signs_tear_down (&f);
}

/* What does not move with the rest: subtitles over a pan, a ticker over a
 * still. Two worlds: the sign of one is laid over the other. */
static void
follow_over (gdouble sign_x, gdouble ground_x)
{
  KocrSimilarity sign = { 1, 0, -280, -180 }, ground = at_rest;
  gdouble box[8];
  Signs f;
  MovingWorld *behind = moving_world_new (1200, 800, WORLD_EDGES, 9);
  static guint8 pixels[WIDTH * HEIGHT];

  signs_set_up (&f, WORLD_FLAT);
  /* Less than its ground, which is let through: letters and their rim. */
  moving_world_add_sign (f.world, 480, 340, "The end of the line", 24, -1);
  for (guint frame = 0; frame < 25; frame++) {
    moving_world_render (f.world, &sign, 0, frame, f.pixels, WIDTH, HEIGHT,
        WIDTH);
    moving_world_render (behind, &ground, NOISE, frame, pixels, WIDTH, HEIGHT,
        WIDTH);
    for (guint i = 0; i < sizeof pixels; i++) {
      if (ABS (f.pixels[i] - 102) < 12)
        f.pixels[i] = pixels[i];
    }
    signs_see_pixels (&f, &sign, frame);
    moving_world_get_box (f.world, &sign, 0, box);
    g_assert_false (signs_is_lost (&f, 0));
    g_assert_cmpfloat (signs_overlap (&f, &sign, 0), >, 0.88);
    sign.u += sign_x;
    ground.u += ground_x;
  }
  moving_world_free (behind);
  signs_tear_down (&f);
}

static void
subtitles_stay_over_what_moves (void)
{
  follow_over (0, 4);
}

static void
a_ticker_moves_over_what_stays (void)
{
  follow_over (-3, 0);
}

static void
a_cut_loses_all_at_once (void)
{
  MovingWorld *other = moving_world_new (1200, 800, WORLD_EDGES, 6);
  KocrSimilarity camera = at_rest;
  Signs f;

  signs_set_up (&f, WORLD_EDGES);
  signs_add (&f);
  for (guint frame = 0; frame < 5; frame++)
    signs_see (&f, &camera, frame);
  signs_assert_on_signs (&f, &camera);
  for (guint frame = 5; frame < 20; frame++) {
    moving_world_render (other, &camera, NOISE, frame, f.pixels, WIDTH,
        HEIGHT, WIDTH);
    signs_see_pixels (&f, &camera, frame);
    for (guint i = 0; i < f.world->n_signs; i++)
      g_assert_true (signs_is_lost (&f, i));
  }
  g_assert_true (kocr_motion_is_over (f.motion));
  moving_world_free (other);
  signs_tear_down (&f);
}

static void
shade (Signs * f, gdouble gain, gdouble offset)
{
  for (guint i = 0; i < sizeof f->pixels; i++)
    f->pixels[i] = CLAMP (f->pixels[i] * gain + offset, 0, 255);
}

static void
a_fade_is_followed_as_long_as_there_is_contrast (void)
{
  KocrSimilarity camera = at_rest;
  Signs f;

  signs_set_up (&f, WORLD_EDGES);
  signs_add (&f);
  for (guint frame = 0; frame <= 30; frame++) {
    camera.u += 2;
    moving_world_render (f.world, &camera, 1, frame, f.pixels, WIDTH, HEIGHT,
        WIDTH);
    shade (&f, 1 - frame / 30.0, 0);
    signs_see_pixels (&f, &camera, frame);
    if (frame <= 21)
      signs_assert_on_signs (&f, &camera);
  }
  for (guint i = 0; i < f.world->n_signs; i++)
    g_assert_true (signs_is_lost (&f, i));
  signs_tear_down (&f);
}

static void
brightness_may_change (void)
{
  KocrSimilarity camera = at_rest;
  Signs f;

  signs_set_up (&f, WORLD_EDGES);
  signs_add (&f);
  for (guint frame = 0; frame < 20; frame++) {
    camera.u += 2;
    moving_world_render (f.world, &camera, NOISE, frame, f.pixels, WIDTH,
        HEIGHT, WIDTH);
    shade (&f, 0.7, frame % 2 ? 40 : 10);
    signs_see_pixels (&f, &camera, frame);
    signs_assert_on_signs (&f, &camera);
  }
  signs_tear_down (&f);
}

static void
blackout (Signs * f, guint frames, gboolean back)
{
  KocrSimilarity camera = at_rest;
  guint frame = 0;

  signs_set_up (f, WORLD_EDGES);
  signs_add (f);
  for (; frame < 5; frame++)
    signs_see (f, &camera, frame);
  for (guint i = 0; i < frames; i++, frame++) {
    memset (f->pixels, 16, sizeof f->pixels);
    signs_see_pixels (f, &camera, frame);
    g_assert_true (signs_is_lost (f, 0));
  }
  signs_see (f, &camera, frame);
  g_assert_true (signs_is_lost (f, 0) != back);
  signs_tear_down (f);
}

static void
a_short_blackout_is_survived (void)
{
  Signs f;

  blackout (&f, 5, TRUE);
}

static void
a_long_blackout_is_not (void)
{
  Signs f;

  blackout (&f, 12, FALSE);
}

static void
a_region_that_leaves_is_lost (void)
{
  KocrSimilarity camera = at_rest;
  Signs f;

  signs_set_up (&f, WORLD_EDGES);
  signs_add (&f);
  for (guint frame = 0; frame < 40; frame++) {
    camera.u -= 8;
    signs_see (&f, &camera, frame);
    /* While all of it is to be seen. */
    if (f.world->signs[0][0] + camera.u > 0)
      g_assert_cmpfloat (signs_overlap (&f, &camera, 0), >, 0.88);
    if (f.world->signs[0][0] + f.world->signs[0][2] + camera.u < 0)
      g_assert_true (signs_is_lost (&f, 0));
  }
  g_assert_true (signs_is_lost (&f, 0));
  g_assert_false (signs_is_lost (&f, 1));
  signs_tear_down (&f);
}

/* A sign that is covered and comes out again elsewhere has been lost. */
static void
a_covered_region_does_not_drift (void)
{
  KocrSimilarity camera = at_rest;
  Signs f;

  signs_set_up (&f, WORLD_EDGES);
  signs_add (&f);
  for (guint frame = 0; frame < 30; frame++) {
    gdouble box[8];

    moving_world_render (f.world, &camera, NOISE, frame, f.pixels, WIDTH,
        HEIGHT, WIDTH);
    moving_world_get_box (f.world, &camera, 0, box);
    /* A grey curtain that falls. */
    for (gint y = 0; y < HEIGHT && y < (gint) frame * 12; y++)
      memset (f.pixels + y * WIDTH + (gint) box[0] - 20, 120,
          box[2] - box[0] + 40);
    signs_see_pixels (&f, &camera, frame);
    g_assert_true (
        signs_is_lost (&f, 0) || signs_overlap (&f, &camera, 0) > 0.88);
    g_assert_false (signs_is_lost (&f, 1));
  }
  g_assert_true (signs_is_lost (&f, 0));
  signs_tear_down (&f);
}

/* A blank space among signs moves with them, and goes with them. */
static void
a_region_without_corners_goes_along (void)
{
  KocrSimilarity camera = at_rest;
  Signs f;

  signs_set_up (&f, WORLD_FLAT);
  signs_add (&f);
  memcpy (f.world->signs[f.world->n_signs++], ((gdouble[4]) {
          430, 240, 90, 30}), 4 * sizeof (gdouble));
  for (guint frame = 0; frame < 20; frame++) {
    signs_see (&f, &camera, frame);
    signs_assert_on_signs (&f, &camera);
    camera.u += 3;
  }
  memset (f.pixels, 16, sizeof f.pixels);
  signs_see_pixels (&f, &camera, 20);
  g_assert_true (signs_is_lost (&f, 3));
  signs_tear_down (&f);
}

/* What moves at the other end of the picture says nothing of it. */
static void
a_region_without_corners_is_not_led_from_afar (void)
{
  KocrSimilarity camera = at_rest;
  gdouble box[8];
  Signs f;

  signs_set_up (&f, WORLD_FLAT);
  moving_world_add_sign (f.world, 400, 300, "EXIT 27", 40, 20);
  memcpy (f.world->signs[f.world->n_signs++], ((gdouble[4]) {
          800, 520, 60, 20}), 4 * sizeof (gdouble));
  signs_see (&f, &camera, 0);
  memcpy (box, kocr_motion_get_boxes (f.motion) + 8, sizeof box);
  for (guint frame = 1; frame < 20; frame++) {
    camera.u += 3;
    signs_see (&f, &camera, frame);
  }
  g_assert_true (kocr_motion_has_moved (f.motion));
  g_assert_cmpmem (box, sizeof box, kocr_motion_get_boxes (f.motion) + 8,
      sizeof box);
  memset (f.pixels, 16, sizeof f.pixels);
  signs_see_pixels (&f, &camera, 20);
  g_assert_true (signs_is_lost (&f, 0));
  g_assert_false (signs_is_lost (&f, 1));
  signs_tear_down (&f);
}

static void
add_blank (Signs * f, gdouble x, gdouble y)
{
  memcpy (f->world->signs[f->world->n_signs++], ((gdouble[4]) {
          x, y, 90, 30}), 4 * sizeof (gdouble));
}

static void
a_region_without_corners_is_not_lost_with_its_neighbour (void)
{
  KocrSimilarity camera = at_rest;
  Signs f;

  signs_set_up (&f, WORLD_FLAT);
  signs_add (&f);
  add_blank (&f, 430, 240);
  for (guint frame = 0; frame < 10; frame++) {
    gdouble box[8];

    moving_world_render (f.world, &camera, NOISE, frame, f.pixels, WIDTH,
        HEIGHT, WIDTH);
    moving_world_get_box (f.world, &camera, 0, box);
    for (gint y = box[1] - 10; frame > 2 && y < box[5] + 10; y++)
      memset (f.pixels + y * WIDTH + (gint) box[0] - 20, 120,
          box[2] - box[0] + 40);
    signs_see_pixels (&f, &camera, frame);
  }
  g_assert_true (signs_is_lost (&f, 0));
  g_assert_false (signs_is_lost (&f, 3));
  signs_tear_down (&f);
}

static void
what_cannot_be_followed_stays (void)
{
  KocrSimilarity camera = at_rest;
  Signs f;

  signs_set_up (&f, WORLD_FLAT);
  memcpy (f.world->signs[f.world->n_signs++], ((gdouble[4]) {
          430, 300, 90, 30}), 4 * sizeof (gdouble));
  signs_see (&f, &camera, 0);
  g_assert_true (kocr_motion_is_over (f.motion));
  signs_see (&f, &camera, 1);
  g_assert_false (kocr_motion_has_moved (f.motion));
  signs_tear_down (&f);
}

static void
many_regions_share_the_points (void)
{
  KocrSimilarity camera = at_rest;
  Signs f;

  signs_set_up (&f, WORLD_BLOBS);
  for (guint i = 0; i < 48; i++)
    moving_world_add_sign (f.world, 330 + i % 6 * 80, 260 + i / 6 * 30, "word",
        16, 230);
  for (guint frame = 0; frame < 20; frame++) {
    signs_see (&f, &camera, frame);
    signs_assert_on_signs (&f, &camera);
    camera.u -= 2;
  }
  signs_tear_down (&f);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (takes); i++) {
    g_autofree gchar *path =
        g_strdup_printf ("/motion/boxes_follow/%s", takes[i].name);

    g_test_add_data_func (path, &takes[i], boxes_follow_the_camera);
  }
  ADD (boxes_at_rest_do_not_tremble);
  ADD (a_jerk_is_followed);
  ADD (subtitles_stay_over_what_moves);
  ADD (a_ticker_moves_over_what_stays);
  ADD (a_cut_loses_all_at_once);
  ADD (a_fade_is_followed_as_long_as_there_is_contrast);
  ADD (brightness_may_change);
  ADD (a_short_blackout_is_survived);
  ADD (a_long_blackout_is_not);
  ADD (a_region_that_leaves_is_lost);
  ADD (a_covered_region_does_not_drift);
  ADD (a_region_without_corners_goes_along);
  ADD (a_region_without_corners_is_not_led_from_afar);
  ADD (a_region_without_corners_is_not_lost_with_its_neighbour);
  ADD (what_cannot_be_followed_stays);
  ADD (many_regions_share_the_points);
  return g_test_run ();
}
