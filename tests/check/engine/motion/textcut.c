/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What is seen of a caption in an outline when the ground behind it is cut.
 */
#include "motion/textedge.h"

#include "../../graypicture.h"

#define WIDTH 640
#define HEIGHT 360
#define N 25
#define LEFT 200
#define TOP 300
#define TEXT_HEIGHT 32
#define LETTERS 12
#define LETTER 22 /* pixels from one to the next */
#define RIM 2
#define INK 245
#define OUTLINE 10

static const gdouble box[8] = { LEFT, TOP, LEFT + LETTERS *LETTER, TOP,
  LEFT + LETTERS *LETTER, TOP + TEXT_HEIGHT, LEFT, TOP + TEXT_HEIGHT };

/* Slanting stripes of two brightnesses. */
typedef struct
{
  gint dark, light, width, slant;
} Ground;

static const Ground meadow = { 30, 70, 40, 2 }, sky = { 190, 230, 64, -3 };

/* A dash, then bars of letters. */
static gboolean
is_ink (gint x, gint y)
{
  gint k = x / LETTER, u = x % LETTER;

  if (x < 0 || y < 4 || y >= TEXT_HEIGHT - 4 || k >= LETTERS)
    return FALSE;
  if (k == 0)
    return u < 10 && y >= 16 && y < 19;
  return (u >= 3 && u < 6) || (k % 3 == 0 && u >= 12 && u < 15)
         || (u < 15 && u >= 3 && (y - 4) / 3 == k * 5 % 8);
}

static gboolean
is_rim (gint x, gint y)
{
  for (gint v = -RIM; v <= RIM; v++)
    for (gint u = -RIM; u <= RIM; u++)
      if (is_ink (x + u, y + v))
        return TRUE;
  return FALSE;
}

/* @shown: whether the text is there. */
static KocrLumaPyramid *
draw (KocrBlockPool *pool, const Ground *ground, gboolean shown)
{
  KocrLumaPyramid *picture = kocr_luma_pyramid_new (pool, WIDTH, HEIGHT);
  g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);

  for (gint y = 0; y < HEIGHT; y++)
    for (gint x = 0; x < WIDTH; x++) {
      gint stripe = (x + 4 * WIDTH + ground->slant * y) / ground->width;
      guint8 *pixel = pixels + y * WIDTH + x;

      *pixel = stripe % 2 ? ground->light : ground->dark;
      if (shown && is_rim (x - LEFT, y - TOP))
        *pixel = OUTLINE;
      if (shown && is_ink (x - LEFT, y - TOP))
        *pixel = INK;
    }
  return gray_picture_fill (picture, pixels, WIDTH, HEIGHT);
}

/* The ground is cut with picture 10, and a line that begins with a dash comes
 * with picture 18. */
static void
a_line_that_begins_with_a_dash_does_not_come_with_a_cut (void)
{
  KocrBlockPool *pool = kocr_block_pool_new ();
  const Ground *const grounds[][2] = { { &meadow, &sky }, { &sky, &meadow } };

  for (guint k = 0; k < G_N_ELEMENTS (grounds); k++) {
    KocrLumaPyramid *all[N];
    const KocrTextPictures pictures = { all, N, 0 };

    for (guint i = 0; i < N; i++)
      all[i] = draw (pool, grounds[k][i >= 10], i >= 18);
    g_assert_cmpuint (kocr_text_edge_find_beginning (&pictures, box), ==, 18);
    for (guint i = 0; i < N; i++)
      kocr_luma_pyramid_unref (all[i]);
  }
  kocr_block_pool_free (pool);
}

/* Its place is nearer to a dash once blades have passed there; and too little is
 * left of small type to be looked at. */
static void
nor_with_what_passes_behind_small_type (void)
{
  KocrBlockPool *pool = kocr_block_pool_new ();
  const Ground grass = { 5, 250, 2, 0 }, plain = { 90, 90, WIDTH, 0 };
  const gdouble small[8] = { LEFT, TOP + 14, LEFT + LETTERS * LETTER, TOP + 14,
    LEFT + LETTERS * LETTER, TOP + 21, LEFT, TOP + 21 };
  KocrLumaPyramid *all[N];
  const KocrTextPictures pictures = { all, N, 0 };

  for (guint i = 0; i < N; i++)
    all[i] = draw (pool, i < 3 ? &grass : &plain, i >= 18);
  g_assert_cmpuint (kocr_text_edge_find_beginning (&pictures, small), ==, 18);
  for (guint i = 0; i < N; i++)
    kocr_luma_pyramid_unref (all[i]);
  kocr_block_pool_free (pool);
}

#define ADD(test) g_test_add_func ("/textcut/" #test, test)

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (a_line_that_begins_with_a_dash_does_not_come_with_a_cut);
  ADD (nor_with_what_passes_behind_small_type);
  return g_test_run ();
}
