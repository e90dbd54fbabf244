/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "textscene.h"

#include "../../graypicture.h"

const gdouble text_box[8] = { LEFT, TOP, LEFT + LETTERS *LETTER, TOP,
  LEFT + LETTERS *LETTER, TOP + 20, LEFT, TOP + 20 };

const SceneCamera cameras[N_CAMERAS] = {
  { "over_a_still_picture", 0, 0, WORLD_EDGES },
  { "in_noise", 0, 4, WORLD_FLAT },
  { "over_a_slow_pan", 0.4, 2, WORLD_EDGES },
  { "over_a_pan", 3, 2, WORLD_EDGES },
  { "over_lights_that_pass", 12, 2, WORLD_BLOBS },
  { "over_nothing", 0, 0, WORLD_FLAT },
};
KocrTextPictures
pictures_from (const Scene *scene, guint from, guint n)
{
  return (KocrTextPictures){ scene->pictures, n, from };
}

Scene
scene_new (guint camera)
{
  return (Scene){ kocr_block_pool_new (),
    moving_world_new (2 * WIDTH, HEIGHT + 100, cameras[camera].ground, 3),
    camera, 0,
    {
        NULL,
    } };
}

void
scene_free (Scene *self)
{
  for (guint i = 0; i < N; i++)
    kocr_luma_pyramid_unref (self->pictures[i]);
  moving_world_free (self->world);
  kocr_block_pool_free (self->pool);
}

/* Strokes like those of letters, white with a dark rim. */
static void
write_letters (guint8 *pixels, gint x0, gdouble strength, guint kind, gint n)
{
  for (gint k = 0; k < n; k++) {
    for (gint y = 2; y < 18; y++) {
      for (gint x = 0; x < LETTER - 4; x++) {
        gboolean bar = (k * 7 + kind * 5) % 3 ? x < 4 : x > 5 && x < 9;
        gboolean ink = bar || (y / 4 + k + kind) % 3 == 0;
        gint at = x0 + k * LETTER + x;

        if (at >= 0 && at < WIDTH) {
          guint8 *pixel = pixels + (TOP + y) * WIDTH + at;

          *pixel += strength * ((ink ? 250 : 20) - *pixel);
        }
      }
    }
  }
}

/* The further to the right the more. */
static void
shine (guint8 *pixels, gdouble light)
{
  for (gint y = TOP; y < TOP + 20; y++) {
    for (gint x = 0; x < LIT; x++) {
      guint8 *pixel = pixels + y * WIDTH + LEFT + LETTERS * LETTER + x;

      *pixel = MIN (*pixel + light * x / LIT, 255);
    }
  }
}

void
scene_show_part (
    Scene *self, guint i, gint x, gdouble strength, guint kind, gint n)
{
  const KocrSimilarity camera = { 1, 0, -cameras[self->camera].pan * i, -10 };
  g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);

  moving_world_render (self->world, &camera, cameras[self->camera].noise, i,
      pixels, WIDTH, HEIGHT, WIDTH);
  shine (pixels, self->light);
  write_letters (pixels, x, strength, kind, n);
  self->pictures[i] = gray_picture_fill (
      kocr_luma_pyramid_new (self->pool, WIDTH, HEIGHT), pixels, WIDTH, HEIGHT);
}

void
scene_show (Scene *self, guint i, gint x, gdouble strength, guint kind)
{
  scene_show_part (self, i, x, strength, kind, LETTERS);
}
