/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Levels sampled anew.
 */
#include "levelsample.h"

#include "../testrows.h"
#include "drawnpicture.h"

#define TESTS "/finding/levelsample/"

/* Farther than the picture on all sides. */
#define WIDTH 90
#define HEIGHT 60
/* So little of a turn moves no pixel by what a float can tell. */
#define HARDLY 1e-30

typedef struct
{
  const gchar *name;
  gdouble scale;
} Size;

static const Size sizes[] = {
  { "four-times-as-large", 0.25 },
  { "a-little-larger", 0.9 },
  { "as-large", 1 },
  { "smaller", 1.7 },
};

static void
what_stands_upright_is_as_what_is_hardly_turned (gconstpointer data)
{
  const Size *size = data;
  g_autoptr (GrayPicture) picture = drawn_picture_new (40, 30, 128);
  g_autofree guint8 *upright = g_malloc (WIDTH * HEIGHT);
  g_autofree guint8 *turned = g_malloc (WIDTH * HEIGHT);
  PyramidLevel level;
  gdouble m[6] = { size->scale, 0, -5.3, 0, size->scale, -4.6 };

  drawn_picture_add_noise (picture, 40, 1);
  level = (PyramidLevel){ picture->width, picture->height, picture->stride,
    picture->pixels, NULL, 1 };
  kocr_level_sample (&level, m, upright, WIDTH, HEIGHT);
  m[1] = -HARDLY;
  m[3] = HARDLY;
  kocr_level_sample (&level, m, turned, WIDTH, HEIGHT);
  g_assert_cmpmem (upright, WIDTH * HEIGHT, turned, WIDTH * HEIGHT);
}

static void
each_pixel_is_itself_at_its_own_size (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (WIDTH, HEIGHT, 128);
  g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);
  const gdouble m[6] = { 1, 0, 0, 0, 1, 0 };
  PyramidLevel level = { WIDTH, HEIGHT, picture->stride, picture->pixels, NULL,
    1 };

  drawn_picture_add_noise (picture, 40, 1);
  kocr_level_sample (&level, m, pixels, WIDTH, HEIGHT);
  for (guint y = 0; y < HEIGHT; y++)
    g_assert_cmpmem (pixels + y * WIDTH, WIDTH,
        picture->pixels + y * picture->stride, WIDTH);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (what_stands_upright_is_as_what_is_hardly_turned, sizes);
  ADD (each_pixel_is_itself_at_its_own_size);
  return g_test_run ();
}
