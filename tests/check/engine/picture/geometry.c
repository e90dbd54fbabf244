/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/geometry.h"

typedef struct
{
  const gchar *name;
  KocrFrameShape frame;
  gint region[4];
  guint longest;
  gint taken[4];                /* no width: nothing is */
  gint sent_width, sent_height;
} Row;

static const Row rows[] = {
  {"whole", {1920, 1080, 1, 2, 2, 1, 1}, {0, 0, 0, 0}, 4096,
      {0, 0, 1920, 1080}, 1920, 1080},
  {"one_pixel", {1, 1, 1, 2, 2, 1, 1}, {0, 0, 0, 0}, 4096,
      {0, 0, 1, 1}, 1, 1},
  {"shrunk_by_one_ratio", {5120, 2880, 1, 2, 2, 1, 1}, {0, 0, 0, 0}, 4096,
      {0, 0, 5120, 2880}, 4096, 2304},
  {"portrait_shrunk", {2880, 5120, 1, 2, 2, 1, 1}, {0, 0, 0, 0}, 4096,
      {0, 0, 2880, 5120}, 2304, 4096},
  {"never_enlarged", {320, 240, 1, 2, 2, 1, 1}, {0, 0, 0, 0}, 4096,
      {0, 0, 320, 240}, 320, 240},
  {"sliver_keeps_a_pixel", {5000, 1, 1, 2, 2, 1, 1}, {0, 0, 0, 0}, 1000,
      {0, 0, 5000, 1}, 1000, 1},
  {"region", {1920, 1080, 1, 2, 2, 1, 1}, {100, 200, 300, 400}, 4096,
      {100, 200, 300, 400}, 300, 400},
  {"region_to_whole_chroma", {1920, 1080, 1, 2, 2, 1, 1}, {101, 201, 300, 400},
      4096, {100, 200, 302, 402}, 302, 402},
  {"region_without_subsampling", {1920, 1080, 1, 1, 1, 1, 1},
      {101, 201, 301, 401}, 4096, {101, 201, 301, 401}, 301, 401},
  {"region_clipped", {1920, 1080, 1, 2, 2, 1, 1}, {-10, -20, 110, 120}, 4096,
      {0, 0, 100, 100}, 100, 100},
  {"region_past_odd_end", {161, 123, 1, 2, 2, 1, 1}, {151, 113, 1000, 1000},
      4096, {150, 112, 11, 11}, 11, 11},
  {"region_at_the_ends_of_int", {1920, 1080, 1, 2, 2, 1, 1},
      {G_MININT, G_MININT, G_MAXINT, G_MAXINT}, 4096, {0}, 0, 0},
  {"region_larger_than_int", {1920, 1080, 1, 2, 2, 1, 1},
      {10, 10, G_MAXINT, G_MAXINT}, 4096, {10, 10, 1910, 1070}, 1910, 1070},
  {"region_beside_the_frame", {1920, 1080, 1, 2, 2, 1, 1},
      {1920, 0, 10, 10}, 4096, {0}, 0, 0},
  {"region_above_the_frame", {1920, 1080, 1, 2, 2, 1, 1},
      {0, -10, 10, 10}, 4096, {0}, 0, 0},
  {"region_without_area", {1920, 1080, 1, 2, 2, 1, 1}, {10, 10, 0, 10}, 4096,
      {0}, 0, 0},
  {"region_of_negative_area", {1920, 1080, 1, 2, 2, 1, 1}, {10, 10, -5, 10},
      4096, {0}, 0, 0},
  {"tall_pixels_stretch_the_short_side", {720, 480, 1, 2, 2, 8, 9},
      {0, 0, 0, 0}, 4096, {0, 0, 720, 480}, 720, 540},
  {"wide_pixels_shrink_the_short_side", {1440, 1080, 1, 2, 2, 4, 3},
      {0, 0, 0, 0}, 4096, {0, 0, 1440, 1080}, 1440, 810},
  {"wide_pixels_of_a_tall_frame", {540, 720, 1, 2, 2, 4, 3},
      {0, 0, 0, 0}, 4096, {0, 0, 540, 720}, 720, 720},
  {"pixel_aspect_and_limit", {1440, 1080, 1, 2, 2, 4, 3}, {0, 0, 0, 0}, 1280,
      {0, 0, 1440, 1080}, 1280, 720},
  {"pixel_aspect_unknown", {1440, 1080, 1, 2, 2, 0, 0}, {0, 0, 0, 0}, 4096,
      {0, 0, 1440, 1080}, 1440, 1080},
  {"absurd_pixel_aspect", {100, 100, 1, 2, 2, G_MAXINT, 1}, {0, 0, 0, 0}, 4096,
      {0, 0, 100, 100}, 100, 1},
  {"one_field", {1920, 1080, 2, 2, 2, 1, 1}, {0, 0, 0, 0}, 4096,
      {0, 0, 1920, 540}, 1920, 1080},
  {"region_of_a_field", {1920, 1080, 2, 2, 2, 1, 1}, {6, 7, 100, 50}, 4096,
      {6, 2, 100, 28}, 100, 56},
  {"field_of_odd_height", {1920, 1079, 2, 1, 1, 1, 1}, {0, 0, 0, 0}, 4096,
      {0, 0, 1920, 540}, 1920, 1080},
};

static void
geometry_follows_the_frame (gconstpointer data)
{
  const Row *row = data;
  KocrPictureGeometry geometry = { 0 };

  if (!kocr_picture_geometry_take (&geometry, &row->frame, row->region)) {
    g_assert_cmpint (row->taken[2], ==, 0);
    return;
  }
  g_assert_cmpint (geometry.x, ==, row->taken[0]);
  g_assert_cmpint (geometry.y, ==, row->taken[1]);
  g_assert_cmpint (geometry.width, ==, row->taken[2]);
  g_assert_cmpint (geometry.height, ==, row->taken[3]);
  kocr_picture_geometry_fit (&geometry, &row->frame, row->longest, 0);
  g_assert_cmpint (geometry.sent_width, ==, row->sent_width);
  g_assert_cmpint (geometry.sent_height, ==, row->sent_height);
  /* The sent picture's edges are those of what was taken, exactly. */
  g_assert_cmpfloat (geometry.to_frame.offset_x, ==, row->taken[0]);
  g_assert_cmpfloat (geometry.to_frame.offset_y, ==,
      row->taken[1] * row->frame.row_step);
  g_assert_cmpfloat_with_epsilon (
      geometry.sent_width * geometry.to_frame.scale_x, row->taken[2], 1e-9);
  g_assert_cmpfloat_with_epsilon (
      geometry.sent_height * geometry.to_frame.scale_y,
      row->taken[3] * row->frame.row_step, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path =
        g_strconcat ("/picture-geometry/", rows[i].name, NULL);

    g_test_add_data_func (path, &rows[i], geometry_follows_the_frame);
  }
  return g_test_run ();
}
