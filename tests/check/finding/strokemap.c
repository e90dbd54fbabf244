/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which strokes stand out.
 */
#include "strokemap.h"

#include <string.h>

#include "../testrows.h"
#include "drawnpicture.h"

#define TESTS "/finding/strokemap/"

/* Of the windows that it looks through. */
#define STROKE_RADIUS 4
#define PEAK_RADIUS 7

static void
fill (
    GrayPicture *picture, gint x0, gint y0, gint x1, gint y1, guint8 brightness)
{
  gint y;

  for (y = y0; y < y1; y++)
    memset (picture->pixels + y * picture->stride + x0, brightness, x1 - x0);
}

/* A bar of @width on a ramp: how far its middle stands out. */
static guint
strength_of_bar (gint width, gint contrast, gboolean light)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (64, 64, 0);
  PyramidLevel level = { 64, 64, picture->stride, picture->pixels, NULL, 1 };
  g_auto (StrokeMap) map = { 0 };
  gint x;

  for (x = 0; x < 64; x++)
    fill (picture, x, 0, x + 1, 64, 60 + 2 * x);
  for (x = 30; x < 30 + width; x++)
    fill (picture, x, 4, x + 1, 60, 60 + 2 * x + contrast);
  kocr_stroke_map_fill (&map, &level, light);
  return map.strength[32 * 64 + 30 + width / 2];
}

static void
only_thin_strokes_of_its_polarity_stand_out (void)
{
  g_assert_cmpuint (strength_of_bar (1, 50, TRUE), >=, 40);
  g_assert_cmpuint (strength_of_bar (4, 50, TRUE), >=, 40);
  g_assert_cmpuint (strength_of_bar (8, 50, TRUE), >=, 30);
  g_assert_cmpuint (strength_of_bar (16, 50, TRUE), <=, 16);
  g_assert_cmpuint (strength_of_bar (4, 50, FALSE), <=, 16);
  g_assert_cmpuint (strength_of_bar (4, -50, FALSE), >=, 40);
  g_assert_cmpuint (strength_of_bar (4, -50, TRUE), <=, 16);
}

static void
faint_strokes_beside_strong_ones_are_left_out (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (64, 64, 20);
  PyramidLevel level = { 64, 64, picture->stride, picture->pixels, NULL, 1 };
  g_auto (StrokeMap) map = { 0 };
  guint8 mask[64 * 64];

  fill (picture, 10, 4, 12, 60, 220);
  fill (picture, 15, 4, 17, 60, 70);
  fill (picture, 45, 4, 47, 60, 70);
  kocr_stroke_map_fill (&map, &level, TRUE);
  kocr_stroke_map_threshold (&map, 0.45, mask);
  g_assert_cmpint (mask[30 * 64 + 10], ==, 1);
  g_assert_cmpint (mask[30 * 64 + 15], ==, 0);
  g_assert_cmpint (mask[30 * 64 + 45], ==, 1);
  g_assert_cmpint (mask[30 * 64 + 30], ==, 0);
}

/* The least or the most of the pixels around (@x, @y), where outside the
 * picture goes on as its border. */
static guint8
extremum_around (
    const GrayPicture *picture, gint x, gint y, gint radius, gboolean most)
{
  guint8 found = most ? 0 : 255;

  for (gint v = y - radius; v <= y + radius; v++)
    for (gint u = x - radius; u <= x + radius; u++) {
      guint8 pixel
          = picture->pixels[CLAMP (v, 0, picture->height - 1) * picture->stride
                            + CLAMP (u, 0, picture->width - 1)];

      found = most ? MAX (found, pixel) : MIN (found, pixel);
    }
  return found;
}

static GrayPicture *
filter (const GrayPicture *from, gint radius, gboolean most)
{
  GrayPicture *to = drawn_picture_new (from->width, from->height, 0);

  for (gint y = 0; y < from->height; y++)
    for (gint x = 0; x < from->width; x++)
      to->pixels[y * to->stride + x]
          = extremum_around (from, x, y, radius, most);
  return to;
}

/* As they are defined, in a picture of more rows than are filtered together,
 * and in the memory of a larger one. */
static void
strength_is_a_top_hat_and_peak_its_maximum (void)
{
  static const gint sizes[][2] = { { 37, 150 }, { 64, 64 }, { 7, 3 } };
  g_auto (StrokeMap) map = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint light = 0; light < 2; light++) {
      gint width = sizes[i][0], height = sizes[i][1];
      g_autoptr (GrayPicture) picture = drawn_picture_new (width, height, 120);
      PyramidLevel level
          = { width, height, picture->stride, picture->pixels, NULL, 1 };
      g_autoptr (GrayPicture) first = NULL, second = NULL, peak = NULL;
      g_autoptr (GrayPicture) strength = drawn_picture_new (width, height, 0);

      drawn_picture_add_noise (picture, 60, 7);
      first = filter (picture, STROKE_RADIUS, !light);
      second = filter (first, STROKE_RADIUS, light);
      kocr_stroke_map_fill (&map, &level, light);
      for (gint y = 0; y < height; y++)
        for (gint x = 0; x < width; x++) {
          gsize at = y * picture->stride + x;

          strength->pixels[y * strength->stride + x] = ABS (
              picture->pixels[at] - second->pixels[y * second->stride + x]);
        }
      peak = filter (strength, PEAK_RADIUS, TRUE);
      for (gint y = 0; y < height; y++) {
        g_assert_cmpmem (map.strength + y * width, width,
            strength->pixels + y * strength->stride, width);
        g_assert_cmpmem (map.peak + y * width, width,
            peak->pixels + y * peak->stride, width);
      }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (only_thin_strokes_of_its_polarity_stand_out);
  ADD (faint_strokes_beside_strong_ones_are_left_out);
  ADD (strength_is_a_top_hat_and_peak_its_maximum);
  return g_test_run ();
}
