/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "signs.h"

#include "../../graypicture.h"

void
signs_set_up (Signs *f, WorldGround ground)
{
  f->world = moving_world_new (1200, 800, ground, 5);
  f->motion = NULL;
}

void
signs_tear_down (Signs *f)
{
  g_clear_pointer (&f->motion, kocr_motion_unref);
  moving_world_free (f->world);
}

void
signs_add (Signs *f)
{
  moving_world_add_sign (f->world, 400, 300, "EXIT 27", 40, 20);
  moving_world_add_sign (f->world, 640, 330, "SEOUL 3km", 28, 235);
  moving_world_add_sign (f->world, 500, 440, "No entry", 20, -1);
}

static KocrLumaPyramid *
signs_picture_of (Signs *f)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();

  return gray_picture_fill (
      kocr_luma_pyramid_new (pool, WIDTH, HEIGHT), f->pixels, WIDTH, HEIGHT);
}

void
signs_see_pixels (Signs *f, const KocrSimilarity *camera, guint frame)
{
  g_autoptr (KocrLumaPyramid) picture = signs_picture_of (f);
  gdouble boxes[8 * WORLD_MAX_SIGNS];

  if (f->motion) {
    kocr_motion_follow (f->motion, picture, frame);
    return;
  }
  for (guint i = 0; i < f->world->n_signs; i++)
    moving_world_get_box (f->world, camera, i, boxes + 8 * i);
  f->motion = kocr_motion_new (picture, frame, boxes, f->world->n_signs);
}

void
signs_see (Signs *f, const KocrSimilarity *camera, guint frame)
{
  moving_world_render (
      f->world, camera, NOISE, frame, f->pixels, WIDTH, HEIGHT, WIDTH);
  signs_see_pixels (f, camera, frame);
}

gdouble
signs_overlap (Signs *f, const KocrSimilarity *camera, guint i)
{
  gdouble truth[8];

  moving_world_get_box (f->world, camera, i, truth);
  return quad_overlap (kocr_motion_get_boxes (f->motion) + 8 * i, truth);
}

gboolean
signs_is_lost (Signs *f, guint i)
{
  return kocr_motion_get_lost (f->motion)[i];
}

void
signs_assert_on_signs (Signs *f, const KocrSimilarity *camera)
{
  for (guint i = 0; i < f->world->n_signs; i++) {
    g_assert_false (signs_is_lost (f, i));
    g_assert_cmpfloat (signs_overlap (f, camera, i), >, 0.88);
  }
}
