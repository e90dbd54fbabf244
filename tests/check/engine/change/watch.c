/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Change watch: with which frame something new stands in a picture.
 */
#include "change/watch.h"

#include "../../graypicture.h"
#include "../motion/movingworld.h"

#define WIDTH 640
#define HEIGHT 360
#define N 40

/* What the camera does, pixels a frame, and its noise; the caption's first and
 * last frame, and how many frames it takes to fade in. */
typedef struct
{
  const gchar *name;
  gdouble pan, noise;
  guint from, until, fade;
  gdouble speed;                /* of the caption, pixels a frame */
  gint opened;                  /* the first frame that opens; -1: none */
  WorldGround ground;           /* 0: one with hard edges */
  guint sample;                 /* the frame that is one */
} Case;

static const Case cases[] = {
  { "nothing_happens", 0, 3, N, N, 0, 0, -1 },
  { "a_pan", 2.5, 2, N, N, 0, 0, -1 },
  { "a_slow_pan", 1, 2, N, N, 0, 0, -1, WORLD_BLOBS },
  { "hard_edges_that_creep", 1, 2, N, N, 0, 0, -1 },
  { "hard_edges_that_hardly_move", 0.5, 2, N, N, 0, 0, -1 },
  { "a_caption_comes", 0, 3, 10, N, 0, 0, 12 },
  { "a_caption_comes_over_a_pan", 2.5, 2, 10, N, 0, 0, 18 },
  { "a_caption_of_ten_frames_over_a_slow_pan", 1, 2, 10, 20, 0, 0, 18 },
  { "a_caption_goes_over_a_pan", 2.5, 2, 0, 20, 0, 0, 31, 0, 9 },
  { "a_caption_goes", 0, 3, 0, 10, 0, 0, 15 },
  { "a_caption_fades_in", 0, 2, 10, N, 8, 0, 19 },
  { "a_ticker", 0, 2, 1, N, 0, 6, -1 },
};

static void
write_letters (guint8 * pixels, gint x0, gdouble strength)
{
  for (gint k = 0; k < 12; k++) {
    for (gint y = 300; y < 320; y++) {
      for (gint x = 0; x < 14; x++) {
        gboolean ink = x < 4 || (x < 11 && (y / 5 + k) % 3 == 0);
        gint at = x0 + k * 18 + x;

        if (at >= 0 && at < WIDTH)
          pixels[y * WIDTH + at] += strength
              * ((ink ? 250 : 20) - pixels[y * WIDTH + at]);
      }
    }
  }
}

/* Frame @i, with the caption where it is in frame @at. */
static KocrLumaPyramid *
look_at (const Case * row, const MovingWorld * world, KocrBlockPool * pool,
    guint i, guint at)
{
  const KocrSimilarity camera = { 1, 0, -row->pan * i, -10 };
  KocrLumaPyramid *picture = kocr_luma_pyramid_new_coarse (pool, WIDTH,
      HEIGHT);
  g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);

  moving_world_render (world, &camera, row->noise, i, pixels, WIDTH, HEIGHT,
      WIDTH);
  if (i >= row->from && i < row->until)
    write_letters (pixels, 200 - (gint) (row->speed * at),
        row->fade ? MIN (1, (i - row->from + 1) / (gdouble) row->fade) : 1);
  return gray_picture_fill (picture, pixels, WIDTH, HEIGHT);
}

static KocrLumaPyramid *
look (const Case * row, const MovingWorld * world, KocrBlockPool * pool,
    guint i)
{
  return look_at (row, world, pool, i, i);
}

static void
check (gconstpointer data)
{
  const Case *row = data;
  KocrBlockPool *pool = kocr_block_pool_new ();
  MovingWorld *world = moving_world_new (2 * WIDTH, HEIGHT + 100,
      row->ground ? row->ground : WORLD_EDGES, 3);
  KocrChangeWatch *watch = kocr_change_watch_new ();
  gint opened = -1;

  for (guint i = 0; i < N && opened < 0; i++) {
    KocrLumaPyramid *picture = look (row, world, pool, i);

    kocr_change_watch_look (watch, picture);
    kocr_luma_pyramid_unref (picture);
    if (i == row->sample)
      kocr_change_watch_take (watch);
    else if (kocr_change_watch_has_changed (watch, KOCR_CHANGE_STANDING))
      opened = i;
  }
  g_assert_cmpint (opened, ==, row->opened);
  /* Then it is a sample, and nothing new stands in it. */
  kocr_change_watch_take (watch);
  g_assert_false (kocr_change_watch_has_changed (watch, KOCR_CHANGE_STANDING));
  g_assert_false (kocr_change_watch_has_changed (watch, KOCR_CHANGE_NEWEST));
  kocr_change_watch_free (watch);
  moving_world_free (world);
  kocr_block_pool_free (pool);
}

/* It may have stood nowhere; so may what is told of the last picture. */
static void
what_moved_and_is_gone_is_told_of_the_last_picture (void)
{
  const Case rows[] = {
    { .from = 0, .until = N - 1, .speed = 6 },
    { .from = 0, .until = N - 1, .speed = 6, .pan = 3 },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++) {
    KocrBlockPool *pool = kocr_block_pool_new ();
    MovingWorld *world
        = moving_world_new (2 * WIDTH, HEIGHT + 100, WORLD_EDGES, 3);
    KocrChangeWatch *watch = kocr_change_watch_new ();

    for (guint i = 0; i < N; i++) {
      KocrLumaPyramid *picture = look (&rows[k], world, pool, i);

      kocr_change_watch_look (watch, picture);
      kocr_luma_pyramid_unref (picture);
      if (i == N - 3)
        kocr_change_watch_take (watch);
    }
    g_assert_false (
        kocr_change_watch_has_changed (watch, KOCR_CHANGE_STANDING));
    g_assert_true (kocr_change_watch_has_changed (watch, KOCR_CHANGE_ANY));
    kocr_change_watch_take (watch);
    g_assert_false (kocr_change_watch_has_changed (watch, KOCR_CHANGE_ANY));
    kocr_change_watch_free (watch);
    moving_world_free (world);
    kocr_block_pool_free (pool);
  }
}

/* On a ground without edges captions alone tell whether the picture is at rest,
 * and those that follow each other are not where the ones before were. */
static void
captions_that_follow_each_other_are_new_at_once (void)
{
  const Case rows[] = {
    { .from = 0, .until = N, .noise = 2 },
    { .from = 10, .until = N, .noise = 2, .speed = 1 },
    { .from = 20, .until = N, .noise = 2, .speed = 1 },
  };
  KocrBlockPool *pool = kocr_block_pool_new ();
  MovingWorld *world
      = moving_world_new (2 * WIDTH, HEIGHT + 100, WORLD_FLAT, 3);
  KocrChangeWatch *watch = kocr_change_watch_new ();
  guint opened[2] = { 0, }, n_opened = 0;

  for (guint i = 0; i < 10 * G_N_ELEMENTS (rows); i++) {
    const Case *row = &rows[i / 10];
    KocrLumaPyramid *picture = look_at (row, world, pool, i, row->from);

    kocr_change_watch_look (watch, picture);
    kocr_luma_pyramid_unref (picture);
    if (i == 0) {
      kocr_change_watch_take (watch);
    } else if (kocr_change_watch_has_changed (watch, KOCR_CHANGE_STANDING)) {
      g_assert_cmpuint (n_opened, <, G_N_ELEMENTS (opened));
      opened[n_opened++] = i;
      kocr_change_watch_take (watch);
    }
  }
  g_assert_cmpuint (opened[0], ==, 12);
  g_assert_cmpuint (opened[1], ==, 22);
  kocr_change_watch_free (watch);
  moving_world_free (world);
  kocr_block_pool_free (pool);
}

/* The pause between two captions is no picture of its own. */
static void
what_comes_in_the_place_of_what_went_is_waited_for (void)
{
  const struct
  {
    gdouble pan;
    guint opened; /* the second caption stands */
  } rows[] = { { 0, 25 }, { 2.5, 31 } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++) {
    const Case first = { .pan = rows[k].pan, .noise = 2, .until = 20 };
    const Case second = {
      .pan = rows[k].pan, .noise = 2, .from = 23, .until = N, .speed = 1
    };
    KocrBlockPool *pool = kocr_block_pool_new ();
    MovingWorld *world
        = moving_world_new (2 * WIDTH, HEIGHT + 100, WORLD_EDGES, 3);
    KocrChangeWatch *watch = kocr_change_watch_new ();
    guint opened = 0;

    for (guint i = 0; i < N && opened == 0; i++) {
      KocrLumaPyramid *picture = i < first.until
                                     ? look (&first, world, pool, i)
                                     : look_at (&second, world, pool, i, 5);

      kocr_change_watch_look (watch, picture);
      kocr_luma_pyramid_unref (picture);
      if (i == 10)
        kocr_change_watch_take (watch);
      else if (kocr_change_watch_has_changed (watch, KOCR_CHANGE_STANDING))
        opened = i;
    }
    g_assert_cmpuint (opened, ==, rows[k].opened);
    kocr_change_watch_free (watch);
    moving_world_free (world);
    kocr_block_pool_free (pool);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *path = g_strconcat ("/changewatch/", cases[i].name,
        NULL);

    g_test_add_data_func (path, &cases[i], check);
  }
  g_test_add_func ("/changewatch/what_moved_and_is_gone_is_told_of_the_last_"
                   "picture",
      what_moved_and_is_gone_is_told_of_the_last_picture);
  g_test_add_func ("/changewatch/captions_that_follow_each_other_are_new_at_"
                   "once",
      captions_that_follow_each_other_are_new_at_once);
  g_test_add_func ("/changewatch/what_comes_in_the_place_of_what_went_is_"
                   "waited_for",
      what_comes_in_the_place_of_what_went_is_waited_for);
  return g_test_run ();
}
