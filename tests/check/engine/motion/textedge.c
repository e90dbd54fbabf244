/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text edge and text look: pictures of which it is known when their text comes
 * and goes.
 */
#include "motion/textedge.h"
#include "motion/textlook.h"
#include "motion/textstay.h"

#include <math.h>
#include "../../graypicture.h"
#include "movingworld.h"

#define WIDTH 640
#define HEIGHT 360
#define N 25
#define LEFT 200
#define TOP 300
#define LETTERS 14
#define LETTER 16               /* pixels from one to the next */
#define LIT 200                 /* pixels beside them on which light may fall */

static const gdouble box[8] = {
  LEFT, TOP, LEFT + LETTERS * LETTER, TOP, LEFT + LETTERS * LETTER, TOP + 20,
  LEFT, TOP + 20
};

/* What the camera does between two pictures, and the noise of its sensor. */
static const struct
{
  const gchar *name;
  gdouble pan, noise;
  WorldGround ground;
} cameras[] = {
  {"over_a_still_picture", 0, 0, WORLD_EDGES},
  {"in_noise", 0, 4, WORLD_FLAT},
  {"over_a_slow_pan", 0.4, 2, WORLD_EDGES},
  {"over_a_pan", 3, 2, WORLD_EDGES},
  {"over_lights_that_pass", 12, 2, WORLD_BLOBS},
  {"over_nothing", 0, 0, WORLD_FLAT},
};
#define NOTHING 5

typedef struct
{
  KocrBlockPool *pool;
  MovingWorld *world;
  guint camera;
  gdouble light;                /* that falls on what is right of the letters */
  KocrLumaPyramid *pictures[N];
} Scene;

static KocrTextPictures
pictures_from (const Scene * scene, guint from, guint n)
{
  return (KocrTextPictures) { scene->pictures, n, from };
}

static guint
find_edge (const Scene * scene, guint n, const gdouble where[8],
    KocrTextChange change)
{
  const KocrTextPictures pictures = pictures_from (scene, 0, n);

  return kocr_text_edge_find (&pictures, where, change);
}

static Scene
scene_new (guint camera)
{
  return (Scene) {
  kocr_block_pool_new (), moving_world_new (2 * WIDTH, HEIGHT + 100,
        cameras[camera].ground, 3), camera, 0, {NULL,}};
}

static void
scene_free (Scene * self)
{
  for (guint i = 0; i < N; i++)
    kocr_luma_pyramid_unref (self->pictures[i]);
  moving_world_free (self->world);
  kocr_block_pool_free (self->pool);
}

/* Strokes like those of letters, white with a dark rim. */
static void
write_letters (guint8 * pixels, gint x0, gdouble strength, guint kind,
    gint n)
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
shine (guint8 * pixels, gdouble light)
{
  for (gint y = TOP; y < TOP + 20; y++) {
    for (gint x = 0; x < LIT; x++) {
      guint8 *pixel = pixels + y * WIDTH + LEFT + LETTERS * LETTER + x;

      *pixel = MIN (*pixel + light * x / LIT, 255);
    }
  }
}

static void
scene_show_part (Scene * self, guint i, gint x, gdouble strength, guint kind,
    gint n)
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

static void
scene_show (Scene * self, guint i, gint x, gdouble strength, guint kind)
{
  scene_show_part (self, i, x, strength, kind, LETTERS);
}

static void
it_comes_and_goes_on_its_frame (gconstpointer data)
{
  static const guint edges[] = { 1, 9, 24 };

  for (guint k = 0; k < 2 * G_N_ELEMENTS (edges); k++) {
    Scene scene = scene_new (GPOINTER_TO_UINT (data));
    guint edge = edges[k / 2];

    for (guint i = 0; i < N; i++)
      scene_show (&scene, i, LEFT, (i < edge) == (k % 2), 0);
    g_assert_cmpuint (find_edge (&scene, N, box,
            k % 2 ? KOCR_TEXT_WENT : KOCR_TEXT_CAME), ==, edge);
    scene_free (&scene);
  }
}

static void
it_changes_on_its_frame (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, 1, i < 9);
  g_assert_cmpuint (find_edge (&scene, N, box,
          KOCR_TEXT_CHANGED), ==, 9);
  scene_free (&scene);
}

static void
a_fade_has_its_edge_at_its_half (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, CLAMP ((i - 5.0) / 12, 0, 1), 0);
  g_assert_cmpint (ABS ((gint) find_edge (&scene, N, box,
              KOCR_TEXT_CAME) - 11), <=, 1);
  scene_free (&scene);
}

/* Half of it is there in picture 10. */
static gdouble
fade (guint i)
{
  return CLAMP ((i - 4.0) / 12, 0, 1);
}

static void
a_fade_that_a_sample_lies_in_has_its_edge_there_too (gconstpointer data)
{
  Scene coming = scene_new (GPOINTER_TO_UINT (data));
  Scene going = scene_new (GPOINTER_TO_UINT (data));
  const KocrTextPictures come = pictures_from (&coming, 7, N);
  const KocrTextPictures go = pictures_from (&going, 13, N);

  for (guint i = 0; i < N; i++) {
    scene_show (&coming, i, LEFT, fade (i), 0);
    scene_show (&going, i, LEFT, 1 - fade (i), 0);
  }
  g_assert_cmpint (
      ABS ((gint) kocr_text_edge_find_rise (&come, box) - 10), <=, 1);
  g_assert_cmpint (
      ABS ((gint) kocr_text_edge_find (&go, box, KOCR_TEXT_WENT) - 10), <=, 1);
  scene_free (&coming);
  scene_free (&going);
}

static void
what_stands_does_not_rise (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));
  const KocrTextPictures pictures = pictures_from (&scene, 12, N);

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, i >= 5, 0);
  g_assert_cmpuint (kocr_text_edge_find_rise (&pictures, box), ==, 0);
  scene_free (&scene);
}

static void
what_stands_beside_a_light_does_not_rise (void)
{
  static const gdouble wide[8] = {
    LEFT, TOP, LEFT + LETTERS * LETTER + LIT, TOP,
    LEFT + LETTERS * LETTER + LIT, TOP + 20, LEFT, TOP + 20
  };
  Scene scene = scene_new (1);
  const KocrTextPictures pictures = pictures_from (&scene, 12, N);

  for (guint i = 0; i < N; i++) {
    scene.light = 5.0 * i;
    scene_show (&scene, i, LEFT, i >= 5, 0);
  }
  g_assert_cmpuint (kocr_text_edge_find_rise (&pictures, wide), ==, 0);
  scene_free (&scene);
}

static void
how_long_it_stands_is_found (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));
  const KocrTextPictures passing = pictures_from (&scene, 11, N);
  const KocrTextPictures lasting = pictures_from (&scene, 20, N);
  KocrTextStay stay;

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, (i >= 10 && i < 13) || i >= 18, 0);
  kocr_text_stay_find (&passing, box, &stay);
  g_assert_true (stay.is_bounded);
  g_assert_cmpuint (stay.begin, ==, 10);
  g_assert_cmpuint (stay.end, ==, 13);
  kocr_text_stay_find (&lasting, box, &stay);
  g_assert_false (stay.is_bounded);
  scene_free (&scene);
}

/* What a sample in the middle shows, by how strong the letters are in each picture:
 * 0 has the ground alone in their place. */
static gboolean
drifts (guint camera, const gdouble strengths[N])
{
  Scene scene = scene_new (camera);
  const KocrTextPictures pictures = pictures_from (&scene, N / 2, N);
  KocrTextStay stay;

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, strengths[i], 0);
  kocr_text_stay_find (&pictures, box, &stay);
  scene_free (&scene);
  return stay.drifts;
}

static void
a_text_that_stands_does_not_drift (gconstpointer data)
{
  gdouble cut[N], fade[N];

  for (guint i = 0; i < N; i++) {
    cut[i] = i >= 4 && i < 20;
    fade[i] = CLAMP (MIN ((gint) i - 2, N - 2 - (gint) i) / 8.0, 0, 1);
  }
  g_assert_false (drifts (GPOINTER_TO_UINT (data), cut));
  g_assert_false (drifts (GPOINTER_TO_UINT (data), fade));
}

static void
the_ground_does (gconstpointer data)
{
  static const gdouble none[N];

  g_assert_true (drifts (GPOINTER_TO_UINT (data), none));
}

/* Letter by letter, of which the first sample saw three or none; another line
 * had been there. */
static void
a_line_begins_with_its_first_letter (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));

  for (guint i = 0; i < N; i++)
    scene_show_part (&scene, i, LEFT, 1, i < 2,
        i < 2 ? LETTERS : CLAMP ((gint) i - 4, 0, LETTERS));
  for (guint from = 4; from <= 8; from += 4) {
    const KocrTextPictures pictures = pictures_from (&scene, from, N);

    g_assert_cmpuint (kocr_text_edge_find_beginning (&pictures, box), ==, 5);
  }
  scene_free (&scene);
}

/* What a picture with the text looks like to one that has @strength of text
 * @kind, a second of the camera later. */
static KocrTextLook
look (guint camera, gdouble strength, guint kind)
{
  Scene scene = scene_new (camera);
  KocrTextLook found;

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, i > 0 ? strength : 1, i > 0 ? kind : 0);
  found = kocr_text_look_compare (scene.pictures[0], scene.pictures[N - 1], box);
  scene_free (&scene);
  return found;
}

static void
strokes_that_stay_look_the_same (gconstpointer data)
{
  guint camera = GPOINTER_TO_UINT (data);

  g_assert_cmpint (look (camera, 1, 0), ==, KOCR_TEXT_LOOK_SAME);
  g_assert_cmpint (look (camera, 0.8, 0), ==, KOCR_TEXT_LOOK_SAME);
}

static void
what_went_or_changed_looks_otherwise (gconstpointer data)
{
  guint camera = GPOINTER_TO_UINT (data);

  g_assert_cmpint (look (camera, 0, 0), ==, KOCR_TEXT_LOOK_OTHER);
  g_assert_cmpint (look (camera, 1, 1), >=, KOCR_TEXT_LOOK_OTHER_IN_PART);
}

static void
what_has_no_pixels_is_unknown (void)
{
  static const gdouble outside[8] = { -90, -90, -10, -90, -10, -50, -90, -50 };
  Scene scene = scene_new (0);

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, i < 5, 0);
  g_assert_cmpint (kocr_text_look_compare (scene.pictures[0],
          scene.pictures[1], outside), ==, KOCR_TEXT_LOOK_UNKNOWN);
  scene_free (&scene);
}

/* The first sample had it, and it was not read. */
static void
what_was_there_unread_came_before (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));
  const KocrTextPictures pictures = pictures_from (&scene, 12, N);

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, i >= 7, 0);
  g_assert_cmpuint (
      kocr_text_edge_find (&pictures, box, KOCR_TEXT_CAME), ==, 7);
  scene_free (&scene);
}

/* Nobody read what was there in between: the first text went with its beginning,
 * the last one came with its end. */
static void
a_third_text_in_between_is_neither (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, 1, i < 6 ? 0 : i < 20 ? 2 : 1);
  g_assert_cmpuint (find_edge (&scene, N, box, KOCR_TEXT_WENT), ==, 6);
  g_assert_cmpuint (find_edge (&scene, N, box, KOCR_TEXT_CAME), ==, 20);
  g_assert_cmpuint (find_edge (&scene, N, box, KOCR_TEXT_CHANGED), ==, 20);
  scene_free (&scene);
}

/* A light goes on beside the letters. */
static void
what_has_no_strokes_has_no_edge (void)
{
  static const gdouble beside[8] = {
    LEFT + LETTERS * LETTER + 8, TOP, LEFT + LETTERS * LETTER + LIT, TOP,
    LEFT + LETTERS * LETTER + LIT, TOP + 20, LEFT + LETTERS * LETTER + 8,
    TOP + 20
  };
  Scene scene = scene_new (NOTHING);

  for (guint i = 0; i < N; i++) {
    scene.light = i < 10 ? 0 : 80;
    scene_show (&scene, i, LEFT, 1, 0);
  }
  g_assert_cmpuint (find_edge (&scene, N, beside, KOCR_TEXT_CHANGED), ==, 0);
  scene_free (&scene);
}

static void
what_moves_on_has_no_edge (void)
{
  Scene scene = scene_new (0);

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT - 5 * (gint) i, 1, 0);
  for (guint change = 1; change <= KOCR_TEXT_CHANGED; change++)
    g_assert_cmpuint (find_edge (&scene, N, box, change), ==, 0);
  scene_free (&scene);
}

static void
what_stands_has_no_edge (void)
{
  Scene scene = scene_new (1);

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, 1, 0);
  g_assert_cmpuint (find_edge (&scene, N, box,
          KOCR_TEXT_CHANGED), ==, 0);
  scene_free (&scene);
}

static void
a_box_outside_the_picture_has_no_edge (void)
{
  static const gdouble outside[8] = { -90, -90, -10, -90, -10, -50, -90, -50 };
  static const gdouble far[8] = { 1e9, 1e9, 2e9, 1e9, 2e9, 2e9, 1e9, 2e9 };
  Scene scene = scene_new (0);

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, i < 5, 0);
  g_assert_cmpuint (find_edge (&scene, N, outside,
          KOCR_TEXT_CAME), ==, 0);
  g_assert_cmpuint (find_edge (&scene, N, far,
          KOCR_TEXT_CAME), ==, 0);
  g_assert_cmpuint (find_edge (&scene, 1, box,
          KOCR_TEXT_CAME), ==, 0);
  scene_free (&scene);
}

#define ADD(test) g_test_add_func ("/textedge/" #test, test)
#define ADD_FOR(test, row) G_STMT_START { \
  g_autofree gchar *path = \
      g_strconcat ("/textedge/" #test "_", cameras[row].name, NULL); \
  g_test_add_data_func (path, GUINT_TO_POINTER (row), test); } G_STMT_END

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cameras); i++) {
    ADD_FOR (it_comes_and_goes_on_its_frame, i);
    ADD_FOR (it_changes_on_its_frame, i);
    ADD_FOR (a_fade_has_its_edge_at_its_half, i);
    ADD_FOR (a_third_text_in_between_is_neither, i);
    ADD_FOR (what_was_there_unread_came_before, i);
    /* What moves fast behind faint letters hides how faint they are. */
    if (cameras[i].pan < 1 || cameras[i].ground != WORLD_EDGES)
      ADD_FOR (a_fade_that_a_sample_lies_in_has_its_edge_there_too, i);
    if (cameras[i].ground != WORLD_FLAT)
      ADD_FOR (what_stands_does_not_rise, i);
    /* A ground that moves shows more than a letter does. */
    if (cameras[i].pan == 0)
      ADD_FOR (a_line_begins_with_its_first_letter, i);
    ADD_FOR (how_long_it_stands_is_found, i);
    ADD_FOR (a_text_that_stands_does_not_drift, i);
    /* What goes faster is there for no time. */
    if (cameras[i].pan > 0 && cameras[i].pan < 1)
      ADD_FOR (the_ground_does, i);
    ADD_FOR (strokes_that_stay_look_the_same, i);
    ADD_FOR (what_went_or_changed_looks_otherwise, i);
  }
  ADD (what_stands_beside_a_light_does_not_rise);
  ADD (what_moves_on_has_no_edge);
  ADD (what_stands_has_no_edge);
  ADD (what_has_no_strokes_has_no_edge);
  ADD (a_box_outside_the_picture_has_no_edge);
  ADD (what_has_no_pixels_is_unknown);
  return g_test_run ();
}
