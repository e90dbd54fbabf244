/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which part of a frame is the picture.
 */
#include "geometry/framecrop.h"

#include "../testrows.h"

#define TESTS "/geometry/framecrop/"

#define WIDTH 320
#define HEIGHT 240

typedef struct
{
  const gchar *name;
  guint x, y, width, height;
  gboolean is_one;
  GstVideoRectangle picture;    /* of the frame; width 0: none */
} Row;

static const Row rows[] = {
  {"a_part", 10, 20, 100, 50, TRUE, {10, 20, 100, 50}},
  {"all", 0, 0, WIDTH, HEIGHT, TRUE, {0, 0, WIDTH, HEIGHT}},
  {"over_the_edge", 300, 200, 100, 100, TRUE, {300, 200, 20, 40}},
  {"outside", WIDTH, 0, 10, 10, TRUE, {0}},
  {"below", 0, HEIGHT, 10, 10, TRUE, {0}},
  {"not_filled_in", 0, 0, 0, 0, FALSE, {0, 0, WIDTH, HEIGHT}},
  {"without_width", 10, 20, 0, 50, FALSE, {0, 0, WIDTH, HEIGHT}},
  {"without_height", 10, 20, 100, 0, FALSE, {0, 0, WIDTH, HEIGHT}},
  {"of_no_frame", 10, 20, G_MAXUINT, 50, FALSE, {0, 0, WIDTH, HEIGHT}},
  {"nowhere", G_MAXUINT, 20, 10, 10, FALSE, {0, 0, WIDTH, HEIGHT}},
};

static void
a_crop_is (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  GstVideoCropMeta *meta = gst_buffer_add_video_crop_meta (buffer);
  const GstVideoCropMeta *crop;
  GstVideoRectangle picture;
  gboolean there;

  meta->x = row->x;
  meta->y = row->y;
  meta->width = row->width;
  meta->height = row->height;
  crop = kocr_frame_crop_get (buffer);
  g_assert_cmpint (crop != NULL, ==, row->is_one);
  there = kocr_frame_crop_clip (crop, WIDTH, HEIGHT, &picture);
  g_assert_cmpint (there, ==, row->picture.w > 0);
  if (!there)
    return;
  g_assert_cmpint (picture.x, ==, row->picture.x);
  g_assert_cmpint (picture.y, ==, row->picture.y);
  g_assert_cmpint (picture.w, ==, row->picture.w);
  g_assert_cmpint (picture.h, ==, row->picture.h);
}

static void
a_frame_without_a_crop_is_all_picture (void)
{
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  GstVideoRectangle picture;

  g_assert_null (kocr_frame_crop_get (buffer));
  g_assert_true (kocr_frame_crop_clip (NULL, WIDTH, HEIGHT, &picture));
  g_assert_cmpint (picture.w, ==, WIDTH);
  g_assert_cmpint (picture.h, ==, HEIGHT);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (a_crop_is, rows);
  ADD (a_frame_without_a_crop_is_all_picture);
  return g_test_run ();
}
