/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text jump: pictures of which it is known when a letter of their text became
 * another one.
 */
#include "motion/textjump.h"

#include "../../graypicture.h"
#include "movingworld.h"

#define WIDTH 640
#define HEIGHT 360
#define N 25
#define JUMP 11
#define AGAIN 17
#define OTHER 5 /* kind of a letter */
#define LEFT 200
#define TOP 300
#define TEXT_HEIGHT 20
#define LETTER 16 /* pixels from one to the next */

/* What the camera does between two pictures. */
static const struct
{
  const gchar *name;
  gdouble pan, noise;
  WorldGround ground;
} cameras[] = {
  { "over_a_slow_pan", 0.4, 2, WORLD_EDGES },
  { "over_a_pan", 3, 2, WORLD_EDGES },
  { "over_lights_that_pass", 6, 2, WORLD_BLOBS },
  { "over_a_still_picture", 0, 2, WORLD_EDGES },
  { "over_nothing", 0, 0, WORLD_FLAT },
};
#define STILL 3

typedef struct
{
  guint camera;
  guint n_letters;
  guint cut;                   /* picture with which another ground comes */
  guint (*get_kind) (guint i); /* of its first letter, in picture @i */
  gboolean fades;
} Scene;

/* White with a dark rim. */
static void
write_letter (guint8 *pixels, gint x0, guint kind, gdouble strength)
{
  for (gint y = 2; y < TEXT_HEIGHT - 2; y++)
    for (gint x = 0; x < LETTER - 4; x++) {
      gboolean bar = kind % 3 ? x < 4 : x > 5 && x < 9;
      gboolean ink = bar || (y / 4 + kind) % 3 == 0;
      guint8 *pixel = pixels + (TOP + y) * WIDTH + x0 + x;

      *pixel += strength * ((ink ? 250 : 20) - *pixel);
    }
}

/* What a codec leaves of faint letters goes letter by letter. */
static gdouble
get_strength (const Scene *self, guint i, guint k)
{
  gdouble strength = self->fades ? CLAMP (1.9 - i / 12.0, 0.1, 1) : 1;

  return k > 0 || strength > 0.12 ? strength : 0;
}

static KocrLumaPyramid *
draw (const Scene *self, KocrBlockPool *pool, MovingWorld *world, guint i)
{
  const KocrSimilarity camera = { 1, 0,
    -cameras[self->camera].pan * i - (i >= self->cut ? 300 : 0), -10 };
  g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);

  moving_world_render (world, &camera, cameras[self->camera].noise, i, pixels,
      WIDTH, HEIGHT, WIDTH);
  for (guint k = 0; k < self->n_letters; k++)
    write_letter (pixels, LEFT + k * LETTER, k == 0 ? self->get_kind (i) : k,
        get_strength (self, i, k));
  return gray_picture_fill (kocr_luma_pyramid_new_coarse (pool, WIDTH, HEIGHT),
      pixels, WIDTH, HEIGHT);
}

static KocrTextJump
find (const Scene *scene)
{
  KocrBlockPool *pool = kocr_block_pool_new ();
  MovingWorld *world = moving_world_new (
      2 * WIDTH, HEIGHT + 100, cameras[scene->camera].ground, 3);
  gdouble right = LEFT + scene->n_letters * LETTER;
  const gdouble box[8] = { LEFT, TOP, right, TOP, right, TOP + TEXT_HEIGHT,
    LEFT, TOP + TEXT_HEIGHT };
  KocrLumaPyramid *all[N];
  const KocrTextPictures pictures = { all, N, 0 };
  KocrTextJump jump;

  for (guint i = 0; i < N; i++)
    all[i] = draw (scene, pool, world, i);
  kocr_text_jump_find (&pictures, box, &jump);
  for (guint i = 0; i < N; i++)
    kocr_luma_pyramid_unref (all[i]);
  moving_world_free (world);
  kocr_block_pool_free (pool);
  return jump;
}

static guint
never (guint i)
{
  return 0;
}

static guint
from_the_jump_on (guint i)
{
  return i >= JUMP ? OTHER : 0;
}

static guint
in_one_picture (guint i)
{
  return i == JUMP ? OTHER : 0;
}

/* The second one costs fewer strokes. */
static guint
twice (guint i)
{
  return i >= AGAIN ? OTHER + 2 : from_the_jump_on (i);
}

static void
jumps (const Scene *scene, guint first, guint last)
{
  const KocrTextJump jump = find (scene);

  g_assert_cmpuint (jump.first, ==, first);
  g_assert_cmpuint (jump.last, ==, last);
}

static void
a_letter_that_becomes_another_jumps (gconstpointer data)
{
  const Scene scene = { GPOINTER_TO_UINT (data), 10, N, from_the_jump_on };

  jumps (&scene, JUMP, JUMP);
}

static void
one_that_becomes_another_twice_has_both_jumps (gconstpointer data)
{
  const Scene scene = { GPOINTER_TO_UINT (data), 10, N, twice };

  jumps (&scene, JUMP, AGAIN);
}

static void
what_stands_does_not (gconstpointer data)
{
  const Scene scene = { GPOINTER_TO_UINT (data), 10, N, never };

  jumps (&scene, 0, 0);
}

static void
nor_does_it_with_what_passes_or_is_cut (gconstpointer data)
{
  const Scene passed = { GPOINTER_TO_UINT (data), 10, N, in_one_picture };
  const Scene cut = { GPOINTER_TO_UINT (data), 10, JUMP, never };

  jumps (&passed, 0, 0);
  jumps (&cut, 0, 0);
}

/* Of faint strokes the last picture has next to none of what the one before
 * had. */
static void
nor_does_it_where_it_fades (gconstpointer data)
{
  const Scene scene = { GPOINTER_TO_UINT (data), 10, N, never, .fades = TRUE };

  jumps (&scene, 0, 0);
}

/* There are no others by which to tell; the ground around it is. */
static void
one_letter_alone_jumps_where_its_ground_stands (void)
{
  const Scene lone = { STILL, 1, N, from_the_jump_on };
  const Scene cut = { STILL, 1, JUMP, never };

  jumps (&lone, JUMP, JUMP);
  jumps (&cut, 0, 0);
}

#define ADD_FOR(test, row)                                                     \
  G_STMT_START                                                                 \
  {                                                                            \
    g_autofree gchar *path                                                     \
        = g_strconcat ("/textjump/" #test "_", cameras[row].name, NULL);       \
    g_test_add_data_func (path, GUINT_TO_POINTER (row), test);                 \
  }                                                                            \
  G_STMT_END

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cameras); i++) {
    ADD_FOR (a_letter_that_becomes_another_jumps, i);
    ADD_FOR (one_that_becomes_another_twice_has_both_jumps, i);
    ADD_FOR (what_stands_does_not, i);
    ADD_FOR (nor_does_it_with_what_passes_or_is_cut, i);
    ADD_FOR (nor_does_it_where_it_fades, i);
  }
  g_test_add_func ("/textjump/one_letter_alone_jumps_where_its_ground_stands",
      one_letter_alone_jumps_where_its_ground_stands);
  return g_test_run ();
}
